"""`make bench`: how long the command line takes to start, to check the real data and to build the real site."""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import processes
from results import ROOT, note

RUNS = 5
IMPORTS = "import time; start = time.perf_counter(); import great_expectations; print(time.perf_counter() - start)"


def median(command: list[str], runs: int = RUNS) -> float:
    """Seconds of a command of ours, after a first run that does not count."""
    whole = [sys.executable, "-m", "etl", *command]
    times = [processes.seconds(whole, {}, ROOT) for _ in range(runs + 1)]
    return statistics.median(times[1:])


def main() -> int:
    """Print and keep the figures. Each is measured with what the run before kept, as on most days, and with nothing."""
    note("abitare --help", median(["--help"]), 0.15, unit=" s")
    note("abitare check, tables checked before", median(["check"]), 3, unit=" s")
    cold, build, again = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(3):
            shutil.rmtree(ROOT / "build" / "cache", ignore_errors=True)
            cold.append(processes.seconds([sys.executable, "-m", "etl", "check"], {}, ROOT))
            shutil.rmtree(ROOT / "build" / "cache")
            build.append(measured(Path(folder) / f"first-{number}"))
            again.append(measured(Path(folder) / f"again-{number}"))
    note("abitare check, nothing checked before", statistics.median(cold), 3, unit=" s")
    note("whole real build, with what the one before kept", statistics.median(again), 8, unit=" s")
    note("whole real build, with nothing kept", statistics.median(build), 8, unit=" s")
    run = subprocess.run([sys.executable, "-c", IMPORTS], capture_output=True, text=True, check=True)
    note("loading Great Expectations", float(run.stdout), 4, unit=" s")
    return 0


def measured(out: Path) -> float:
    """Seconds of a build into a new folder."""
    return processes.seconds([sys.executable, "-m", "etl", "build", "--out", str(out)], {}, ROOT)


if __name__ == "__main__":
    sys.exit(main())
