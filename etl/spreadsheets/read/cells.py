"""What the readers of workbooks share: cells by their types, and sheets by their cells."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from etl.meta.messages import finding
from etl.meta.model import Finding, RowRef
from etl.spreadsheets.read.formats import shown_date, shown_number
from etl.spreadsheets.read.model import Cell, Sheet

Rows = dict[int, dict[int, Cell]]
"""Row number -> column number -> cell, as a person counts, from 1."""
Area = tuple[int, int, int, int]
"""First row, first column, last row, last column of a merged area."""
LARGEST = 200_000  # merged cells of a sheet; people merge dozens
ZEROS = re.compile(r"0{2,}")  # a number format such as 00000: the zeros are part of what people see


def sheet_of(title: str, rows: Rows, areas: Iterable[Area]) -> Sheet:
    """The rows of one sheet that hold something; merged areas give their value to every cell."""
    merged = set()
    for top, left, bottom, right in refuse_vast(areas):
        value = rows.get(top, {}).get(left, Cell(""))
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                if (row, column) != (top, left):
                    rows.setdefault(row, {})[column] = value
                    if value.text:
                        merged.add((row, column - 1))
    filled = [(number, [cells.get(column, Cell("")) for column in range(1, max(cells) + 1)])
              for number, cells in sorted(rows.items()) if any(cell.text.strip() for cell in cells.values())]
    return Sheet(title, filled, frozenset(merged))


def refuse_vast(areas: Iterable[Area]) -> list[Area]:
    """The merged areas; ValueError for some so vast that filling them would take all the memory."""
    listed = list(areas)
    total = sum((bottom - top + 1) * (right - left + 1) for top, left, bottom, right in listed)
    if total > LARGEST:
        raise ValueError(f"merged cells: {total}, at most {LARGEST}")
    return listed


def typed(value: Any, pattern: str = "") -> Cell:
    """A cell by the type that its library gives it. pattern: its number format, where that is known."""
    if isinstance(value, bool):
        return Cell("true" if value else "false", "boolean")
    if isinstance(value, int | float):
        text = number_text(value, pattern)
        return Cell(text, "number", shown_number(text, pattern) if pattern else "")
    if isinstance(value, datetime | date | time | timedelta):
        return moment(value, pattern)
    return Cell(str(value))


def moment(value: date | time | timedelta, pattern: str) -> Cell:
    """A day, an hour, or both. Programs keep hours as parts of a day: what lacks a moment to the second is rounded."""
    if isinstance(value, timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return Cell(f"{minutes // 60:02}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else ""), "time")
    if isinstance(value, time):
        value = datetime.combine(date.min, value)
        return Cell(clock(value), "time")
    shown = shown_date(value, pattern) if pattern else ""
    if isinstance(value, datetime) and (value := to_second(value)).time() != time():
        return Cell(f"{value:%Y-%m-%d} {clock(value)}", "date", shown)
    return Cell(f"{value:%Y-%m-%d}", "date", shown)


def clock(value: datetime) -> str:
    """Hour and minute; the seconds only where there are some, so that the checks see them."""
    value = to_second(value)
    return f"{value:%H:%M:%S}" if value.second else f"{value:%H:%M}"


def to_second(value: datetime) -> datetime:
    return value if not value.microsecond else (value + timedelta(milliseconds=500)).replace(microsecond=0)


def number_text(value: float, pattern: str) -> str:
    """A number as Excel shows it: fifteen digits, no exponent, the zeros of its format.

    One of euros that is too large for its cents keeps all its digits: nobody knows which of them are right.
    """
    if float(value).is_integer():
        text = str(int(value))
        return text.zfill(len(pattern)) if ZEROS.fullmatch(pattern) else text
    text = repr(float(value)) if 1e13 <= abs(value) < 1e16 else format(value, ".15g")
    return format(float(text), "f").rstrip("0").rstrip(".") if "e" in text else text


def hidden_parts_told(name: str, hidden: list[str]) -> list[Finding]:
    """What is said of hidden sheets, rows and columns: they are read like the others."""
    refs = [RowRef(None, "", text) for text in hidden]
    found = finding("hidden-rows", "", "", refs, "warning", file=name, found=", ".join(hidden[:5]))
    return [found] if hidden else []
