"""A source that gives nothing, a web page or less than before is never called fine, and its last good day is true."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.fetching import CSV, LIMITS, TODAY, declare, fetched, lock, table
from support.programme_pages import SKELETONS, page
from support.replay import Answer, Server, serving
from support.repository import TINY

from etl.commands.check import check
from etl.commands.fetch import IN_WORDS, for_programs, run
from etl.meta.errors import DeclarationError
from etl.releases.refresh import refresh
from etl.sources.lock import STATES, after_failure, after_success, is_due, state_of
from etl.sources.model import FailedSourceError

GOOD, NEXT, LATER = date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 22)
FIREWALL = b"<!doctype html><html><body><h1>Checking your browser</h1><p>Ray ID: 1</p></body></html>"
HEAD, ROW = CSV.splitlines()
OPTIONS: dict[str, Any] = {"every_days": 7}


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as replay:
        yield replay


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    return shutil.copytree(TINY, tmp_path / "tiny")


def rows(*codes: str, seats: str = "5") -> Answer:
    lines = [ROW.replace("sala-nuova", code).replace("1.500", seats) for code in codes]
    return Answer("\n".join([HEAD, *lines, ""]).encode())


def least(tiny: Path, percent: int) -> None:
    path = tiny / "datasets" / "rooms.toml"
    path.write_text(path.read_text("utf-8").replace('format = "csv"', f'format = "csv"\nleast_percent = {percent}'))


def facts(tiny: Path) -> tuple[str, str, str | None]:
    entry = lock(tiny)
    return entry["state"], entry["succeeded"], entry["failing_since"]


@pytest.mark.slow
def test_a_source_that_gives_nothing_keeps_its_last_good_day(tiny: Path, server: Server) -> None:
    declare(tiny, server.put("/r.csv", rows("a", "b")))
    assert (fetched(tiny, GOOD), facts(tiny)) == ("updated", ("ok", "2026-11-20", None))
    before = table(tiny)
    server.put("/r.csv", Answer(f"{HEAD}\n".encode()))
    assert (fetched(tiny, NEXT), facts(tiny)) == ("source-nothing-found", ("nothing", "2026-11-20", "2026-11-21"))
    server.put("/r.csv", Answer(FIREWALL))
    assert (fetched(tiny, LATER), facts(tiny)) == ("source-type", ("web_page", "2026-11-20", "2026-11-21"))
    assert table(tiny) == before
    server.put("/r.csv", rows("a", "b"))
    assert (fetched(tiny, TODAY), facts(tiny)) == ("unchanged", ("ok", "2026-11-25", None))


@pytest.mark.slow
def test_a_source_that_gives_less_is_taken_and_told_until_somebody_says_it_is_right(
    tiny: Path, server: Server
) -> None:
    declare(tiny, server.put("/r.csv", rows("a", "b", "c", "d", "e")))
    assert fetched(tiny, GOOD) == "updated"
    server.put("/r.csv", rows("a", "b", "c", seats="7"))
    for day in (NEXT, LATER):  # the same answer again is no better
        assert (fetched(tiny, day), facts(tiny)) == ("source-fewer", ("fewer", "2026-11-20", "2026-11-21"))
    assert table(tiny).count(",7,") == 3
    assert [line[:2] for line in table(tiny).splitlines()[-5:]] == ["a,", "b,", "c,", "d,", "e,"]
    assert lock(tiny)["changed"] == "2026-11-21"
    found = [item for item in check(tiny, TODAY).findings if item.check == "source-fewer"]
    assert [(item.dataset, item.severity) for item in found] == [("rooms", "warning")]
    assert "3 voci, l'ultima volta buona 5" in found[0].message["it"]
    least(tiny, 50)
    assert (fetched(tiny, TODAY), facts(tiny)) == ("unchanged", ("ok", "2026-11-25", None))
    assert lock(tiny)["records"] == 3


@pytest.mark.slow
def test_of_a_whole_table_less_is_not_taken(tiny: Path, server: Server) -> None:
    known = [line.split(",")[0] for line in table(tiny).splitlines()[1:]]
    declare(tiny, server.put("/r.csv", rows(*known, "a", "b", "c", "d", "e")), merge="replace")
    assert fetched(tiny, GOOD) == "updated"
    before = table(tiny)
    server.put("/r.csv", rows(*known, "a"))
    assert (fetched(tiny, NEXT), facts(tiny)[:2]) == ("source-fewer", ("fewer", "2026-11-20"))
    assert table(tiny) == before


@pytest.mark.slow
def test_pages_of_a_firewall_are_a_state_that_everybody_is_told(tiny: Path, server: Server) -> None:
    lines = [("Codice Progetto", ["TO9.9.9.z"]), ("Data inizio", ["31/10/2020"])]
    url = server.put("/p?codice=TO9.9.9.z", Answer(page(SKELETONS["table"](lines))))
    declare(tiny, url)
    path = tiny / "datasets" / "rooms.toml"
    path.write_text(path.read_text("utf-8").replace('connector = "file"', 'connector = "programme-page"').replace(
        '"Codice"', '"=sala-nuova"').replace('name = "Nome"\nseats = "Posti"\n', 'name = "code"\n').replace(
        '"Aperta il"', '"start_date"').replace('"Fonte"', '"@url"'))
    text = path.read_text("utf-8").replace(f'address = "{url}"', f'address = ["{url}", "{server.url}/p?id=TO9.9.9.y"]')
    server.put("/p?id=TO9.9.9.y", Answer(FIREWALL))
    path.write_text(text)
    (outcome,) = refresh(tiny, ["rooms"], GOOD, lambda _name: None, limits=LIMITS)
    assert [item.check for item in outcome.findings] == ["page-not-a-project"]
    assert (outcome.state, facts(tiny)) == ("updated", ("ok", "2026-11-20", None))
    server.put("/p?codice=TO9.9.9.z", Answer(FIREWALL))
    done = run(tiny, ["rooms"], NEXT, tiny / "report", limits=LIMITS)
    assert (done.exit_code, facts(tiny)) == (3, ("web_page", "2026-11-20", "2026-11-21"))
    assert "ha dato una pagina web al posto dei dati" in done.lines[0]
    (said,) = json.loads((tiny / "report/fetch.json").read_text("utf-8"))
    assert (said["state"], said["state_en"], said["last_good"], said["check"]) == (
        "web_page", "gave a web page in place of data", "2026-11-20", "source-web-page")


@pytest.mark.slow
def test_a_key_twice_is_an_error_of_the_source_and_of_no_release(tiny: Path, server: Server) -> None:
    declare(tiny, server.put("/r.csv", Answer("\n".join([HEAD, ROW, ROW.replace("1.500", "9"), ""]).encode())))
    before = table(tiny)
    done = run(tiny, ["rooms"], GOOD, tiny / "report", limits=LIMITS)
    assert (done.exit_code, table(tiny)) == (3, before)
    assert "sala-nuova" in done.lines[1]
    assert "1500" in done.lines[1]
    assert "neither was taken" in done.lines[1]
    found = [item for item in check(tiny, TODAY).findings if item.check == "source-twice"]
    assert [item.severity for item in found] == ["rejected"]
    declare(tiny, f"{server.url}/r.csv", merge="replace")
    assert fetched(tiny, NEXT) == "source-twice"


def test_every_state_has_its_words_and_its_label() -> None:
    states = {*STATES.values(), "web_page", "failing"}
    schema = json.loads((TINY.parents[1] / "schemas/sources.json").read_text("utf-8"))
    (field,) = [field for field in schema["fields"] if field["name"] == "state"]
    assert {item["value"] for item in field["categories"]} == states | {"ok", "never"}
    assert states <= set(IN_WORDS)
    assert for_programs([]) == b"[]\n"


def test_only_what_is_given_moves_the_last_good_day() -> None:
    entry = after_success(None, OPTIONS, {"u": {"sha256": "1"}}, True, GOOD, [], 5)
    for check_name in (*STATES, "source-timeout"):
        fault = FailedSourceError(check_name, found="0", expected="1")
        after = after_failure(entry, OPTIONS, fault, NEXT)
        assert (after["state"], after["succeeded"], after["records"]) == (state_of(fault), "2026-11-20", 5)
        assert is_due(after, OPTIONS, NEXT)
    again = after_success(entry, OPTIONS, {}, False, NEXT)
    assert (again["succeeded"], again["records"]) == ("2026-11-21", 5)
    fault = FailedSourceError("source-timeout", found="u")
    other = after_failure(entry, {"every_days": 8}, fault, NEXT)  # another declaration: nothing is known under it
    assert (other["resources"], other["records"]) == ({}, None)


def test_a_threshold_is_a_number_of_a_hundred(tiny: Path) -> None:
    declare(tiny, "http://127.0.0.1/r.csv")
    least(tiny, 101)
    with pytest.raises(DeclarationError, match="least_percent"):
        refresh(tiny, ["rooms"], GOOD, lambda _name: None)
