"""What the readers of workbooks share: cells by their types."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Any

from etl.spreadsheets.read.formats import shown_date, shown_number
from etl.spreadsheets.read.model import Cell

ZEROS = re.compile(r"0{2,}")  # a number format such as 00000: the zeros are part of what people see


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
