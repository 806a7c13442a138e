"""What a file looks like before anything is understood: sheets of cells, with rows numbered as people see them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

from etl.meta.model import Finding

Native = Literal["text", "number", "date", "time", "boolean", "error"]
FIRST_ROWS = 40
"""Rows that may hold the headings: titles, notes and logos stand above them; nobody writes forty rows of them."""
INSTRUCTIONS, LISTS, SUMMARY = "Istruzioni", "Elenchi", "Da correggere"
"""Sheets that our own workbooks carry beside the data: they are never read as data."""


class Cell(NamedTuple):
    """One cell. text: what it holds; native: how the file itself types it, so that nothing certain is guessed again.

    A number is written with a point and no separators ("1514.5", "15146"), a date as 2020-02-28, a time as 09:30,
    a boolean as true or false; an error keeps its name (#N/A). Cells of a CSV are all text. shown: what the format of
    the cell makes of it in the eyes of people (see formats.py), "" when that is the same.
    """

    text: str
    native: Native = "text"
    shown: str = ""


class Read(NamedTuple):
    """What a cell says. value: our spelling ("" = missing), or the text as written when there is a problem.

    note: message of the assumption that was made, "" for none. problem: message of what cannot be read for certain.
    """

    value: str
    note: str = ""
    problem: str = ""

    @classmethod
    def changed(cls, value: str, written: str, note: str) -> Read:
        """A value with a note where it is not what was written."""
        return cls(value, "" if value == written else note)


@dataclass(frozen=True)
class Sheet:
    """The rows of one sheet that hold something: (row number as a spreadsheet shows it, cells from column A on).

    merged: cells that were filled with the value of the merged area that they belong to, as (row number, column
    position). cut: only the first rows were read, because nobody asked for the others.
    """

    title: str
    rows: list[tuple[int, list[Cell]]]
    merged: frozenset[tuple[int, int]] = frozenset()
    cut: bool = False

    @cached_property
    def texts(self) -> list[dict[int, str]]:
        """What the first rows say: position (0 for column A) -> text, of the cells that hold one."""
        return [{position: cell.text for position, cell in enumerate(cells) if cell.text.strip()}
                for _, cells in self.rows[:FIRST_ROWS]]

    @cached_property
    def depths(self) -> dict[int, int]:
        """Position of a column -> the last of the rows in which it holds something, as a place in `rows`."""
        return {position: place for place, (_, cells) in enumerate(self.rows)
                for position, cell in enumerate(cells) if cell.text.strip()}

    @property
    def empty_rows(self) -> int:
        """How many rows between the first and the last hold nothing."""
        return self.rows[-1][0] - self.rows[0][0] + 1 - len(self.rows) if self.rows else 0


@dataclass(frozen=True)
class Book:
    """A file that was read. With a critical finding there are no sheets: it cannot be read without guessing.

    kind: strict is an XLSX that openpyxl cannot open. data: the bytes of the file, for the copy that explains it.
    """

    name: str
    kind: Literal["csv", "xlsx", "strict", "ods", "xls", "xlsb", "unknown"]
    sheets: list[Sheet] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    data: bytes = b""
