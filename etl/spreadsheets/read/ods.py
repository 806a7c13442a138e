"""LibreOffice spreadsheets -> sheets of cells. Repeated rows and cells are told apart from rows that hold something."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from etl.spreadsheets.read.model import Book, Cell, Native, Sheet
from etl.spreadsheets.read.xlsx import in_line, number_text

OFFICE, TABLE, TEXT = (
    f"{{urn:oasis:names:tc:opendocument:xmlns:{part}:1.0}}" for part in ("office", "table", "text")
)
REPEATS = 16_384  # columns of a spreadsheet; a filled cell repeated more often is a fault of the file
LARGEST = 2_000_000  # filled cells of a sheet; a row repeated to the end of the sheet is a slip of the mouse
NUMBERS = ("float", "currency", "percentage")


def read_ods(name: str, data: bytes) -> Book:
    """Every sheet of an ODS. The archive was unpacked within the limits before, and holds no entities."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = ElementTree.fromstring(archive.read("content.xml"))  # noqa: S314 - no entities: see archive.parts
    return Book(name, "ods", [read_sheet(table) for table in root.iter(f"{TABLE}table")])


def read_sheet(table: ElementTree.Element) -> Sheet:
    """The rows of one sheet that hold something; an area that is merged gives its value to every cell."""
    rows: dict[int, dict[int, Cell]] = {}
    merged: set[tuple[int, int]] = set()
    number, filled_cells = 1, 0
    for row in table.iter(f"{TABLE}table-row"):
        repeat = int(row.get(f"{TABLE}number-rows-repeated", "1"))
        cells = dict(read_row(row))
        for again in range(number, number + (repeat if cells else 0)):
            for column, (cell, down, across) in cells.items():
                filled_cells += down * across
                if filled_cells > LARGEST:
                    raise ValueError(f"more than {LARGEST} cells")
                for r in range(again, again + down):
                    for c in range(column, column + across):
                        if (r, c) != (again, column):
                            merged.add((r, c - 1))
                        rows.setdefault(r, {})[c] = cell
        number += repeat
    filled = [(line, in_line(cells)) for line, cells in sorted(rows.items())
              if any(cell.text.strip() for cell in cells.values())]
    empty = filled[-1][0] - filled[0][0] + 1 - len(filled) if filled else 0
    return Sheet(table.get(f"{TABLE}name", ""), filled, empty, frozenset(merged))


def read_row(row: ElementTree.Element) -> Iterator[tuple[int, tuple[Cell, int, int]]]:
    """(column number, (cell, rows that it covers, columns that it covers)) of each cell that holds something."""
    column = 1
    for item in row:
        if item.tag not in (f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
            continue
        repeat = int(item.get(f"{TABLE}number-columns-repeated", "1"))
        cell = read_cell(item)
        if cell.text and item.tag == f"{TABLE}table-cell":
            down = int(item.get(f"{TABLE}number-rows-spanned", "1"))
            across = int(item.get(f"{TABLE}number-columns-spanned", "1"))
            for place in range(column, column + min(repeat, REPEATS)):
                yield place, (cell, down, across)
        column += repeat


def read_cell(item: ElementTree.Element) -> Cell:
    """A cell as its text and the type that the file gives it; comments are not its text."""
    kind = item.get(f"{OFFICE}value-type", "string")
    if kind in NUMBERS:
        return Cell(number_text(float(item.get(f"{OFFICE}value", "nan")), ""), "number")
    if kind == "date":
        stamp = item.get(f"{OFFICE}date-value", "")
        day, _, hour = stamp.partition("T")
        return Cell(day if hour[:5] in ("", "00:00") else f"{day} {hour[:5]}", "date")
    if kind == "time":
        return Cell(clock(item.get(f"{OFFICE}time-value", "")), "time")
    if kind == "boolean":
        return Cell(item.get(f"{OFFICE}boolean-value", "false"), "boolean")
    text = "\n".join("".join(words(line)) for line in item if line.tag == f"{TEXT}p")
    native: Native = "error" if text.startswith(("#N/", "#REF!", "#VAL", "#DIV", "#NAME", "Err:")) else "text"
    return Cell(text, native)


def words(line: ElementTree.Element) -> Iterator[str]:
    """The text of a paragraph, with the blanks that the format writes as elements."""
    yield line.text or ""
    for part in line:
        if part.tag == f"{TEXT}s":
            yield " " * int(part.get(f"{TEXT}c", "1"))
        elif part.tag == f"{TEXT}tab":
            yield "\t"
        elif part.tag == f"{TEXT}line-break":
            yield "\n"
        else:
            yield from words(part)
        yield part.tail or ""


def clock(stamp: str) -> str:
    """PT09H30M00S -> 09:30; the text as it is when it is no time of day."""
    hours, _, rest = stamp.removeprefix("PT").partition("H")
    minutes = rest.partition("M")[0]
    return f"{int(hours):02}:{int(minutes):02}" if hours.isdigit() and minutes.isdigit() else stamp
