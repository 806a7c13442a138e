"""An .xls as what it is, a file system in a file: the properties of the document, and the notes, headers and prompts
of its sheets. Its cells are read elsewhere (etl/spreadsheets/read/binary.py).

https://learn.microsoft.com/openspecs/windows_protocols/ms-cfb, ms-oleps, ms-xls
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SUMMARY, MORE, BOOK = "\x05SummaryInformation", "\x05DocumentSummaryInformation", ("Workbook", "Book")
WHO = frozenset({4, 8, 18})  # properties of the summary: who wrote, who saved last, with which program
NARROW, WIDE_TEXT, CODEPAGE = 30, 31, 1
HEADER, FOOTER, OBJECT, CONTINUED, PROMPTS = 0x14, 0x15, 0x1B6, 0x3C, 0x1BE


def said_beside(data: bytes) -> Iterator[tuple[str, str]]:
    """(what it is to people, text) of an .xls; nothing of another file. Raises struct.error for one that is broken."""
    if not data.startswith(MAGIC):
        return
    found = streams(data)
    for name in (SUMMARY, MORE):
        yield from (("proprietà / properties", text) for text in properties(found.get(name, b""), name == SUMMARY))
    for name in BOOK:
        yield from of_sheets(found.get(name, b""))


def streams(data: bytes) -> dict[str, bytes]:
    """The files within the file, by name."""
    size, small, cutoff = 1 << struct.unpack_from("<H", data, 30)[0], 64, struct.unpack_from("<I", data, 56)[0]
    directory, mini_table, difat = struct.unpack_from("<12xI8xIxxxxI", data, 36)
    tables = list(struct.unpack_from("<109I", data, 76))
    while difat < len(data) // size and len(tables) < len(data) // size + 109:
        *more, difat = numbers(data[(difat + 1) * size: (difat + 2) * size])
        tables += more
    table = [number for part in tables if part < len(data) // size
             for number in numbers(data[(part + 1) * size: (part + 2) * size])]
    entries = chain(data[size:], directory, table, size)
    files = [entries[place: place + 128] for place in range(0, len(entries) - 127, 128)]
    minis = numbers(chain(data[size:], mini_table, table, size))
    root = next((chain(data[size:], start_of(entry)[0], table, size) for entry in files if entry[66] == 5), b"")
    found = {}
    for entry in files:
        start, length = start_of(entry)
        whole = chain(root, start, minis, small) if length < cutoff else chain(data[size:], start, table, size)
        name = entry[:max(struct.unpack_from("<H", entry, 64)[0] - 2, 0)].decode("utf-16-le", "replace")
        found[name] = whole[:length]
    return found


def start_of(entry: bytes) -> tuple[int, int]:
    """The first sector of a file and its length, of its entry."""
    start, length = struct.unpack_from("<II", entry, 116)
    return start, length


def numbers(part: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(part) // 4}I", part[: len(part) // 4 * 4])


def chain(sectors: bytes, start: int, table: list[int] | tuple[int, ...], size: int) -> bytes:
    """What stands in a sector and those that follow it; a chain that turns in a circle ends."""
    parts: list[bytes] = []
    while start < len(table) and len(parts) <= len(table):
        parts.append(sectors[start * size: (start + 1) * size])
        start = table[start]
    return b"".join(parts)


def properties(stream: bytes, summary: bool) -> Iterator[str]:
    """The texts among the properties of a document, but those of who wrote it."""
    for section in range(struct.unpack_from("<I", stream, 24)[0] if len(stream) > 48 else 0):
        start = struct.unpack_from("<I", stream, 28 + 20 * section + 16)[0]
        count = struct.unpack_from("<I", stream, start + 4)[0]
        places = [struct.unpack_from("<II", stream, start + 8 + 8 * number) for number in range(min(count, 1000))]
        page = next((struct.unpack_from("<H", stream, start + place + 4)[0] for number, place in places
                     if number == CODEPAGE), 1252)
        for number, place in places:
            kind, length = struct.unpack_from("<II", stream, start + place)
            if kind in (NARROW, WIDE_TEXT) and not (summary and number in WHO):
                raw = stream[start + place + 8: start + place + 8 + length * (1 if kind == NARROW else 2)]
                coded = "utf-16-le" if kind == WIDE_TEXT or page == 1200 else "utf-8" if page == 65001 else "cp1252"
                yield raw.decode(coded, "replace").strip("\0")


def of_sheets(stream: bytes) -> Iterator[tuple[str, str]]:
    """The notes, headers, footers and prompts of the sheets of a workbook."""
    at, before = 0, 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        body = stream[at + 4: at + 4 + length]
        if kind in (HEADER, FOOTER):
            yield from (("intestazione o piè di pagina / header or footer", text) for text in strings(body, 1))
        elif kind == PROMPTS:
            yield from (("convalida / validation", text) for text in strings(body[4:], 4))
        elif kind == CONTINUED and before == OBJECT and body:
            yield "nota / note", body[1:].decode("utf-16-le" if body[0] & 1 else "latin-1", "replace")
        at, before = at + 4 + length, kind


def strings(body: bytes, most: int) -> Iterator[str]:
    """The first strings of a record: their length, how wide their letters are, the letters."""
    at = 0
    for _ in range(most):
        if at + 3 > len(body):
            return
        length, wide = struct.unpack_from("<HB", body, at)
        size = length * (1 + (wide & 1))
        yield body[at + 3: at + 3 + size].decode("utf-16-le" if wide & 1 else "latin-1", "replace")
        at += 3 + size
