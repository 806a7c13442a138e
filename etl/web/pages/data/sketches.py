"""How the values of a column are spread: counts of ranges, of years or of the most frequent values."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from etl.meta.model import Release
from etl.meta.view import column, meanings, resources, rows
from etl.meta.words import say
from etl.web.lineage import once

RANGES, MOST, FEWEST = 6, 8, 5
"""Ranges of a number, about; values shown of a category; filled cells without which there is nothing to sketch."""
NAMES = frozenset({"source_url", "source_date", "other_sources", "language", "translated_from"})
"""Columns that every table has: they say where a row comes from, not what it says."""


def sketches(release: Release, dataset: str, language: str) -> list[dict[str, Any]]:
    """One entry per column worth a sketch: its title and bars [(words, count, share of the largest)]."""
    found = []
    for field, filled, counts in spread(release, dataset):
        labels, largest = meanings(field), max(count for _, count in counts)
        found.append({
            "name": field["name"], "title": field["title" if language == "it" else "title_en"], "filled": filled,
            "bars": [(say(labels[value], language) if value in labels else value, count, count / largest)
                     for value, count in counts],
        })
    return found


@once
def spread(release: Release, dataset: str) -> list[tuple[Mapping[str, Any], int, list[tuple[Any, int]]]]:
    """(column, filled cells, counts) of each column worth a sketch. The same in every language."""
    found = []
    for field in resources(release.package)[dataset]["schema"]["fields"]:
        name = field["name"]
        values = [value for value in column(rows(release, dataset), name) if value is not None]
        counts = [] if name in NAMES or len(values) < FEWEST else counted(field, values)
        if len(counts) > 1:
            found.append((field, len(values), counts))
    return found


@once
def empty_cells(release: Release, dataset: str) -> dict[str, int]:
    """Column -> how many of its cells hold nothing."""
    return {field["name"]: column(rows(release, dataset), field["name"]).count(None)
            for field in resources(release.package)[dataset]["schema"]["fields"]}


def counted(field: Mapping[str, Any], values: list[Any]) -> list[tuple[Any, int]]:
    """[(value, code or (from, to), count)] of a column; empty when its values are names that hardly come back."""
    if field["type"] in ("integer", "number"):
        return ranges(values)
    if field.get("kind") == "partial-date" or field["type"] == "date":
        return sorted(Counter(str(value)[:4] for value in values).items())[-MOST:]
    if field["type"] == "boolean":
        return list(Counter(values).items())
    labels = meanings(field)
    codes = Counter(code for value in values for code in (value.split("|") if labels else [value]))
    if not labels and len(codes) > len(values) / 2:
        return []
    return sorted(codes.items(), key=lambda item: (-item[1], item[0]))[:MOST]


def ranges(exact: list[Decimal | int]) -> list[tuple[Any, int]]:
    """Numbers in ranges of the same round width, for a drawing; each value where they are few."""
    few = Counter(exact)
    if len(few) <= RANGES:
        return [((value, value), few[value]) for value in sorted(few)]
    values = list(map(float, exact))
    low, high = min(values), max(values)
    width = round_up((high - low) / RANGES)
    first = math.floor(low / width)
    places = Counter(math.floor(value / width) - first for value in values)
    return [((round((first + place) * width, 9), round((first + place + 1) * width, 9)), places[place])
            for place in range(max(places) + 1)]


def round_up(width: float) -> float:
    """The next number that people like: 1, 2, 2.5 or 5 and noughts."""
    power: float = 10 ** math.floor(math.log10(width))
    return next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= width * 0.999999)
