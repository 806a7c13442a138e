"""One cell of a person's file -> our spelling, when it is certain; else the text as written and what is wrong.

Everything that is not simply copied is told: a `note` says what was assumed, a `problem` why nothing was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from etl.meta.model import Field
from etl.meta.words import normal
from etl.spreadsheets.read.letters import clean
from etl.spreadsheets.read.lists import read_code, read_enum, read_list
from etl.spreadsheets.read.model import Cell, Read
from etl.spreadsheets.read.numbers import CURRENCY, number_style, read_number
from etl.spreadsheets.read.times import date_style, read_date, read_time

MISSING = frozenset(
    "n a|na|n d|nd|n p|np|non disponibile|non pervenuto|non noto|not available|null|none|nan".split("|")
)
DASHES = re.compile(r"[-–—_./\s?]*")
TRUE = frozenset({"si", "s", "yes", "y", "vero", "true"})
FALSE = frozenset({"no", "n", "falso", "false"})


def column_style(field: Field, cells: Iterable[Cell]) -> str:
    """How a column of a file writes numbers or dates, as far as it shows: 1.234 is read by what stands beside it."""
    texts = [cell.text.strip() for cell in cells if cell.native == "text" and cell.text.strip()]
    if field.type in ("number", "integer"):
        return number_style(texts)
    return date_style(texts) if is_date(field) else ""


def is_date(field: Field) -> bool:
    return field.type == "date" or field.kind == "partial-date"


def is_missing(text: str) -> bool:
    """True for a cell that says that there is nothing to say: empty, dashes, n.d., N/A, #N/D ..."""
    return not text or bool(DASHES.fullmatch(text)) or (len(text) <= 20 and normal(text) in MISSING)


def convert(field: Field, cell: Cell, style: str = "") -> Read:
    """Read one cell as the column asks; style: see column_style. What no rule changes is left to the checks.

    A column that says itself what is missing (`missingValues`) has values such as "none".
    """
    if cell.native == "error":
        missing = cell.text in ("#N/A", "#N/D", "#NA")
        return Read("", "read-missing") if missing else Read(cell.text, problem="cell-error")
    text, note, problem = clean(cell.text, field.kind == "text")
    if problem:
        return Read(text, problem=problem)
    if not text or (is_missing(text) and "missingValues" not in field.descriptor):
        return Read("", "read-missing" if text else note)
    read = read_as(field, Cell(text, cell.native), style)
    return read if read.note or read.problem else Read(read.value, note)


def read_as(field: Field, cell: Cell, style: str) -> Read:
    """Read a cell that holds something by the rule for its column: by type first, then by kind."""
    constraints = field.descriptor.get("constraints", {})
    if field.type in ("number", "integer"):
        # Accounting formats write "€ -" where there is no amount.
        missing = is_missing(CURRENCY.sub("", cell.text).strip())
        return Read("", "read-missing") if missing else read_number(field, cell, style)
    if field.type == "boolean":
        return as_boolean(cell)
    if is_date(field):
        return read_date(cell, style)
    if "enum" in constraints:
        return read_enum(field, cell.text)
    if field.kind in ("cup", "language") or "\\|" in constraints.get("pattern", ""):
        return read_list(field, cell.text)
    if field.type == "time":
        return read_time(cell)
    return read_code(field, cell)


def as_boolean(cell: Cell) -> Read:
    """A yes or a no in words."""
    said = normal(cell.text)
    if cell.text in ("true", "false") or said not in TRUE | FALSE:
        return Read(cell.text)
    return Read("true" if said in TRUE else "false", "read-boolean")
