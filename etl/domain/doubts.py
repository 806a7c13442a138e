"""Which amounts of a row something is odd about: the findings that follow it into every sum.

The checks of datasets/funding.toml say the same to those who mend the data; a test holds the two against each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from etl.meta.view import key_of

if TYPE_CHECKING:
    import pandas as pd

FINDINGS = ("doubts", "avvisi")
"""Columns that hold the findings about the amounts of a row."""
STAGES = ("programmed", "admitted", "committed", "paid")
ABOVE = (("admitted", "programmed"), ("committed", "admitted"), ("paid", "committed"), ("paid", "programmed"))
"""(later stage, earlier stage): of the later one more than of the earlier one is odd."""
LOWEST_ADMITTED, LOWEST_COMMITTED = Decimal("0.6"), Decimal("0.25")
"""Shares of the programmed and of the admitted amount below which a project may have changed, or a figure be old."""
CONCERNED: Mapping[str, tuple[str, ...]] = {
    **{f"{later}_above_{earlier}": (earlier, later) for later, earlier in ABOVE},
    "admitted_much_below_programmed": ("programmed", "admitted"),
    "committed_below_quarter": ("committed",),
    "paid_equals_admitted": ("paid",),
    **{f"{stage}_differs": (stage,) for stage in STAGES},
}
"""Finding -> the amounts it is about. `…_differs`: another source says something else."""


def doubts(amounts: Mapping[str, Decimal | None], differing: Iterable[str] = ()) -> list[str]:
    """The findings about one row, in the order of CONCERNED. differing: stages of which another source differs."""
    programmed, admitted, committed, paid = (amounts[stage] for stage in STAGES)
    found = {f"{later}_above_{earlier}" for later, earlier in ABOVE
             if (much := amounts[later]) is not None and (little := amounts[earlier]) is not None and much > little}
    if admitted is not None and programmed and admitted < LOWEST_ADMITTED * programmed:
        found.add("admitted_much_below_programmed")
    if committed is not None and admitted and committed < LOWEST_COMMITTED * admitted:
        found.add("committed_below_quarter")
    if admitted and paid == admitted:
        found.add("paid_equals_admitted")
    found |= {f"{stage}_differs" for stage in differing}
    return [code for code in CONCERNED if code in found]


def about(codes: Iterable[str], stage: str) -> list[str]:
    """Those of some findings that are about one amount."""
    return [code for code in codes if stage in CONCERNED[code]]


def about_column(codes: Iterable[str], column: str) -> list[str]:
    """Those of some findings that are about a column: in a table with one amount in a row, all of them."""
    stage = column.removesuffix("_eur")
    return about(codes, stage) if stage in STAGES else list(codes)


def listed(cell: str | None) -> list[str]:
    """The findings of a cell, a `|` list."""
    return cell.split("|") if cell else []


def differing(table: pd.DataFrame, key: list[str], others: pd.DataFrame | None, dataset: str) -> dict[str, set[str]]:
    """Row key -> columns of which another source says something else. others: the table other_values, where it is."""
    found: dict[str, set[str]] = {}
    if others is not None:
        rows: list[Any] = table.to_dict("records")
        mine = {key_of(row, key): row for row in rows}
        for other in others[others["dataset"] == dataset].to_dict("records"):
            row = mine.get(other["key"], {})
            if other["field"] in row and row[other["field"]] != other["value"]:
                found.setdefault(other["key"], set()).add(other["field"])
    return found
