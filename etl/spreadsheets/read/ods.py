"""LibreOffice spreadsheets -> sheets of cells, typed as the file types them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from zipfile import ZipFile

from etl.spreadsheets.read.archive import RefusedFileError, part
from etl.spreadsheets.read.calamine import read_value
from etl.spreadsheets.read.cells import typed
from etl.spreadsheets.read.grid import Asked, Gathered, hidden_parts_told
from etl.spreadsheets.read.markup import walk
from etl.spreadsheets.read.model import Book, Cell

CONTENT, MANIFEST = "content.xml", "META-INF/manifest.xml"
TABLE, CELL = b"<table:table ", b" office:value-type="
"""What is counted before the cells are read: the beginning of a sheet, and what a filled cell bears."""
FORMATS = {"float": "", "percentage": "0%", "currency": "[${}] 0.##########"}
"""Types of numbers, and how Excel writes a format that says as much."""
DURATION = re.compile(r"PT([0-9]+)H([0-9]+)M[0-9.,]+S")
SIGNS = {"tab": "\x01", "line-break": "\x02", "s": "\x03"}
"""Elements that stand for signs: blanks that are signs themselves only part words, or lines of XML."""
PARTED = re.compile("[ \t\r\n]{2,}|[\t\r\n\x01-\x03]")
FLAT = re.compile(r"0(\.0+)?[a-z]*")
"""The height of a row, or the width of a column, that nobody sees."""


@dataclass
class Spreadsheet:
    """The tables of an ODS, as far as they were read; start, end and text are called as its XML goes by.

    flat: styles that hide a sheet, a row or a column; described: columns of the sheet so far; folded: for each open
    group of rows, whether it is closed up; inside: the elements that are open in the open cell, from itself on;
    paragraphs: its texts; announced: filled cells of each sheet, as far as they were counted beforehand.
    """

    asked: Asked
    announced: list[int] = field(default_factory=list)
    tables: list[Gathered] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    flat: set[str] = field(default_factory=set)
    style: str = ""
    of_cells: bool = False
    described: int = 0
    folded: list[bool] = field(default_factory=list)
    row: dict[str, str] = field(default_factory=dict)
    cell: dict[str, str] = field(default_factory=dict)
    inside: list[str] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self.inside:
            self.enter(name, attributes)
        elif not self.of_cells:
            self.look(name, attributes)
        elif name in ("table-cell", "covered-table-cell"):
            self.cell, self.inside, self.paragraphs = attributes, [name], []
        elif name == "table-row":
            self.row = attributes
            self.tables[-1].begin(self.tables[-1].line + 1)
        elif name == "table-column":
            first, self.described = self.described + 1, self.described + number(attributes, "columns-repeated")
            if self.is_flat(attributes):
                self.tables[-1].flat_columns.append((first, self.described))
        elif name == "table-row-group":
            self.folded.append(attributes.get("table:display") == "false")
        elif name == "table":
            self.described = 0
            count = self.announced.pop(0) if self.announced else 0
            self.tables.append(Gathered(attributes.get("table:name", ""), self.asked, announced=count))
            if self.is_flat(attributes):
                self.hidden.append(self.tables[-1].title)

    def look(self, name: str, attributes: dict[str, str]) -> None:
        """What stands before the sheets: the styles."""
        size = attributes.get("style:row-height") or attributes.get("style:column-width") or "1"
        if name == "style":
            self.style = attributes.get("style:name", "")
        elif FLAT.fullmatch(size) or (name == "table-properties" and attributes.get("table:display") == "false"):
            self.flat.add(self.style)
        self.of_cells = name == "spreadsheet"

    def is_flat(self, attributes: dict[str, str]) -> bool:
        """True for what people do not see: hidden, filtered away, or of no size."""
        shown = attributes.get("table:visibility", "visible") == "visible"
        return not shown or attributes.get("table:style-name") in self.flat

    def enter(self, name: str, attributes: dict[str, str]) -> None:
        """An element inside of a cell: only its own paragraphs are its text, no notes or drawings."""
        self.inside.append(name)
        if name == "p" and len(self.inside) == 2:
            self.paragraphs.append("")
        elif name in SIGNS and self.inside[1] == "p":
            self.paragraphs[-1] += SIGNS[name] * int(attributes.get("text:c", "1"))

    def text(self, characters: str) -> None:
        if self.inside[1:2] == ["p"] and "annotation" not in self.inside:
            self.paragraphs[-1] += characters

    def end(self, name: str) -> None:
        if self.inside:
            self.inside.pop()
            if not self.inside:
                self.keep()
        elif self.of_cells and name == "table-row":
            times = number(self.row, "rows-repeated")
            self.tables[-1].finish(times, self.is_flat(self.row) or any(self.folded))
        elif name == "table-row-group":
            self.folded.pop()

    def keep(self) -> None:
        """Take the cell that ends here, as often as it is repeated."""
        table, across = self.tables[-1], number(self.cell, "columns-repeated")
        cell = self.read("\n".join(map(words, self.paragraphs)))
        if cell.text and not table.cut:
            spans = number(self.cell, "rows-spanned"), number(self.cell, "columns-spanned")
            table.add(cell, across, number(self.row, "rows-repeated"), spans)
        else:
            table.column += across

    def read(self, text: str) -> Cell:
        """The cell by its own type, "" for an empty one. text: what it shows."""
        kind, value = self.cell.get("office:value-type", ""), self.cell.get("office:value", "")
        if kind in FORMATS:
            return typed(float(value), FORMATS[kind].format(self.cell.get("office:currency", "")))
        if kind == "boolean":
            return typed(self.cell["office:boolean-value"] == "true")
        if kind == "date":
            return typed(datetime.fromisoformat(self.cell["office:date-value"]))
        span = DURATION.fullmatch(self.cell.get("office:time-value", ""))
        if kind == "time" and span:
            return Cell(f"{int(span[1]):02}:{int(span[2]):02}", "time")
        if self.cell.get("calcext:value-type") == "error":
            return Cell(text, "error")
        return read_value(text or self.cell.get("office:string-value", ""))


def words(raw: str) -> str:
    """A paragraph as people see it: runs of blanks are one, elements are the signs that they stand for."""
    if not PARTED.search(raw):
        return raw
    return re.sub(r"[ \t\r\n]+", " ", raw).translate({1: "\t", 2: "\n", 3: " "})


def number(attributes: dict[str, str], name: str) -> int:
    return int(attributes.get(f"table:number-{name}", "1"))


def read_ods(name: str, archive: ZipFile, asked: Asked) -> Book:
    """Every sheet of an ODS, hidden ones too; none when it is another document of LibreOffice."""
    if MANIFEST in archive.namelist():
        with part(archive, MANIFEST) as stream:
            if b"encryption-data" in stream.read():
                raise RefusedFileError("file-locked")
    read = Spreadsheet(asked, counted(archive))
    with part(archive, CONTENT) as stream:
        for _ in walk(stream, read.start, read.end, read.text):
            pass
    hidden = [*read.hidden, *(place for table in read.tables for place in table.hidden())]
    return Book(name, "ods", [table.sheet() for table in read.tables], hidden_parts_told(name, hidden))


def counted(archive: ZipFile) -> list[int]:
    """Filled cells of each sheet by its XML, without what repeats them: enough to refuse a vast one at once."""
    counts, rest = [0], b""
    with part(archive, CONTENT) as stream:
        while piece := stream.read(1 << 20):
            data = rest + piece
            end = data.rfind(b"<")
            before, *sheets = data[:end].split(TABLE)
            rest = data[end:]
            counts[-1] += before.count(CELL)
            counts += [sheet.count(CELL) for sheet in sheets]
    return counts[1:]
