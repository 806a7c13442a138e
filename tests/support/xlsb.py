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
        'Target="worksheets/sheet1.bin"/><Relationship Id="rId2" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" '
        'Target="styles.bin"/></Relationships>',
}
ERROR = 0x17  # #REF!


Rows = Sequence[Sequence[str | float | bool | Exception | None]]


def xlsb(
    rows: Rows, patterns: Sequence[Sequence[str]] = (), *, hidden: Sequence[int] = (),
    hidden_columns: Sequence[int] = (), merged: tuple[int, ...] = (),
) -> bytes:
    """One sheet; see `xls`, which takes the same."""
    out = io.BytesIO()
    used = list(dict.fromkeys(pattern for row in patterns for pattern in row if pattern))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in PARTS.items():
            archive.writestr(name, text)
        sheet = record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("Foglio1"))
        archive.writestr("xl/workbook.bin", record(131) + record(143) + sheet + record(144) + record(132))
        archive.writestr("xl/styles.bin", styles_part(used))
        styles = {(line, column): used.index(pattern) + 1 for line, row in enumerate(patterns)
                  for column, pattern in enumerate(row) if pattern}
        cells = b"".join(
            record(0, struct.pack("<IIHBB", line, 0, 300, 0, 16 * (line in hidden)) + bytes(13))
            + b"".join(cell(column, value, styles.get((line, column), 0))
                       for column, value in enumerate(row) if value is not None)
            for line, row in enumerate(rows))
        flat = b"".join(record(60, struct.pack("<4IH", column, column, 2000, 0, 1)) for column in hidden_columns)
        size = struct.pack("<4I", 0, len(rows) - 1, 0, max(map(len, rows)) - 1)
        archive.writestr("xl/worksheets/sheet1.bin", b"".join((
            record(129), record(148, size), record(390) + flat + record(391) if flat else b"",
            record(145), cells, record(146), area(merged) if merged else b"", record(130))))
    return out.getvalue()


def styles_part(patterns: Sequence[str]) -> bytes:
    """The styles of the cells: the general one, and one for each number format."""
    formats = b"".join(record(44, struct.pack("<H", 164 + number) + wide(text)) for number, text in enumerate(patterns))
    styles = b"".join(record(47, struct.pack("<HH", 0, number) + bytes(12))
                      for number in [0, *range(164, 164 + len(patterns))])
    count = struct.pack("<I", len(patterns) + 1)
    return (record(278) + record(615, struct.pack("<I", len(patterns))) + formats + record(616)
            + record(617, count) + styles + record(618) + record(279))


def area(merged: tuple[int, ...]) -> bytes:
    return record(177, struct.pack("<I", 1)) + record(176, struct.pack("<4I", *merged)) + record(178)


def cell(column: int, value: str | float | bool | Exception, style: int) -> bytes:
    place = struct.pack("<II", column, style)
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
