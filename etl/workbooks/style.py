"""What our spreadsheets share: colours, and saving with the same bytes each time."""

from __future__ import annotations

import io
import re
import zipfile

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

AUTHOR = "Milano Abitare"
TOP = Alignment(vertical="top", wrap_text=True)
BOLD = Font(name="Calibri", bold=True)
FILLS = {"critical": "FFC7CE", "rejected": "FFD8B1", "warning": "FFEB9C", "note": "DDEBF7", "head": "D9E2EC",
         "required": "BBD6EE"}
"""Light enough for dark text: the contrast is above 10 everywhere."""
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
MOMENT = (2026, 1, 1, 0, 0, 0)


def fill(name: str) -> PatternFill:
    return PatternFill("solid", start_color=FILLS[name], end_color=FILLS[name])


def fit(sheet: Worksheet) -> None:
    """Print a sheet on landscape pages, as wide as one of them."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def safe(text: str) -> str:
    """A text that a workbook can hold."""
    return ILLEGAL.sub("\ufffd", text)[:32_000]


def saved(book: Workbook) -> bytes:
    """The bytes of a workbook, without the moment of saving: the same workbook gives the same bytes."""
    out = io.BytesIO()
    book.save(out)
    fixed = io.BytesIO()
    with zipfile.ZipFile(out) as made, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as again:
        for entry in made.infolist():
            data = made.read(entry)
            if entry.filename == "docProps/core.xml":
                data = re.sub(rb"(<dcterms:(created|modified)[^>]*>)[^<]*", rb"\g<1>2026-01-01T00:00:00Z", data)
            again.writestr(zipfile.ZipInfo(entry.filename, MOMENT), data, zipfile.ZIP_DEFLATED)
    return fixed.getvalue()
