"""A table of .xls, .xlsb and .xlsx holds the same cells, looks and all: 40 % is a question in each of them."""

from __future__ import annotations

import io
import zipfile

import openpyxl
from support.properties import given, settings, st
from support.xls import xls
from support.xlsb import Rows, xlsb

from etl.spreadsheets.read.biff import looks_of_xls
from etl.spreadsheets.read.calamine import read_calamine
from etl.spreadsheets.read.sheets import read_book
from etl.spreadsheets.read.xlsb import looks_of_xlsb

PATTERNS = ["", "0%", "0.00%", "0.00", "0", "#,##0.00", "[$$-409]#,##0.00", '#,##0.00 "€"', '#,##0.00\\ "CHF"', "00000",
            '0.0,,"mln"', "0.00E+00", "#,##0.00 [$€-410]"]
NUMBERS = st.integers(-10**9, 10**9).map(lambda cents: cents / 100) | st.integers(0, 99_999).map(float)
CELLS = st.tuples(NUMBERS, st.sampled_from(PATTERNS)) | st.tuples(st.sampled_from(["perché", "Città 1"]), st.just(""))
GRIDS = st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=6)


def xlsx(rows: Rows, patterns: list[list[str]], hidden: list[int]) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    sheet = book.active
    sheet.title = "Foglio1"
    for line, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(line, column, value)
            cell.number_format = patterns[line - 1][column - 1] or "General"
    for line in hidden:
        sheet.row_dimensions[line + 1].hidden = True
    book.save(out)
    return out.getvalue()


@settings(max_examples=40)
@given(GRIDS, st.sets(st.integers(0, 5)), st.sampled_from([0, 4096, 70_000]))
def test_binary_workbooks_look_as_the_others(
    grid: list[list[tuple[str | float, str]]], hidden: set[int], pad: int
) -> None:
    rows, patterns = [[value for value, _ in row] for row in grid], [[pattern for _, pattern in row] for row in grid]
    flat = sorted(line for line in hidden if line < len(rows))
    expected = read_book("x.xlsx", xlsx(rows, patterns, flat))
    old, new = xls(rows, patterns, hidden=flat, pad=pad), xlsb(rows, patterns, hidden=flat)
    with zipfile.ZipFile(io.BytesIO(new)) as archive:
        looks = looks_of_xlsb(archive)
    for book in (read_calamine("x.xlsx", "xls", old, looks_of_xls(old)), read_calamine("x.xlsx", "xlsb", new, looks)):
        assert book.sheets == expected.sheets
        assert book.findings == expected.findings
