"""The workbooks speak the reader's language, say how they are cited, and can be handed in again as they are."""

from __future__ import annotations

import io
import re
from datetime import datetime, time
from pathlib import Path

import openpyxl
import pytest
from support.bookings import BOOKINGS
from support.catalogs import CATALOG
from support.drafts import downloads, draft_of, row_of
from support.round_trips import from_csv, from_xlsx

from etl.exports.worded import heading, in_words, words
from etl.meta.model import Field
from etl.releases.merge import same_number, update
from etl.releases.printed import with_history
from etl.runtime.tables import parse_csv
from etl.spreadsheets.read.convert import convert
from etl.spreadsheets.read.importer import import_book, load
from etl.spreadsheets.read.model import Cell

TABLES = [name for name, item in CATALOG.items() if not item.derived]
CELLS = {"fee_eur": "1399966.86", "people": "3", "paid": "true", "day": "2016-12-31", "starts": "09:30",
         "booked_at": "2016-12-01T17:05", "since": "1999", "paid_of_fee": "0.25", "status": "open", "note": "=1+1"}


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return downloads(with_history(draft_of(BOOKINGS, [row_of(BOOKINGS, room_id="007", **CELLS)]), Path("none")))


@pytest.mark.parametrize(("name", "sheets", "titles", "status", "paid"), [
    ("bookings.xlsx", ["Dati", "Codici", "Dizionario", "Fonti", "Leggimi"], "Fee_eur (€)", "aperta", "sì"),
    ("bookings.en.xlsx", ["Data", "Codes", "Dictionary", "Sources", "Read me"], "The fee_eur (€)", "open", "yes")])
def test_a_workbook_speaks_one_language(
    files: dict[str, bytes], name: str, sheets: list[str], titles: str, status: str, paid: str
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(files[name]))
    assert book.sheetnames == sheets
    head, (row,) = next(book[sheets[0]].iter_rows()), list(book[sheets[0]].iter_rows(min_row=2))
    place = BOOKINGS.columns.index
    assert head[place("fee_eur")].value == titles
    values = [row[place(column)].value for column in ("room_id", *CELLS)]
    assert values == ["007", 1399966.86, 3, paid, datetime(2016, 12, 31), time(9, 30), datetime(2016, 12, 1, 17, 5),
                      1999, 0.25, status, "=1+1"]
    assert row[place("fee_eur")].number_format == '#,##0.00 "€"'
    assert row[place("day")].number_format == "dd/mm/yyyy"
    assert [cell.value for cell in book[sheets[1]][2]][1:] == ["open", *(["aperta", "open"] if "en" not in name
                                                                        else ["open", "aperta"])]
    said = " ".join(str(cell.value) for line in book[sheets[-1]].iter_rows() for cell in line)
    assert re.search(r"\d+\.\d+\.\d+", said)
    assert "https://example.org/dati/releases/" in said
    assert "creativecommons.org" in said
    assert [line[0].value for line in book[sheets[2]].iter_rows(min_row=2)] == [cell.value for cell in head]
    assert from_xlsx(BOOKINGS, files[name]) == from_csv(BOOKINGS, files["bookings.csv"])


def test_words_that_two_codes_share_stay_codes() -> None:
    same = [{"value": code, "label": "Sì" if code == "y" else "sì", "label_en": code} for code in "yz"]
    field = Field("a", "string", {"title": "A", "title_en": "A", "itemCategories": same, "delimiter": "|"})
    assert words(field, "it") == {}
    assert in_words(field, words(field, "en"), "y|z") == "y | z"
    assert heading(Field("min_eur_month", "number", {"title": "Minimo"}), "it") == "Minimo (€ al mese)"


def test_a_number_written_in_another_way_is_no_change() -> None:
    assert same_number("1400000.00", "1400000")
    assert [same_number(*pair) for pair in ((None, "1"), ("", "1"), ("1.20", "1.21"), ("circa", "1"))] == [False] * 4
    none = Field("value", "string", {"missingValues": [""]})
    assert [convert(none, Cell(text)).value for text in ("none", "")] == ["none", ""]
    assert convert(Field("value", "string", {}), Cell("none")).problem == "missing-word"


@pytest.mark.slow
@pytest.mark.parametrize("name", TABLES)
def test_what_we_publish_can_be_handed_in_again(built_site: Path, name: str) -> None:
    dataset = CATALOG[name]
    (_, header), *records = parse_csv((built_site / "dati" / f"{name}.csv").read_text("utf-8"))
    read = import_book(load(built_site / "dati" / f"{name}.xlsx", CATALOG), CATALOG)
    assert [(item.check, item.rows[:3]) for item in read.findings if item.severity == "critical" and records] == []
    if not records:
        return
    assert (read.dataset, read.sheet) == (name, "Dati")
    known = [{column: value for column, value in zip(header, cells, strict=True) if column in dataset.source_columns}
             for _, cells in records]
    assert set(read.titles) == set(dataset.source_columns)
    merged = update(dataset, known, read.rows, by_people=True)
    assert (merged.added, merged.changed, merged.kept) == (0, 0, 0)
    assert merged.rows == known


@pytest.mark.parametrize(("place", "end"), [("dati", ".xlsx"), ("en/data", ".en.xlsx")])
def test_pages_offer_the_workbook_in_their_language(built_site: Path, place: str, end: str) -> None:
    """The English page of a dataset had no button for a workbook, because it is another format there."""
    names = [path.name.removesuffix(".en.xlsx") for path in (built_site / "dati").glob("*.en.xlsx")]
    assert names
    for name in names:
        page = (built_site / place / name / "index.html").read_text("utf-8")
        buttons = re.findall(r'<a class="btn [^"]*"\s+href="[^"]*?([^"/]+)"\s+download>', page)
        assert f"{name}{end}" in buttons, name
