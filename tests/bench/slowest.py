"""The slowest tests of the last `make test`: where its time goes, and what to look at when it grows.

usage: slowest.py [HOW MANY]: reads build/cache/durations.json, which a whole run of the tests writes.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from support.durations import by_file, known

MOST = 300
"""Seconds that `make test` may take on two processors which do nothing else."""


def lines(spent: dict[str, float], count: int) -> list[str]:
    """The slowest tests and files, in seconds by the clock of the worker that ran them."""
    if not spent:
        return ["No whole run of the tests is known: `make test`"]
    shares = [("tests", list(spent.items())), ("files", by_file(spent).most_common())]
    return [f"All tests: {sum(spent.values()):,.0f} s of their workers",
            *(line for kind, found in shares for line in (
                f"The slowest {count} {kind}:", *(f"{seconds:8.1f} s  {name}" for name, seconds in found[:count])))]


def main(count: int) -> None:
    """Print them, and what the whole takes beside its target."""
    from results import note

    spent = known()
    print(*lines(spent, count), sep="\n")
    if spent:
        note("all tests, seconds of their workers on two processors", sum(spent.values()) / 2, MOST, unit=" s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
