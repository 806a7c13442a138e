"""The charts of a release stay as they were drawn, into the next releases, and go with what must be forgotten."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from support.erasing import FIRST, miniature, publish, write

from etl.commands.erase import erased, told
from etl.commands.making import with_charts
from etl.meta.catalog import load_catalog
from etl.meta.errors import PublishError
from etl.meta.model import Draft
from etl.releases.archive import charts_before
from etl.releases.draft import draft_release
from etl.releases.erase_plan import Asked
from etl.releases.owned import refuse_others
from etl.releases.printed import with_history

pytestmark = pytest.mark.slow
DRAWN = {"grafici/a.it.csv": b"x\n1\n", "grafici/a.it.svg": b"<svg><title>Uno &amp; due</title></svg>"}
CHANGED = [[*FIRST[0][:2], "02 99", *FIRST[0][3:]], *FIRST[1:]]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A repository that has published a release with a chart."""
    root = miniature(tmp_path / "city")
    publish(root, "2026-01-01")
    (root / "datasets/release/grafici").mkdir()
    for name, data in DRAWN.items():
        (root / "datasets/release" / name).write_bytes(data)
    return root


def release(place: Path, day: str) -> Draft:
    draft = draft_release(place, load_catalog(place), date.fromisoformat(day))
    return with_history(draft, place / "datasets/release")


def kept(place: Path) -> dict[str, bytes]:
    return {path.relative_to(place / "datasets").as_posix(): path.read_bytes()
            for path in (place / "datasets").glob("**/grafici/*")}


def test_what_is_kept_wins_over_what_would_be_drawn_today(place: Path) -> None:
    whole = with_charts(place, release(place, "2026-01-09"))
    assert {name: whole.files[name] for name in DRAWN} == DRAWN
    refuse_others(place / "datasets")
    (place / "datasets/release/grafici/tesi.txt").write_text("mine", "utf-8")
    with pytest.raises(PublishError, match=r"tesi\.txt"):
        refuse_others(place / "datasets")


def test_charts_of_other_tables_are_drawn_anew(place: Path) -> None:
    """All changes of a day are one release: in the evening its charts are those of its tables in the evening."""
    write(place, "places", CHANGED)
    assert charts_before(place, release(place, "2026-01-01")) == {}


def test_the_charts_of_a_release_outlive_the_next_one(place: Path) -> None:
    write(place, "places", CHANGED)
    publish(place, "2026-01-02")
    (before,) = json.loads((place / "datasets/versions/index.json").read_text("utf-8"))
    past = {f"versions/{before['version']}/{name}": data for name, data in DRAWN.items()}
    assert kept(place) == past
    assert [(each["path"], each["title"], each["bytes"]) for each in before["charts"]] == [
        (name, "Uno & due", len(data)) for name, data in DRAWN.items()]
    served = place.parent / "served/releases" / before["version"]
    assert {name: (served / name).read_bytes() for name in DRAWN} == DRAWN
    refuse_others(place / "datasets")


@pytest.mark.parametrize("later", [False, True])
def test_an_erasure_takes_the_charts_of_the_releases_that_change(place: Path, later: bool) -> None:
    if later:
        write(place, "places", CHANGED)
        publish(place, "2026-01-02")
    folder, = {name.rpartition("/")[0] for name in kept(place)}
    asked = Asked("places", "a", "host", "2026-01-03", "Richiesta, art. 17.", "", "https://a.it")
    plan, gone = erased(place, asked)
    assert kept(place) == {}
    assert f"datasets/{folder}/: tolto / removed" in told(plan, gone)
    publish(place, "2026-01-03")
    assert kept(place) == {}


def test_an_erasure_leaves_the_charts_of_a_release_that_never_said_it(place: Path) -> None:
    write(place, "places", [[*FIRST[0][:2], "02 98765432", *FIRST[0][3:]], *FIRST[1:]])
    publish(place, "2026-01-02")
    before = kept(place)
    asked = Asked("hours", "b|mo", "", "2026-01-03", "Richiesta, art. 17.", "", "https://a.it")
    write(place, "hours", [["b", "mo", "https://b.it/lunedi"]])
    erased(place, asked)
    assert kept(place) == before != {}
