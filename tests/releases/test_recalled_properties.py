"""What is found is the same whether much, little or nothing was found before, whatever was edited in between."""

from __future__ import annotations

import csv
import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from support.properties import given, settings, st
from support.repository import ROOT

from etl.checks import recall
from etl.commands.check import check
from etl.meta.model import Finding

TODAY = date(2026, 11, 25)
pytestmark = pytest.mark.slow

values = st.sampled_from([
    "", "sala-blu", "sala-nera", "1", "-1", "12.50", "x" * 300, "2026-11-01", "2026-13-01", "true", "Mario Rossi",
    "mario.rossi@libero.example", "https://example.org/sale", " Sala", "=1+1",
])
edits = st.lists(st.tuples(st.sampled_from(["rooms", "bookings"]), st.integers(0, 3), st.integers(0, 5), values),
                 min_size=1, max_size=4)


def edit(root: Path, table: str, row: int, column: int, value: str) -> None:
    """Write a value into one cell."""
    path = root / "datasets" / "source" / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    cells = rows[1:][row % (len(rows) - 1)]
    cells[column % len(cells)] = value
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def found(root: Path) -> list[Finding]:
    return check(root, TODAY).findings


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits)
def test_a_run_finds_what_a_run_with_nothing_kept_finds(tmp_path: Path, made: list[tuple[str, int, int, str]]) -> None:
    place = tmp_path / "tiny"
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(ROOT / "tests" / "tiny", place, ignore=shutil.ignore_patterns("__pycache__"))
    found(place)
    for step in made:
        edit(place, *step)
        in_memory = found(place)
        recall.SEEN.clear()
        on_disk = found(place)
        shutil.rmtree(place / "build")
        recall.SEEN.clear()
        assert in_memory == on_disk == found(place)
