"""Hours of the day as people write them: 9, 9.30, 0900, ore 14, 2:30 PM, mezzogiorno."""

from __future__ import annotations

import re

from etl.meta.words import normal
from etl.spreadsheets.read.model import Cell, Read

HOUR = r"([0-9]{1,2})(?:\s?[:.h]\s?([0-9]{2})|,([0-9]{2}))?(?::00)?"
TIME = re.compile(rf"(?:(?:alle\s+)?ore\s+|h\s?)?{HOUR}\s?h?", re.IGNORECASE)
BARE = re.compile(r"([01][0-9]|2[0-4]|[6-9])([0-5][0-9])")  # 0900, and 900 where a program took its zero
HALF = re.compile(r"(?i)(.*?[0-9])\s*(a\.?\s?m\.?|del mattino|di mattina|p\.?\s?m\.?|del pomeriggio|di sera)")
WORDS = {"mezzogiorno": "12:00", "noon": "12:00", "mezzanotte": "24:00", "midnight": "24:00"}
DATED = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[ T]([0-9]{2}:[0-9]{2})(?::00)?")
END_OF_DAY, LAST_MINUTE = "24:00", "23:59"


def clock_time(text: str) -> str:
    """09:00 for any spelling of nine o'clock, 24:00 for midnight at the end of a day; "" for what is no hour."""
    if known := WORDS.get(normal(text)):
        return known
    half = HALF.fullmatch(text)
    match = TIME.fullmatch(half[1] if half else text) or (None if half else BARE.fullmatch(text))
    if not match:
        return ""
    hour, minute = int(match[1]), match[2] or (match[3] if match.re is TIME else None) or "00"
    if half and hour <= 12:
        hour = hour % 12 + (12 if half[2].lower()[0] == "p" or normal(half[2]) in ("del pomeriggio", "di sera") else 0)
    elif half and half[2].lower()[0] == "a":
        return ""
    exists = hour < 24 or (hour == 24 and minute == "00")
    return f"{hour:02}:{minute}" if exists and int(minute) < 60 else ""


def undated(text: str) -> str:
    """The hour of a moment: an hour that was typed into a cell with a day."""
    match = DATED.fullmatch(text)
    return match[1] if match else text


def read_time(cell: Cell) -> Read:
    """An hour of the day. Midnight at the end of a day is its last minute: a day has no other."""
    value = clock_time(undated(cell.text))
    if value == END_OF_DAY:
        return Read(LAST_MINUTE, "read-midnight")
    return Read.changed(value or cell.text, cell.text, "read-time")
