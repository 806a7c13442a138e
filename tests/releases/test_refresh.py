"""`abitare fetch` on the miniature repository: every line of the table in docs/sources.md, and nothing lost by any."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from support.fetching import CSV, FETCH, LIMITS, TODAY, declare, fetched, lock, table
from support.replay import Answer, Server, bomb, certificate, serving
from support.repository import ROOT

from etl.commands.check import check
from etl.commands.fetch import run
from etl.meta.errors import DeclarationError, InvalidDataError
from etl.releases.refresh import refresh

pytestmark = pytest.mark.slow

@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as replay:
        yield replay


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "tests" / "tiny", tmp_path / "tiny")
    return tmp_path / "tiny"


def test_a_source_updates_its_table(tiny: Path, server: Server) -> None:
    before = table(tiny)
    declare(tiny, server.put("/r.csv", Answer(CSV.encode(), headers={"ETag": '"1"'})))
    assert fetched(tiny) == "updated"
    assert table(tiny).startswith(before)
    assert table(tiny)[len(before):].startswith("sala-nuova,Sala nuova,1500,2020-10-31,")
    entry = lock(tiny)
    assert (entry["state"], entry["succeeded"], entry["changed"]) == ("ok", "2026-11-25", "2026-11-25")
    ((url, resource),) = entry["resources"].items()
    assert url == f"{server.url}/r.csv"
    assert (resource["status"], resource["bytes"], resource["date"]) == (200, len(CSV), "2026-11-25")
    assert fetched(tiny, date(2026, 11, 26)) == "unchanged"
    assert (lock(tiny)["checked"], lock(tiny)["changed"]) == ("2026-11-26", "2026-11-25")
    assert not [item for item in check(tiny, TODAY).findings if item.severity == "critical"]


TWICE = CSV.splitlines()[1].replace("1.500", "9") + "\n"
SLOW = Answer(CSV.encode(), delay=1.5)
# Line of the table in docs/sources.md -> (the answers in turn, what comes of it)
FAULTS: dict[str, tuple[list[Answer], str]] = {
    "slow to answer, or one byte at a time": ([SLOW, Answer(CSV.encode(), drip=0.1)], "source-timeout"),
    "cut before its end": ([Answer(CSV.encode(), cut=30)], "source-truncated"),
    "429, 500 or 503, then fine": ([Answer(status=503), Answer(CSV.encode())], "updated"),
    "429, 500 or 503 without end": ([Answer(status=429), Answer(status=500)], "source-status"),
    "404": ([Answer(status=404)], "source-status"),
    "redirect to a private address": (
        [Answer(status=302, headers={"Location": "http://10.0.0.7/"})], "source-private-address"),
    "redirect to a host that is not declared": (
        [Answer(status=302, headers={"Location": "http://example.org/"})], "source-host"),
    "redirect loop": ([Answer(status=302, headers={"Location": "/r.csv"})], "source-redirect"),
    "wrong content type, right bytes": ([Answer(CSV.encode(), headers={"Content-Type": "text/html"})], "updated"),
    "HTML page with status 200 in place of data": ([Answer(b"<!doctype html><p>Errore")], "source-type"),
    "gzip bomb": ([Answer(bomb(60), headers={"Content-Encoding": "gzip"})], "source-bomb"),
    "larger than the limit": ([Answer(CSV.encode() * 300_000)], "source-too-large"),
    "changed columns": ([Answer(CSV.replace("Posti", "Capienza").encode())], "source-columns"),
    "empty file": ([Answer(b"")], "source-empty"),
    "unchanged (304, or the same bytes)": ([Answer(CSV.encode())], "unchanged"),
    "expired certificate": ([Answer(CSV.encode())], "source-certificate"),
    "http where only https is declared": ([Answer(CSV.encode())], "source-scheme"),
    "rows that break the release": ([Answer(CSV.encode())], "source-refused"),
    "one key twice, with different values": ([Answer((CSV + TWICE).encode())], "unchanged"),
    "no rows": ([Answer(CSV.splitlines()[0].encode())], "source-nothing-found"),
    "far fewer rows than before": ([Answer(CSV.encode())], "source-fewer"),
}
STATES = {"source-empty": "nothing", "source-nothing-found": "nothing", "source-type": "web_page",
          "source-fewer": "fewer"}


def prepare(name: str, tiny: Path, server: Server) -> None:
    """What a line needs beside the answers."""
    address = f"{server.url}/r.csv"
    if name.startswith("unchanged"):
        declare(tiny, address)
        assert fetched(tiny) == "updated"
    if name.startswith("far fewer"):
        more = "".join(CSV.splitlines()[1].replace("sala-nuova", f"sala-{number}") + "\n" for number in range(4))
        given = server.answers["/r.csv"]
        declare(tiny, server.put("/r.csv", Answer((CSV + more).encode())))
        assert fetched(tiny) == "updated"
        server.answers["/r.csv"] = given
    # As the whole table, one row is below the floor of two.
    merge = "replace" if name.startswith("rows that") else "update"
    declare(tiny, address, merge, insecure=not name.startswith("http where"))


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_has_the_outcome_that_the_table_says(
    name: str, tiny: Path, server: Server, tmp_path: Path
) -> None:
    answers, expected = FAULTS[name]
    server.put("/r.csv", *answers)
    prepare(name, tiny, server)
    before = table(tiny)
    if name == "expired certificate":
        file = certificate(tmp_path, -3)
        with serving(file) as secure:
            declare(tiny, secure.put("/r.csv", *answers))
            assert fetched(tiny, ca_file=str(file)) == expected
    else:
        assert fetched(tiny) == expected
    failing = expected.startswith("source-")
    assert lock(tiny)["state"] == (STATES.get(expected, "failing") if failing else "ok")
    if failing:
        assert table(tiny) == before
        assert lock(tiny)["fault"]["check"] == expected
    else:
        assert table(tiny).startswith(before)
    assert not list((tiny / "build").rglob("*.part"))


def test_the_table_in_the_documents_is_the_one_that_is_tested() -> None:
    text = (ROOT / "docs/sources.md").read_text("utf-8")
    lines = re.findall(r"^\| ([^|]+?) \| [^|]+ \| (?:`([\w-]+)`)? ?\|$", text.partition("<!-- faults")[2], re.M)
    assert {name: check for name, check in lines if name != "fault"} == {
        name: expected if expected.startswith("source-") else "" for name, (_, expected) in FAULTS.items()}


def second_source(tiny: Path, address: str) -> None:
    """Give the bookings a source too: a page that is not there."""
    path = tiny / "datasets" / "bookings.toml"
    fetch = FETCH.format(address=address, merge="update", insecure="true")
    fetch = fetch.partition("name =")[0] + 'day = "Aperta il"\n'
    text = path.read_text("utf-8")
    path.write_text(re.sub(r"(\n\[source\].*?\n)(?=\n\[)", lambda m: m[1] + fetch, text, count=1, flags=re.DOTALL))


def test_one_failing_source_does_not_stop_the_others(tiny: Path, server: Server) -> None:
    declare(tiny, server.put("/r.csv", Answer(CSV.encode())))
    second_source(tiny, server.put("/b.csv", Answer(status=404)))
    report = tiny / "report"
    done = run(tiny, [], TODAY, report, limits=LIMITS)
    assert done.exit_code == 3
    said = {item["dataset"]: item for item in json.loads((report / "fetch.json").read_text())}
    assert (said["rooms"]["state"], said["bookings"]["state"], said["bookings"]["check"]) == (
        "updated", "failing", "source-status")
    assert "I dati di prima restano." in said["bookings"]["message_it"]
    assert any("source-status" not in line and "404" in line for line in done.lines)
    assert "sala-nuova" in table(tiny)


def test_a_source_read_not_long_ago_waits(tiny: Path, server: Server) -> None:
    declare(tiny, server.put("/r.csv", Answer(CSV.encode())))
    path = tiny / "datasets" / "rooms.toml"
    path.write_text(path.read_text().replace('merge = "update"', 'merge = "update"\nevery_days = 7'))
    states = [run(tiny, [], date(2026, 11, day), tiny / "report", limits=LIMITS).lines[-1] for day in (1, 7, 8)]
    assert ["letta da poco" in line for line in states] == [False, True, False]
    assert len(server.paths()) == 2


def test_offline_uses_what_is_there(tiny: Path, server: Server) -> None:
    declare(tiny, server.put("/r.csv", Answer(CSV.encode())))
    assert fetched(tiny) == "updated"
    remembered, asked = lock(tiny), len(server.asked)
    source = tiny / "datasets/source/rooms.csv"
    source.write_text(source.read_text().replace("Sala nuova,1500", "Sala nuova,7"))
    (outcome,) = refresh(tiny, ["rooms"], date(2026, 12, 1), lambda _name: None, offline=True, limits=LIMITS)
    assert outcome.state == "updated"
    assert "Sala nuova,1500" in table(tiny)
    assert (lock(tiny), len(server.asked)) == (remembered, asked)


def test_a_value_that_cannot_be_read_is_left_empty_and_told(tiny: Path, server: Server) -> None:
    text = CSV.replace("31/10/2020", "Ultimo trimestre 2016")
    declare(tiny, server.put("/r.csv", Answer(text.encode(), headers={"ETag": '"1"'})))
    (outcome,) = refresh(tiny, ["rooms"], TODAY, lambda _name: None, limits=LIMITS)
    assert (outcome.state, [(f.check, f.severity, f.rows[0].value) for f in outcome.findings]) == (
        "updated", [("date", "warning", "Ultimo trimestre 2016")])
    assert "sala-nuova,Sala nuova,1500,,," in table(tiny)
    # It stays in the quality report as long as the source says it, also when nothing new is read.
    for day in (25, 26):
        refresh(tiny, ["rooms"], date(2026, 11, day), lambda _name: None, limits=LIMITS)
        found = [item for item in check(tiny, TODAY).findings if item.check == "date"]
        assert [(item.dataset, item.column, item.rows[0].value) for item in found] == [
            ("rooms", "opened_on", "Ultimo trimestre 2016")]


def test_a_form_that_no_reader_foresaw_stops_no_other_source(tiny: Path, server: Server) -> None:
    declare(tiny, server.put("/r.csv", Answer(b'{"result": [1, 2]}')))
    path = tiny / "datasets" / "rooms.toml"
    path.write_text(path.read_text("utf-8").replace('connector = "file"', 'connector = "opencoesione-aggregates"'))
    assert fetched(tiny) == "source-layout"
    path.write_text(path.read_text("utf-8").replace('connector = "opencoesione-aggregates"', 'connector = "ckan"'))
    assert fetched(tiny) == "source-layout"  # a declaration without its `package`
    assert lock(tiny)["failures"] == 2


def test_a_table_that_cannot_be_read_is_left_alone(tiny: Path, server: Server) -> None:
    declare(tiny, server.put("/r.csv", Answer(CSV.encode())))
    source = tiny / "datasets/source/rooms.csv"
    source.write_bytes(b'room_id,name\n"sala')
    with pytest.raises(InvalidDataError, match=r"rooms\.csv: cannot be read"):
        fetched(tiny)
    assert source.read_bytes() == b'room_id,name\n"sala'


def test_only_declared_sources_can_be_asked(tiny: Path) -> None:
    with pytest.raises(DeclarationError, match=r"no \[source\.fetch\]"):
        refresh(tiny, ["bookings"], TODAY, lambda _name: None)
