"""Controlled values that a Table Schema cannot say: real dates, CUP, ISTAT codes, phones, addresses.

Also the strict spelling of numbers and booleans: Frictionless accepts `1_000`, `2023-1-5` and Arabic digits.
A value that already breaks the schema's own pattern is left to the schema check, so that it is said once.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import lru_cache, partial
from urllib.parse import urlsplit

import phonenumbers
from babel import Locale
from babel.core import UnknownLocaleError

from etl.domain.codes import parse_project_code
from etl.domain.sheet_errors import sheet_error
from etl.meta.messages import finding
from etl.meta.model import Dataset, Field, Finding, RowRef
from etl.meta.view import key_of

Rows = Iterable[tuple[int, dict[str, str]]]
"""Source rows: line in the file (header is 1) and cells by column."""

# Laws of the seventies are cited; 1970-01-01 is what programs write for no date.
FIRST_YEAR, LAST_YEAR = 1971, 2060
"""The programme's oldest fact is of 1999; 1970-01-01 is a spreadsheet's empty date, never a fact."""

SPELLING = {
    "number": re.compile(r"-?[0-9]+(\.[0-9]+)?"),
    "integer": re.compile(r"-?[0-9]+"),
    "boolean": re.compile(r"true|false"),
    "time": re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]"),
    "year": re.compile(r"[0-9]{4}"),
}
EXAMPLES = {
    "number": "1514648.44", "integer": "3", "time": "09:30", "year": "2026", "date": "2020-02-28",
    "project-code": "RM3.1.1.a1",
    "cup": "J81B21001230001", "istat": "058091", "cap": "00184", "email": "sportello@example.org",
    "phone": "06 0000 0000", "url": "https://www.example.org/", "slug": "sportello-casa", "language": "it",
    "moment": "2026-11-30T12:00",
}
PARTIAL_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
RESERVED = re.compile(r"con|prn|aux|nul|index|(com|lpt)[0-9]")  # names that Windows, or a web server, keeps for itself
LONGEST_SLUG = 80
REPEATED = 1 << 12  # cells of a column that are remembered: codes, days and addresses come again and again
LOCAL_CODE = re.compile(r"[0-9][A-Z]{2,}[0-9]+")  # OpenCoesione's own project codes, such as 1AGCOE395


def real_date(value: str) -> bool:
    """True for a year, year-month or day that exists in the calendar."""
    match = PARTIAL_DATE.fullmatch(value)
    if not match:
        return False
    try:
        date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        return False
    return True


def is_slug(value: str) -> bool:
    """True for a name that can stand in an address and in a file's name on every system."""
    return bool(SLUG.fullmatch(value)) and len(value) <= LONGEST_SLUG and not RESERVED.fullmatch(value)


def is_phone(value: str) -> bool:
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(value, "IT"))
    except phonenumbers.NumberParseException:
        return False


def is_url(value: str) -> bool:
    try:
        parts = urlsplit(value)
        return parts.scheme in ("http", "https") and "." in (parts.hostname or "") and " " not in value
    except ValueError:
        return False


def is_language(value: str) -> bool:
    try:
        return bool(re.fullmatch("[a-z]{2}", value)) and Locale.parse(value) is not None
    except (ValueError, UnknownLocaleError):
        return False


def is_moment(value: str) -> bool:
    """True for a day, or a day with hour and minute, that exists in the calendar."""
    try:
        return FIRST_YEAR <= datetime.fromisoformat(value).year <= LAST_YEAR
    except ValueError:
        return False


KINDS: dict[str, Callable[[str], bool]] = {
    "project-code": lambda v: parse_project_code(v) is not None or bool(LOCAL_CODE.fullmatch(v)),
    "cup": lambda v: bool(re.fullmatch(r"[A-Z][0-9]{2}[A-Z][0-9]{11}", v)),
    "istat": lambda v: bool(re.fullmatch(r"(0[0-9]{2}|1[01][0-9])[0-9]{3}", v)),
    "cap": lambda v: bool(re.fullmatch(r"[0-9]{5}", v)),
    "email": lambda v: bool(re.fullmatch(r"[^@\s|]+@[^@\s|]+\.[A-Za-z]{2,}", v)),
    "phone": is_phone,
    "url": is_url,
    "slug": is_slug,
    "language": is_language,
    "moment": is_moment,
    "text": bool,
}


def check_values(dataset: Dataset, rows: Rows) -> list[Finding]:
    """What is wrong with the values of a source table, counted once per column and check."""
    wrong: dict[tuple[str, str], list[RowRef]] = defaultdict(list)
    fields = [f for f in dataset.fields if not f.computed]
    checks = [(field.name, lru_cache(REPEATED)(partial(failed_check, field))) for field in fields]
    for line, row in rows:
        for name, failed in checks:
            if check := failed(row[name]):
                wrong[check, name].append(RowRef(line, key_of(row, dataset.key), row[name][:200]))
    examples = {f.name: f.descriptor.get("example") for f in fields}
    return [
        finding(
            check, dataset.name, column, refs, expected=f"{FIRST_YEAR}-{LAST_YEAR}",
            example=str(examples[column] or EXAMPLES.get(check, "2020-02-28")),
        )
        for (check, column), refs in wrong.items()
    ]


def failed_check(field: Field, value: str) -> str | None:
    """The name of the check that a cell fails, or None."""
    if not value:
        return None
    spelling = SPELLING.get(field.type)
    if spelling and spelling.fullmatch(value):
        return None
    if sheet_error(value):
        return "cell-error"
    if spelling:
        return field.type
    if field.type == "date" or field.kind == "partial-date":
        if not real_date(value) or (field.type == "date" and len(value) != 10):
            return "date"
        return None if FIRST_YEAR <= int(value[:4]) <= LAST_YEAR else "date-window"
    if field.kind not in KINDS or breaks_pattern(field, value):
        return None
    return None if all(map(KINDS[field.kind], value.split("|"))) else field.kind


def breaks_pattern(field: Field, value: str) -> bool:
    pattern = field.descriptor.get("constraints", {}).get("pattern")
    return bool(pattern) and not re.fullmatch(pattern, value)
