"""The records of an .xlsb ([MS-XLSB]) -> what calamine leaves out of its sheets."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from zipfile import ZipFile

from etl.spreadsheets.read.archive import part
from etl.spreadsheets.read.looks import Formats, Looks
from etl.spreadsheets.read.xlsx import links_of

BOOK, LINKS = "xl/workbook.bin", "xl/_rels/workbook.bin.rels"
SHEET, FORMAT, STYLE, STYLES, STYLES_END = 156, 44, 47, 617, 618
ROW, COLUMNS, MERGED = 0, 60, 176
NUMBERS, ERRORS = (2, 5, 9), (3, 11)
"""Cells that hold a number, and an error; the last of each is the result of a formula."""
HIDDEN_ROW, HIDDEN_COLUMN = 0x10, 0x01


def looks_of_xlsb(archive: ZipFile) -> list[Looks]:
    """Of every sheet, charts too, in the order of the workbook."""
    links = links_of(archive, LINKS)
    styles = next((target for kind, target in links.values() if kind == "styles"), "")
    formats = formats_of(archive, styles) if styles in archive.namelist() else Formats()
    found = []
    for kind, body in records(content(archive, BOOK)):
        if kind == SHEET:
            link, rest = text(body[8:])
            part_kind, name = links[link]
            cells = content(archive, name) if part_kind == "worksheet" else b""
            found.append(looks_of_sheet(Looks(text(rest)[0]), formats, cells))
    return found


def formats_of(archive: ZipFile, name: str) -> Formats:
    """The number formats of the styles of cells."""
    formats, of_cells = Formats(), False
    for kind, body in records(content(archive, name)):
        if kind == FORMAT:
            formats.own[struct.unpack_from("<H", body)[0]] = text(body[2:])[0]
        elif kind in (STYLES, STYLES_END):
            of_cells = kind == STYLES
        elif kind == STYLE and of_cells:
            formats.styles.append(struct.unpack_from("<H", body, 2)[0])
    return formats


def looks_of_sheet(looks: Looks, formats: Formats, data: bytes) -> Looks:
    """What the records of one sheet say."""
    row = 0
    for kind, body in records(data):
        if kind == ROW:
            (row,) = struct.unpack_from("<I", body)
            if body[11] & HIDDEN_ROW:
                looks.flat_rows.append(row + 1)
        elif kind in NUMBERS or kind in ERRORS:
            column, style = struct.unpack_from("<2I", body)
            if kind in NUMBERS:
                looks.shows(row, column, formats.of(style & 0xFFFFFF))
            else:
                looks.fails(row, column, body[8])
        elif kind == COLUMNS:
            first, last, width, _, flags = struct.unpack_from("<4IH", body)
            if flags & HIDDEN_COLUMN or not width:
                looks.flat_columns.append((first + 1, last + 1))
        elif kind == MERGED:
            looks.merges(*struct.unpack_from("<4I", body))
    return looks


def content(archive: ZipFile, name: str) -> bytes:
    with part(archive, name) as stream:
        return stream.read()


def records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """(kind, content) of what follows each other in a part; both numbers before it take seven bits of each byte."""
    at = 0
    while at < len(data):
        numbers = []
        for _ in range(2):
            number = shift = 0
            while True:
                number |= (data[at] & 127) << shift
                at, shift = at + 1, shift + 7
                if data[at - 1] < 128:
                    break
            numbers.append(number)
        kind, size = numbers
        yield kind, data[at : at + size]
        at += size


def text(data: bytes) -> tuple[str, bytes]:
    """A text with its length before it, and what follows."""
    end = 4 + 2 * struct.unpack_from("<I", data)[0]
    return data[4:end].decode("utf-16-le"), data[end:]
