"""LibreOffice spreadsheets -> sheets of cells, read by calamine. A pass before it sees to what it would lose."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from etl.spreadsheets.read.archive import RefusedFileError, members
from etl.spreadsheets.read.calamine import read_calamine
from etl.spreadsheets.read.cells import Area
from etl.spreadsheets.read.model import Book

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TYPE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}value-type"
LARGEST = 2_000_000  # filled cells of a sheet; a row repeated to the end of the sheet is a slip of the mouse
ROOM = 16_000_000  # cells up to the last filled one: calamine makes room for all of them
TIDY = (
    (rb' office:string-value="[^"]*"', b""),  # an error is an empty value with a text beside it; the text counts
    (rb"(<table:table-cell\b(?:(?!value-type)[^>/])*)(>\s*<text:p)", rb'\1 office:value-type="string"\2'),
    (rb">\s+(?=</?(?:table|office|text:p))", b">"),  # blanks between cells are taken for a fault
    (rb"<text:tab\b[^>]*/>", b"&#9;"), (rb"<text:line-break\b[^>]*/>", b"&#10;"),
)
MIMETYPE = b"application/vnd.oasis.opendocument.spreadsheet"


def read_ods(name: str, data: bytes) -> Book:
    """Every sheet of an ODS. The archive was unpacked within the limits before, and holds no entities."""
    if any(b"encryption-data" in part for part in members(data, "META-INF/manifest", ".xml")):
        raise RefusedFileError("file-locked")
    (content,) = members(data, "content", ".xml")
    for pattern, text in TIDY:
        content = re.sub(pattern, text, content)
    root = ElementTree.fromstring(content)  # noqa: S314 - no entities: see archive.parts
    areas = {table.get(f"{TABLE}name", ""): list(merged_areas(table)) for table in root.iter(f"{TABLE}table")}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for part, body in (("mimetype", MIMETYPE), ("META-INF/manifest.xml", b"<a/>"), ("content.xml", content)):
            archive.writestr(part, body)
    return read_calamine(name, "ods", out.getvalue(), areas)


def merged_areas(table: ElementTree.Element) -> Iterator[Area]:
    """What is merged in a sheet; ValueError for one that holds, or makes room for, more cells than people fill."""
    line, filled = 1, 0
    for row in table.iter(f"{TABLE}table-row"):
        column, lines = 1, number(row, "number-rows-repeated")
        for cell in row:
            columns = number(cell, "number-columns-repeated")
            if cell.get(TYPE):
                filled += lines * columns
                if filled > LARGEST or (line + lines) * (column + columns) > ROOM:
                    raise ValueError(f"more than {LARGEST} cells")
                down, across = number(cell, "number-rows-spanned"), number(cell, "number-columns-spanned")
                if down * across > 1:
                    for top in range(line, line + lines):
                        yield top, column, top + down - 1, column + across - 1
            column += columns
        line += lines


def number(item: ElementTree.Element, name: str) -> int:
    return int(item.get(f"{TABLE}{name}", "1"))
