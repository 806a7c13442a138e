"""How long each file of tests took in the last whole run: the longest begin first, and `make bench` lists the slowest.

Seconds by the clock of whoever ran them last. Kept with the caches of builds: where they are lost, the order is that of
the files, and nothing else changes.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from support.repository import ROOT

FILE = ROOT / "build" / "cache" / "durations.json"
MANY = 4_000
"""Tests of a run that is whole."""
SPENT: Counter[str] = Counter()


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Add what each part of a test took."""
    SPENT[report.nodeid] += report.duration


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Keep it where all tests were run; the workers tell the one who has started them."""
    if len(SPENT) > MANY and not hasattr(session.config, "workerinput"):
        FILE.parent.mkdir(parents=True, exist_ok=True)
        FILE.write_text(json.dumps({name: round(spent, 2) for name, spent in SPENT.most_common()}), "utf-8")


def known(file: Path = FILE) -> dict[str, float]:
    """Test -> seconds of the last whole run, the slowest first; empty where there was none."""
    try:
        found: dict[str, float] = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found


def by_file(spent: dict[str, float]) -> Counter[str]:
    """Path of a file of tests, from the root -> its seconds."""
    found: Counter[str] = Counter()
    for name, seconds in spent.items():
        found[name.partition("::")[0]] += seconds
    return found
