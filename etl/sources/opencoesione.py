"""Connector `opencoesione`: the projects of one programme (and place) out of the bulk file of OpenCoesione.

The file has millions of rows and two hundred columns; it is read as a stream. Only lines in which the bytes of the
programme stand are looked at more closely, which is why this takes seconds and little memory.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO

from etl.meta.messages import finding
from etl.meta.model import RowRef
from etl.sources.model import Batch, FailedSourceError, Record, Request
from etl.spreadsheets.read.letters import DOUBLE, mended

BLOCK = 1 << 20
LONGEST = 1 << 26  # bytes of the lines kept around a record; real lines have two thousand
LINES = 30  # a record with more line breaks in its texts than this is taken for a damaged one
PROGRAMME, PROGRAMME_TITLE, LIST = "OC_CODICE_PROGRAMMA", "OC_DESCRIZIONE_PROGRAMMA", ":::"
PLACES = ("COD_COMUNE", "DEN_COMUNE")
LARGEST = 12_000_000_000  # bytes unpacked: eight times the file of 2026


@dataclass(frozen=True)
class Wanted:
    """Which rows are kept. programme: its code, or its title in files that have no code; places: codes or names."""

    programme: str
    places: frozenset[str] = frozenset()

    def column(self, header: Sequence[str]) -> int:
        """Where the programme stands; files of 2018 have its title only."""
        for name in (PROGRAMME, PROGRAMME_TITLE):
            if name in header:
                return header.index(name)
        raise FailedSourceError("source-columns", expected=PROGRAMME, found=", ".join(header)[:300])

    def is_met(self, header: Sequence[str], cells: Sequence[str], column: int) -> bool:
        """Whether a record is one of the programme and of one of the places; both may be lists."""
        if self.programme not in cells[column].split(LIST):
            return False
        found = {
            text for name in PLACES if name in header
            for item in cells[header.index(name)].split(LIST) for text in (item, item[-6:], item.casefold())
        }
        return not self.places or bool(found & self.places)


@dataclass
class Bulk:
    """What was read of a file: lines counted, rows that cannot be read, rows whose letters cannot be mended."""

    lines: int = 0
    damaged: list[RowRef] = field(default_factory=list)
    spoiled: list[RowRef] = field(default_factory=list)


def read(request: Request) -> Batch:
    """One record per project of the programme, columns as the source names them, lists with | between their items."""
    options = request.options
    response = request.fetcher.get(options["address"], "zip")
    if response.unchanged or response.path is None:
        return Batch([], [], complete=False)
    places = frozenset(place.casefold() for place in options.get("place", []))
    bulk, wanted = Bulk(), Wanted(options["programme"], places)
    day = {"@url": options["address"], "@date": request.today.isoformat()}
    with response.path.open("rb") as file, opened(file, options["address"]) as stream:
        records = [{**record, **day} for record in filter_bulk(stream, wanted, bulk)]
    if not records:
        raise FailedSourceError("source-nothing-found", expected=wanted.programme, found=str(bulk.lines))
    told = [
        finding(check, request.dataset, "", rows, "warning")
        for check, rows in (("bulk-row", bulk.damaged), ("bulk-letters", bulk.spoiled)) if rows
    ]
    return Batch(records, told)


def opened(file: IO[bytes], url: str) -> IO[bytes]:
    """The CSV as a stream: the file itself, or the only CSV in it when it is a zip archive."""
    if not zipfile.is_zipfile(file):
        file.seek(0)
        return file
    archive = zipfile.ZipFile(file)
    names = [entry for entry in archive.infolist() if entry.filename.lower().endswith(".csv")]
    if len(names) != 1 or names[0].flag_bits & 1 or names[0].file_size > LARGEST:
        seen = ", ".join(f"{entry.filename} ({entry.file_size})" for entry in archive.infolist())
        raise FailedSourceError("source-layout", found=f"{url}: {seen[:200]}")
    return archive.open(names[0])


def filter_bulk(stream: IO[bytes], wanted: Wanted, bulk: Bulk, block: int = BLOCK) -> Iterator[Record]:
    """The records that are wanted, out of a CSV with ; between its columns; memory is that of a few blocks."""
    header = next(csv.reader([stream.readline().decode("utf-8-sig").rstrip("\r\n")], delimiter=";"), [])
    column = wanted.column(header)
    needle = wanted.programme.encode("utf-8")
    bulk.lines, done = 1, 0  # done: how many bytes of the file belong to records that were looked at
    for window in windows(stream, block):
        data, first, last = window.data, window.first, window.last
        position = data.find(needle, first, last)
        while position >= 0:
            start, end, cells = record_at(window, position, len(header))
            if window.before + position >= done:
                line = bulk.lines + 1 + data.count(b"\n", first, start) - data.count(b"\n", start, first)
                if cells is None:
                    bulk.damaged.append(RowRef(line, "", data[start:end][:120].decode("utf-8", "replace")))
                elif wanted.is_met(header, cells, column):
                    yield to_record(header, cells, line, bulk)
                done = window.before + end
            position = data.find(needle, max(end, position + 1), last)
        bulk.lines += data.count(b"\n", first, last)


@dataclass
class Window:
    """A part of the file: the first `end` bytes of `data`, and from `first` to `last` what is to be looked at.

    before: how many bytes of the file came before `data`. LINES whole lines stand before and after what is to be looked
    at, so that a record of several lines is never cut.
    """

    data: bytearray
    before: int = 0
    first: int = 0
    last: int = 0
    end: int = 0

    def back(self, position: int) -> int:
        """The start of the line that is LINES lines above a position, or 0."""
        for _ in range(LINES + 1):
            position = self.data.rfind(b"\n", 0, position)
            if position < 0:
                return 0
        return position + 1

    def line(self, position: int) -> tuple[int, int]:
        """(start, end after its line break) of the line that holds a position."""
        end = self.data.find(b"\n", position, self.end)
        return self.data.rfind(b"\n", 0, position) + 1, self.end if end < 0 else end + 1

    def down(self, end: int, lines: int) -> int:
        """The end of the line that is so many lines below; -1 when the window ends before."""
        for _ in range(lines):
            if end >= self.end:
                return -1
            end = self.line(end)[1]
        return end


def windows(stream: IO[bytes], size: int) -> Iterator[Window]:
    """The file part by part, each byte looked at once, through one buffer: new ones would take half of the time."""
    window = Window(bytearray(2 * size))
    while True:
        if len(window.data) < window.end + size:
            window.data.extend(bytes(size))  # its lines are longer than those of any file that is known
        with memoryview(window.data) as view, view[window.end : window.end + size] as free:
            got = stream.readinto(free)  # type: ignore[attr-defined]  # every binary stream has it
        window.end += got
        if window.end > LONGEST + size:
            raise FailedSourceError("source-layout", found=f"> {LONGEST} bytes / {LINES} righe, lines")
        window.last = window.back(window.end) if got else window.end
        if window.last > window.first or not got:
            yield window
            cut = window.back(window.last)
            window.data[: window.end - cut] = window.data[cut : window.end]
            window.before, window.first, window.end = window.before + cut, window.last - cut, window.end - cut
        if not got:
            return


def record_at(window: Window, position: int, width: int) -> tuple[int, int, list[str] | None]:
    """(start, end, cells) of the record around a position; no cells when no lines around it make a whole record.

    Texts may hold line breaks between quotes, and quotes that nobody closed: what counts is that a line, or several
    together, have exactly as many columns as the header.
    """
    data = window.data
    start, end = window.line(position)
    cells = parse(data[start:end], width)
    if cells is not None:
        return start, end, cells
    for more in range(1, LINES):
        upper = start
        for up in range(more + 1):
            lower = window.down(end, more - up)
            cells = parse(data[upper:lower], width) if upper >= 0 and lower >= 0 else None
            if cells is not None:
                return upper, lower, cells
            upper = window.line(upper - 1)[0] if upper > 0 else -1
    return start, end, parse(data[start:end], width, csv.QUOTE_NONE)


def parse(line: bytearray, width: int, quoting: int = csv.QUOTE_MINIMAL) -> list[str] | None:
    """The cells of one record, None when the bytes are not one record of this width."""
    text = line.decode("utf-8", "surrogateescape")
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True, quoting=quoting))  # type: ignore[arg-type]
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 and len(rows[0]) == width else None


def to_record(header: Sequence[str], cells: Sequence[str], line: int, bulk: Bulk) -> Record:
    """The cells under the names of their columns; letters that were encoded twice are mended when that is certain."""
    record: Record = {}
    for name, cell in zip(header, cells, strict=True):
        text = cell.strip().replace(LIST, "|")
        right = mended(text) if DOUBLE.search(text) else text
        if right is None or has_lost(right):
            bulk.spoiled.append(RowRef(line, record.get(header[0], ""), text.encode("utf-8", "replace").decode()[:120]))
        record[name] = (text if right is None else right).encode("utf-8", "replace").decode("utf-8")
    return record


def has_lost(text: str) -> bool:
    """Whether a byte of the text was not UTF-8."""
    return any("\udc80" <= sign <= "\udcff" for sign in text)
