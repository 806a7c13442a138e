"""Workbooks that calamine reads, .xls and .xlsb -> sheets of cells, typed as the workbook types them."""

from __future__ import annotations

import io
import re
from functools import lru_cache
from typing import Any, Literal

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from etl.spreadsheets.read.cells import typed
from etl.spreadsheets.read.grid import Area, Rows, hidden_parts_told, put, sheet_of
from etl.spreadsheets.read.model import Book, Cell

ERRORS = ("#N/", "#REF!", "#RIF!", "#VAL", "#DIV", "#NAME", "#NOME", "Err:")
DURATION = re.compile(r"PT([0-9]+)H([0-9]+)M[0-9.,]+S")


def read_calamine(name: str, kind: Literal["xls", "xlsb"], data: bytes) -> Book:
    """Every sheet, hidden ones too."""
    sheets, hidden = [], []
    with CalamineWorkbook.from_object(io.BytesIO(data)) as workbook:
        for about in workbook.sheets_metadata:
            if about.typ == SheetTypeEnum.WorkSheet:
                sheet = workbook.get_sheet_by_name(about.name)
                sheets.append(sheet_of(about.name, rows_of(sheet), merged_areas(sheet)))
            if about.visible != SheetVisibleEnum.Visible:
                hidden.append(about.name)
    return Book(name, kind, sheets, hidden_parts_told(name, hidden))


def rows_of(sheet: CalamineSheet) -> Rows:
    """The rows that hold something, each up to its last cell."""
    rows = []
    for line, values in enumerate(sheet.iter_rows(), 1):
        cells: list[Cell] = []
        for column, value in enumerate(values, 1):
            if value != "":
                put(cells, column, read_value(value))
        if cells:
            rows.append((line, cells))
    return rows


def merged_areas(sheet: CalamineSheet) -> list[Area]:
    """Areas as a person counts, from 1."""
    return [(top + 1, left + 1, bottom + 1, right + 1)
            for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()]


@lru_cache(10_000, typed=True)
def read_value(value: Any) -> Cell:
    """A cell as calamine types it. An ODS has errors as texts; times of more than a day come as it writes them."""
    if isinstance(value, str):
        if value.startswith(ERRORS):
            return Cell(value, "error")
        if match := DURATION.fullmatch(value):
            return Cell(f"{int(match[1]):02}:{int(match[2]):02}", "time")
    return typed(value)
