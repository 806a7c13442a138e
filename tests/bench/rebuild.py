"""What a build takes in full, after one funding row changed, and when nothing did: 5,000 invented projects.

The whole of `abitare build`, and of it the step that writes the site: pages, search, files beside the pages.
"""

from __future__ import annotations

import os
import re
import shutil
import statistics
import subprocess
import sys
from collections.abc import Callable
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
    """Note the ratio of a rebuild to a full build, and that of a build when nothing changed to loading pandas."""
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
    pandas = statistics.median(processes.seconds([sys.executable, "-c", "import pandas"], {}, ROOT) for _ in nothing)
    note("nothing changed / import pandas", statistics.median(nothing) / pandas, 0.7)
    again, full = measure_pages(repository, base / "pages", run)
    print(f"of that the site: {full:.1f} s in full, {again:.1f} s after the change")
    note("one funding row changed: site again / whole site", again / full, 0.15)


def measure_pages(repository: Path, folder: Path, build: Callable[[], float]) -> tuple[float, float]:
    """Seconds of the step that writes the site: after one funding row changed, and with nothing kept."""
    site, cache, kept = repository / "build" / "site", repository / "build" / "cache", folder / "cache"
    again, full = [], []
    for number in range(RUNS - 1):
        shutil.rmtree(folder, ignore_errors=True)
        # The site before and all that it kept; then the data of the next one.
        shutil.copytree(site, folder / "before")
        shutil.copytree(cache, kept)
        change_one(repository, 2 * RUNS + number)
        build()
        shutil.copytree(site / "dati", folder / "data")
        command = [sys.executable, str(Path(__file__).with_name("pages.py")), str(repository), str(folder / "data")]
        for times, before in ((again, [str(folder / "before")]), (full, [])):
            shutil.rmtree(cache)
            if before:
                shutil.copytree(kept, cache)
            shutil.rmtree(folder / "out", ignore_errors=True)
            ran = subprocess.run([*command, str(folder / "out"), *before], cwd=ROOT, check=True, text=True,
                                 stdout=subprocess.PIPE, env=os.environ | {"PYTHONPATH": str(ROOT)})
            times.append(float(ran.stdout))
        build()
    return statistics.median(again), statistics.median(full)
