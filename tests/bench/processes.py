"""Whole processes, with all that they start: how long they take and how much memory they need."""

from __future__ import annotations

import os
import resource
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

EVERY = 0.05
"""Seconds between two looks at the memory."""


def seconds(command: list[str], more: dict[str, str], folder: Path) -> float:
    """Wall time of a command."""
    start = time.perf_counter()
    subprocess.run(command, cwd=folder, env=os.environ | more, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def watched(command: list[str], more: dict[str, str], folder: Path) -> tuple[float, float]:
    """Wall time of a command while its memory is looked at, which slows it a little; and that (see `megabytes`)."""
    start = time.perf_counter()
    most = megabytes(command, more, folder)
    return time.perf_counter() - start, most


class Cost(NamedTuple):
    """Processor seconds, and the most memory at once (see `megabytes`), of a command with its children."""

    seconds: float
    megabytes: float


def cost(command: list[str], more: dict[str, str], folder: Path) -> Cost:
    """What a command costs; machines that are shared tell nothing by the clock on the wall."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    most = megabytes(command, more, folder)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Cost(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, most)


def megabytes(command: list[str], more: dict[str, str], folder: Path) -> float:
    """The most memory that a command and its children hold at once; what they share is counted once (PSS)."""
    process = subprocess.Popen(command, cwd=folder, env=os.environ | more, stdout=subprocess.DEVNULL)
    most = 0.0
    while process.poll() is None:
        most = max(most, sum(map(proportional, family(process.pid))) / 1024)
        time.sleep(EVERY)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return most


def family(process: int) -> list[int]:
    """A process and all that it started."""
    found = [process]
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(OSError):
            for child in task.read_text().split():
                found += family(int(child))
    return found


def proportional(process: int) -> int:
    """Kilobytes of a process, of shared memory its part; 0 when it has ended."""
    with suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0
