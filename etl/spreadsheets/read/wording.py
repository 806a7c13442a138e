"""Words that say that there is nothing to say, and texts that a spreadsheet took for something else.

In a column of free text such a word may be a value: NA is Naples, None a municipality, ND a code. There it is asked
about, and put in quotes it is a value.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.meta.model import Field
from etl.meta.words import normal
from etl.spreadsheets.read.model import Cell, Read
from etl.spreadsheets.read.numbers import DIGITS

MISSING = frozenset(
    "n a|na|n d|nd|n p|np|non disponibile|non pervenuto|non noto|non nota|non rilevato|dato mancante|"
    "not available|not known|null|none|nan".split("|")
)
DASHES = re.compile(r"[-–—_./\s?]*")
LONGEST = 20
QUOTES = "\"“”„«»'‘’‚‹› "
QUOTED = re.compile(rf"[{QUOTES[:-1]}]\s*(.+?)\s*[{QUOTES[:-1]}]")
YES = frozenset({"TRUE", "VERO", "WAHR", "VRAI", "VERDADERO", "VERDADEIRO", "WAAR", "PRAWDA"})
NO = frozenset({"FALSE", "FALSO", "FALSCH", "FAUX", "ONWAAR", "FAŁSZ"})
"""How programs write a yes and a no where a person typed one word of a text."""
CODE = re.compile("[A-Z]{2,4}")
FREE = (None, "text", "slug", "language")
"""Kinds of columns in which such a word may be a value."""


def is_free(field: Field) -> bool:
    """Whether a column may hold any text, so that a word for "missing" may be a value of it."""
    return field.type == "string" and field.kind in FREE and "enum" not in field.descriptor.get("constraints", {})


def is_missing(text: str) -> bool:
    """True for a cell that says that there is nothing to say: empty, dashes, n.d., N/A ..."""
    return not text or bool(DASHES.fullmatch(text)) or is_word(text)


def is_word(text: str) -> bool:
    """True for a word or an abbreviation of "not available"."""
    return len(text) <= LONGEST and normal(text) in MISSING


def may_hold(field: Field, text: str) -> bool:
    """Whether a word may be a value of a free column: of one with a pattern, when it follows that."""
    if field.kind == "language":
        return bool(re.fullmatch("[A-Za-z]{2}", text))
    if field.kind == "slug":
        return bool(re.fullmatch(r"[\w-]+", text))
    pattern = field.descriptor.get("constraints", {}).get("pattern")
    return not pattern or bool(re.fullmatch(pattern, text))


def quoted(text: str) -> str:
    """The word inside quotes by which somebody says that it is a value; "" for any other text."""
    match = QUOTED.fullmatch(text)
    return match[1] if match and (is_word(match[1]) or match[1] in YES | NO) else ""


def text_style(texts: Sequence[str]) -> str:
    """"codes-2" for a column of codes of two capital letters, such as MI, RM and NA; else ""."""
    others = {text for text in texts if not is_missing(text)}
    lengths = {len(text) for text in others}
    if len(others) < 2 or len(lengths) != 1 or not all(map(CODE.fullmatch, others)):
        return ""
    return f"codes-{lengths.pop()}"


def read_word(cell: Cell, style: str) -> Read | None:
    """A word for "missing" in a column of texts: a code among codes, else a question; None for any other text."""
    text = cell.text
    if value := quoted(text):
        return Read(value, "read-quoted")
    if not is_word(text):
        return None
    certain = style == f"codes-{len(text)}" and text.isupper()
    return Read(text, "read-word") if certain else Read(text, problem="missing-word")


def mistyped(field: Field, cell: Cell) -> str:
    """Why a cell of a column of texts cannot hold what a person typed: a program took it for something else."""
    if field.type != "string" or field.kind is None:
        return ""
    if cell.native == "boolean" or (field.kind == "text" and cell.text in YES | NO):
        return "cell-boolean"
    if cell.native in ("date", "time"):
        return "cell-date"
    lost = cell.native == "number" and (cell.shown == "other" or len(cell.text.strip("-0")) > DIGITS)
    return "number-digits" if lost else ""
