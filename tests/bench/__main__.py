"""`make bench`: our build beside MkDocs' default theme on the same texts and beside plain Jinja rendering.

Whole processes, one after the other in turns, so that a slow moment of the machine hits all alike; medians of
RUNS runs after a warm-up; only ratios are judged. Works on a RAM disk where there is one: a disk is mostly noise.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from synthetic import make_release

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PROJECTS, RUNS = 1_000, 5
CONTENDERS = {"ours": "ours.py", "MkDocs default theme": "default_theme.py", "plain Jinja": "plain_jinja.py"}
TARGETS = {"MkDocs default theme": ("at least", 8.0), "plain Jinja": ("at most", 2.5)}


def run(script: str, release: Path, work: Path) -> float:
    """Seconds of one whole process."""
    start = time.perf_counter()
    subprocess.run([sys.executable, str(HERE / script), str(release), str(work)], cwd=ROOT, check=True)
    return time.perf_counter() - start


def measure(base: Path) -> dict[str, list[float]]:
    """Seconds of each contender, RUNS times, taken in turns."""
    release = base / "release"
    make_release(ROOT / "datasets" / "release", release, PROJECTS)
    seconds: dict[str, list[float]] = {name: [] for name in CONTENDERS}
    for turn in range(RUNS + 1):
        for name, script in CONTENDERS.items():
            work = base / script.removesuffix(".py")
            work.mkdir(exist_ok=True)
            spent = run(script, release, work)
            if turn:
                seconds[name].append(spent)
    return seconds


def main() -> int:
    """Print the table; exit 1 when a target is missed."""
    memory = Path("/dev/shm")  # noqa: S108 - a RAM disk; the folder in it is a temporary one of our own
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        seconds = measure(Path(folder))
    ours = statistics.median(seconds["ours"])
    print(f"{PROJECTS} projects, 2 languages, {RUNS} runs each; median seconds of the whole process (min-max)")
    missed = 0
    for name, times in seconds.items():
        line = f"{name:22} {statistics.median(times):7.2f}  ({min(times):.2f}-{max(times):.2f})"
        if name in TARGETS:
            word, limit = TARGETS[name]
            other = statistics.median(times)
            ratio = other / ours if word == "at least" else ours / other
            met = ratio >= limit if word == "at least" else ratio <= limit
            missed += not met
            what = f"{name} / ours" if word == "at least" else f"ours / {name}"
            line += f"  {what} = {ratio:.2f}, target {word} {limit}: {'met' if met else 'NOT MET'}"
        print(line)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
