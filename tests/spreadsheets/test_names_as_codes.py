"""Names where codes of another table are wanted, and headings that say what a row is."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.catalogs import CATALOG

from etl.releases.names import Names, read_names
from etl.runtime.source_tables import table_bytes
from etl.spreadsheets.read.headings import aliases, meaning
from etl.spreadsheets.read.importer import Imported

PLACES = [("015182", "Borgo Alto"), ("015002", "Perù"), ("015005", "Doppio"), ("015007", "Doppio")]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with four municipalities, two of which have the same name."""
    folder = tmp_path / "datasets" / "source"
    folder.mkdir(parents=True)
    rows = [{"istat_code": code, "name": name, "source_url": "https://www.example.org/"} for code, name in PLACES]
    (folder / "municipalities.csv").write_bytes(table_bytes(CATALOG["municipalities"], rows))
    return tmp_path


def read(root: Path, value: str) -> tuple[str, list[tuple[str, str]]]:
    """The ISTAT code that a cell gives, and what is told of it."""
    item = Imported(
        "x.csv", "desks", rows=[{"desk_id": "a", "istat_code": value}], lines=[2], letters={"istat_code": "B"}
    )
    (item,) = read_names(Names(root, CATALOG), [item])
    return item.rows[0]["istat_code"], [(found.check, found.severity) for found in item.findings]


@pytest.mark.parametrize(
    ("value", "code", "told"),
    [
        ("Borgo Alto", "015182", [("read-name", "note")]),
        ("BORGO ALTO ", "015182", [("read-name", "note")]),
        ("peru'", "015002", [("read-name", "note")]),
        ("015182", "015182", []),
        ("Altrove", "Altrove", []),
        ("", "", []),
        ("Doppio", "", [("name-twice", "critical")]),
    ],
)
def test_a_name_gives_the_code_that_only_one_row_bears(
    root: Path, value: str, code: str, told: list[tuple[str, str]]
) -> None:
    assert read(root, value) == (code, told)


def test_what_is_asked_about_names_the_codes_that_it_may_be(root: Path) -> None:
    item = Imported("x.csv", "desks", rows=[{"istat_code": "Doppio"}], lines=[2], letters={"istat_code": "B"})
    ((found,),) = [part.findings for part in read_names(Names(root, CATALOG), [item])]
    assert "015005, 015007" in found.remedy["it"]
    assert [(row.value, row.cell) for row in found.rows] == [("Doppio", "B2")]


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("C.A.P.", "postal_code"),
        ("c. a. p.", "postal_code"),
        ("NOME SPORTELLO", "name"),
        ("Nome dello sportello", "name"),
        ("Indirizzo sportello *", "address"),
        ("Tel.", "phone"),
        ("Nome del cane", None),
        ("R.U.P.", None),
    ],
)
def test_a_heading_may_be_abbreviated_or_say_what_a_row_is(heading: str, column: str | None) -> None:
    assert meaning(heading, aliases(CATALOG["desks"])) == column
