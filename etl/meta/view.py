"""How pages read a release: rows by key, texts by language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from etl.meta.model import LANGUAGES, Release
from etl.meta.words import fingerprint

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
    """Texts by key in one language. What it lacks stays Italian: `italian` names the columns of which this is true.

    A row that is missing altogether is the Italian one, whose `language` column says so. `outdated` is true when
    the Italian text has changed since the translation was made (column translated_from).
    """
    said = rows(release, dataset)
    originals = {row[key]: row for row in said if row["language"] == LANGUAGES[0]}
    found = {name: {**row, "italian": (), "outdated": False} for name, row in originals.items()}
    for row in said:
        if row["language"] == language != LANGUAGES[0]:
            original = originals.get(row[key], {})
            lacking = tuple(name for name, value in row.items() if value is None and original.get(name) is not None)
            mark = row.get("translated_from")
            found[row[key]] = {
                **row,
                **{name: original[name] for name in lacking},
                "italian": lacking,
                "outdated": mark is not None and mark != fingerprint(original),
            }
    return found


def parts(value: str | None) -> list[str]:
    """The values of a cell that holds several, separated by `|`."""
    return [part.strip() for part in value.split("|")] if value else []


def phones(desk: Row) -> list[tuple[str, str]]:
    """(number as people write it, number to dial) of a desk; the second is empty when it cannot be dialled."""
    written = parts(desk["phone"])
    dialled = parts(desk.get("phone_e164"))
    if len(dialled) != len(written):
        dialled = [""] * len(written)
    return list(zip(written, dialled, strict=True))


def vocabulary(release: Release, dataset: str, column: str) -> dict[str, dict[str, str]]:
    """Code -> its words per language, of a closed vocabulary, in the order of the schema."""
    for resource in release.package["resources"]:
        for field in resource["schema"]["fields"]:
            if resource["name"] == dataset and field["name"] == column:
                return dict(field.get("labels", {}))
    return {}


def codes(release: Release, dataset: str, column: str) -> list[str]:
    """The codes of a closed vocabulary, in the order of the schema."""
    return list(vocabulary(release, dataset, column))


def meaning(release: Release, dataset: str, column: str, code: str, language: str) -> str:
    """The words of a code in a language, else in Italian, which the translations of the site may know."""
    words = vocabulary(release, dataset, column).get(code, {})
    return words.get(language) or words.get(LANGUAGES[0]) or code
