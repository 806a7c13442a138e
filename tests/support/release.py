"""The committed release, to take examples from: tests hold for whatever city it is of."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from support.repository import ROOT

RELEASE = ROOT / "datasets" / "release"
NAME = tomllib.loads((ROOT / "release.toml").read_text("utf-8"))["name"]
Row = dict[str, Any]


@cache
def records(name: str) -> list[Row]:
    """The rows of a table; none where this city does not have it."""
    path = RELEASE / f"{name}.json"
    found: list[Row] = json.loads(path.read_text("utf-8"))["records"] if path.exists() else []
    return found


def example(name: str, fits: Callable[[Row], Any] = bool) -> Row:
    """The first row of a table that fits; the test is skipped where there is none."""
    found = next((row for row in records(name) if fits(row)), None)
    return found or pytest.skip(f"no row of {name} to try it with")


def richest(name: str, key: str, *others: str) -> Row | None:
    """The row of which its own table and others say most."""
    def said(row: Row) -> int:
        rows = [row, *(item for other in others for item in records(other) if item.get(key) == row[key])]
        return sum(value is not None for item in rows for value in item.values())

    return max(records(name), key=said, default=None)
