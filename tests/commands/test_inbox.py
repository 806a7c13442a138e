"""The inbox: each file judged by itself, all of one that holds taken in at once, also when killed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from support.borgo import copy_borgo
from support.command import abitare
from support.kills import killed
from support.workbooks import opened

from etl.commands import inbox
from etl.meta.view import digest
from etl.releases.handed import Judged
from etl.releases.trial import hand_in
from etl.runtime.files import PLAN, STAGED, finish_writing, write_whole

pytestmark = pytest.mark.slow
DAY = date(2026, 11, 25)
DESKS = "Codice;Nome;Tipo;E-mail;Stato;Fonte\r\n"
HOURS = "Codice;Tipo;Giorno;Apre;Chiude;Fonte;Data della fonte\r\n"
SOURCE = "https://x.example.org/"


def desk(code: str, email: str = "casa@borgofiorito.example", name: str = "Sportello di prova") -> str:
    return f"{code};{name};sportello per la casa;{email};operating;{SOURCE}\r\n"


def hours(code: str, day: str = "sabato") -> str:
    return f"{code};apertura;{day};9:00;12:00;{SOURCE};2025\r\n"


@pytest.fixture
def city(tmp_path: Path, town: Path) -> Path:
    """Borgofiorito with an empty inbox."""
    root = copy_borgo(tmp_path / "city", built=town)
    (root / "datasets" / "inbox").mkdir(exist_ok=True)
    return root


def put(root: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        (root / "datasets" / "inbox" / name).write_text(text, "utf-8")


def left(root: Path) -> list[str]:
    """The files that are still in the inbox."""
    return sorted(path.name for path in (root / "datasets" / "inbox").iterdir() if path.is_file())


def table(root: Path, name: str) -> str:
    return (root / "datasets" / "source" / f"{name}.csv").read_text("utf-8")


def emptied(root: Path) -> tuple[int, str]:
    """The exit code of `abitare fetch inbox` and what it prints."""
    run = abitare("fetch", "inbox", "--root", root, "--date", DAY.isoformat(), "--report", root / "build" / "inbox")
    return run.exit_code, run.stdout


def lines_of(said: str, name: str) -> list[str]:
    return [line for line in said.splitlines() if line.startswith(f"{name}:") and "ERRORE" in line]


def test_a_bad_file_stays_with_its_report_and_stops_no_other(city: Path) -> None:
    put(city, {"clean__desks.csv": DESKS + desk("uno"), "wrong__desks (2).csv": DESKS + desk("due", "casa @x.example"),
               "nothing.csv": "Pane;Latte\r\n1;2\r\n"})
    code, said = emptied(city)
    assert code == 1
    assert left(city) == ["nothing.csv", "wrong__desks (2).csv"]
    assert "\nuno,Sportello di prova" in table(city, "desks")
    assert "due" not in table(city, "desks")
    assert lines_of(said, "clean__desks.csv") == []
    assert len(lines_of(said, "wrong__desks (2).csv")) == 1
    beside = {path.name for path in (city / "datasets" / "inbox" / "report").iterdir()}
    assert beside == {"nothing.csv.html", "nothing.csv.annotated.xlsx", "wrong__desks (2).csv.html",
                      "wrong__desks (2).csv.annotated.xlsx"}
    programs = json.loads((city / "build" / "inbox" / "inbox.json").read_text("utf-8"))
    assert {item["file"]: item["holds"] for item in programs} == {
        "clean__desks.csv": True, "nothing.csv": False, "wrong__desks (2).csv": False}


def test_a_file_whose_new_rows_lack_what_is_required_is_not_taken(city: Path) -> None:
    put(city, {"desks.csv": "Codice;Nome;Tipo;Stato\r\nuno;Uno;sportello per la casa;operating\r\n"})
    code, said = emptied(city)
    assert (code, left(city)) == (1, ["desks.csv"])
    assert "Manca un valore obbligatorio" in said
    assert "uno" not in table(city, "desks")


def test_of_very_many_files_each_gets_its_own_errors_and_no_other(city: Path) -> None:
    files = {f"desks {n:03}.csv": DESKS + desk(f"d{n}", "casa @x.example" if n % 8 == 0 else "casa@x.example")
             for n in range(1, 26)}
    put(city, files)
    code, said = emptied(city)
    wrong = [name for number, name in enumerate(files, 1) if number % 8 == 0]
    assert (code, left(city)) == (1, wrong)
    assert {name: len(lines_of(said, name)) for name in files} == {name: int(name in wrong) for name in files}


def test_files_that_need_each_other_are_judged_together(city: Path) -> None:
    put(city, {"a hours.csv": HOURS + hours("nuovo"), "z desks.csv": DESKS + desk("nuovo"),
               "b hours.csv": HOURS + hours("altro"), "y desks.csv": DESKS + desk("altro", "casa @x.example"),
               "other.csv": HOURS + hours("agenzia-casa", "boh")})
    code, said = emptied(city)
    assert (code, left(city)) == (1, ["b hours.csv", "other.csv", "y desks.csv"])
    assert "nuovo,opening,sa" in table(city, "desk_hours")
    assert "che porta il file «z desks.csv»: sono stati controllati insieme" in said
    assert "che porta il file «y desks.csv», che è ancora da correggere" in said
    put(city, {"y desks.csv": DESKS + desk("altro"), "other.csv": HOURS + hours("agenzia-casa")})
    assert emptied(city)[0] == 0
    assert left(city) == []
    assert not (city / "datasets" / "inbox" / "report").exists()


def test_two_files_that_contradict_each_other_are_both_asked_about(city: Path) -> None:
    put(city, {"a desks.csv": DESKS + desk("uno"), "b desks.csv": DESKS + desk("uno", name="Primo"),
               "c desks.csv": DESKS + desk("due")})
    code, said = emptied(city)
    assert (code, left(city)) == (1, ["a desks.csv", "b desks.csv"])
    assert "dice un'altra cosa della stessa riga: «Primo» (b desks.csv)" in said
    assert "uno" not in table(city, "desks")
    put(city, {"b desks.csv": DESKS + desk("uno", "casa @x.example", name="Primo")})
    assert (emptied(city)[0], left(city)) == (1, ["b desks.csv"])  # a wrong file contradicts nobody


def test_a_corrected_copy_stands_for_its_file(city: Path) -> None:
    put(city, {"sportelli.csv": DESKS + desk("uno", "casa @x.example")})
    assert emptied(city)[0] == 1
    copy = city / "datasets" / "inbox" / "report" / "sportelli.csv.annotated.xlsx"
    book = opened(copy.read_bytes())
    book["sportelli"]["D2"] = "casa@borgofiorito.example"
    book.save(city / "datasets" / "inbox" / copy.name)
    code, said = emptied(city)
    assert code == 0, said
    assert "sportelli.csv: al suo posto vale la copia corretta" in said
    assert left(city) == []
    assert "\nuno,Sportello di prova" in table(city, "desks")


def test_a_file_that_breaks_the_reader_stops_no_other(city: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = hand_in.__globals__["load"]

    def breaks(path: Path, *rest: object) -> object:
        if path.name.startswith("break"):
            raise RecursionError("too deep")
        return read(path, *rest)

    monkeypatch.setattr("etl.releases.trial.load", breaks)
    put(city, {"break.csv": "x", "desks.csv": DESKS + desk("uno"), f"{'n' * 240}.csv": DESKS + desk("due", "@")})
    code, said = emptied(city)
    assert (code, left(city)) == (1, ["break.csv", f"{'n' * 240}.csv"])
    assert "si è fermato mentre leggeva il file (RecursionError: too deep)" in said


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def judged_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the same files hold is judged once, and told in a word: what is tried is the writing."""
    judged: dict[tuple[str, ...], Judged] = {}

    def once(root: Path, paths: Sequence[Path], today: date) -> Judged:
        names = tuple(path.name for path in paths)
        if names not in judged:
            judged[names] = hand_in(root, paths, today)
        return judged[names]

    monkeypatch.setattr(inbox, "hand_in", once)
    monkeypatch.setattr(inbox, "page", lambda *_: "<p>")
    monkeypatch.setattr(inbox, "annotated_copy", lambda _: b"PK")


def test_an_inbox_killed_at_any_step_ends_as_if_nothing_had_happened(
    city: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged_once(monkeypatch)
    files = {"desks.csv": DESKS + desk("nuovo"), "hours.csv": HOURS + hours("nuovo"), "bad.csv": DESKS + desk("x", "@")}
    source, run = city / "datasets" / "source", partial(inbox.empty_inbox, city, DAY, city / "build" / "inbox")
    before = files_in(source)
    put(city, files)
    run()
    run()
    after, reports = files_in(source), files_in(city / "datasets" / "inbox" / "report")
    assert {name for name in after if after[name] != before[name]} == {
        "desks.csv", "desk_hours.csv", "source_documents.csv"}
    for step in range(1, 200):
        for name, data in before.items():
            (source / name).write_bytes(data)
        put(city, files)
        (source / ".desks.csv.tmp").write_bytes(b"desk_id,na")  # of a run that was killed before
        stopped = killed(step, run, within=city)
        whole = {name: data for name, data in files_in(source).items() if not name.startswith(".")}
        assert all(data in (before[name], after[name]) for name, data in whole.items()), step
        run()
        assert (files_in(source), left(city)) == (after, ["bad.csv"]), step
        assert files_in(city / "datasets" / "inbox" / "report") == reports, step
        assert not (city / "datasets" / STAGED).exists(), step
        if not stopped:
            assert step > 15
            return
    pytest.fail("it never ended")


def test_a_file_that_changed_under_the_hands_of_a_killed_run_is_read_before_it_goes(tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        write_whole(tmp_path / "inbox" / name, b"old")
    plan = {"put": {}, "remove": {f"inbox/{name}": digest("old") for name in ("a.csv", "b.csv")}}
    write_whole(tmp_path / STAGED / PLAN, json.dumps(plan).encode())
    write_whole(tmp_path / "inbox" / "b.csv", b"new")
    finish_writing(tmp_path)
    assert files_in(tmp_path / "inbox") == {"b.csv": b"new"}
