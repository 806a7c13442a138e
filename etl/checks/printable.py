"""Signs that the sheets for paper cannot write: a page shows them, a sheet leaves them out."""

from __future__ import annotations

from etl.domain.legible import unprinted
from etl.meta.messages import finding
from etl.meta.model import LANGUAGES, Dataset, Draft, Finding, RowRef
from etl.meta.view import key_of, rows_of

PRINTED = "printed"
"""Set in a schema: sheets for paper show this column."""


def check_printable(draft: Draft) -> list[Finding]:
    """One warning per column and set of signs of the tables that sheets show, in the languages that have sheets."""
    return [item for name, dataset in draft.datasets.items() if name in draft.tables
            for field in dataset.schema["fields"] if field.get(PRINTED)
            for item in of_column(draft, dataset, field["name"])]


def of_column(draft: Draft, dataset: Dataset, column: str) -> list[Finding]:
    """The warnings of one column."""
    found: dict[str, list[RowRef]] = {}
    for line, row in zip(draft.tables[dataset.name].lines, rows_of(draft, dataset.name), strict=True):
        if row.get("language", LANGUAGES[0]) in LANGUAGES and (signs := unprinted(row[column] or "")):
            found.setdefault(signs, []).append(RowRef(line, key_of(row, dataset.key), row[column]))
    return [finding("not-on-paper", dataset.name, column, rows, "warning", found=signs)
            for signs, rows in found.items()]
