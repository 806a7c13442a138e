"""Excel workbooks -> sheets of cells, typed as the workbook types them."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from etl.meta.messages import finding
from etl.meta.model import Finding, RowRef
from etl.spreadsheets.read.model import Book, Cell, Sheet

MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\b[^>]*\bref=["']([A-Z]+[0-9]+):([A-Z]+[0-9]+)["']""")
LARGEST = 200_000  # merged cells of a workbook; people merge dozens
ZEROS = re.compile(r"0{2,}")  # a number format such as 00000: the zeros are part of what people see


def read_xlsx(name: str, data: bytes) -> Book:
    """Every sheet of a workbook, hidden ones too. Formulas count with the result that Excel stored."""
    parts = sheet_parts(data)
    refuse_vast_areas(parts)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of charts, styles and extensions, which we do not read
        values = load_workbook(io.BytesIO(data), data_only=True)
        # Without formulas there is no need to look for those that have no result.
        formulas = load_workbook(io.BytesIO(data)) if any(b"<f" in part for part in parts) else None
    findings: list[Finding] = []
    sheets = []
    hidden = [sheet.title for sheet in values.worksheets if sheet.sheet_state != "visible"]
    for sheet in values.worksheets:
        sheets.append(read_sheet(sheet))
        if formulas is not None:
            findings += without_value(name, sheet, formulas[sheet.title])
        hidden += hidden_parts(sheet)
    if hidden:
        refs = [RowRef(None, "", text) for text in hidden]
        findings.append(finding("hidden-rows", "", "", refs, "warning", file=name, found=", ".join(hidden[:5])))
    return Book(name, "xlsx", sheets, findings)


def sheet_parts(data: bytes) -> list[bytes]:
    """The XML of each sheet."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [archive.read(name) for name in archive.namelist()
                if name.startswith("xl/worksheets/") and name.endswith(".xml")]


def refuse_vast_areas(parts: list[bytes]) -> None:
    """Raise ValueError for merged areas so vast that filling them would take all the memory."""
    total = 0
    for part in parts:
        for first, last in MERGED.findall(part):
            left, top, right, bottom = range_boundaries(f"{first.decode()}:{last.decode()}")
            total += (right - left + 1) * (bottom - top + 1)
    if total > LARGEST:
        raise ValueError(f"merged cells: {total}, at most {LARGEST}")


def read_sheet(sheet: Worksheet) -> Sheet:
    """The rows of one sheet that hold something; merged areas give their value to every cell."""
    top = {}
    for area in sheet.merged_cells.ranges:
        for row in range(area.min_row, area.max_row + 1):
            for column in range(area.min_col, area.max_col + 1):
                top[row, column] = (area.min_row, area.min_col)
    rows: dict[int, dict[int, Cell]] = {}
    merged = set()
    for cells in sheet.iter_rows():
        for cell in cells:
            if cell.value is not None:
                rows.setdefault(cell.row, {})[cell.column] = read_cell(cell)
    for (row, column), place in top.items():
        value = rows.get(place[0], {}).get(place[1])
        if value is not None and (row, column) != place:
            rows.setdefault(row, {})[column] = value
            merged.add((row, column - 1))
    filled = [(number, in_line(cells)) for number, cells in sorted(rows.items())
              if any(cell.text.strip() for cell in cells.values())]
    empty = filled[-1][0] - filled[0][0] + 1 - len(filled) if filled else 0
    return Sheet(sheet.title, filled, empty, frozenset(merged))


def in_line(cells: dict[int, Cell]) -> list[Cell]:
    """Cells by column number -> cells from column A on."""
    return [cells.get(column, Cell("")) for column in range(1, max(cells) + 1)]


def read_cell(cell: Any) -> Cell:
    """A cell as its text and the type that Excel gives it."""
    value = cell.value
    if cell.data_type == "e":
        return Cell(str(value), "error")
    if isinstance(value, bool):
        return Cell("true" if value else "false", "boolean")
    if isinstance(value, int | float):
        return Cell(number_text(value, cell.number_format), "number")
    if isinstance(value, datetime):
        return Cell(value.date().isoformat() if value.time() == time() else f"{value:%Y-%m-%d %H:%M}", "date")
    if isinstance(value, date):
        return Cell(value.isoformat(), "date")
    if isinstance(value, time):
        return Cell(f"{value:%H:%M}", "time")
    if isinstance(value, timedelta):
        minutes = int(value.total_seconds() // 60)
        return Cell(f"{minutes // 60:02}:{minutes % 60:02}", "time")
    return Cell(str(value))


def number_text(value: float, pattern: str) -> str:
    """A number as Excel shows it: fifteen digits, no exponent, the zeros of its format."""
    if float(value).is_integer() and abs(value) < 1e15:
        text = str(int(value))
        return text.zfill(len(pattern)) if ZEROS.fullmatch(pattern) else text
    text = format(value, ".15g")
    return format(float(text), "f").rstrip("0").rstrip(".") if "e" in text else text


def without_value(name: str, values: Worksheet, formulas: Worksheet) -> Iterator[Finding]:
    """Formulas for which no result was stored: a program wrote them and nobody opened the file since."""
    refs = [
        RowRef(cell.row, "", str(cell.value)[:100], cell.coordinate)
        for cells in formulas.iter_rows() for cell in cells
        if cell.data_type == "f" and values[cell.coordinate].value is None
    ]
    if refs:
        yield finding("formula-without-value", "", "", refs, file=name)


def hidden_parts(sheet: Worksheet) -> list[str]:
    """Names of hidden rows and columns that lie inside the table."""
    rows = [f"{sheet.title}!{number}" for number, row in sheet.row_dimensions.items()
            if row.hidden and number <= sheet.max_row]
    columns = [f"{sheet.title}!{letter}" for letter, column in sheet.column_dimensions.items() if column.hidden]
    return rows + columns
