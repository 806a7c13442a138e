"""What calamine leaves out of a sheet of .xls and .xlsb: number formats, errors, merged areas, what is hidden."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from openpyxl.styles.numbers import BUILTIN_FORMATS

from etl.spreadsheets.read.grid import LARGEST, Area, too_many

GENERAL = "General"
TEXTS = re.compile(r"[@\s]*")
ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
          0x2B: "#GETTING_DATA"}
"""Codes of errors in binary workbooks ([MS-XLS] 2.5.10)."""
Place = tuple[int, int]
"""Row and column as a person counts, from 1."""


@dataclass
class Looks:
    """Of one sheet. patterns: number formats that are no general one; errors: the names of errors."""

    title: str
    patterns: dict[Place, str] = field(default_factory=dict)
    errors: dict[Place, str] = field(default_factory=dict)
    areas: list[Area] = field(default_factory=list)
    flat_rows: list[int] = field(default_factory=list)
    flat_columns: list[tuple[int, int]] = field(default_factory=list)

    def shows(self, row: int, column: int, pattern: str) -> None:
        """A number of a format; row and column as the file counts, from 0."""
        if pattern != GENERAL and not TEXTS.fullmatch(pattern):
            self.patterns[row + 1, column + 1] = pattern
            if len(self.patterns) > LARGEST:
                raise too_many(self.title)

    def fails(self, row: int, column: int, code: int) -> None:
        """An error in place of a value."""
        self.errors[row + 1, column + 1] = ERRORS.get(code, f"#ERR{code}!")

    def merges(self, top: int, bottom: int, left: int, right: int) -> None:
        self.areas.append((top + 1, left + 1, bottom + 1, right + 1))


@dataclass
class Formats:
    """The number formats of a workbook. own: those that it defines, by number; styles: the format of each style."""

    own: dict[int, str] = field(default_factory=dict)
    styles: list[int] = field(default_factory=list)

    def of(self, style: int) -> str:
        """The format of a style as Excel writes it."""
        number = self.styles[style] if style < len(self.styles) else 0
        return self.own.get(number) or BUILTIN_FORMATS.get(number, GENERAL)
