"""Dates and times as people write them: day first, as in Italy. What could be two days is not guessed."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from babel.dates import get_month_names

from etl.meta.model import LANGUAGES
from etl.meta.words import normal
from etl.spreadsheets.read.model import Cell, Read

ISO = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
STAMP = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[ T][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.0+)?)?Z?")
DIGITS = re.compile(r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})")
YEAR_FIRST = re.compile(r"([0-9]{4})[/.]([0-9]{1,2})[/.]([0-9]{1,2})")
DAY_FIRST = re.compile(r"([0-9]{1,2})\s?[/.-]\s?([0-9]{1,2})\s?[/.-]\s?([0-9]{4}|[0-9]{2})")
MONTH_YEAR = re.compile(r"([0-9]{1,2})[/.-]([0-9]{4})")
NAMED = re.compile(r"(?:([0-9]{1,2})(?:\s*[°º])?\s+)?([^\W\d_]+)\.?\s+([0-9]{4})")
SERIAL = re.compile(r"[0-9]{5}(\.[0-9]+)?")
CENTURY = 60  # two digits: 00-60 are of this century, 90-99 of the last; what lies between is no date of these data
TIME = re.compile(r"(?:ore\s+)?([0-9]{1,2})(?:\s?[:.,h]\s?([0-9]{2})(?::00)?)?", re.IGNORECASE)
MONTH_FIRST = "month-first"


def date_style(texts: list[str]) -> str:
    """MONTH_FIRST when a cell of the column can only have its month before its day, as Americans write."""
    matches = [match for text in texts if (match := DAY_FIRST.fullmatch(text))]
    return MONTH_FIRST if any(int(m[2]) > 12 >= int(m[1]) for m in matches) else ""


def read_date(cell: Cell, style: str) -> Read:
    """A day, a month or a year. A date that the file holds as a date is taken as it is."""
    text = cell.text
    if ISO.fullmatch(text):
        return Read(text)
    if match := STAMP.fullmatch(text):
        return Read(match[1], "read-date")
    if cell.native == "number" and SERIAL.fullmatch(text):
        return Read(text, problem="date-serial")
    match = DAY_FIRST.fullmatch(text)
    if match and two_days(match, style):
        return Read(text, problem="ambiguous-date")
    value = written_date(text)
    return Read(value, "read-date") if value else Read(text)


def two_days(match: re.Match[str], style: str) -> bool:
    """Whether 03/04/2020 may be of March or of April, in a column that has American dates in it."""
    day, month = int(match[1]), int(match[2])
    return style == MONTH_FIRST and day <= 12 and month <= 12 and day != month


def written_date(text: str) -> str:
    """A date in one of the known spellings -> ISO; "" when it is none, or a day that does not exist."""
    if match := DIGITS.fullmatch(text) or YEAR_FIRST.fullmatch(text):
        return iso(int(match[1]), int(match[2]), int(match[3]))
    if match := DAY_FIRST.fullmatch(text):
        first, second, year = int(match[1]), int(match[2]), full_year(match[3])
        return iso(year, second, first) or iso(year, first, second)
    if match := MONTH_YEAR.fullmatch(text):
        return iso(int(match[2]), int(match[1]))
    if match := NAMED.fullmatch(text):
        month = month_names().get(normal(match[2]), 0)
        return iso(int(match[3]), month, int(match[1]) if match[1] else None)
    return ""


def full_year(text: str) -> int:
    """2020 -> 2020, 20 -> 2020, 99 -> 1999; 0, which is no year, for what lies between."""
    number = int(text)
    if len(text) == 4:
        return number
    return 2000 + number if number <= CENTURY else 1900 + number if number >= 90 else 0


def iso(year: int, month: int, day: int | None = None) -> str:
    """The ISO spelling of a day or a month that exists, else ""."""
    try:
        found = date(year, month, 1 if day is None else day)
    except ValueError:
        return ""
    return found.isoformat() if day is not None else found.isoformat()[:7]


@cache
def month_names() -> dict[str, int]:
    """Month in words, whole or short, in every language -> its number."""
    return {
        normal(name): number
        for language in LANGUAGES
        for width in ("wide", "abbreviated")
        for number, name in get_month_names(width, locale=language).items()
    }


def read_time(cell: Cell) -> Read:
    """An hour: 9, 9.30, ore 9, 09:30 -> 09:30."""
    match = TIME.fullmatch(cell.text)
    if not match or int(match[1]) > 23 or int(match[2] or 0) > 59:
        return Read(cell.text)
    return Read.changed(f"{int(match[1]):02}:{match[2] or '00'}", cell.text, "read-time")
