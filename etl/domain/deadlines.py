"""Deadlines of the law: from a day and a rule to the day that counts. The rules are rows of the table `steps`.

deadlines.js works out the same in the browser; tests hold both against one table. What no source states, such as how
holidays and the month of August count, is not decided here.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

BEFORE = "at_least_before"
"""The kind of a deadline that is counted backwards from its day."""


def due(day: date, value: int, unit: str, kind: str) -> date:
    """The day that a deadline of so many days, clear days or months gives, counted from `day`.

    days: 10 days from the 1st are the 11th. free_days (clear days, “giorni liberi”): neither the first nor the last one
    counts, so 10 from the 1st are the 12th. months: the same day of the month, or its last day where it is shorter.
    A deadline of the kind at_least_before is counted backwards. Raises ValueError for another unit.
    """
    sign = -1 if kind == BEFORE else 1
    if unit == "months":
        return months_later(day, sign * value)
    if unit not in ("days", "free_days"):
        raise ValueError(f"a deadline is counted in days, free_days or months, not in {unit!r}")
    return day + timedelta(days=sign * (value + (unit == "free_days")))


def months_later(day: date, count: int) -> date:
    """The day so many months later, or earlier where the number is below zero."""
    years, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))
