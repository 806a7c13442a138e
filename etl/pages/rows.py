"""How pages read a release: rows by key, texts by language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from etl.model import LANGUAGES, Release

Row = dict[str, Any]


def rows(release: Release, dataset: str) -> list[Row]:
    """The rows of a dataset; none when the release does not hold it."""
    return release.records.get(dataset, [])


def by_key(items: Iterable[Row], column: str) -> dict[Any, Row]:
    """Rows by the value of a column that is unique."""
    return {row[column]: row for row in items}


def grouped(items: Iterable[Row], column: str) -> dict[Any, list[Row]]:
    """Rows in lists, by the value of a column; the order of the rows is kept."""
    groups: dict[Any, list[Row]] = defaultdict(list)
    for row in items:
        groups[row[column]].append(row)
    return dict(groups)


def texts(release: Release, dataset: str, key: str, language: str) -> dict[Any, Row]:
    """Texts by key in one language; where it has none, the Italian row, whose `language` column says so."""
    found = {row[key]: row for row in rows(release, dataset) if row["language"] == LANGUAGES[0]}
    found.update({row[key]: row for row in rows(release, dataset) if row["language"] == language})
    return found


def parts(value: str | None) -> list[str]:
    """The values of a cell that holds several, separated by `|`."""
    return [part.strip() for part in value.split("|")] if value else []


def codes(release: Release, dataset: str, column: str) -> list[str]:
    """The codes of a closed vocabulary, in the order of the schema."""
    for resource in release.package["resources"]:
        for field in resource["schema"]["fields"]:
            if resource["name"] == dataset and field["name"] == column:
                return list(field.get("labels", {}))
    return []
