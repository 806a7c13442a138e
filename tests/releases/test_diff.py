"""What changed between two releases, and that data cannot speak up in a comment about it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from support.command import abitare
from support.release import example
from support.repository import ROOT

from etl.releases.comment import MARK
from etl.releases.diff import changes

RELEASE = ROOT / "datasets" / "release"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    shutil.copytree(RELEASE, tmp_path / "old")
    return tmp_path / "old"


def edit(folder: Path, name: str, before: str, after: str) -> None:
    path = folder / f"{name}.csv"
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")


def renamed(folder: Path) -> str:
    """The first desk had another name in the old release; gives the name of now."""
    name = str(example("desks")["name"])
    edit(folder, "desks", name, f"{name} di prima")
    return name


def test_nothing_changes_between_a_release_and_itself(old: Path) -> None:
    assert changes(old, RELEASE) == []


def test_rows_added_removed_and_cells_changed(old: Path, tmp_path: Path) -> None:
    example("rent_rooms")
    line = next(line for line in (old / "rent_rooms.csv").read_text("utf-8").splitlines()[1:])
    edit(old, "rent_rooms", f"{line}\n", "")
    renamed(old)
    bands = (old / "rent_bands.csv").read_text("utf-8")
    added = ["99", "1", "1", "2", "https://x.example/"]
    empty = bands.split("\n")[0].count(",") + 1 - len(added)
    (old / "rent_bands.csv").write_text(f"{bands}{','.join(added)}{',' * empty}\n", "utf-8")
    found = changes(old, RELEASE)
    assert [(item.dataset, item.kind) for item in found] == [
        ("desks", "changed"), ("rent_bands", "removed"), ("rent_rooms", "added")]
    cell = next(item for item in found if item.dataset == "desks")
    assert (cell.field, cell.before != cell.after) in {("name", True)}
    assert all(change.kind == "added" for change in changes(tmp_path / "empty", RELEASE))


@pytest.mark.slow
def test_the_command_prints_each_form(old: Path, tmp_path: Path) -> None:
    name = renamed(old)
    (tmp_path / "findings.txt").write_text("ERRORE / ERROR: @tutti [x](https://x.example/)\n")
    said = {}
    for style in ("text", "json", "markdown"):
        run = abitare("diff", old, RELEASE, "--format", style, "--findings", tmp_path / "findings.txt")
        assert run.exit_code == 0, run.output
        said[style] = run.stdout
    assert name in said["text"]
    assert json.loads(said["json"])[0]["kind"] == "changed"
    assert said["markdown"].startswith(MARK)
    assert "\n    ERRORE / ERROR: @tutti" in said["markdown"]
