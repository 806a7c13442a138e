"""Any file is answered within ten seconds of processor time and 300 MB, or refused within one, with the reason."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from support.repository import ROOT, TESTS
from support.worst_files import WHOLE, WORST

READ, REFUSED, MEMORY = 10.0, 1.0, 300  # seconds of processor time, megabytes
ASKED = """
import json, resource, sys
from pathlib import Path
from support.messy import dataset
from etl.spreadsheets.read.importer import import_book, load

def spent():
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    # Not ru_maxrss: it begins with the memory of the tests that started this process.
    most = Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]
    return sum(u.ru_utime + u.ru_stime for u in used), int(most) // 1024

tables = {"trials": dataset()}
for name in sys.argv[1:]:
    before = spent()[0]
    read = import_book(load(Path(name), tables), tables)
    seconds, memory = spent()
    said = [item.check for item in read.findings if item.severity == "critical"]
    print(json.dumps([Path(name).name, seconds - before, memory, said, len(read.rows)]), flush=True)
"""
Made = dict[str, tuple[Callable[[], bytes], str]]


def measured(folder: Path, files: Made) -> dict[str, tuple[float, int, list[str], int]]:
    """File -> (processor seconds, megabytes of the process so far, critical checks, rows), all in one process."""
    paths = []
    for name, (make, _) in files.items():
        (folder / name).write_bytes(make())
        paths.append(str(folder / name))
    run = subprocess.run([sys.executable, "-c", ASKED, *paths], capture_output=True, text=True, timeout=300,
                         check=False, env={"PYTHONPATH": f"{TESTS}:{ROOT}"})
    assert run.returncode == 0, run.stderr[-2000:]
    return {name: (seconds, memory, said, rows)
            for name, seconds, memory, said, rows in map(json.loads, run.stdout.splitlines())}


def beyond(results: dict[str, tuple[float, int, list[str], int]]) -> list[object]:
    """What took more than it may."""
    return [(name, *result) for name, result in results.items()
            if result[0] > (REFUSED if result[2] else READ) or result[1] > MEMORY]


@pytest.mark.slow
def test_the_worst_files_are_answered_within_the_budget(tmp_path: Path) -> None:
    results = measured(tmp_path, WORST)
    assert {name: said for name, (_, _, said, _) in results.items()} == {
        name: [check] if check else [] for name, (_, check) in WORST.items()}
    assert [name for name, (_, _, said, rows) in results.items() if not said and rows != 2] == []
    assert beyond(results) == []


@pytest.mark.slow
def test_tables_as_large_as_are_read_stay_within_the_budget(tmp_path: Path) -> None:
    results = measured(tmp_path, WHOLE)
    assert {name: (said, rows) for name, (_, _, said, rows) in results.items()} == dict.fromkeys(WHOLE, ([], 24_000))
    assert beyond(results) == []
