"""Words that name days without saying which: working days, the first Monday of the month, Monday morning."""

from __future__ import annotations

import re

from etl.meta.words import normal, plain
from etl.spreadsheets.read.weekdays import day_number

GROUP = re.compile(
    r"\b(?:(?:pre)?festiv[oi]|ferial[ei]|lavorativ[oi]|infrasettimanal[ei]|settimanal[ei]|week ?ends?|fine settimana|"
    r"(?:tutta|in) (?:la )?settimana|workdays?|working days?|business days?|weekdays?|(?:public |bank )?holidays?|"
    r"all week|tranne|eccetto|esclus[oaie]|escludendo|salvo|fuorche|except|excluding|but)\b")
"""Days by what they are, and days but for others: Saturday is a working day for some."""
MONTHLY = re.compile(
    r"\b(?:mes[ei]|mensil[ei]|mensilmente|months?|monthly|altern[oaie]|alternat[oaie]|alternat(?:e|ing)|quindicinal[ei]|"
    r"ogni (?:due|tre|quattro|\d+)|every (?:other|second|third|two|three|\d+)|fortnightly|settiman[ae]|weeks?|"
    r"(?:penultim|ultim|prim|second|terz|quart|quint)[oaie]|last|first|second|third|fourth|fifth|\d+(?:st|nd|rd|th)|"
    r"\d+\s?[°ºª^]|\d+[oa]|[iv]{1,3}(?= ))(?:\b|(?<=[°ºª^]))")
"""Days of some weeks only."""
SHORTEST = 3  # letters of a day inside of a text: "da" and "me" are words


def unclear_days(text: str) -> str:
    """The check of a text that names days but not which they are: "days-group" for working days, "days-of-month" for
    the first Monday, "day-and-more" for Monday morning; "" for a day, and for a text that names none."""
    said = normal(text)
    if day_number(text) is not None:
        return ""
    if GROUP.search(said):
        return "days-group"
    names_day = any(len(word) >= SHORTEST and day_number(word) is not None for word in said.split())
    if MONTHLY.search(plain(text)) and (names_day or "mes" in said or "month" in said):
        return "days-of-month"
    return "day-and-more" if names_day else ""
