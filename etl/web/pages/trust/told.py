"""What changed, as sentences: how many rows, values and columns of a table, and whether any amount already told did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from etl.meta.model import LANGUAGES, Release
from etl.meta.view import Row, resources
from etl.web.lineage import once

ORDER = ("dataset_added", "dataset_removed", "column_added", "column_renamed", "column_removed", "changed", "corrected",
         "added", "moved", "withdrawn", "removed", "erased")
"""Kinds of change in the order in which a sentence tells them: what the table is, then what it says."""
VALUES = frozenset({"changed", "corrected"})


@once
def titles(release: Release, language: str) -> dict[tuple[str, str], str]:
    """(dataset, column) -> the last title of the column in a language, (dataset, "") -> that of the table: the words of
    today, or those of the last kept release that had it."""
    name, found = "title" if language == LANGUAGES[0] else "title_en", {}
    for package in (*release.past, release.package):
        for resource in package["resources"]:
            found[resource["name"], ""] = resource[name]
            found |= {(resource["name"], field["name"]): field[name] for field in resource["schema"]["fields"]}
    return found


@once
def amounts(release: Release) -> set[tuple[str, str]]:
    """(dataset, column) of every column that holds euro."""
    return {(table, field["name"]) for table, resource in resources(release.package).items()
            for field in resource["schema"]["fields"] if field.get("kind") == "money"}


def said(items: Iterable[Row], words: Mapping[tuple[str, str], str]) -> list[dict[str, Any]]:
    """One part of a sentence for each kind of change of one dataset: its `kind`, the `count`, and the `columns` that it
    is about by title."""
    found: dict[str, list[Row]] = {}
    for item in items:
        found.setdefault(item["kind"], []).append(item)
    return [{"kind": kind, "count": len(found[kind]), "columns": columns(found[kind], words)}
            for kind in ORDER if kind in found]


def columns(items: Iterable[Row], words: Mapping[tuple[str, str], str]) -> list[str]:
    """The titles of the columns that some changes are about, the most frequent first."""
    told = [words[item["dataset"], item["field"]] for item in items
            if item["field"] and (item["dataset"], item["field"]) in words]
    return [title for title, _ in Counter(told).most_common()]


def changed_amounts(items: Iterable[Row], money: set[tuple[str, str]]) -> int:
    """How many cells with euro, told before, say something else now."""
    return sum(item["kind"] in VALUES and (item["dataset"], item["field"]) in money for item in items)
