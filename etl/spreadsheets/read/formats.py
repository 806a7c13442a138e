"""What the number format of a cell makes of its value in the eyes of people: 0.4 is 40 %, a month has no day."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from functools import cache, lru_cache

from babel import Locale

PIECES = re.compile(r'"([^"]*)"|\\(.)|[_*].|\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]')
"""What is no placeholder: quoted and escaped texts, blanks of a width, a currency, a colour, a condition."""
SCALED = re.compile(r"[0#?],+(?![0#?,.])|[0#?],+(?=\.)")  # a comma behind the digits: shown in thousands, in millions
DECIMALS = re.compile(r"\.([0#?]+)")
EURO = re.compile(r"(?i)€|\beuros?\b|\beur\b")


@lru_cache(4096)
def format_of_number(pattern: str) -> str:
    """"percent", "currency" (another one than the euro), "other" (thousands, powers, words beside it), else ""."""
    said = " ".join(filter(None, (text for match in PIECES.findall(pattern) for text in match)))
    bare = PIECES.sub("", pattern)
    if "%" in bare or "%" in said:
        return "percent"
    if pattern == "General" or not bare.strip("@ "):
        return ""
    if is_currency(f"{said} {bare}"):
        return "currency"
    words = re.search(r"[^\W\d_]", EURO.sub("", said))
    return "other" if words or SCALED.search(bare) or re.search("[Ee][+-]|/", bare) else ""


def is_currency(text: str) -> bool:
    """Whether a text names another currency than the euro, by its sign or its code of three letters."""
    signs = {sign for sign in text if unicodedata.category(sign) == "Sc"} - {"€"}
    return bool(signs or (set(re.findall(r"(?<![^\W\d_])[A-Z]{3}(?![^\W\d_])", text)) & currencies()))


@cache
def currencies() -> frozenset[str]:
    return frozenset(Locale.parse("en").currencies) - {"EUR"}


def shown_number(text: str, pattern: str) -> str:
    """As format_of_number, and "rounded" where the format hides decimals that the number has. text: the number."""
    found = format_of_number(pattern)
    if found or pattern == "General" or "." not in text or not re.search("[0#?]", pattern):
        return found
    digits = DECIMALS.search(PIECES.sub("", pattern.partition(";")[0]))
    return "rounded" if len(text.partition(".")[2]) > len(digits[1] if digits else "") else ""


def shown_date(value: date | datetime, pattern: str) -> str:
    """"month" or "year" where the format shows no more, "no-year" where it hides the year, else "".

    Only a first day (of a month, of a year) may be one that nobody typed: the program adds it to "mar-25".
    """
    bare = PIECES.sub("", pattern).lower()
    if "h" in bare or "y" not in bare + pattern.lower():
        return "no-year" if {"d", "m"} <= set(bare) and not {"h", "y"} & set(bare) else ""
    if "d" in bare or value.day != 1:
        return ""
    return "month" if "m" in bare else "year" if value.month == 1 else ""
