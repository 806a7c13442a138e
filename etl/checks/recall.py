"""Findings kept for the next run, each list by a key that names everything it depends on."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from pathlib import Path

from etl.meta.model import Finding, RowRef
from etl.runtime.cache import code_of, read_cache, write_cache

LIBRARIES = ("duckdb", "frictionless", "great-expectations", "pandas", "phonenumbers", "python-stdnum")
SEEN: dict[str, list[Finding]] = {}
"""What this process has found. A file that somebody hands in is tried against all tables, and most of them have not
changed since the try before."""


class Recalled:
    """What was found by this process and by the run before, and what of it is to be kept for the next run."""

    def __init__(self, kept: Path) -> None:
        """kept: the file in which the run before kept its findings, and where `save` keeps those of this one.

        before: the keys of what that run kept.
        """
        self._file, found = kept, recall(kept)
        self.before = frozenset(found)
        SEEN.update({key: items for key, items in found.items() if key not in SEEN})
        self._used: dict[str, list[Finding]] = {}

    def __contains__(self, key: str) -> bool:
        return key in SEEN

    def learn(self, found: Mapping[str, list[Finding]]) -> None:
        """Take note of what was found."""
        SEEN.update(found)

    def take(self, keys: Collection[str]) -> list[Finding]:
        """What is known by these keys, each of which must be known, in their order."""
        self._used |= {key: SEEN[key] for key in keys}
        return [item for key in keys for item in SEEN[key]]

    def of(self, key: str, find: Callable[[], list[Finding]]) -> list[Finding]:
        """What is known by a key; where nothing is, what `find` finds."""
        if key not in SEEN:
            SEEN[key] = find()
        return self.take([key])

    def save(self) -> None:
        """Keep what this run used, and nothing else, for the next one."""
        if not set(self._used) <= self.before:
            remember(self._file, self._used)


def recall(cache: Path) -> dict[str, list[Finding]]:
    """What another run found, by its keys; nothing where it kept nothing."""
    return {key: [Finding(**{**item, "rows": tuple(RowRef(**row) for row in item["rows"])}) for item in found]
            for key, found in (read_cache(cache) or {}).items()}


def remember(cache: Path, found: Mapping[str, list[Finding]]) -> None:
    """Keep what this run found."""
    write_cache(cache, {key: [asdict(item) for item in items] for key, items in found.items()})


@cache
def program() -> tuple[str, ...]:
    """What finds: our own code and declarations, and the libraries. Looking up a version takes milliseconds."""
    ours = code_of(*(f"{room}/**/*.{kind}" for room in ("checks", "domain", "meta") for kind in ("py", "toml")))
    return ours, *map(version, LIBRARIES)
