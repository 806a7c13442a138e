"""What some places cannot show of a cell: sheets for paper leave signs out, an address cuts what is too long."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from etl.domain.legible import unprinted
from etl.meta.messages import finding
from etl.meta.model import LANGUAGES, Dataset, Draft, Finding, RowRef
from etl.meta.view import Row, key_of, rows_of
from etl.meta.words import LONGEST_PART, slug


class Place(NamedTuple):
    """Where a column is shown. mark: set in its schema; check: what is told; lost: what a row loses there, "" for
    nothing."""

    mark: str
    check: str
    lost: Callable[[Row, str], str]


def check_shown(draft: Draft) -> list[Finding]:
    """One warning per place, column and kind of loss."""
    return [item for place in PLACES for name, dataset in draft.datasets.items() if name in draft.tables
            for field in dataset.schema["fields"] if field.get(place.mark)
            for item in of_column(draft, dataset, field["name"], place)]


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
