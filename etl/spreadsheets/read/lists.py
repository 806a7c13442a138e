"""Values from closed lists, lists in one cell, and codes that lose their zeros in a spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from babel import Locale
from babel.core import get_global

from etl.meta.model import LANGUAGES, Field
from etl.meta.view import meanings
from etl.meta.words import normal
from etl.spreadsheets.read.model import Cell, Read
from etl.spreadsheets.read.weekdays import weekday
from etl.spreadsheets.read.wording import NO, YES

SEPARATORS = re.compile(r"\s*[|;,/\n]\s*")
AND = re.compile(r"\s*(?:[|;,/\n+&]|\s(?:e|ed|and|et|y)\s)\s*", re.IGNORECASE)
"""What stands between the names of languages: no name of one holds such a word or sign."""
WIDTHS = {"istat": 6, "cap": 5}
"""Codes of digits only, and how many digits they have: ISTAT 058091, CAP 00184."""
SHORTEST = {"istat": 4, "cap": 3}
LOST = "zeros-lost"  # style of a column of postal codes: some have lost two zeros, which no slip of the hand does
OTHER_LANGUAGE = {"no", "si", "UK"}
"""What also is the code of a language (Norwegian, Sinhala, Ukrainian) and is mostly typed for something else."""


def read_enum(field: Field, cell: Cell) -> Read:
    """The code for a code of a closed list or for its label in one of the languages."""
    text = cell.text
    codes = [str(code) for code in field.descriptor["constraints"]["enum"]]
    if text in codes:
        return Read(text)
    known = labels(field)
    found = known.get(normal(text), set())
    if cell.native == "boolean" or text.upper() in YES | NO:
        words = ("si", "yes", "true") if text.upper() in YES else ("no", "false")
        found = set[str]().union(*(known.get(word, set()) for word in words))
    if not found and (day := weekday(field, text)):
        found = {day}
    return Read(next(iter(found)), "read-label") if len(found) == 1 else Read(text, problem="enum")


def labels(field: Field) -> dict[str, set[str]]:
    """Normal text -> the codes that it may stand for: the code itself, its labels, and what people also call it."""
    known: dict[str, set[str]] = {}
    constraints = field.descriptor.get("constraints", {})
    said = meanings(field.descriptor)
    for code in {*map(str, constraints.get("enum", [])), *said}:
        for text in (code, *said.get(code, {}).values()):
            known.setdefault(normal(text), set()).add(code)
    for text, code in field.descriptor.get("wordings", {}).items():
        known.setdefault(normal(text), set()).add(code)
    return known


@cache
def language_names() -> dict[str, str]:
    """Normal name of a language in each of our languages, or its code of three letters -> its code of two letters."""
    codes = {old: new for old, new in get_global("language_aliases").items() if len(old) == 3 and len(new) == 2}
    return codes | {
        normal(name): code
        for language in LANGUAGES
        for code, name in Locale.parse(language).languages.items()
        if len(code) == 2
    }


def read_list(field: Field, text: str) -> Read:
    """Items with | between them: people part items with commas, bars, semicolons, lines; languages with "and" too."""
    language = field.kind == "language"
    names = language_names() if language else {}
    known = labels(field)
    items = []
    for item in [text] if normal(text) in known else filter(None, (AND if language else SEPARATORS).split(text)):
        if language and ({item, normal(item)} & OTHER_LANGUAGE):
            return Read(text, problem="language-code")
        meant = known.get(normal(item), set())
        if len(meant) == 1:
            item = next(iter(meant))
        elif field.kind == "cup":
            item = re.sub(r"\s", "", item).upper()
        elif language and re.fullmatch("[A-Za-z]{2}", item):
            item = item.lower()
        items.append(names.get(normal(item), item))
    return Read.changed("|".join(dict.fromkeys(items)) if language else "|".join(items), text, "read-list")


def code_style(field: Field, texts: Sequence[str]) -> str:
    """LOST when the postal codes of a column show that a spreadsheet took their zeros; else ""."""
    digits = [text for text in texts if text.isascii() and text.isdigit()] if field.kind == "cap" else []
    shortest = any(len(text) == SHORTEST["cap"] for text in digits)
    return LOST if shortest and not any(text.startswith("0") for text in digits) else ""


def read_code(field: Field, cell: Cell, style: str) -> Read:
    """Zeros that a spreadsheet took from the front of a code are put back; any other text as it is.

    A postal code of four digits may as well lack its last one: it is asked about, unless its column shows lost zeros.
    """
    text, kind = cell.text, field.kind or ""
    width = WIDTHS.get(kind)
    short = width and text.isascii() and text.isdigit() and SHORTEST[kind] <= len(text) < width
    if short and not text.startswith("0"):
        unsure = kind == "cap" and len(text) == 4 and style != LOST
        return Read(text, problem="cap-digits") if unsure else Read(text.zfill(width or 0), "read-zeros")
    if kind == "email" and text.lower().startswith("mailto:"):
        return Read(text[7:], "read-blanks")
    if kind == "url" and re.match(r"www\.[^\s/@]+\.[a-z]{2,}(?:[/?#:]|$)", text, re.IGNORECASE):
        return Read(f"https://{text}", "read-address")
    return Read(text)
