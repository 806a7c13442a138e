"""Excel workbooks, Strict Open XML too -> sheets of cells, typed as the workbook types them."""

from __future__ import annotations

import posixpath
import sys
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from zipfile import ZipFile

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

from etl.meta.messages import finding
from etl.meta.model import RowRef
from etl.spreadsheets.read.archive import PART, RefusedFileError, part
from etl.spreadsheets.read.grid import LARGEST, Asked, Gathered, every, hidden_parts_told, too_many
from etl.spreadsheets.read.markup import End, Start, Text, nothing, walk
from etl.spreadsheets.read.model import FIRST_ROWS, Book, Cell, Sheet
from etl.spreadsheets.read.worksheet import Format, Worksheet, is_on

BOOK, LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
DISTINCT = 2 * LARGEST  # texts that all sheets of a workbook share
STRICT = "http://purl.oclc.org/ooxml/"


@dataclass
class Layout:
    """What a workbook says of its sheets. titles: of each sheet, with the id of its part and whether people see it."""

    titles: list[tuple[str, str, bool]] = field(default_factory=list)
    epoch: datetime = WINDOWS_EPOCH
    strict: bool = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "workbook":
            self.strict = any(value.startswith(STRICT) for value in attributes.values())
        elif name == "workbookPr" and is_on(attributes, "date1904"):
            self.epoch = MAC_EPOCH
        elif name == "sheet":
            (link,) = [value for key, value in attributes.items() if key.endswith(":id")]
            self.titles.append((attributes["name"], link, attributes.get("state", "visible") == "visible"))


@dataclass
class Styles:
    """How each style of a workbook shows numbers."""

    own: dict[str, str] = field(default_factory=dict)
    formats: list[Format] = field(default_factory=list)
    of_cells: bool = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt" and not self.formats:  # formats of differences between cells come after
            self.own[attributes["numFmtId"]] = attributes["formatCode"]
        elif name == "xf" and self.of_cells:
            number = attributes.get("numFmtId", "0")
            pattern = self.own.get(number) or BUILTIN_FORMATS.get(int(number), "General")
            self.formats.append(format_of(pattern))
        elif name.startswith("cell"):
            self.of_cells = name == "cellXfs"


@lru_cache
def format_of(pattern: str) -> Format:
    return Format(pattern, is_date_format(pattern), is_timedelta_format(pattern))


class Strings:
    """The texts that the sheets share, read as far as somebody asks for them."""

    def __init__(self, archive: ZipFile, name: str | None) -> None:
        self.cells: list[Cell] = []
        self.inside, self.said = "", ""
        self.steps = pieces(archive, name, self.start, self.end, self.text)

    def __getitem__(self, number: int) -> Cell:
        while number >= len(self.cells) and next(self.steps, self) is None:
            pass
        return self.cells[number]

    def start(self, name: str, _: dict[str, str]) -> None:
        if name == "si":
            self.said = ""
        elif name == "rPh" or (name == "t" and self.inside != "rPh"):
            self.inside = name

    def text(self, characters: str) -> None:
        if self.inside == "t":
            self.said += characters

    def end(self, name: str) -> None:
        if name == self.inside:
            self.inside = ""
        elif name == "si":
            self.cells.append(Cell(self.said))
            if len(self.cells) > DISTINCT:
                raise RefusedFileError("file-too-big", f"> {DISTINCT} testi / texts", f"{DISTINCT} testi / texts")


def read_xlsx(name: str, archive: ZipFile, asked: Asked) -> Book:
    """Every sheet of a workbook, hidden ones too. Formulas count with the result that Excel stored."""
    layout, styles = Layout(), Styles()
    deque(pieces(archive, BOOK, layout.start))
    links = links_of(archive, LINKS)
    targets = dict(links.values())
    deque(pieces(archive, targets.get("styles"), styles.start))
    strings = Strings(archive, targets.get("sharedStrings"))
    sheets, unsure, hidden = [], [], [title for title, _, visible in layout.titles if not visible]
    for title, link, _ in layout.titles:
        kind, target = links[link]
        if kind != "worksheet":
            continue
        read = Worksheet(Gathered(title, every if layout.strict else asked), strings, styles.formats, layout.epoch)
        sheets.append(read_sheet(archive, target, read))
        unsure += [RowRef(line, "", text[:100], f"{letter}{line}") for (letter, line), text in read.unsure.items()]
        hidden += read.table.hidden()
    found = [finding("formula-without-value", "", "", unsure, file=name)] if unsure else []
    return Book(name, "strict" if layout.strict else "xlsx", sheets, found + hidden_parts_told(name, hidden))


def read_sheet(archive: ZipFile, target: str, read: Worksheet) -> Sheet:
    """The rows of a sheet: the first ones, and the others when they are asked for and not too many."""
    table, looked = read.table, False
    for _ in pieces(archive, target, read.start, read.end, read.text, most=sys.maxsize):
        if not looked and len(table.rows) >= FIRST_ROWS:
            looked, table.cut = True, not table.is_asked_for()
            if not table.cut:
                refuse_more(archive, table.title, target)
        if table.cut:
            break
    return table.sheet()


def refuse_more(archive: ZipFile, title: str, target: str) -> None:
    """Refuse a sheet with too many cells before they are read, by the ends of cells in its XML."""
    count = 0
    with part(archive, target) as stream:
        while piece := stream.read(1 << 20):
            count += piece.count(b"c>")
            if count > LARGEST:
                raise too_many(title)


def links_of(archive: ZipFile, name: str) -> dict[str, tuple[str, str]]:
    """Id -> (last word of its kind, part) of all that a workbook consists of."""
    links = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            target = posixpath.normpath(posixpath.join("/xl", attributes["Target"])).lstrip("/")
            links[attributes["Id"]] = attributes["Type"].rsplit("/", 1)[-1], target

    deque(pieces(archive, name, start))
    return links


def pieces(
    archive: ZipFile, name: str | None, start: Start, end: End = nothing, text: Text = nothing, most: int = PART
) -> Iterator[None]:
    """Walk through a part of the archive, if it has that one. most: bytes that it may have, unpacked."""
    if name in archive.namelist():
        with part(archive, str(name), most) as stream:
            yield from walk(stream, start, end, text)
