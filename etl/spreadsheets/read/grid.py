"""Rows as a reader of workbooks finds them -> a sheet, within limits that people do not reach."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

from etl.meta.messages import finding
from etl.meta.model import Finding, RowRef
from etl.spreadsheets.read.archive import RefusedFileError
from etl.spreadsheets.read.model import FIRST_ROWS, Cell, Sheet

Rows = list[tuple[int, list[Cell]]]
"""(row number, cells from column A on), as a person counts, from 1; only rows that hold something."""
Area = tuple[int, int, int, int]
"""First row, first column, last row, last column of a merged area."""
Asked = Callable[[Sheet], bool]
"""Whether a sheet is of interest, by its first rows; of others no more is read than them."""
LARGEST = 250_000  # filled cells of a sheet: over ten thousand rows; the largest table of the house has a tenth of it
ROOM = 4_000_000  # places of a sheet, up to the last cell of each row
MERGED = 200_000  # merged cells of a sheet; people merge dozens
EMPTY = Cell("")


def too_many(title: str) -> RefusedFileError:
    """The refusal of a sheet with more cells than can be read."""
    return RefusedFileError("too-many-cells", title, f"{LARGEST:,}".replace(",", "."))


def every(_: Sheet) -> bool:
    return True


def put(cells: list[Cell], column: int, cell: Cell) -> None:
    """Set a cell of a row. column: from 1."""
    if column > len(cells):
        cells.extend([EMPTY] * (column - len(cells)))
    cells[column - 1] = cell


@dataclass
class Gathered:
    """The rows of a sheet while they are read, with what is hidden of them.

    line, column: those read last; cells: of the open row; filled: cells that hold something, in all; room: places that
    the rows take, up to their last cells; announced: filled cells that it is known to have, before they are read; cut:
    there are more rows, which nobody asks for.
    """

    title: str
    asked: Asked = every
    rows: Rows = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    flat_rows: list[int] = field(default_factory=list)
    flat_columns: list[tuple[int, int]] = field(default_factory=list)
    line: int = 0
    column: int = 0
    cells: list[Cell] = field(default_factory=list)
    filled: int = 0
    room: int = 0
    announced: int = 0
    cut: bool = False

    def begin(self, line: int) -> None:
        self.line, self.column, self.cells = line, 0, []

    def add(self, cell: Cell, across: int = 1, down: int = 1, spans: tuple[int, int] = (1, 1)) -> None:
        """A cell after the last one, `across` times, in a row that is there `down` times; it spans rows and columns."""
        self.filled += across * down
        self.refuse_much()
        for _ in range(0 if self.cut else across):
            self.column += 1
            put(self.cells, self.column, cell)
            if spans != (1, 1):
                self.areas += [(top, self.column, top + spans[0] - 1, self.column + spans[1] - 1)
                               for top in range(self.line, self.line + down)]

    def finish(self, down: int = 1, flat: bool = False) -> None:
        """The open row ends; it is there `down` times, and nobody sees it if it is flat."""
        self.room += len(self.cells) * down
        self.refuse_much()
        if self.cells and not self.cut:
            lines = range(self.line, self.line + down)
            self.rows += [(line, self.cells if line == self.line else list(self.cells)) for line in lines]
            self.flat_rows += lines if flat else ()
        self.line += down - 1

    def refuse_much(self) -> None:
        """End with a sheet of too many cells: refused when it is asked for, else no more of it is kept."""
        known = self.announced > LARGEST and len(self.rows) >= FIRST_ROWS
        if not self.cut and (known or self.filled > LARGEST or self.room > ROOM):
            if self.is_asked_for():
                raise too_many(self.title)
            self.cut = True

    def is_asked_for(self) -> bool:
        """Whether the sheet is of interest, by its first rows."""
        return self.asked(Sheet(self.title, self.rows[:FIRST_ROWS] or [(self.line, self.cells)]))

    def sheet(self) -> Sheet:
        """All of it, or its first rows."""
        return sheet_of(self.title, self.rows[:FIRST_ROWS], [], True) if self.cut else sheet_of(
            self.title, self.rows, self.areas)

    def hidden(self) -> list[str]:
        """Names of the rows and columns that hold something and that nobody sees."""
        width = max((len(cells) for _, cells in self.rows), default=0)
        columns = [get_column_letter(column) for first, last in self.flat_columns
                   for column in range(first, min(last, width) + 1)]
        return [f"{self.title}!{part}" for part in [*self.flat_rows, *columns]]


def sheet_of(title: str, rows: Rows, areas: Iterable[Area], cut: bool = False) -> Sheet:
    """The rows of one sheet that hold something; merged areas give their value to every cell."""
    merged = set()
    lines = dict(rows)
    if len(lines) < len(rows):
        raise ValueError("a row is there twice")
    for top, left, bottom, right in refuse_vast(areas):
        value = next(iter(lines.get(top, [])[left - 1 : left]), EMPTY)
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                if (row, column) != (top, left):
                    put(lines.setdefault(row, []), column, value)
                    if value.text:
                        merged.add((row, column - 1))
    filled = [(number, cells) for number, cells in sorted(lines.items()) if any(cell.text.strip() for cell in cells)]
    return Sheet(title, filled, frozenset(merged), cut)


def refuse_vast(areas: Iterable[Area]) -> list[Area]:
    """The merged areas; refused when so vast that filling them would take all the memory."""
    listed = list(areas)
    total = sum((bottom - top + 1) * (right - left + 1) for top, left, bottom, right in listed)
    if total > MERGED:
        raise RefusedFileError("file-too-big", f"celle unite / merged cells: {total}", f"{MERGED} celle / cells")
    return listed


def hidden_parts_told(name: str, hidden: list[str]) -> list[Finding]:
    """What is said of hidden sheets, rows and columns: they are read like the others."""
    refs = [RowRef(None, "", text) for text in hidden]
    found = finding("hidden-rows", "", "", refs, "warning", file=name, found=", ".join(hidden[:5]))
    return [found] if hidden else []
