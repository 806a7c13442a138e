"""Translations that are older than the Italian text that they were made from."""

from __future__ import annotations

from collections.abc import Iterable

from etl.meta.messages import finding
from etl.meta.model import LANGUAGES, Dataset, Finding, RowRef
from etl.meta.view import fingerprint

Rows = Iterable[tuple[int, dict[str, str]]]


def check_translations(dataset: Dataset, rows: Rows) -> list[Finding]:
    """One warning per translation whose Italian text has changed since, in tables with a translated_from column.

    Of those that do not note which text they were made from there is one warning for all, with the marks to write:
    nothing is known to have changed.
    """
    if "translated_from" not in dataset.source_columns:
        return []
    key = next(name for name in dataset.key if name != "language")
    originals = {row[key]: fingerprint(row) for _, row in rows if row["language"] == LANGUAGES[0]}
    made = [(line, row) for line, row in rows if row["language"] != LANGUAGES[0] and row[key] in originals]
    unmarked = [RowRef(line, f"{row[key]}|{row['language']}", originals[row[key]]) for line, row in made
                if not row["translated_from"]]
    found = [finding("translation-unmarked", dataset.name, "translated_from", unmarked, "warning")] if unmarked else []
    return found + [
        finding("translation-outdated", dataset.name, "translated_from",
                [RowRef(line, f"{row[key]}|{row['language']}", row["translated_from"])], "warning",
                expected=originals[row[key]])
        for line, row in made if row["translated_from"] not in ("", originals[row[key]])
    ]
