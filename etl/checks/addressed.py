"""Words that stand in the address of a page, which is the name of a folder too: too long ones are cut there."""

from __future__ import annotations

from etl.meta.messages import finding
from etl.meta.model import Dataset, Draft, Finding, RowRef
from etl.meta.view import key_of, rows_of
from etl.meta.words import LONGEST_PART, slug

ADDRESSED = "addressed"
"""Set in a schema: what a column says stands in the address of a page."""


def check_addressed(draft: Draft) -> list[Finding]:
    """One warning per column with values that are cut in an address (see etl/web/kinds.py)."""
    return [found for name, dataset in draft.datasets.items() if name in draft.tables
            for field in dataset.schema["fields"] if field.get(ADDRESSED)
            for found in of_column(draft, dataset, field["name"])]


def of_column(draft: Draft, dataset: Dataset, column: str) -> list[Finding]:
    """The warning of one column; none where nothing is too long."""
    lines = draft.tables[dataset.name].lines
    rows = [RowRef(line, key_of(row, dataset.key), row[column])
            for line, row in zip(lines, rows_of(draft, dataset.name), strict=True)
            if any(len(part) > LONGEST_PART for part in map(slug, (row[column] or "").split("/")))]
    return [finding("address-cut", dataset.name, column, rows, "warning", expected=str(LONGEST_PART))] if rows else []
