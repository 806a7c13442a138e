"""Findings kept for the next run, each list by a key that names everything it depends on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from etl.meta.model import Finding, RowRef
from etl.runtime.cache import code_of, read_cache, write_cache


def recall(cache: Path) -> dict[str, list[Finding]]:
    """What another run found, by its keys; nothing where it kept nothing."""
    return {key: [Finding(**{**item, "rows": tuple(RowRef(**row) for row in item["rows"])}) for item in found]
            for key, found in (read_cache(cache) or {}).items()}


def remember(cache: Path, found: Mapping[str, list[Finding]]) -> None:
    """Keep what this run found."""
    write_cache(cache, {key: [asdict(item) for item in items] for key, items in found.items()})


def program() -> str:
    """A key of our own code that finds."""
    return code_of("checks/*.py", "meta/messages/*.py", "meta/messages/*.toml", "meta/model.py")
