"""`make bench`: every part in a row, each with the minutes that it may take; the last one says all figures again.

A part that fails, or needs more than twice its minutes, stops no other one, and the exit code is 1.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from results import FILE, ROOT, note

HERE = Path(__file__).parent
PARTS: dict[tuple[str, ...], int] = {
    ("slowest.py",): 0,  # before start.py forgets what build/cache knows of the last run of the tests
    ("__main__.py",): 15, ("start.py",): 2, ("formats.py", "100000"): 2, ("validation.py",): 4, ("explorer.py",): 1,
    ("readers.py",): 5, ("national.py",): 5, ("large.py",): 6, ("scale.py",): 0,
}
"""Part -> minutes on two processors that do nothing else."""
MOST = 45
"""Minutes of the whole."""


def run(part: tuple[str, ...], minutes: float) -> bool:
    """Run a part, at most so many minutes; whether it came to its end."""
    process = subprocess.Popen([sys.executable, str(HERE / part[0]), *part[1:]], cwd=ROOT, start_new_session=True,
                               env=os.environ | {"PYTHONPATH": str(ROOT)})
    try:
        return process.wait(minutes * 60) == 0
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return False


def main() -> int:
    """Everything; 1 when a part failed or a target is missed."""
    FILE.unlink(missing_ok=True)
    start, failed = time.monotonic(), []
    for part, minutes in PARTS.items():
        began = time.monotonic()
        print(f"== {' '.join(part)}: {minutes} minutes", flush=True)
        if not run(part, max(1, 2 * minutes)):
            failed.append(" ".join(part))
        print(f"== {' '.join(part)}: {(time.monotonic() - began) / 60:.1f} minutes", flush=True)
    note("the whole bench", (time.monotonic() - start) / 60, MOST, unit=" min")
    note("parts of the bench that failed", len(failed), 0)
    told = run(("report.py",), 1)
    print(*(f"failed: {part}" for part in failed), sep="\n")
    return int(bool(failed) or not told)


if __name__ == "__main__":
    sys.exit(main())
