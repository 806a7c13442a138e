"""The rows of a sheet, as XlsxWriter writes them, at a tenth of its time: it makes an object of each cell.

XlsxWriter writes the workbook around them: its parts, styles, widths, headings. The form of cells is that of ECMA-376
(18.3.1.4), with texts inline; a test compares what is made here with what the library makes of the same rows.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from functools import lru_cache, partial
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from etl.exports.model import exact, is_day, is_money, may_be_day
from etl.exports.packed import Packed, put
from etl.exports.worded import in_words
from etl.meta.model import Field

FIRST_YEAR = 1901  # Excel knows no date before 1900, and counts one day too many until March of that year
EPOCH, DAY = datetime.fromisoformat("1899-12-30"), 86_400
DIGITS = 15
TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
SHEET = "xl/worksheets/sheet1.xml"
DIMENSION = re.compile(rb'<dimension ref="[^"]*"/>')
ESCAPE, CONTROL = re.compile("(_x[0-9a-fA-F]{4}_)"), re.compile("([\x00-\x08\x0b-\x1f\ufffe\uffff])")
PLAIN = re.compile(r"(?!\s)[^&<>\x00-\x08\x0b-\x1f\ufffe\uffff_]*(?<!\s)")
"""A text that is written as it stands."""
PIECE = 1 << 20
"""Bytes of rows that are read at once."""
REPEATED = 4096
"""Cells of a column that are remembered: codes, days and addresses come again and again."""


class Styles(dict[str, int]):
    """Name of a style -> its number in the workbook, as the library counts: in the order in which they are used."""

    def __missing__(self, name: str) -> int:
        self[name] = len(self) + 2  # 0 is that of every workbook, 1 that of the headings
        return self[name]


def write_rows(
    file: IO[bytes], fields: Sequence[Field], known: Sequence[Mapping[str, str]], rows: Iterable[Sequence[str]],
) -> Styles:
    """Write the rows under the headings. known: for each field, the words of its codes. Gives the styles used."""
    from xlsxwriter.utility import xl_col_to_name

    styles = Styles()
    cells = [lru_cache(REPEATED)(cell_of(field, dict(words), styles))
             for field, words in zip(fields, known, strict=True)]
    columns = [(f'<c r="{xl_col_to_name(place)}', cell) for place, cell in enumerate(cells)]
    for number, row in enumerate(rows, start=2):
        told = [f"{begin}{number}{cell(value)}" for (begin, cell), value in zip(columns, row, strict=True) if value]
        file.write(f'<row r="{number}">{"".join(told)}</row>'.encode())
    return styles


def cell_of(field: Field, known: dict[str, str], styles: Styles) -> Callable[[str], str]:
    """What makes of a value its cell, from the number of the row on."""
    numbers, days = field.type in ("integer", "number", "year"), may_be_day(field)
    number_style = "money" if is_money(field) else ""

    def cell(value: str) -> str:
        text = in_words(field, known, value) if known else value
        if numbers and (len(text) <= DIGITS or exact(text)):
            return number(float(text), number_style, styles)
        if days and is_day(field, text) and int(text[:4]) >= FIRST_YEAR:
            return number((date.fromisoformat(text) - EPOCH.date()).days, "day", styles)
        if field.type == "datetime" and int(text[:4]) >= FIRST_YEAR:
            passed = datetime.fromisoformat(text) - EPOCH
            return number(passed.days + passed.seconds / DAY, "moment", styles)
        if field.type == "time" and TIME.fullmatch(text):
            moment = time.fromisoformat(text)
            return number((moment.hour * 60 + moment.minute) * 60 / DAY, "time", styles)
        return string(text, styles)

    return cell


def number(value: float, style: str, styles: Styles) -> str:
    """A cell with a number; what Excel would round has become a text before."""
    styled = f' s="{styles[style]}"' if style else ""
    return f'"{styled}><v>{value:.16G}</v></c>'


def string(text: str, styles: Styles) -> str:
    """A cell with a text, whatever it begins with."""
    if PLAIN.fullmatch(text):
        return f'" s="{styles["text"]}" t="inlineStr"><is><t>{text}</t></is></c>'
    escaped = CONTROL.sub(lambda match: f"_x{ord(match[1]):04X}_", ESCAPE.sub(r"_x005F\1", text))
    kept = ' xml:space="preserve"' if escaped[0].isspace() or escaped[-1].isspace() else ""
    escaped = escaped.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f'" s="{styles["text"]}" t="inlineStr"><is><t{kept}>{escaped}</t></is></c>'


def sheet_of(book: bytes, rows: IO[bytes], last: str) -> Iterator[bytes]:
    """The first sheet of a workbook, with these rows in the place of its own below the headings, in pieces. last: their
    last cell."""
    with ZipFile(io.BytesIO(book)) as made:
        data = made.read(SHEET)
    head, end, rest = DIMENSION.sub(f'<dimension ref="A1:{last}"/>'.encode(), data).partition(b"</row>")
    yield head + end
    yield from iter(partial(rows.read, PIECE), b"")
    yield rest[rest.index(b"</sheetData>"):]


def with_sheet(book: bytes, sheet: Packed) -> bytes:
    """A workbook with this sheet in the place of its first."""
    out = io.BytesIO()
    with ZipFile(io.BytesIO(book)) as made, ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for entry in made.infolist():
            if entry.filename == SHEET:
                put(archive, out, entry, sheet)
            else:
                archive.writestr(entry, made.read(entry))
    return out.getvalue()
