"""What a sheet of Excel can hold. A cut table would be a wrong one, so one that does not fit gets no workbook."""

from __future__ import annotations

from etl.meta.model import Table

MOST_ROWS, LONGEST = 1_048_575, 32_767
"""Rows below the headings, and signs of a cell."""


def fits(table: Table) -> bool:
    """Whether Excel can hold a table whole."""
    return len(table.rows) <= MOST_ROWS and not overflowing(table)


def overflowing(table: Table) -> list[tuple[int, int]]:
    """The cells that are too long, as (row, column), both from 0."""
    if table.longest <= LONGEST // 2:  # most tables, at once
        return []
    return [(number, place) for number, row in enumerate(table.rows) for place, text in enumerate(row)
            if units(text) > LONGEST]


def units(text: str) -> int:
    """How long a text is as Excel counts: a sign beyond the first 65,536, as an emoji is, counts as two."""
    return len(text.encode("utf-16-le")) // 2
