"""Excel workbooks -> sheets of cells, typed as the workbook types them."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from etl.meta.messages import finding
from etl.meta.model import Finding, RowRef
from etl.spreadsheets.read.archive import members
from etl.spreadsheets.read.cells import Area, Rows, hidden_parts_told, refuse_vast, sheet_of, typed
from etl.spreadsheets.read.model import Book, Cell, Sheet

MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\b[^>]*\bref=["']([A-Z]+[0-9]+):([A-Z]+[0-9]+)["']""")


def read_xlsx(name: str, data: bytes) -> Book:
    """Every sheet of a workbook, hidden ones too. Formulas count with the result that Excel stored."""
    parts = members(data, "xl/worksheets/", ".xml")
    refuse_vast(area for part in parts for area in merged_areas(part))
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
    return Book(name, "xlsx", sheets, findings + hidden_parts_told(name, hidden))


def merged_areas(part: bytes) -> Iterator[Area]:
    """The merged areas of a sheet, by its XML: openpyxl would fill them, however vast, before it says so."""
    for first, last in MERGED.findall(part):
        left, top, right, bottom = range_boundaries(f"{first.decode()}:{last.decode()}")
        yield top, left, bottom, right


def read_sheet(sheet: Worksheet) -> Sheet:
    """The rows of one sheet that hold something; merged areas give their value to every cell."""
    rows: Rows = {}
    for cells in sheet.iter_rows():
        for cell in cells:
            if cell.value is not None:
                error = cell.data_type == "e"
                rows.setdefault(cell.row, {})[cell.column] = (
                    Cell(str(cell.value), "error") if error else typed(cell.value, cell.number_format))
    areas = [(area.min_row, area.min_col, area.max_row, area.max_col) for area in sheet.merged_cells.ranges]
    return sheet_of(sheet.title, rows, areas)


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
