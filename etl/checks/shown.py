"""What some places cannot show: sheets for paper leave signs out, addresses cut what is long, Excel has its limits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from etl.domain.legible import unprinted
from etl.domain.workbooks import LONGEST, MOST_ROWS, overflowing
from etl.meta.messages import finding
from etl.meta.model import LANGUAGES, Dataset, Draft, Finding, RowRef
from etl.meta.view import Row, key_of, record, rows_of
from etl.meta.words import LONGEST_PART, slug


class Place(NamedTuple):
    """Where a column is shown. mark: set in its schema; check: what is told; lost: what a row loses there, "" for
    nothing."""

    mark: str
    check: str
    lost: Callable[[Row, str], str]


def check_shown(draft: Draft) -> list[Finding]:
    """One warning per place, column and kind of loss; one per table, or column of it, that Excel cannot hold."""
    return [*(item for place in PLACES for name, dataset in draft.datasets.items() if name in draft.tables
              for field in dataset.schema["fields"] if field.get(place.mark)
              for item in of_column(draft, dataset, field["name"], place)), *no_workbooks(draft)]


def no_workbooks(draft: Draft) -> Iterator[Finding]:
    """What keeps tables out of Excel: too many rows, or cells that are too long."""
    for name, table in draft.tables.items():
        dataset = draft.datasets[name]
        if len(table.rows) > MOST_ROWS:
            yield finding("no-workbook", name, "", [RowRef(None, "", "")], "warning", found=f"{len(table.rows):,}",
                          expected=f"{MOST_ROWS:,}")
        wrong: dict[str, list[RowRef]] = {}
        for number, place in overflowing(table):
            row = record(dataset.columns, table.rows[number])
            ref = RowRef(table.lines[number], key_of(row, dataset.key), table.rows[number][place][:200])
            wrong.setdefault(dataset.columns[place], []).append(ref)
        for column, rows in wrong.items():
            yield finding("no-workbook-cell", name, column, rows, "warning", expected=f"{LONGEST:,}")


def of_column(draft: Draft, dataset: Dataset, column: str, place: Place) -> list[Finding]:
    """The warnings of one column."""
    found: dict[str, list[RowRef]] = {}
    for line, row in zip(draft.tables[dataset.name].lines, rows_of(draft, dataset.name), strict=True):
        if lost := place.lost(row, row[column] or ""):
            found.setdefault(lost, []).append(RowRef(line, key_of(row, dataset.key), row[column]))
    return [finding(place.check, dataset.name, column, rows, "warning", found=lost, expected=lost)
            for lost, rows in found.items()]


def off_paper(row: Row, text: str) -> str:
    """The signs that a sheet leaves out, in the languages that have sheets."""
    return unprinted(text) if row.get("language", LANGUAGES[0]) in LANGUAGES else ""


def cut(_: Row, text: str) -> str:
    """How long a part of an address may be, where one is longer (see etl/web/kinds.py)."""
    return str(LONGEST_PART) if any(len(part) > LONGEST_PART for part in map(slug, text.split("/"))) else ""


PLACES = (Place("printed", "not-on-paper", off_paper), Place("addressed", "address-cut", cut))
