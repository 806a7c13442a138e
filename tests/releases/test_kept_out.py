"""What was erased comes back by no way: not from a source, not from a file of the inbox; and nothing repeats it."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook
from support.borgo import copy_borgo
from support.command import abitare
from support.fetching import CSV, LIMITS, TODAY, declare, table
from support.replay import Answer, Server, serving
from support.repository import ROOT
from support.unpacked import files_that_say

from etl.commands.erase import erased
from etl.commands.inbox import empty_inbox
from etl.releases.erase_plan import Asked
from etl.releases.refresh import refresh

pytestmark = pytest.mark.slow
WORD = "zanzottera"
HEAD = ["Codice", "Nome", "Tipo", "Indirizzo", "E-mail", "Stato", "Fonte"]
DAY = date(2026, 11, 29)


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as replay:
        yield replay


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """Borgofiorito with an empty inbox."""
    root = copy_borgo(tmp_path / "city")
    (root / "datasets/inbox").mkdir(exist_ok=True)
    return root


def with_erasures(root: Path) -> Path:
    """The miniature repository with the register of erasures, in which the name of a room was erased."""
    shutil.copytree(ROOT / "tests/tiny", root)
    schema = json.loads((ROOT / "schemas/erasures.json").read_text("utf-8"))
    schema.pop("foreignKeys", None)
    (root / "schemas/erasures.json").write_text(json.dumps(schema), "utf-8")
    shutil.copy(ROOT / "datasets/erasures.toml", root / "datasets")
    header = [item["name"] for item in schema["fields"] if not item.get("computed")]
    row = {"erasure_id": "e1", "dataset": "rooms", "key": "sala-nuova", "field": "seats", "erased_on": "2026-11-01",
           "reason_it": "Richiesta, art. 17.", "source_url": "https://example.org/"}
    with (root / "datasets/source/erasures.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, [row.get(name, "") for name in header]])
    return root


def test_a_source_that_says_it_again_is_not_heard(tmp_path: Path, server: Server) -> None:
    tiny = with_erasures(tmp_path / "tiny")
    declare(tiny, server.put("/r.csv", Answer(CSV.replace("1.500", "918273").encode())))
    (outcome,) = refresh(tiny, ["rooms"], TODAY, lambda _name: None, limits=LIMITS)
    assert outcome.state == "updated"
    assert "sala-nuova,Sala nuova,,2020-10-31," in table(tiny)
    assert [(item.check, item.column) for item in outcome.findings] == [("erased-back", "seats")]
    assert "918273" not in str(outcome.findings)
    told = [name for name in files_that_say(tiny, "918273") if not name.startswith("build/cache/sources/")]
    assert told == [], "the file of the source itself is kept as it came, to ask for it again only when it changes"


def put(city: Path, name: str, *rows: list[str]) -> Path:
    """A workbook of desks in the inbox."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [HEAD, *rows]:
        sheet.append(row)
    path = city / "datasets/inbox" / name
    book.save(path)
    return path


def desk(code: str, address: str, email: str = "casa@borgofiorito.example") -> list[str]:
    return [code, "Sportello di prova", "sportello per la casa", address, email, "operating", "https://x.example/"]


def erase(city: Path, address: str) -> None:
    """Put an address into the table, and erase it."""
    path = city / "datasets/source/desks.csv"
    path.write_text(path.read_text("utf-8").replace("via del Lago 8", address), "utf-8")
    asked = Asked("desks", "sportello-valle", "address", "2026-11-28", "Richiesta, art. 17.", "", "https://a.example/")
    assert erased(city, asked)[0] is not None


def test_a_file_of_the_inbox_that_says_it_again_is_taken_without_it_and_shown_nowhere(city: Path) -> None:
    erase(city, "presso Zanzottera")
    put(city, "desks.xlsx", desk("sportello-valle", "presso Zanzottera"), desk("nuovo", "via Verdi 1"))
    emptied = empty_inbox(city, DAY, city / "build/fetch")
    (result,) = emptied.results
    assert result.holds
    assert [item.check for item in result.findings if item.column == "Indirizzo"] == ["erased-back"]
    assert WORD not in "\n".join(emptied.lines).lower()
    assert files_that_say(city, WORD) == []
    assert "nuovo," in (city / "datasets/source/desks.csv").read_text("utf-8")


def test_of_a_file_that_stays_in_the_inbox_no_report_repeats_it(city: Path) -> None:
    erase(city, "presso Zanzottera")
    put(city, "desks.xlsx", desk("sportello-valle", "presso Zanzottera", "casa @x.example"))
    run = abitare("fetch", "inbox", "--root", city, "--date", DAY.isoformat())
    assert run.exit_code == 1
    assert WORD not in run.stdout.lower()
    assert files_that_say(city, WORD) == ["datasets/inbox/desks.xlsx"], "what somebody sent is theirs to mend"


def test_a_workbook_in_the_inbox_that_says_a_short_value_goes_with_the_erasure(city: Path) -> None:
    said = put(city, "desks (2).xlsx", desk("nuovo", "via Verdi 1"), desk("sportello-valle", "Ada"))
    other = put(city, "desks (3).xlsx", desk("altro", "via Ada 3"))
    beside = city / "datasets/inbox/report/desks (2).xlsx.html"
    beside.parent.mkdir()
    beside.write_text("Ada", "utf-8")
    erase(city, "Ada")
    assert (said.exists(), other.exists(), beside.exists()) == (False, True, False)
    assert not (city / "build/.abitare-erasure.json").exists()
