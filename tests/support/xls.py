"""An .xls (BIFF8 in an OLE2 container), as far as readers ask, made by hand: no library here writes one."""

from __future__ import annotations

import struct
from collections.abc import Sequence

from support.xlsb import ERROR, Rows

SECTOR, FREE, END, TABLE = 512, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
BOOK, SHEET = 0x05, 0x10


def xls(
    rows: Rows, patterns: Sequence[Sequence[str]] = (), *, hidden: Sequence[int] = (),
    hidden_columns: Sequence[int] = (), merged: tuple[int, ...] = (), pad: int = 4096,
) -> bytes:
    """One sheet. patterns: number formats of the cells; an exception stands for a cell with an error; hidden: rows from
    0; merged: first and last row, first and last column; pad: bytes that the stream has at least (below 4,096 it is a
    short one)."""
    used = list(dict.fromkeys(pattern for row in patterns for pattern in row if pattern))
    formats = b"".join(record(0x41E, struct.pack("<HHB", 164 + number, len(pattern), 1) + pattern.encode("utf-16-le"))
                       for number, pattern in enumerate(used))
    styles = b"".join(record(0xE0, struct.pack("<HH", 0, number) + bytes(16))
                      for number in [0, *range(164, 164 + len(used))])
    title = "Foglio1"
    before = begin(BOOK) + record(0x42, b"\xb0\x04") + formats + styles
    bound = record(0x85, struct.pack("<IHBB", 0, 0, len(title), 0) + title.encode())
    place = len(before) + len(bound) + 4
    bound = record(0x85, struct.pack("<IHBB", place, 0, len(title), 0) + title.encode())
    sheet = begin(SHEET) + record(0x200, struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows)), 0))
    sheet += b"".join(record(0x7D, struct.pack("<5H", column, column, 2000, 0, 1) + b"\0\0")
                      for column in hidden_columns)
    sheet += b"".join(record(0x208, struct.pack("<4HIHH", line, 0, len(row), 255, 0, 0x120 if line in hidden else 0x100,
                                                15)) for line, row in enumerate(rows))
    styled = {(line, column): used.index(pattern) + 1 for line, row in enumerate(patterns)
              for column, pattern in enumerate(row) if pattern}
    sheet += b"".join(cell(line, column, value, styled.get((line, column), 0)) for line, row in enumerate(rows)
                      for column, value in enumerate(row) if value is not None)
    sheet += record(0xE5, struct.pack("<5H", 1, *merged)) if merged else b""
    return container((before + bound + record(0x0A) + sheet + record(0x0A)).ljust(pad, b"\0"))


def cell(line: int, column: int, value: str | float | bool | Exception, style: int) -> bytes:
    place = struct.pack("<3H", line, column, style)
    if isinstance(value, Exception):
        return record(0x205, place + bytes([ERROR, 1]))
    if isinstance(value, bool):
        return record(0x205, place + bytes([value, 0]))
    if isinstance(value, str):
        return record(0x204, place + struct.pack("<HB", len(value), 1) + value.encode("utf-16-le"))
    if abs(value) < 2**28 and float(value).is_integer() and column % 2:  # as Excel keeps whole numbers
        return record(0x27E, place + struct.pack("<i", int(value) << 2 | 2))
    return record(0x203, place + struct.pack("<d", value))


def begin(kind: int) -> bytes:
    return record(0x809, struct.pack("<4HII", 0x600, kind, 0, 1997, 0, 6))


def record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<2H", kind, len(body)) + body


def container(stream: bytes) -> bytes:
    """The stream as the one of an OLE2 file: sectors of a table, a directory, the stream, short streams."""
    short = len(stream) < 4096
    size = 64 if short else SECTOR
    count = -(-len(stream) // size)
    body = stream.ljust(-(-len(stream) // SECTOR) * SECTOR, b"\0")
    sectors = len(body) // SECTOR
    tables = -(-(sectors + 3) // 127)
    chain = [*range(tables + 3, tables + 2 + sectors), END]
    links = [TABLE] * tables + [END, END] + chain
    fat = struct.pack(f"<{tables * 128}I", *links, *[FREE] * (tables * 128 - len(links)))
    shorts = struct.pack("<128I", *range(1, count), END, *[FREE] * (128 - count)) if short else b"\xff" * SECTOR
    first = tables + 2
    directory = entry("Root Entry", 5, first if short else END, len(body) if short else 0, child=1)
    directory += entry("Workbook", 2, 0 if short else first, len(stream)) + bytes(256)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H", 62, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<9I", 0, tables, tables, 0, 4096, tables + 1 if short else END, int(short), END, 0)
    header += struct.pack("<109I", *range(tables), *[FREE] * (109 - tables))
    return header + fat + directory + shorts + body


def entry(name: str, kind: int, start: int, size: int, child: int = FREE) -> bytes:
    """An entry of the directory."""
    letters = name.encode("utf-16-le") + b"\0\0"
    return (letters.ljust(64, b"\0") + struct.pack("<HBB3I", len(letters), kind, 1, FREE, FREE, child) + bytes(36)
            + struct.pack("<IQ", start, size))
