"""The records of an .xls ([MS-XLS], BIFF8 and BIFF5) -> what calamine leaves out of its sheets."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from etl.spreadsheets.read.compound import stream_of
from etl.spreadsheets.read.looks import Formats, Looks

STREAMS = ("Workbook", "Book")
BEGIN, END, SHEET, FORMAT, STYLE = 0x809, 0x0A, 0x85, 0x41E, 0xE0
ROW, COLUMNS, MERGED = 0x208, 0x7D, 0xE5
FORMULA, NUMBER, SHORT, SHORTS, BOOLEAN_OR_ERROR = 0x06, 0x203, 0x27E, 0xBD, 0x205
EIGHT = 0x600  # the version of Excel 97 and later
ERROR, NO_NUMBER = 2, b"\xff\xff"  # the first and the last two bytes of the result of a formula that is an error
HIDDEN_ROW, HIDDEN_COLUMN = 0x20, 0x01


def looks_of_xls(data: bytes) -> list[Looks]:
    """Of every sheet, charts too, in the order of the workbook."""
    stream = stream_of(data, STREAMS)
    formats, places = Formats(), []
    eight = True
    for kind, body in records(stream, 0):
        if kind == BEGIN:
            eight = struct.unpack_from("<H", body)[0] >= EIGHT
        elif kind == FORMAT:
            formats.own[struct.unpack_from("<H", body)[0]] = format_text(body, eight)
        elif kind == STYLE:
            formats.styles.append(struct.unpack_from("<H", body, 2)[0])
        elif kind == SHEET:
            title = text(body[7:], body[6], eight)
            places.append((struct.unpack_from("<I", body)[0], title))
    return [looks_of_sheet(Looks(title), formats, records(stream, place)) for place, title in places]


def looks_of_sheet(looks: Looks, formats: Formats, found: Iterator[tuple[int, bytes]]) -> Looks:
    """What the records of one sheet say."""
    for kind, body in found:
        if kind in (NUMBER, SHORT, SHORTS, FORMULA, BOOLEAN_OR_ERROR):
            take_cell(looks, formats, kind, body)
        elif kind == ROW:
            row, _, _, height, _, flags = struct.unpack_from("<4HIH", body)
            if flags & HIDDEN_ROW or not height & 0x7FFF:
                looks.flat_rows.append(row + 1)
        elif kind == COLUMNS:
            first, last, width, _, flags = struct.unpack_from("<5H", body)
            if flags & HIDDEN_COLUMN or not width:
                looks.flat_columns.append((first + 1, last + 1))
        elif kind == MERGED:
            for number in range(struct.unpack_from("<H", body)[0]):
                looks.merges(*struct.unpack_from("<4H", body, 2 + 8 * number))
    return looks


def take_cell(looks: Looks, formats: Formats, kind: int, body: bytes) -> None:
    """What a record says of a number or an error, or of several numbers beside each other."""
    row, column, style = struct.unpack_from("<3H", body)
    if kind == FORMULA and body[6] == ERROR and body[12:14] == NO_NUMBER:
        looks.fails(row, column, body[8])
    elif kind == BOOLEAN_OR_ERROR:
        if body[7]:
            looks.fails(row, column, body[6])
    elif kind == SHORTS:
        for number in range((len(body) - 6) // 6):
            (style,) = struct.unpack_from("<H", body, 4 + 6 * number)
            looks.shows(row, column + number, formats.of(style))
    else:
        looks.shows(row, column, formats.of(style))


def records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """(kind, content) of a part of the stream that begins there, without what is nested in it, up to its end."""
    depth = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<2H", stream, at)
        depth += (kind == BEGIN) - (kind == END)
        if not depth:
            return
        if depth == 1:
            yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def format_text(body: bytes, eight: bool) -> str:
    """The pattern of a FORMAT record."""
    return text(body[4:], struct.unpack_from("<H", body, 2)[0], eight) if eight else text(body[3:], body[2], eight)


def text(data: bytes, length: int, eight: bool) -> str:
    """A text of so many letters. In BIFF8 a byte before it says whether its letters take one byte or two."""
    if not eight:
        return data[:length].decode("cp1252", "replace")
    wide = data[0] & 1
    return data[1 : 1 + length * 2].decode("utf-16-le") if wide else data[1 : 1 + length].decode("latin-1")
