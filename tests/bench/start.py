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
    cold, build, again, loading = [], [], [], []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(3):
            shutil.rmtree(ROOT / "build" / "cache", ignore_errors=True)
            cold.append(processes.seconds([sys.executable, "-m", "etl", "check"], {}, ROOT))
            shutil.rmtree(ROOT / "build" / "cache")
            build.append(measured(Path(folder) / f"first-{number}"))
            again.append(measured(Path(folder) / f"again-{number}"))
            loading.append(float(subprocess.run([sys.executable, "-c", IMPORTS], capture_output=True, text=True,
                                                check=True).stdout))
    note("abitare check, nothing checked before", statistics.median(cold), 3, unit=" s")
    # Seconds differ by a factor of three between machines: a build is measured by what it loads.
    load = statistics.median(loading)
    note("whole real build, with what the one before kept / loading Great Expectations",
         statistics.median(again) / load, 2.5)
    note("whole real build, with nothing kept / loading Great Expectations", statistics.median(build) / load, 3.5)
    return 0


def measured(out: Path) -> float:
    """Seconds of a build into a new folder."""
    return processes.seconds([sys.executable, "-m", "etl", "build", "--out", str(out)], {}, ROOT)


if __name__ == "__main__":
    sys.exit(main())
