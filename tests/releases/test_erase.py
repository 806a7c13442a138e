"""An erasure in a miniature repository: nothing says the value any more, the rest stays, and it does not come back."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from support.erasing import FIRST, miniature, publish, register, rows, write
from support.kills import killed
from support.unpacked import files_that_say

from etl.commands.erase import erased
from etl.meta.errors import AbitareError, DeclarationError, InvalidDataError, PublishError
from etl.releases import server
from etl.releases.archive import read, without
from etl.releases.erase_plan import JOURNAL, Asked, Plan
from etl.releases.forget import Forgotten
from etl.runtime import staging

pytestmark = pytest.mark.slow
NAME = "zanzottera"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return miniature(tmp_path / "city")


@pytest.fixture
def mended(place: Path) -> Path:
    """A name in a cell, published on one day and mended by a correction on the next."""
    publish(place, "2026-01-01")
    register(place, "corrections", correction_id="mended", dataset="places", key="a", field="host",
             before=FIRST[0][3], after="La direzione", how="in_table", reason="Un nome.", state="accepted",
             asked_by="citizen", asked_on="2026-01-02")
    write(place, "places", [[*FIRST[0][:3], "La direzione", FIRST[0][4]], FIRST[1], ["c", *FIRST[2][1:]]])
    write(place, "hours", [["a", "mo", "https://a.it"]])
    register(place, "removals", dataset="places", key=FIRST[2][0], name="zanzottera", kind="moved", moved_to="c",
             removed_on="2026-01-02", reason_it="Altro codice.")
    publish(place, "2026-01-02")
    return place


def ask(place: Path, key: str, field: str = "", **how: object) -> Plan | None:
    """Erase on the third day."""
    day = str(how.pop("day", "2026-01-03"))
    asked = Asked("places", key, field, day, "Richiesta, art. 17.", "", "https://a.it", **how)  # type: ignore[arg-type]
    return erased(place, asked)[0]


def forget_both(place: Path) -> None:
    ask(place, "a", "host", keep_today=True)
    ask(place, "zanzottera-gina", personal_key=True)


def test_a_value_that_was_mended_stands_in_history_and_versions_until_it_is_erased(mended: Path) -> None:
    assert len(files_that_say(mended.parent, NAME)) > 8
    forget_both(mended)
    assert files_that_say(mended / "datasets", NAME) == []
    assert not (mended / JOURNAL).exists()
    publish(mended, "2026-01-03")
    assert files_that_say(mended.parent, NAME) == []
    assert [row["host"] for row in rows(mended, "source/places")] == ["La direzione", "", "b"]
    assert rows(mended, "source/corrections")[0]["after"] == "La direzione"
    told = [row for row in rows(mended, "release/changes") if row["kind"] == "erased"]
    assert [(row["dataset"], row["field"], row["before"], row["after"]) for row in told] == [
        ("places", "host", "", ""), ("places", "", "", "")]


def test_only_what_must_go_is_gone(mended: Path) -> None:
    before = {name: rows(mended, name) for name in ("source/places", "versions/3.0.0/places", "release/places")}
    ask(mended, "a", "host", keep_today=True)
    past = before["versions/3.0.0/places"]
    assert rows(mended, "versions/3.0.0/places") == [past[0] | {"host": ""}, *past[1:]]
    assert [rows(mended, name) for name in ("source/places", "release/places")] == [
        before["source/places"], before["release/places"]]


def test_a_personal_key_is_a_mark_everywhere(mended: Path) -> None:
    ask(mended, "zanzottera-gina", personal_key=True)
    (removal,) = rows(mended, "source/removals")
    assert removal["key"].startswith("erased-")
    assert removal["name"] == removal["key"] == rows(mended, "source/erasures")[0]["key"]
    assert NAME not in (mended / "datasets/release/removals.csv").read_text("utf-8").lower()
    assert publish(mended, "2026-01-03") == []


def test_a_key_can_become_a_mark_while_its_row_stays(place: Path) -> None:
    publish(place, "2026-01-01")
    ask(place, "zanzottera-gina", "place_id")
    ask(place, "a", "host")
    mark = rows(place, "source/places")[2]["place_id"]
    assert rows(place, "source/hours")[1]["place_id"] == mark
    assert rows(place, "source/places")[2]["name"] == "Gamma"
    publish(place, "2026-01-03")
    assert files_that_say(place.parent, NAME) == []


def test_with_a_row_goes_what_belongs_to_it(place: Path) -> None:
    publish(place, "2026-01-01")
    ask(place, "a")
    assert [row["place_id"] for row in rows(place, "source/hours")] == ["zanzottera-gina"]
    assert rows(place, "source/removals")[0]["kind"] == "erased"
    publish(place, "2026-01-03")
    assert "citofono" not in (place / "datasets/versions/3.0.0/places.csv").read_text("utf-8").lower()
    assert rows(place, "release/removals")[0]["key"] == "a"


def test_what_was_erased_is_kept_out_until_it_is_lifted(place: Path) -> None:
    publish(place, "2026-01-01")
    ask(place, "a", "host")
    again = [[*FIRST[0][:3], "citofono zanzottera", FIRST[0][4]], *FIRST[1:]]
    write(place, "places", again)
    assert publish(place, "2026-01-04") == ["erased-back"]
    assert files_that_say(place.parent / "served", "citofono") == []
    assert rows(place, "release/places")[0]["host"] == ""
    (told,) = rows(place, "release/quality")
    assert (told["check"], told["row_key"], told["column"], told["value"]) == ("erased-back", "a", "host", "")
    (erasure,) = rows(place, "source/erasures")
    write(place, "erasures", [list((erasure | {"lifted_on": "2026-01-05"}).values())])
    assert publish(place, "2026-01-05") == []
    assert rows(place, "release/places")[0]["host"] == "citofono zanzottera"


def test_killed_at_any_step_the_same_command_goes_on(tmp_path: Path) -> None:
    ready = miniature(tmp_path / "ready")
    publish(ready, "2026-01-01")
    for step in range(1, 400):
        place = tmp_path / f"run{step}"
        shutil.copytree(ready, place)
        stopped = killed(step, partial(ask, place, "a", "host"), within=place)
        ask(place, "a", "host")
        assert files_that_say(place / "datasets", "citofono") == []
        assert not (place / JOURNAL).exists()
        assert len(rows(place, "source/erasures")) == 1
        shutil.rmtree(place)
        if not stopped:
            assert step > 10
            return
    pytest.fail("it never ended")


def test_what_is_left_is_named_and_the_value_is_not(mended: Path) -> None:
    (mended / "notes.md").write_text("Suona: CITOFONO&nbsp;Zanzotterà 2&#170; scala.", "utf-8")
    with pytest.raises(PublishError, match=r"1 file lo dicono ancora.*notes\.md") as caught:
        ask(mended, "a", "host", keep_today=True)
    assert NAME not in str(caught.value).lower()
    with pytest.raises(DeclarationError, match="begun and not ended"):
        ask(mended, "b", "phone")
    (mended / "notes.md").unlink()
    assert ask(mended, "a", "host", keep_today=True) is not None
    assert files_that_say(mended / "datasets", "citofono") == []


@pytest.mark.parametrize("busy", ["city/build/site", "public"])
def test_nothing_has_begun_when_another_command_is_at_work(place: Path, busy: str) -> None:
    publish(place, "2026-01-01")
    to = place.parent / "public"
    to.mkdir()
    lock = server.lock(to, "publish") if busy == "public" else staging.lock(place.parent / busy, "publish", shared=True)
    asked = Asked("places", "a", "host", "2026-01-03", "Richiesta, art. 17.", "", "https://a.it")
    before = rows(place, "source/places")
    with lock, ThreadPoolExecutor(1) as another, pytest.raises(PublishError, match="another command is at work"):
        another.submit(erased, place, asked, to).result()
    assert not (place / JOURNAL).exists()
    assert rows(place, "source/places") == before
    assert erased(place, asked, to)[0] is not None


def test_releases_from_before_an_erasure_do_not_say_it_even_if_they_come_back(place: Path) -> None:
    publish(place, "2026-01-01")
    files = read(place / "datasets/release")
    cell = ("places", "a", "host")
    assert without(files, Forgotten({cell: "2026-01-01"})) is files  # it is of that day
    assert b"citofono" not in without(files, Forgotten({cell: "2026-01-02"}))["places.csv"]


@pytest.mark.parametrize(("key", "field", "error", "said"), [
    ("x", "host", DeclarationError, "no row with this key"), ("a", "hosts", DeclarationError, "no column of places"),
])
def test_what_cannot_be_erased_is_refused(
    place: Path, key: str, field: str, error: type[AbitareError], said: str
) -> None:
    with pytest.raises(error, match=said):
        ask(place, key, field)


def test_a_value_that_other_cells_say_is_not_erased_by_halves(place: Path) -> None:
    write(place, "places", [FIRST[0], [*FIRST[1][:3], "al CITOFONO ZANZOTTERA 2a SCALA", FIRST[1][4]], FIRST[2]])
    with pytest.raises(InvalidDataError, match="places 'b' host"):
        ask(place, "a", "host")
    plan = ask(place, "a", "host", only_here=True)
    assert plan is not None
    assert (plan.values, plan.by_cell) == ([], 1)
    assert rows(place, "source/places")[1]["host"] == "al CITOFONO ZANZOTTERA 2a SCALA"


def test_a_short_value_goes_by_its_cell(place: Path) -> None:
    publish(place, "2026-01-01")
    plan = ask(place, "a", "phone")
    assert plan is not None
    assert (plan.values, plan.by_cell) == ([], 1)
    assert [row["phone"] for row in rows(place, "release/places")] == ["", "02 2", "02 3"]
    assert ask(place, "a", "phone") is None  # and a second time there is nothing to do
