"""An .xlsb, as far as readers ask: only Excel writes such files, so the tests make theirs by hand."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Sequence

CONTENT = "application/vnd.ms-excel"
PARTS = {
    "[Content_Types].xml":
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.bin" ContentType="{CONTENT}.sheet.binary.macroEnabled.main"/>'
        f'<Override PartName="/xl/worksheets/sheet1.bin" ContentType="{CONTENT}.worksheet"/></Types>',
    "xl/_rels/workbook.bin.rels":
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
        'Target="worksheets/sheet1.bin"/></Relationships>',
}
ERROR = 0x17  # #REF!


def xlsb(rows: Sequence[Sequence[str | float | bool | Exception | None]], merged: tuple[int, ...] = ()) -> bytes:
    """One sheet. An exception stands for a cell with an error; merged: first and last row, first and last column."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in PARTS.items():
            archive.writestr(name, text)
        sheet = record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("Foglio1"))
        archive.writestr("xl/workbook.bin", record(131) + record(143) + sheet + record(144) + record(132))
        archive.writestr("xl/worksheets/sheet1.bin", sheet_part(rows, merged))
    return out.getvalue()


def sheet_part(rows: Sequence[Sequence[str | float | bool | Exception | None]], merged: tuple[int, ...]) -> bytes:
    width = max(map(len, rows))
    cells = b"".join(
        record(0, struct.pack("<II", line, 0) + bytes(17))
        + b"".join(cell(column, value) for column, value in enumerate(row) if value is not None)
        for line, row in enumerate(rows)
    )
    area = record(177, struct.pack("<I", 1)) + record(176, struct.pack("<4I", *merged)) + record(178) if merged else b""
    size = record(148, struct.pack("<4I", 0, len(rows) - 1, 0, width - 1))
    return record(129) + size + record(145) + cells + record(146) + area + record(130)


def cell(column: int, value: str | float | bool | Exception) -> bytes:
    place = struct.pack("<II", column, 0)
    if isinstance(value, Exception):
        return record(3, place + bytes([ERROR]))
    if isinstance(value, bool):
        return record(4, place + bytes([value]))
    if isinstance(value, str):
        return record(6, place + wide(value))
    return record(5, place + struct.pack("<d", value))


def wide(text: str) -> bytes:
    data = text.encode("utf-16-le")
    return struct.pack("<I", len(data) // 2) + data


def record(kind: int, body: bytes = b"") -> bytes:
    """A record: its kind and length, seven bits a byte, and what it holds."""
    numbers = b""
    for number in (kind, len(body)):
        while number > 127:
            numbers, number = numbers + bytes([number & 127 | 128]), number >> 7
        numbers += bytes([number])
    return numbers + body
