"""What our spreadsheets share: colours, text that stays text, and saving with the same bytes each time."""

from __future__ import annotations

import io
import re
import tomllib
import zipfile
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

AUTHOR = "Abitare"
TOP = Alignment(vertical="top", wrap_text=True)
BOLD, WHITE, TITLE = (
    Font(name="Calibri", size=size, bold=True, color=color)
    for size, color in ((11, None), (11, "FFFFFFFF"), (14, None))
)
DARK = "FF1A1A1A"
FILLS = {"critical": "FFC7CE", "rejected": "FFD8B1", "warning": "FFEB9C", "note": "DDEBF7", "head": "E3E9F0",
         "required": "17324D", "example": "F2F2F2"}
"""Dark text on all of them has a contrast above 10, except on `required`, which carries white text (12.9)."""
WORDS = tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))
"""What spreadsheets and pages say, by who says it."""
IN_WORDS = WORDS["severity"]
SEVERITIES = ("critical", "rejected", "warning", "note")
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
FORMULA = ("=", "+", "-", "@")
LONGEST = 32_000  # characters of a cell; Excel holds 32,767
MOMENT = datetime(2026, 1, 1)  # noqa: DTZ001 - zip archives and Excel know no time zones


def fill(name: str) -> PatternFill:
    return PatternFill("solid", start_color=FILLS[name], end_color=FILLS[name])


def printable(text: str) -> str:
    """A text without the characters that neither XML nor HTML may hold; � shows where they were."""
    return UNPRINTABLE.sub("\ufffd", text)


def write(cell: Cell, text: str) -> Cell:
    """Write a text as a text, whatever it begins with: no cell of ours is a formula."""
    cell.value = printable(text)[:LONGEST] or None
    if text:
        cell.data_type = "s"
    cell.quotePrefix = text.startswith(FORMULA)
    return cell


def new_book() -> Workbook:
    """An empty workbook of ours, without sheets and without the moment of its making."""
    book = Workbook()
    book.remove(book.active)
    book.properties.creator, book.properties.created = AUTHOR, MOMENT
    return book


def fit(sheet: Worksheet) -> None:
    """Print a sheet across the page, as wide as it."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr = 0, PageSetupProperties(fitToPage=True)


def open_at(book: Workbook, position: int) -> None:
    """The sheet that shows first; without this several sheets are selected, and typing goes into all of them."""
    book.active = position
    for number, sheet in enumerate(book.worksheets):
        sheet.sheet_view.tabSelected = number == position


def saved(book: Workbook) -> bytes:
    """The bytes of a workbook, without the moment of saving: the same workbook gives the same bytes."""
    out, fixed = io.BytesIO(), io.BytesIO()
    book.save(out)
    stamp = MOMENT.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with zipfile.ZipFile(out) as made, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as again:
        for entry in made.infolist():
            data = made.read(entry)
            if entry.filename == "docProps/core.xml":
                data = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp, data)
            again.writestr(zipfile.ZipInfo(entry.filename, MOMENT.timetuple()[:6]), data, zipfile.ZIP_DEFLATED)
    return fixed.getvalue()
