"""The XML of one sheet of an Excel workbook -> its rows, what is merged and hidden, and formulas without a result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from openpyxl.utils import column_index_from_string, get_column_letter, range_boundaries
from openpyxl.utils.datetime import from_excel, from_ISO8601

from etl.spreadsheets.read.cells import typed
from etl.spreadsheets.read.grid import Gathered
from etl.spreadsheets.read.model import Cell

COLUMNS = 16_384


class Strings(Protocol):
    def __getitem__(self, number: int, /) -> Cell: ...


@dataclass(frozen=True)
class Format:
    """How the cells of a style show numbers. pattern: as Excel writes it."""

    pattern: str = "General"
    date: bool = False
    duration: bool = False


def is_on(attributes: Mapping[str, str], name: str) -> bool:
    return attributes.get(name) in ("1", "true")


def is_flat(attributes: Mapping[str, str], size: str, custom: str) -> bool:
    """True for a row or column that is hidden, or that somebody made so low or narrow that nobody sees it."""
    measure = attributes.get(size) or ("0" if is_on(attributes, custom) else "1")
    return is_on(attributes, "hidden") or float(measure) == 0


@dataclass
class Worksheet:
    """The XML of a sheet as it goes by; start, end and text are called with its parts.

    strings: the shared ones, by number; formats: of each style; unsure: (column, row) -> formula, where no result was
    stored; said: the texts of the open cell, by the names of their elements.
    """

    table: Gathered
    strings: Strings
    formats: Sequence[Format]
    epoch: datetime
    unsure: dict[tuple[str, int], str] = field(default_factory=dict)
    flat: bool = False
    kind: str = ""
    style: int = 0
    part: str = ""
    aloud: bool = False  # inside of how a text is pronounced, which is no part of it
    said: dict[str, str] = field(default_factory=dict)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            letters = attributes.get("r", "").rstrip("0123456789")
            column = column_index_from_string(letters) if letters else self.table.column + 1
            if not self.table.column < column <= COLUMNS:
                raise ValueError(f"column {column} after {self.table.column}")
            self.table.column = column
            self.kind, self.style, self.said = attributes.get("t", "n"), int(attributes.get("s", "0")), {}
        elif name in ("v", "f", "t") and not self.aloud:
            self.part = name
            self.said.setdefault(name, "")
        elif name == "rPh":
            self.aloud = True
        elif name == "row":
            self.table.begin(int(attributes.get("r", self.table.line + 1)))
            self.flat = is_flat(attributes, "ht", "customHeight")
        elif name == "col" and is_flat(attributes, "width", "customWidth"):
            self.table.flat_columns.append((int(attributes["min"]), int(attributes["max"])))
        elif name == "mergeCell":
            left, top, right, bottom = range_boundaries(attributes["ref"])
            self.table.areas.append((top, left, bottom, right))

    def text(self, characters: str) -> None:
        if self.part:
            self.said[self.part] += characters

    def end(self, name: str) -> None:
        if name == self.part:
            self.part = ""
        elif name == "rPh":
            self.aloud = False
        if name == "c" and self.said:
            self.keep()
        elif name == "row":
            self.table.finish(flat=self.flat)

    def keep(self) -> None:
        """Take the cell that ends here, if it holds something."""
        cell = self.read(self.said.get("t" if self.kind == "inlineStr" else "v", ""))
        if cell is not None:
            self.table.column -= 1
            self.table.add(cell)
        elif "f" in self.said:
            self.unsure[get_column_letter(self.table.column), self.table.line] = f"={self.said['f']}"

    def read(self, text: str) -> Cell | None:
        """The cell by its own type; None when it is empty."""
        if not text:
            return None
        if self.kind == "s":
            return self.strings[int(text)]
        if self.kind == "e":
            return Cell(text, "error")
        if self.kind == "b":
            return typed(text in ("1", "true"))
        if self.kind == "d":
            return typed(from_ISO8601(text))
        return self.number(text) if self.kind == "n" else Cell(text)

    def number(self, text: str) -> Cell:
        """A number, or the date or time that its format makes of it."""
        shown = self.formats[self.style] if self.style < len(self.formats) else Format()
        value = float(text) if any(sign in text for sign in ".eE") else int(text)
        if not shown.date:
            return typed(value, shown.pattern)
        try:
            return typed(from_excel(value, self.epoch, timedelta=shown.duration), shown.pattern)
        except (OverflowError, ValueError):
            return Cell("#VALUE!", "error")
