"""What an .xls says outside its cells: the properties of the document, and the notes, headers, prompts of its sheets.

https://learn.microsoft.com/openspecs/windows_protocols/ms-oleps and ms-xls
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from etl.spreadsheets.read.biff import STREAMS
from etl.spreadsheets.read.compound import stream_of

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SUMMARY, MORE = "\x05SummaryInformation", "\x05DocumentSummaryInformation"
WHO = frozenset({4, 8, 18})  # properties of the summary: who wrote, who saved last, with which program
NARROW, WIDE_TEXT, CODEPAGE = 30, 31, 1
HEADER, FOOTER, OBJECT, CONTINUED, PROMPTS = 0x14, 0x15, 0x1B6, 0x3C, 0x1BE


def said_beside(data: bytes) -> Iterator[tuple[str, str]]:
    """(what it is to people, text) of an .xls; nothing of another file. Raises ValueError for one that is broken."""
    if not data.startswith(MAGIC):
        return
    for name in (SUMMARY, MORE):
        yield from (("proprietà / properties", text) for text in properties(stream(data, name), name == SUMMARY))
    yield from of_sheets(stream_of(data, STREAMS))


def stream(data: bytes, name: str) -> bytes:
    """A stream of the file, nothing where it has none."""
    return stream_of(data, [name]) if name.encode("utf-16-le") + b"\0\0" in data else b""


def properties(said: bytes, summary: bool) -> Iterator[str]:
    """The texts among the properties of a document, but those of who wrote it."""
    for section in range(struct.unpack_from("<I", said, 24)[0] if len(said) > 48 else 0):
        start = struct.unpack_from("<I", said, 28 + 20 * section + 16)[0]
        count = struct.unpack_from("<I", said, start + 4)[0]
        places = [struct.unpack_from("<II", said, start + 8 + 8 * number) for number in range(min(count, 1000))]
        page = next((struct.unpack_from("<H", said, start + place + 4)[0] for number, place in places
                     if number == CODEPAGE), 1252)
        for number, place in places:
            kind, length = struct.unpack_from("<II", said, start + place)
            if kind in (NARROW, WIDE_TEXT) and not (summary and number in WHO):
                raw = said[start + place + 8: start + place + 8 + length * (1 if kind == NARROW else 2)]
                coded = "utf-16-le" if kind == WIDE_TEXT or page == 1200 else "utf-8" if page == 65001 else "cp1252"
                yield raw.decode(coded, "replace").strip("\0")


def of_sheets(book: bytes) -> Iterator[tuple[str, str]]:
    """The notes, headers, footers and prompts of the sheets of a workbook."""
    at, before = 0, 0
    while at + 4 <= len(book):
        kind, length = struct.unpack_from("<HH", book, at)
        body = book[at + 4: at + 4 + length]
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
