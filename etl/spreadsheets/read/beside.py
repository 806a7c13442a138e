"""Rows that stand beside the data of a table: column numbers and units below the headings, a legend below the rows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.meta.words import normal
from etl.spreadsheets.read.headings import SCALED

UNITS = frozenset(
    "testo|testo libero|stringa|numero|numerico|intero|numero intero|decimale|importo|valuta|data|ora|orario|"
    "data e ora|elenco|lista|menu|menu a tendina|scelta|si no|vero falso|booleano|codice|alfanumerico|indirizzo|"
    "url|link|e mail|email|euro|eur|€|in euro|mq|m2|m3|km|km2|metri|gradi|percentuale|anni|mesi|giorni|ore|"
    "minuti|n|nr|num|obbligatorio|obbligatoria|facoltativo|facoltativa|opzionale|text|free text|string|number|"
    "numeric|integer|decimal|amount|currency|date|time|date and time|list|choice|yes no|true false|boolean|code|"
    "address|percentage|years|months|days|hours|minutes|required|mandatory|optional|varchar|char|int|float|"
    "double|datetime|timestamp".split("|"))
"""What people write below a heading of its unit or its type. Thousands of euros are none: they change values."""
MEASURE = re.compile(
    r"[%€°#]+|(?:max|min|massimo|minimo|varchar)\.?\s*\(?\d+.*|[gdmahyos]{1,4}(?:[/.:-][gdmahyos]{1,4})+", re.I)
COUNTED = re.compile(r"[(\[]?(\d{1,3})[)\].]?|[(\[]?([a-zA-Z])[)\].]")
"""The number or the letter of a column. A letter has a mark: alone it may be a code."""
LEAST = 4  # columns that are counted: 1, 2, 3 alone may be values
LEGEND = re.compile(
    r"(?:legenda|not[ae]|n\.?\s?b|avvertenz[ae]|font[ei]|abbreviazioni|simboli|legend|key|notes?|sources?)\s*[:.].*"
    r"|(?:\*+|[¹²³]|\(\d{1,2}\)|\(\*+\)|\[\d{1,2}\])\s*\S.*", re.IGNORECASE | re.DOTALL)
FEW = 3  # cells of a line of a legend: a sign and what it means


def beside_headings(filled: Sequence[str]) -> str:
    """"column-numbers", "units-row" or "units-scaled" for a row below the headings that is one, else ""."""
    if len(filled) < 2:
        return ""
    counted = [COUNTED.fullmatch(text) for text in filled]
    signs = [(match[1] or match[2]).lower() for match in counted if match]
    if len(signs) == len(filled) >= LEAST and consecutive(signs):
        return "column-numbers"
    if not all(is_unit(text) or SCALED.search(text) for text in filled):
        return ""
    return "units-row" if all(map(is_unit, filled)) else "units-scaled" if any(map(is_unit, filled)) else ""


def consecutive(signs: Sequence[str]) -> bool:
    """Whether they count from the first one on: 1, 2, 3 or a, b, c."""
    if all(sign.isdigit() for sign in signs):
        numbers = [int(sign) for sign in signs]
    elif any(sign.isdigit() for sign in signs):
        return False
    else:
        numbers = [ord(sign) - ord("a") + 1 for sign in signs]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] in (0, 1)


def is_unit(text: str) -> bool:
    bare = text.strip(" ()[]")
    return normal(bare) in UNITS or bool(MEASURE.fullmatch(bare))


def begins_legend(filled: Sequence[str]) -> bool:
    """Whether a row of few cells opens the notes below a table."""
    return len(filled) <= FEW and bool(LEGEND.fullmatch(filled[0]))
