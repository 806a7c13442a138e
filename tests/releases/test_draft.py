"""The golden miniature: what tests/tiny must publish, byte by byte, and that nothing is lost on the way."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from support.golden import TODAY, files_of

from etl.checks.schema import judge
from etl.commands.check import check
from etl.meta.catalog import MADE_BY_THE_PROGRAM, load_catalog
from etl.meta.errors import DeclarationError
from etl.meta.view import digest, resources
from etl.releases.printed import printed, stage, with_history
from etl.runtime.tables import read_release

pytestmark = pytest.mark.slow

HERE = Path(__file__).parents[1]


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A copy of the miniature repository to spoil."""
    return Path(shutil.copytree(HERE / "tiny", tmp_path / "tiny", ignore=shutil.ignore_patterns("__pycache__")))


def test_golden_bytes(tiny: Path) -> None:
    made = files_of(tiny)
    golden = {p.relative_to(HERE / "golden").as_posix(): p.read_bytes() for p in (HERE / "golden").rglob("*.*")}
    assert sorted(made) == sorted(golden)
    for path, data in golden.items():
        assert made[path].decode() == data.decode(), f"{path}: if meant, run `make golden` and review the diff"


def test_every_row_is_published_or_rejected_with_its_reason(tiny: Path) -> None:
    draft = check(tiny, TODAY)
    for name in ("rooms", "bookings"):
        table = draft.tables[name]
        in_file = len((tiny / "datasets/source" / f"{name}.csv").read_text().splitlines()) - 1
        assert table.read == in_file == len(table.rows) + table.rejected
    rejected = [item for item in draft.findings if item.severity == "rejected"]
    assert sum(item.count for item in rejected) == sum(table.rejected for table in draft.tables.values()) == 1
    assert "sala-verde,2026-11-03,5.00" in rejected[0].rows[0].value


def test_a_recipe_that_loses_a_row_is_refused(tiny: Path) -> None:
    recipe = tiny / "etl/recipes/bookings.py"
    recipe.write_text(recipe.read_text().replace("return bookings", "return bookings.iloc[1:]"))
    with pytest.raises(DeclarationError, match="bookings: 4 rows read, 2 to publish, 1 rejected: a row was lost"):
        check(tiny, TODAY)


def test_running_again_changes_nothing_and_a_change_moves_the_version(tiny: Path, tmp_path: Path) -> None:
    from etl.runtime.files import write_if_changed

    folder = tmp_path / "release"
    assert write_if_changed(folder, files_of(tiny, folder))
    later = date(2026, 12, 1)
    assert write_if_changed(folder, files_of(tiny, folder, later)) == []
    source = tiny / "datasets/source/rooms.csv"
    source.write_text(source.read_text().replace(",20,", ",21,"))
    changed = write_if_changed(folder, files_of(tiny, folder, later))
    assert sorted(changed) == ["datapackage.json", "rooms.csv", "rooms.json"]
    package = json.loads((folder / "datapackage.json").read_text())
    assert (package["version"], package["created"]) == ("0.1.1", "2026-12-01T00:00:00Z")
    assert write_if_changed(folder, files_of(tiny, folder, later)) == []


def test_published_rows_are_typed(tiny: Path, tmp_path: Path) -> None:
    from etl.runtime.files import write_if_changed

    write_if_changed(tmp_path / "r", files_of(tiny))
    rooms = read_release(tmp_path / "r").records["rooms"]
    assert rooms[0] == {
        "room_id": "sala-blu", "name": "Sala blu, piano terra", "seats": 20, "opened_on": "2020-02", "open": True,
        "source_url": "https://example.org/sale", "opened_on_from": "2020-02-01", "opened_on_to": "2020-02-29",
    }
    assert rooms[1]["seats"] is None


def test_package_is_valid_for_frictionless(tiny: Path, tmp_path: Path) -> None:
    from frictionless import Package, system

    from etl.runtime.files import write_if_changed

    write_if_changed(tmp_path / "r", files_of(tiny))
    with system.use_context(trusted=True):
        report = Package(str(tmp_path / "r/datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "message"])


def test_what_is_checked_is_what_is_downloaded(tiny: Path) -> None:
    draft = check(tiny, TODAY)
    release = with_history(draft, tiny / "none")
    assert {"rooms.csv", "bookings.csv", "room_totals.csv"} <= set(draft.files)
    assert all(release.files[path] is data for path, data in draft.files.items()), "printed again"
    for name, item in resources(release.package).items():
        assert item["hash"] == f"sha256:{digest(release.files[f'{name}.csv'])}"


@pytest.mark.parametrize("root", [HERE.parent, HERE / "tiny"], ids=["city", "tiny"])
def test_what_the_program_says_of_itself_is_as_its_schemas_say(root: Path, tmp_path: Path) -> None:
    """Nothing checks these tables when the site is built: here Frictionless reads every row of them."""
    draft = check(root, TODAY)
    own = {name: table for name, table in draft.tables.items() if name in MADE_BY_THE_PROGRAM}
    assert any(table.rows for table in own.values())
    alone = printed(replace(draft, tables=own, files={}))
    assert judge(stage(alone, tmp_path), draft.datasets, {name: table.lines for name, table in own.items()}) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("datasets/rooms.toml", 'theme = ["SOCI"]', 'theme = ["HOUSE"]', "theme `HOUSE` is not one of AGRI"),
        ("datasets/rooms.toml", 'en = "Rooms"', 'en = ""', "`title` has no text in en"),
        ("datasets/rooms.toml", "frequency", "freqency", "unknown key `freqency`"),
        ("datasets/bookings.toml", "ExpectColumnValuesToNotBeNull", "ExpectNothing", "no expectation named"),
        ("datasets/bookings.toml", 'column = "fee_eur"', 'column = "fee"', "names `fee`, which is not a column"),
        ("release.toml", 'name = "tiny"', 'name = "Tiny release"', "name must be lower-case"),
        ("schemas/rooms.json", '"title_en": "Seats",', "", "column `seats` has no `title_en`"),
        ("schemas/bookings.json", '"resource": "rooms"', '"resource": "halls"', "foreign key names `halls`"),
        ("etl/recipes/room_totals.py", "(rooms:", "(halls:", "input `halls` is not a dataset"),
    ],
)
def test_a_bad_declaration_is_refused_with_advice(tiny: Path, file: str, old: str, new: str, says: str) -> None:
    path = tiny / file
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    with pytest.raises(DeclarationError) as refused:
        check(tiny, TODAY)
    assert says in str(refused.value)


def test_recipes_in_a_circle_are_refused(tiny: Path) -> None:
    datasets = load_catalog(tiny)
    from etl.meta.catalog import dependency_order

    circle = dict(datasets, rooms=replace(datasets["rooms"], inputs=("room_totals",)))
    with pytest.raises(DeclarationError, match="in a circle"):
        dependency_order(circle)


def test_a_failed_expectation_carries_its_own_words(tiny: Path) -> None:
    """Great Expectations hands results back grouped by kind: a floor once took the place of a freshness limit."""
    draft = check(tiny, date(2040, 1, 1))
    assert [(item.dataset, item.check, item.severity) for item in draft.findings if item.dataset == "rooms"] == [
        ("rooms", "stale", "warning")
    ]
