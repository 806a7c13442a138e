"""An .xls as a file system in a file, as far as those ask who read what stands beside its cells."""

from __future__ import annotations

import struct
from collections.abc import Mapping

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SIZE, END, TABLE = 512, 0xFFFFFFFE, 0xFFFFFFFD


def compound(files: Mapping[str, bytes]) -> bytes:
    """A compound file. Every file is longer than the 4,096 bytes below which it would stand elsewhere."""
    sectors: list[bytes] = []
    table = [TABLE]
    entries = [entry("Root Entry", 5, END, 0)]
    for name, content in files.items():
        filled = content + bytes(max(4096 - len(content), -len(content) % SIZE))
        filled += bytes(-len(filled) % SIZE)
        pieces = [filled[at: at + SIZE] for at in range(0, len(filled), SIZE)]
        first = len(table)
        table += [*range(first + 1, first + len(pieces)), END]
        sectors += pieces
        entries.append(entry(name, 2, first, len(filled)))
    directory = b"".join(entries).ljust(-(-len(entries) // 4) * SIZE, b"\0")
    start = len(table)
    count = len(directory) // SIZE
    table += [*range(start + 1, start + count), END]
    head = struct.pack("<8s16xHHHHH6xIIIIIIIII", MAGIC, 62, 3, 0xFFFE, 9, 6, 0, 1, start, 0, 4096, END, 0, END, 0)
    head += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    fat = struct.pack("<128I", *table, *[0xFFFFFFFF] * (128 - len(table)))
    return head + fat + b"".join(sectors) + directory


def entry(name: str, kind: int, start: int, size: int) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    return raw.ljust(64, b"\0") + struct.pack("<HBB12x16x4x8x8xIQ", len(raw), kind, 1, start, size)


def summary(properties: Mapping[int, str]) -> bytes:
    """A set of properties, all of them texts."""
    places, values = b"", b""
    for number, text in properties.items():
        raw = text.encode("cp1252") + b"\0"
        places += struct.pack("<II", number, 8 + 8 * len(properties) + len(values))
        values += struct.pack("<II", 30, len(raw)) + raw + bytes(-len(raw) % 4)
    section = struct.pack("<II", 8 + len(places) + len(values), len(properties)) + places + values
    return struct.pack("<HHI16xI16xI", 0xFFFE, 0, 0, 1, 48) + section


def record(kind: int, body: bytes) -> bytes:
    """A record of a workbook."""
    return struct.pack("<HH", kind, len(body)) + body
