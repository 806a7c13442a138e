"""Dates as people write them: day first, as in Italy. What could be two days is not guessed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from babel.dates import get_month_names

from etl.meta.model import LANGUAGES
from etl.meta.words import normal
from etl.spreadsheets.read.clock import clock_time
from etl.spreadsheets.read.model import Cell, Read
from etl.spreadsheets.read.weekdays import day_number

ISO = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
ZONED = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?) ?(Z|[+-][0-9]{2}:?[0-9]{2})"
)
DIGITS = re.compile(r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})")
YEAR_FIRST = re.compile(r"([0-9]{4})[/.-]([0-9]{1,2})[/.-]([0-9]{1,2})")
DAY_FIRST = re.compile(r"([0-9]{1,2})\s?[/.-]\s?([0-9]{1,2})\s?[/.-]\s?([0-9]{4}|[0-9]{2})")
MONTH_YEAR = re.compile(r"([0-9]{1,2})[/.-]([0-9]{4})")
NAMED = re.compile(r"(?:([0-9]{1,2})(?:\s*[°º])?[\s/.-]+)?([^\W\d_]+)\.?[\s/.-]+([0-9]{4})")
AMERICAN = re.compile(r"([^\W\d_]+)\.?\s+([0-9]{1,2})(?:st|nd|rd|th)?,?\s+([0-9]{4})", re.IGNORECASE)
SHORT_MONTH = re.compile(r"([^\W\d_]{3,4})\.?-([0-9]{2})")  # what spreadsheets make of a month: mar-25
NO_YEAR = re.compile(r"[0-9]{1,2}[\s/.-]+(?:[0-9]{1,2}|([^\W\d_]{3,})\.?)")
SERIAL = re.compile(r"[0-9]{5}(\.[0-9]+)?")
CLOCK = re.compile(
    r"(.+?[0-9])(?:T|,?\s+(?:(?:alle|h|at)\s+)?)((?:ore\s+)?[0-9]{1,2}[:.h][0-9]{2}.*|ore\s+[0-9]{1,2})", re.IGNORECASE)
WEEKDAY = re.compile(r"([^\W\d_]{2,})['’.]?,?\s+(?=[0-9])(.*)")
CENTURY = 60  # two digits: 00-60 are of this century, 90-99 of the last; what lies between is no date of these data
MONTH_FIRST, LEFT_OVER = "month-first", "left-over"
ZONE = ZoneInfo("Europe/Rome")
SHOWN = {"year": 4, "month": 7}
"""What a format shows of a date -> how many signs of its ISO spelling that are."""


def date_style(cells: Sequence[Cell]) -> str:
    """How a column writes dates that could be two days, "" when day first or when nothing shows it.

    MONTH_FIRST: a text can only have its month before its day, as Americans write. LEFT_OVER: beside real dates stand
    only such texts as a program that takes the month first could not read: it has swapped those that it could.
    """
    matches = [match for cell in cells if cell.native == "text" and (match := DAY_FIRST.fullmatch(cell.text))]
    pairs = [(int(match[1]), int(match[2])) for match in matches]
    if any(second > 12 >= first for first, second in pairs):
        return MONTH_FIRST
    real = [int(cell.text[8:10]) for cell in cells if cell.native == "date"]
    left = pairs and real and max(real) <= 12 and all(first > 12 >= second for first, second in pairs)
    return LEFT_OVER if left else ""


def read_date(cell: Cell, style: str, whole: bool = False) -> Read:
    """A day, a month or a year. A date that the file holds as a date is taken as it is, unless it may be swapped.

    whole: the column takes days only, so that a format that shows a month counts for nothing.
    """
    text = cell.text
    if cell.native == "date":
        return real_date(cell, style, whole)
    if ISO.fullmatch(text):
        return Read(text)
    if cell.native == "number" and SERIAL.fullmatch(text):
        return Read(text, problem="date-serial")
    if zoned := ZONED.fullmatch(text):
        return Read(text, problem="date-zone") if other_day(zoned) else Read(zoned[1], "read-date")
    said, day = without_weekday(without_clock(text))
    match = DAY_FIRST.fullmatch(day)
    if match and two_days(int(match[1]), int(match[2]), style):
        return Read(text, problem="ambiguous-date")
    value = written_date(day)
    if not value:
        return Read(text, problem="date-no-year" if lacks_year(day) else "")
    if said is not None and (len(value) < 10 or date.fromisoformat(value).weekday() != said):
        return Read(text, problem="date-weekday")
    american = AMERICAN.fullmatch(day) or (match and int(match[2]) > 12)
    return Read(value, "read-date-american" if american else "read-date")


def real_date(cell: Cell, style: str, whole: bool) -> Read:
    """A date of the file itself: its hour does not count, nor the day that a program adds to a month."""
    day = cell.text[:10]
    if style and two_days(int(day[8:]), int(day[5:7]), MONTH_FIRST):
        return Read(cell.text, problem="swapped-date")
    value = day if whole else day[: SHOWN.get(cell.shown, 10)]
    return Read(value, "" if value == cell.text and cell.shown != "no-year" else "read-date")


def two_days(day: int, month: int, style: str) -> bool:
    """Whether 03/04/2020 may be of March or of April, in a column that has American dates in it."""
    return style == MONTH_FIRST and day <= 12 and month <= 12 and day != month


def other_day(zoned: re.Match[str]) -> bool:
    """Whether a moment with its zone is of another day in Italy than the day that it names; one that is none is not."""
    try:
        moment = datetime.fromisoformat(f"{zoned[1]}T{zoned[2]}{zoned[3]}")
    except ValueError:
        return False
    return moment.astimezone(ZONE).date().isoformat() != zoned[1]


def without_clock(text: str) -> str:
    """The day of a day with its hour: 31/10/2020 ore 14.30."""
    match = CLOCK.fullmatch(text)
    return match[1] if match and clock_time(match[2]) else text


def without_weekday(text: str) -> tuple[int | None, str]:
    """(the day of the week that stands before a date, the date)."""
    match = WEEKDAY.fullmatch(text)
    # "mar" is Tuesday before a whole date, March before a year.
    number = day_number(match[1]) if match and len(written_date(match[2])) == len("2020-10-31") else None
    return (number, match[2]) if match and number is not None else (None, text)


def lacks_year(text: str) -> bool:
    """Whether a text is a day and a month only."""
    match = NO_YEAR.fullmatch(text)
    return match is not None and (not match[1] or normal(match[1]) in month_names())


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
        return iso(int(match[3]), named_month(match[2]), int(match[1]) if match[1] else None)
    if match := AMERICAN.fullmatch(text):
        return iso(int(match[3]), named_month(match[1]), int(match[2]))
    if match := SHORT_MONTH.fullmatch(text):
        return iso(full_year(match[2]), named_month(match[1]))
    return ""


def named_month(text: str) -> int:
    return month_names().get(normal(text), 0)


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


def read_moment(cell: Cell) -> Read:
    """A day, with its hour where one is written: 31/10/2020 ore 12 -> 2020-10-31T12:00."""
    text = cell.text.replace(" ", "T", 1) if cell.native == "date" else cell.text
    match = CLOCK.fullmatch(text)
    hour = clock_time(match[2]) if match else ""
    if ISO.fullmatch(text) or ZONED.fullmatch(text) or (match and not hour):
        return Read(cell.text)
    day = match[1] if match and hour else text
    read = read_date(Cell(day, "text"), "") if not ISO.fullmatch(day) else Read(day)
    if read.problem or not ISO.fullmatch(read.value):
        return Read(cell.text, problem=read.problem)
    return Read.changed(f"{read.value}T{hour}" if hour else read.value, cell.text, "read-date")
