"""What tests ask of a spreadsheet, written or read."""

from __future__ import annotations

import io
import zipfile

import openpyxl
from openpyxl import Workbook

from etl.spreadsheets.read.model import Book


def opened(data: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def colour_of(book: Workbook, sheet: str, cell: str) -> str:
    return str(book[sheet][cell].fill.start_color.rgb)[-6:]


def checks(book: Book) -> list[str]:
    return [item.check for item in book.findings]


def texts(book: Book) -> list[list[str]]:
    return [[cell.text for cell in cells] for _, cells in book.sheets[0].rows]


def archive(**files: bytes) -> bytes:
    """A zip file of parts; __ in a name stands for /."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(name.replace("__", "/"), data)
    return out.getvalue()
