"""Workbooks that calamine reads, .xls and .xlsb -> sheets of cells, typed as the workbook types them."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Literal

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from etl.spreadsheets.read.cells import typed
from etl.spreadsheets.read.grid import Gathered, hidden_parts_told, put
from etl.spreadsheets.read.looks import Looks
from etl.spreadsheets.read.model import Book, Cell

ERRORS = ("#N/", "#REF!", "#RIF!", "#VAL", "#DIV", "#NAME", "#NOME", "Err:")
DURATION = re.compile(r"PT([0-9]+)H([0-9]+)M[0-9.,]+S")


def read_calamine(name: str, kind: Literal["xls", "xlsb"], data: bytes, looks: Sequence[Looks]) -> Book:
    """Every sheet, hidden ones too. looks: what calamine leaves out, of each sheet in their order."""
    sheets, hidden = [], []
    with CalamineWorkbook.from_object(io.BytesIO(data)) as workbook:
        for about, look in zip(workbook.sheets_metadata, looks, strict=True):
            if about.visible != SheetVisibleEnum.Visible:
                hidden.append(about.name)
            if about.typ == SheetTypeEnum.WorkSheet:
                table = table_of(workbook.get_sheet_by_name(about.name), look)
                sheets.append(table.sheet())
                hidden += table.hidden()
    return Book(name, kind, sheets, hidden_parts_told(name, hidden))


def table_of(sheet: CalamineSheet, looks: Looks) -> Gathered:
    """The rows that hold something, each up to its last cell; an error stands where calamine has an empty cell."""
    rows: dict[int, list[Cell]] = {}
    for line, values in enumerate(sheet.iter_rows(), 1):
        cells: list[Cell] = []
        for column, value in enumerate(values, 1):
            if value != "":
                put(cells, column, read_value(value, looks.patterns.get((line, column), "")))
        if cells:
            rows[line] = cells
    for (line, column), error in looks.errors.items():
        put(rows.setdefault(line, []), column, Cell(error, "error"))
    flat_rows = [line for line in looks.flat_rows if line in rows]
    return Gathered(sheet.name, rows=sorted(rows.items()), areas=looks.areas, flat_rows=flat_rows,
                    flat_columns=looks.flat_columns)


@lru_cache(10_000, typed=True)
def read_value(value: Any, pattern: str = "") -> Cell:
    """A cell as calamine types it, with its number format; times of more than a day come as an ODS writes them."""
    if isinstance(value, str):
        if value.startswith(ERRORS):
            return Cell(value, "error")
        if match := DURATION.fullmatch(value):
            return Cell(f"{int(match[1]):02}:{int(match[2]):02}", "time")
    return typed(value, pattern)
