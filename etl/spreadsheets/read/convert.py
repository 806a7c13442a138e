"""One cell of a person's file -> our spelling, when it is certain; else the text as written and what is wrong.

Everything that is not simply copied is told: a `note` says what was assumed, a `problem` why nothing was.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from etl.meta.model import Field
from etl.meta.words import normal
from etl.spreadsheets.read.letters import clean
from etl.spreadsheets.read.lists import read_code, read_enum, read_list
from etl.spreadsheets.read.model import Cell
from etl.spreadsheets.read.numbers import CURRENCY, number_style, read_number
from etl.spreadsheets.read.times import date_style, read_date, read_time

MISSING = frozenset(
    "n a|na|n d|nd|n p|np|non disponibile|non pervenuto|non noto|not available|null|none|nan".split("|")
)
DASHES = re.compile(r"[-–—_./\s?]*")
TRUE = frozenset({"si", "s", "yes", "y", "vero", "true"})
FALSE = frozenset({"no", "n", "falso", "false"})


class Read(NamedTuple):
    """One cell read. value: our spelling ("" = missing), or the text as written when there is a problem.

    note: message of the assumption that was made, "" for none. problem: message of what cannot be read for certain.
    """

    value: str
    note: str = ""
    problem: str = ""


@dataclass(frozen=True)
class Style:
    """How one column of one file writes what can be read in two ways, as far as its other cells show."""

    numbers: str = ""
    dates: str = ""


def column_style(field: Field, cells: Iterable[Cell]) -> Style:
    """The style of a column: 1.234 is read by what stands beside it, 03/04/2020 too."""
    texts = [cell.text.strip() for cell in cells if cell.native == "text" and cell.text.strip()]
    if field.type in ("number", "integer"):
        return Style(numbers=number_style(texts))
    return Style(dates=date_style(texts)) if is_date(field) else Style()


def is_date(field: Field) -> bool:
    return field.type == "date" or field.kind == "partial-date"


def is_missing(text: str) -> bool:
    """True for a cell that says that there is nothing to say: empty, dashes, n.d., N/A, #N/D ..."""
    return not text or bool(DASHES.fullmatch(text)) or (len(text) <= 20 and normal(text) in MISSING)


def convert(field: Field, cell: Cell, style: Style) -> Read:
    """Read one cell as the column asks. Values that no rule changes are left to the checks of the table."""
    if cell.native == "error":
        missing = cell.text in ("#N/A", "#N/D", "#NA")
        return Read("", "read-missing") if missing else Read(cell.text, problem="cell-error")
    text, note, problem = clean(cell.text, field.kind == "text")
    if problem:
        return Read(text, problem=problem)
    if is_missing(text):
        return Read("", "read-missing" if text else note)
    read = reader(field)(field, Cell(text, cell.native), style)
    return read if read.note or read.problem else Read(read.value, note)


def reader(field: Field) -> Callable[[Field, Cell, Style], Read]:
    """The rule for a column: by type first, then by kind."""
    if field.type in ("number", "integer"):
        return as_number
    if field.type == "boolean":
        return as_boolean
    if is_date(field):
        return as_date
    constraints = field.descriptor.get("constraints", {})
    if "enum" in constraints:
        return as_enum
    if field.kind in ("cup", "language") or "\\|" in constraints.get("pattern", ""):
        return as_list
    if "pattern" in constraints and re.fullmatch(constraints["pattern"], "09:30"):
        return as_time
    return as_text


def as_number(field: Field, cell: Cell, style: Style) -> Read:
    # Accounting formats write "€ -" where there is no amount.
    if is_missing(CURRENCY.sub("", cell.text).strip()):
        return Read("", "read-missing")
    return Read(*read_number(field, cell, style.numbers))


def as_date(_field: Field, cell: Cell, style: Style) -> Read:
    return Read(*read_date(cell, style.dates))


def as_time(_field: Field, cell: Cell, _style: Style) -> Read:
    return Read(*read_time(cell))


def as_enum(field: Field, cell: Cell, _style: Style) -> Read:
    return Read(*read_enum(field, cell.text))


def as_list(field: Field, cell: Cell, _style: Style) -> Read:
    return Read(*read_list(field, cell.text))


def as_text(field: Field, cell: Cell, _style: Style) -> Read:
    """Codes and phones whose zeros a spreadsheet eats; any other text as it is."""
    return Read(*read_code(field, cell))


def as_boolean(_field: Field, cell: Cell, _style: Style) -> Read:
    said = normal(cell.text)
    if cell.text in ("true", "false"):
        return Read(cell.text)
    if said in TRUE or said in FALSE:
        return Read("true" if said in TRUE else "false", "read-boolean")
    return Read(cell.text)
