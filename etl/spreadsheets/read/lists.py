"""Values from closed lists, lists in one cell, and codes that lose their zeros in a spreadsheet."""

from __future__ import annotations

import re
from functools import cache

import phonenumbers
from babel import Locale

from etl.meta.model import LANGUAGES, Field
from etl.meta.view import meanings
from etl.meta.words import normal
from etl.spreadsheets.read.model import Cell, Read

SEPARATORS = re.compile(r"\s*[|;,/\n]\s*")
WIDTHS = {"istat": 6, "cap": 5}
"""Codes of digits only, and how many digits they have: ISTAT 058091, CAP 00184."""
SHORTEST = {"istat": 4, "cap": 3}


def read_enum(field: Field, text: str) -> Read:
    """The code for a code of a closed list or for its label in one of the languages."""
    codes = [str(code) for code in field.descriptor["constraints"]["enum"]]
    if text in codes:
        return Read(text)
    found = labels(field).get(normal(text), set())
    return Read(next(iter(found)), "read-label") if len(found) == 1 else Read(text, problem="enum")


def labels(field: Field) -> dict[str, set[str]]:
    """Normal text -> the codes that it may stand for: the code itself and its labels."""
    known: dict[str, set[str]] = {}
    constraints = field.descriptor.get("constraints", {})
    said = meanings(field.descriptor)
    for code in {*map(str, constraints.get("enum", [])), *said}:
        for text in (code, *said.get(code, {}).values()):
            known.setdefault(normal(text), set()).add(code)
    return known


@cache
def language_names() -> dict[str, str]:
    """Normal name of a language, in each of our languages -> its code of two letters."""
    return {
        normal(name): code
        for language in LANGUAGES
        for code, name in Locale.parse(language).languages.items()
        if len(code) == 2
    }


def read_list(field: Field, text: str) -> Read:
    """Items with | between them: people part items with commas, bars, semicolons or lines."""
    names = language_names() if field.kind == "language" else {}
    known = labels(field)
    items = []
    for item in filter(None, SEPARATORS.split(text)):
        meant = known.get(normal(item), set())
        if len(meant) == 1:
            item = next(iter(meant))
        elif field.kind == "cup":
            item = re.sub(r"\s", "", item).upper()
        items.append(names.get(normal(item), item))
    return Read.changed("|".join(items), text, "read-list")


def read_code(field: Field, cell: Cell) -> Read:
    """Zeros that a spreadsheet took from the front of a code or a phone are put back; any other text as it is."""
    text = cell.text
    width = WIDTHS.get(field.kind or "")
    if width and text.isascii() and text.isdigit() and SHORTEST[field.kind or ""] <= len(text) < width:
        return Read(text.zfill(width), "read-zeros")
    if field.kind == "phone" and cell.native == "number":
        with_zero = f"0{text}"
        if is_valid(with_zero) and not is_valid(text):
            return Read(with_zero, "read-zeros")
        return Read(text, problem="" if is_valid(text) else "phone-zeros")
    if field.kind == "phone":
        return Read.changed(re.sub(r"\s*[;|\n]\s*", "|", text), text, "read-list")
    if field.kind == "email" and text.lower().startswith("mailto:"):
        return Read(text[7:], "read-blanks")
    return Read(text)


def is_valid(number: str) -> bool:
    """Whether a number exists in the Italian numbering plan."""
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(number, "IT"))
    except phonenumbers.NumberParseException:
        return False
