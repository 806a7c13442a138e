"""What `abitare build` takes in full, after one funding row changed, and when nothing did: 5,000 invented projects."""

from __future__ import annotations

import re
import shutil
import statistics
import sys
from pathlib import Path

import processes
from results import ROOT, note
from synthetic import make_repository

PROJECTS, RUNS = 5_000, 3
AMOUNT = re.compile(r"(0INVENTATO4\d\d,2026-10-31,[\d.]+,[\d.]+,[\d.]+,)(\d+)")


def change_one(repository: Path, number: int) -> None:
    """Let one project be paid a euro more or less."""
    path = repository / "datasets" / "source" / "funding.csv"
    found = list(AMOUNT.finditer(text := path.read_text("utf-8")))[number]
    path.write_text(f"{text[:found.start(2)]}{int(found[2]) + 1}{text[found.end(2):]}", "utf-8")


def measure_rebuild(base: Path) -> None:
    """Note the ratio of a rebuild to a full build, and the seconds when nothing changed."""
    repository = base / "repository"
    make_repository(ROOT, repository, PROJECTS)
    command = [sys.executable, "-m", "etl", "build", "--root", str(repository), "--date", "2026-11-01"]

    def run() -> float:
        return processes.seconds(command, {}, ROOT)

    run()
    again, nothing, full = [], [], []
    for number in range(RUNS):
        change_one(repository, number)
        again.append(run())
        nothing.append(run())
    for number in range(RUNS - 1):
        shutil.rmtree(repository / "build")
        change_one(repository, RUNS + number)
        full.append(run())
    whole, part = statistics.median(full), statistics.median(again)
    print(f"{PROJECTS:,} projects, two languages: whole build {whole:.1f} s, one funding row changed {part:.1f} s, "
          f"nothing changed {statistics.median(nothing):.2f} s")
    note("one funding row changed: rebuild / whole build", part / whole, 0.15)
    note("nothing changed", statistics.median(nothing), 1, unit=" s")


