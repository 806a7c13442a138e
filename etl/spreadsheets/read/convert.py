"""One cell of a person's file -> our spelling, when it is certain; else the text as written and what is wrong.

Everything that is not simply copied is told: a `note` says what was assumed, a `problem` why nothing was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from etl.domain.sheet_errors import sheet_error
from etl.meta.model import Field
from etl.meta.words import normal
from etl.spreadsheets.read.clock import read_time
from etl.spreadsheets.read.letters import clean
from etl.spreadsheets.read.lists import code_style, read_code, read_enum, read_list
from etl.spreadsheets.read.model import Cell, Read
from etl.spreadsheets.read.numbers import CURRENCY, number_style, read_number
from etl.spreadsheets.read.telephones import read_phones
from etl.spreadsheets.read.times import date_style, read_date, read_moment
from etl.spreadsheets.read.wording import QUOTES, is_free, is_missing, may_hold, mistyped, read_word, text_style

TRUE = frozenset({"si", "s", "yes", "y", "vero", "true"})
FALSE = frozenset({"no", "n", "falso", "false"})
APOSTROPHE = re.compile("^['‘’´`]+(?=[0-9+(])")  # by which a spreadsheet is told that digits are a text


def column_style(field: Field, cells: Iterable[Cell]) -> str:
    """How a column of a file writes numbers, dates or codes, as far as it shows: a cell is read by those beside it."""
    filled = [Cell(cell.text.strip(), cell.native) for cell in cells if cell.text.strip()]
    texts = [cell.text for cell in filled if cell.native == "text"]
    if field.type in ("number", "integer"):
        return number_style(texts)
    if is_date(field):
        return date_style(filled)
    return text_style(texts) if is_free(field) else code_style(field, [cell.text for cell in filled])


def is_date(field: Field) -> bool:
    return field.type == "date" or field.kind == "partial-date"


def convert(field: Field, cell: Cell, style: str = "") -> Read:
    """Read one cell as the column asks; style: see column_style. What no rule changes is left to the checks.

    A column that says itself what is missing (`missingValues`) has values such as "none".
    """
    if error := "" if cell.native == "number" else sheet_error(cell.text):
        return Read("", "read-missing") if error == "missing" else Read(cell.text, problem="cell-error")
    if cell.native == "error":
        return Read(cell.text, problem="cell-error")
    text, note, problem = clean(cell.text, field.kind == "text")
    if problem:
        return Read(text, problem=problem)
    if not is_free(field) and (bare := APOSTROPHE.sub("", text)) != text:
        text, note = bare, note or "read-apostrophe"
    if not text:
        return Read("", note)
    read = read_known(field, Cell(text, cell.native, cell.shown), style)
    return read if read.note or read.problem else Read(read.value, note)


def read_known(field: Field, cell: Cell, style: str) -> Read:
    """Read a cell that holds something: a value of a closed list, a word for what is missing, or what its rule says."""
    if "enum" in field.descriptor.get("constraints", {}):
        read = read_enum(field, cell)
        return read if not read.problem or not is_missing(cell.text) else Read("", "read-missing")
    if not is_date(field) and field.kind != "moment" and (problem := mistyped(field, cell)):
        return Read(cell.text, problem=problem)
    if "missingValues" in field.descriptor:
        return read_as(field, cell, style)
    asked = read_word(cell, style) if is_free(field) and may_hold(field, cell.text.strip(QUOTES)) else None
    if asked is None and is_missing(cell.text):
        return Read("", "read-missing")
    return asked or read_as(field, cell, style)


def read_as(field: Field, cell: Cell, style: str) -> Read:
    """Read a cell by the rule for its column: by type first, then by kind."""
    constraints = field.descriptor.get("constraints", {})
    if field.type in ("number", "integer"):
        # Accounting formats write "€ -" where there is no amount.
        missing = is_missing(CURRENCY.sub("", cell.text).strip())
        return Read("", "read-missing") if missing else read_number(field, cell, style)
    if field.type == "boolean":
        return as_boolean(cell)
    if is_date(field):
        return read_date(cell, style, field.type == "date")
    if field.kind == "moment":
        return read_moment(cell)
    if field.kind in ("cup", "language") or "\\|" in constraints.get("pattern", ""):
        return read_list(field, cell.text)
    if field.type == "time":
        return read_time(cell)
    return read_phones(cell) if field.kind == "phone" else read_code(field, cell, style)


def as_boolean(cell: Cell) -> Read:
    """A yes or a no in words."""
    said = normal(cell.text)
    if cell.text in ("true", "false") or said not in TRUE | FALSE:
        return Read(cell.text)
    return Read("true" if said in TRUE else "false", "read-boolean")
