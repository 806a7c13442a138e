"""The timetable of a desk: weekly bands, closures and public holidays; and on which hours of which days it is open."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

YEAR = 365
"""Days from the build that machines are told."""
WEEKDAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")


@dataclass(frozen=True, order=True)
class Band:
    """Open from `opens` to `closes` ("09:00", end not included) on one day of the week.

    weekday: 0 is Monday. week: only the nth such day of the month, -1 is the last; None is every week.
    first, last: the only days between which it holds, both included; None has no end.
    """

    weekday: int
    opens: str
    closes: str
    week: int | None = None
    first: date | None = None
    last: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the band counts on this day."""
        if day.weekday() != self.weekday or (self.first and day < self.first) or (self.last and day > self.last):
            return False
        if self.week is None:
            return True
        if self.week < 0:
            days_left = calendar.monthrange(day.year, day.month)[1] - day.day
            return days_left // 7 == -self.week - 1
        return (day.day - 1) // 7 == self.week - 1


@dataclass(frozen=True)
class Timetable:
    """bands: when it is open. closures: first and last day of each, both included. On public holidays it is closed.

    patron: the subdivision whose patron saint is a holiday there ("RM": 29 June), as the `holidays` library
    names it; None where only the national ones are known.
    """

    bands: tuple[Band, ...]
    closures: tuple[tuple[date, date], ...] = ()
    country: str = "IT"
    patron: str | None = None

    def is_closed(self, day: date) -> bool:
        """Whether a holiday or a closure falls on this day."""
        return day in self.holidays(day.year) or any(first <= day <= last for first, last in self.closures)

    def holidays(self, year: int) -> frozenset[date]:
        """The public holidays of a year."""
        return public_holidays(self.country, self.patron, year)


@cache
def public_holidays(country: str, patron: str | None, year: int) -> frozenset[date]:
    """Public holidays by the `holidays` library, with the patron saint's day where there is one."""
    import holidays

    return frozenset(holidays.country_holidays(country, subdiv=patron, years=year))


def timetable(rows: Iterable[Mapping[str, Any]], country: str = "IT", patron: str | None = None) -> Timetable | None:
    """The timetable of one desk from its rows of desk_hours; None when no band has both hours.

    A closure without a last day is as long as its first date: a day, or the month or year that it names.
    """
    rows = list(rows)
    bands = sorted(
        (
            Band(WEEKDAYS.index(row["weekday"]), row["opens"], row["closes"], row["week_of_month"] or None,
                 first_day(row["date_from"]), last_day(row["date_to"]))
            for row in rows
            if row["kind"] == "opening" and row["weekday"] and row["opens"] and row["closes"]
        ),
        key=lambda band: (band.weekday, band.opens, band.closes, band.week or 0, band.first or date.min),
    )
    closures = (
        (first, last_day(row["date_to"] or row["date_from"]) or first)
        for row in rows
        if row["kind"] == "closure" and (first := first_day(row["date_from"]))
    )
    return Timetable(tuple(bands), tuple(sorted(closures)), country, patron) if bands else None


def first_day(value: str | None) -> date | None:
    """The first day of a date that may be partial: 2026-08 is 1 August."""
    return date.fromisoformat(f"{value}-01-01"[:10]) if value else None


def last_day(value: str | None) -> date | None:
    """The last day of a date that may be partial: 2026-08 is 31 August."""
    if not value:
        return None
    if len(value) == len("2026-08"):
        year, month = (int(part) for part in value.split("-"))
        return date(year, month, calendar.monthrange(year, month)[1])
    return date.fromisoformat(f"{value}-12-31"[:10])


def open_on(table: Timetable, day: date) -> list[tuple[str, str]]:
    """The hours of one day, in order; bands that touch or overlap are one. Empty when it is closed."""
    if table.is_closed(day):
        return []
    merged: list[tuple[str, str]] = []
    for opens, closes in sorted((band.opens, band.closes) for band in table.bands if band.holds_on(day)):
        if merged and opens <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], closes))
        else:
            merged.append((opens, closes))
    return merged


def days_from(first: date, count: int) -> Iterator[date]:
    """`count` days in a row."""
    return (first + timedelta(days=number) for number in range(count))


def open_days(table: Timetable, first: date, count: int) -> list[tuple[date, list[tuple[str, str]]]]:
    """The days on which it opens among `count` days from `first`, each with its hours."""
    return [(day, hours) for day in days_from(first, count) if (hours := open_on(table, day))]
