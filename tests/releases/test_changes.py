"""A scripted history of releases: what `changes` says of each, and ids that cannot vanish."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from support.registers import with_registers
from support.repository import ROOT

from etl.meta.catalog import load_catalog
from etl.meta.errors import DeclarationError
from etl.releases.draft import draft_release
from etl.releases.gate import InvalidReleaseError, gate
from etl.releases.printed import with_history
from etl.runtime.files import write_if_changed

pytestmark = pytest.mark.slow
REGISTERS = ("changes", "removals", "corrections")
HEAD = "place_id,name,phone,source_url\n"
A, B, C = "a,Alfa,02 1,https://a.it\n", "b,Beta,02 2,https://b.it\n", "c,Gamma,02 3,https://c.it\n"
D = "d,Delta,02 4,https://d.it\n"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A repository with one table, places, and the registers of the real one."""
    with_registers(tmp_path, REGISTERS)
    about = (ROOT / "datasets/removals.toml").read_text("utf-8")
    (tmp_path / "datasets/places.toml").write_text("permanent = true\n" + about, "utf-8")
    schema(tmp_path, "phone")
    write(tmp_path, A, B, C)
    return tmp_path


def schema(place: Path, phone: str, **more: str) -> None:
    """The schema of places; `phone` is the name of its third column."""
    words = {"title": "x", "title_en": "x", "description": "x", "description_en": "x", "type": "string"}
    fields = [{"name": name, **words} for name in ("place_id", "name", phone, "source_url")]
    fields[2] |= more
    text = json.dumps({"fields": fields, "primaryKey": ["place_id"], "missingValues": [""]})
    (place / "schemas/places.json").write_text(text, "utf-8")


def write(place: Path, *rows: str, head: str = HEAD) -> None:
    (place / "datasets/source/places.csv").write_text(head + "".join(rows), "utf-8")


def register(place: Path, book: str, **values: str) -> None:
    """Add a row to a register."""
    path = place / f"datasets/source/{book}.csv"
    header = path.read_text("utf-8").splitlines()[0].split(",")
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(
        [{"source_url": "https://a.it", **values}.get(column, "") for column in header])
    path.write_text(path.read_text("utf-8") + out.getvalue(), "utf-8")


def release(place: Path, day: str) -> list[tuple[str, ...]]:
    """Publish on a day; gives the rows of `changes` of that day, without dataset and date."""
    draft = draft_release(place, load_catalog(place), date.fromisoformat(day))
    gate(draft.findings)
    folder = place / "datasets/release"
    try:
        files = with_history(draft, folder).files
    except DeclarationError as refused:
        # The program says which version it must be, and a person writes it.
        wanted = "version = " + str(refused).rpartition("Write version = ")[2]
        about = place / "release.toml"
        about.write_text(re.sub(r'(?m)^version = ".*"', wanted, about.read_text("utf-8")), "utf-8")
        return release(place, day)
    write_if_changed(folder, files)
    with (folder / "changes.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["release_date"] == day]
    assert all(row["dataset"] in ("places", "removals", "corrections") for row in rows)
    return [(row["key"], row["field"], row["kind"], row["before"], row["after"]) for row in rows
            if row["dataset"] == "places"]


def story(place: Path) -> list[list[tuple[str, ...]]]:
    """Seven releases: the first, then add, change, remove, rename, correct, withdraw."""
    told = [release(place, "2026-01-01")]
    write(place, A, B, C, D)
    told.append(release(place, "2026-01-02"))
    write(place, A.replace("02 1", "02 11"), B, C, D)
    told.append(release(place, "2026-01-03"))
    register(place, "removals", dataset="places", key="b", name="Beta", kind="ended", removed_on="2026-01-04",
             reason_it="Ha chiuso.")
    write(place, A.replace("02 1", "02 11"), C, D)
    told.append(release(place, "2026-01-04"))
    schema(place, "telephone", renamed_from="phone")
    write(place, A.replace("02 1", "02 11"), C, D, head=HEAD.replace("phone", "telephone"))
    told.append(release(place, "2026-01-05"))
    register(place, "corrections", correction_id="gamma", dataset="places", key="c", field="telephone", before="02 3",
             after="02 33", how="over_source", expect="02 3", reason="Numero cambiato.", state="accepted",
             asked_by="citizen", asked_on="2026-01-06")
    told.append(release(place, "2026-01-06"))
    register(place, "removals", dataset="places", key="d", name="Delta", kind="withdrawn", removed_on="2026-01-07",
             reason_it="Non esisteva.")
    write(place, A.replace("02 1", "02 11"), C, head=HEAD.replace("phone", "telephone"))
    told.append(release(place, "2026-01-07"))
    return told


def test_a_history_says_what_happened(place: Path) -> None:
    beta = '{"place_id": "b", "name": "Beta", "phone": "02 2", "source_url": "https://b.it"}'
    delta = '{"place_id": "d", "name": "Delta", "telephone": "02 4", "source_url": "https://d.it"}'
    assert story(place) == [
        [],
        [("d", "", "added", "", "")],
        [("a", "phone", "changed", "02 1", "02 11")],
        [("b", "", "removed", beta, "")],
        [("", "telephone", "column_renamed", "phone", "telephone")],
        [("c", "telephone", "corrected", "02 3", "02 33")],
        [("d", "", "withdrawn", delta, "")],
    ]
    with (place / "datasets/release/changes.csv").open(encoding="utf-8", newline="") as file:
        corrected = [row for row in csv.DictReader(file) if row["kind"] == "corrected"]
    assert [row["correction_id"] for row in corrected] == ["gamma"]


def test_replaying_a_history_gives_the_same_bytes(place: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    again = tmp_path_factory.mktemp("again") / "place"
    shutil.copytree(place, again)
    story(place)
    story(again)
    first, second = ({path.name: path.read_bytes() for path in (folder / "datasets/release").glob("*.*")}
                     for folder in (place, again))
    assert first == second
    assert len(first) > 5


def test_running_a_release_twice_adds_nothing(place: Path) -> None:
    release(place, "2026-01-01")
    write(place, A, B, C, D)
    release(place, "2026-01-02")
    before = (place / "datasets/release/changes.csv").read_bytes()
    release(place, "2026-01-02")
    release(place, "2026-01-09")
    assert (place / "datasets/release/changes.csv").read_bytes() == before


def test_what_changes_and_changes_back_on_one_day_leaves_no_trace(place: Path) -> None:
    release(place, "2026-01-01")
    write(place, A.replace("02 1", "02 99"), B, C, D)
    assert len(release(place, "2026-01-02")) == 2
    write(place, A.replace("02 1", "02 98"), B, C)
    assert release(place, "2026-01-02") == [("a", "phone", "changed", "02 1", "02 98")]
    write(place, A, B, C)
    assert release(place, "2026-01-02") == []


def test_values_that_had_to_go_are_gone_from_the_history_too(place: Path) -> None:
    release(place, "2026-01-01")
    write(place, A, B.replace("Beta", "Rosa"), C)
    release(place, "2026-01-02")
    register(place, "removals", dataset="places", key="b", name="Uno sportello", kind="erased",
             removed_on="2026-01-03", reason_it="Non doveva essere pubblicato.")
    write(place, A, C)
    assert release(place, "2026-01-03") == [("b", "", "removed", "", "")]
    assert "Rosa" not in (place / "datasets/release/changes.csv").read_text("utf-8")
    assert "Beta" not in (place / "datasets/release/changes.csv").read_text("utf-8")


def refusal(place: Path, day: str) -> set[str]:
    with pytest.raises(InvalidReleaseError) as caught:
        release(place, day)
    return {item.check for item in caught.value.findings if item.severity == "critical"}


def test_an_id_cannot_vanish_without_a_reason(place: Path) -> None:
    release(place, "2026-01-01")
    write(place, A, C)
    assert refusal(place, "2026-01-02") == {"id-lost"}
    reason = {"dataset": "places", "key": "b", "name": "Beta", "removed_on": "2026-01-02", "reason_it": "Si sposta."}
    register(place, "removals", kind="moved", moved_to="z", **reason)
    assert refusal(place, "2026-01-02") == {"removal-target"}
    path = place / "datasets/source/removals.csv"
    path.write_text(path.read_text("utf-8").replace(",z,", ",c,"), "utf-8")
    assert [(row[2], row[4]) for row in release(place, "2026-01-02")] == [("moved", "c")]
    # Nor can the reason vanish later, nor stand beside the row itself.
    register_of = path.read_text("utf-8")
    path.write_text(register_of.splitlines()[0] + "\n", "utf-8")
    assert refusal(place, "2026-01-03") == {"id-lost"}
    path.write_text(register_of, "utf-8")
    write(place, A, B, C)
    assert refusal(place, "2026-01-03") == {"removal-still-there"}


def test_a_dataset_cannot_vanish_without_a_reason(place: Path) -> None:
    release(place, "2026-01-01")
    for path in ("datasets/places.toml", "schemas/places.json", "datasets/source/places.csv"):
        (place / path).unlink()
    assert refusal(place, "2026-01-02") == {"id-lost"}
    register(place, "removals", dataset="places", name="Posti", kind="ended", removed_on="2026-01-02",
             reason_it="Non serve più.")
    assert [row[:3] for row in release(place, "2026-01-02")] == [
        ("", "", "dataset_removed"), *((key, "", "removed") for key in "abc")]


def test_a_correction_stops_when_the_source_says_something_else(place: Path) -> None:
    register(place, "corrections", correction_id="gamma", dataset="places", key="c", field="phone", before="02 3",
             after="02 33", how="over_source", expect="02 3", reason="x", state="accepted", asked_by="desk",
             asked_on="2026-01-01")

    def drafted() -> tuple[str, set[str]]:
        draft = draft_release(place, load_catalog(place), date(2026, 1, 1))
        return draft.tables["places"].rows[2][2], {item.check for item in draft.findings}

    assert drafted() == ("02 33", set())
    write(place, A, B, C.replace("02 3", "02 33"))
    assert drafted() == ("02 33", {"correction-done"})
    write(place, A, B, C.replace("02 3", "02 4"))
    assert drafted() == ("02 4", {"correction-overtaken"})
    write(place, A, B)
    assert "correction-place" in {item.check for item in
                                  draft_release(place, load_catalog(place), date(2026, 1, 1)).findings}
