"""The worst files that people and machines make: small to send, vast to open. Each is made by code."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterator, Sequence

import openpyxl
from openpyxl.utils import get_column_letter

from support.messy import COLUMNS, NAMES, ROWS

HEADINGS = [title for title, _ in COLUMNS.values()]
SPACES = "urn:oasis:names:tc:opendocument:xmlns"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def lines(count: int) -> Iterator[list[str]]:
    """Rows of the table of the tests, each with a code of its own."""
    for number in range(count):
        yield [f"prova-{number}", f"Sportello {number}", *ROWS[number % len(ROWS)][2:]]


def xlsx(sheet: str, **parts: bytes) -> bytes:
    """A workbook with this XML for rows, and other parts in place of those that openpyxl writes."""
    book = openpyxl.Workbook()
    before, out = io.BytesIO(), io.BytesIO()
    book.save(before)
    with zipfile.ZipFile(before) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                data = f'<worksheet xmlns="{MAIN}"><sheetData>{sheet}</sheetData></worksheet>'.encode()
            new.writestr(name, parts.get(name, data))
    return out.getvalue()


def row(number: int, cells: Sequence[str]) -> str:
    return f'<row r="{number}">' + "".join(
        f'<c r="{get_column_letter(column)}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
        for column, text in enumerate(cells, 1)) + "</row>"


def table(count: int, headings: Sequence[str] = HEADINGS) -> str:
    return row(1, headings) + "".join(row(number, cells) for number, cells in enumerate(lines(count), 2))


def ods(rows: Sequence[Sequence[str]], more: str = "") -> bytes:
    body = "".join("<table:table-row>" + "".join(
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>' for text in cells)
        + "</table:table-row>" for cells in rows)
    names = " ".join(f'xmlns:{short}="{SPACES}:{short}:1.0"' for short in ("office", "table", "text"))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("content.xml", f"<office:document-content {names}><office:body><office:spreadsheet>"
                         f'<table:table table:name="Prove">{body}{more}</table:table>'
                         "</office:spreadsheet></office:body></office:document-content>")
    return out.getvalue()


def repeated(cells: str) -> str:
    return f'<table:table-row table:number-rows-repeated="1048573">{cells}</table:table-row>'


def many_parts() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(20_000):
            archive.writestr(f"xl/{number}", b"")
    return out.getvalue()


def text(count: int) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows([HEADINGS, *lines(count)])
    return out.getvalue().encode()


FAR = table(2) + '<row r="1048576"><c r="XFD1048576"{}</row>'
LETTER = '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'
OTHER = [f"Altro {number}" for number in range(len(NAMES))]
WORST: dict[str, tuple[Callable[[], bytes], str]] = {
    "far-value.xlsx": (lambda: xlsx(FAR.format(' t="inlineStr"><is><t>x</t></is></c>')), ""),
    "far-format.xlsx": (lambda: xlsx(FAR.format(' s="0"/>')), ""),
    "filled-to-the-end.ods": (lambda: ods([HEADINGS, *lines(2)], repeated(LETTER)), "too-many-cells"),
    "long-table.ods": (lambda: ods([HEADINGS, *lines(40_000)]), "too-many-cells"),
    "formatted-to-the-end.ods": (lambda: ods([HEADINGS, *lines(2)], repeated("<table:table-cell/>")), ""),
    "long-without-table.xlsx": (lambda: xlsx(table(40_000, OTHER)), "no-table"),
    "long-table.xlsx": (lambda: xlsx(table(40_000)), "too-many-cells"),
    "million-rows.xlsx": (lambda: xlsx(table(2) + "".join(f'<row r="{n}"/>' for n in range(4, 1_048_577))), ""),
    "wide.xlsx": (lambda: xlsx(table(2) + "".join(
        f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(4, 2_000))), "too-many-cells"),
    "one-row.xlsx": (lambda: xlsx(table(2) + '<row r="4">' + "<c><v>1</v></c>" * 1_000_000 + "</row>"), "file-broken"),
    "blanks.xlsx": (lambda: xlsx(table(50) + " " * 70_000_000), "file-too-big"),
    "parts.xlsx": (many_parts, "file-too-big"),
    "large.csv": (lambda: b"a;b;c\n" * 2_600_000, "file-too-big"),
    "empty-rows.csv": (lambda: text(2) + b";;;;;;;;;;\n" * 900_000 + b"x\n", ""),
    "open-quote.csv": (lambda: text(2) + b'"' + "è\n".encode() * 4_000_000, "quotes-open"),
}
"""File -> (what makes it, the check that refuses it, "" for a file that is read)."""
WHOLE: dict[str, tuple[Callable[[], bytes], str]] = {
    "whole.xlsx": (lambda: xlsx(table(24_000)), ""),
    "whole.ods": (lambda: ods([HEADINGS, *lines(24_000)]), ""),
    "whole-windows.csv": (lambda: text(24_000).decode().replace("Sportello", "Città").encode("cp1252"), ""),
}
"""Almost as many cells as are read."""
