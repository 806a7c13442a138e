"""CSV and TSV as people save them -> rows of cells, numbered as a spreadsheet shows them."""

from __future__ import annotations

import csv
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from etl.meta.messages import finding
from etl.meta.model import Finding, RowRef
from etl.spreadsheets.read.archive import RefusedFileError
from etl.spreadsheets.read.grid import Asked, Gathered, every
from etl.spreadsheets.read.model import Book, Cell, Sheet

DELIMITERS = ";,\t|"
SAMPLE = 200  # rows looked at to tell the separator
ROWS = 1_048_576  # of a sheet in Excel
LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n|$)")
SINGLE = re.compile(r"\s*'[^']*'(?:\s*[;,\t|]\s*'[^']*')+\s*")
"""A line of cells that all stand in single quotes."""
Tables = dict[str, list[list[str]]]

csv.field_size_limit(1_000_000)  # letters; a cell of Excel has 32,767: more is a quote that nobody closed


class Form(NamedTuple):
    """How a text is to be read: the sign between its columns, its quotes, whether whole rows stand in them."""

    delimiter: str
    quote: str
    wrapped: bool = False


class OpenQuotesError(Exception):
    """number: the record in which quotes are opened and not closed, from 1."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def read_delimited(name: str, text: str, findings: list[Finding], asked: Asked = every) -> Book:
    """The one sheet of a CSV. Cells are text; nothing is stripped but the blanks before one."""
    first, _, rest = text.partition("\n")
    declared = first.strip().lower().startswith("sep=") and len(first.strip()) == 5
    delimiters, text, start = (first.strip()[4], rest, 1) if declared else (DELIMITERS, text, 0)
    quote = "'" if SINGLE.fullmatch(next(filter(str.strip, lines_of(text)), "")) else '"'
    ends: list[int] | None = [] if findings else None
    try:
        form, tables = form_of(text, delimiters, quote)
        if form is None:
            seen = "; ".join(f"{sign!r}: {max(widths(rows), default=0)}" for sign, rows in tables.items())
            return refused(name, findings, "delimiter", RowRef(1, "", text[:80]), found=seen)
        sheet = gathered(name.rsplit(".", 1)[0], records(text, form, ends), start, asked)
    except OpenQuotesError as error:
        return refused(name, findings, "quotes-open", RowRef(error.number + start, "", ""))
    told = [replace(item, rows=tuple(shown(row, ends or [], start) for row in item.rows)) for item in findings]
    if form.wrapped:
        told.append(finding("rows-quoted", "", "", [RowRef(None, "", name)], "note", file=name))
    return Book(name, "csv", [sheet], told)


def refused(name: str, findings: Sequence[Finding], check: str, row: RowRef, found: str = "") -> Book:
    return Book(name, "csv", findings=[*findings, finding(check, "", "", [row], file=name, found=found)])


def gathered(title: str, rows: Iterator[list[str]], start: int, asked: Asked) -> Sheet:
    """The sheet of some records. start: the number of the row before the first one."""
    table, made = Gathered(title, asked), lru_cache(100_000)(Cell)
    for number, cells in enumerate(rows, start + 1):
        if number > ROWS:
            raise RefusedFileError("file-too-big", f"> {ROWS} righe / rows", f"{ROWS} righe / rows")
        if any(cells):
            table.begin(number)
            for column, value in enumerate(cells):
                if value.strip():
                    table.column = column
                    table.add(made(value))
            table.finish()
        if table.cut:
            break
    return table.sheet()


def lines_of(text: str) -> Iterator[str]:
    """The lines of a text with what ends them: the ends that csv knows, and no others."""
    return (match[0] for match in LINE.finditer(text) if match[0])


def records(text: str, form: Form, ends: list[int] | None = None, strict: bool = True) -> Iterator[list[str]]:
    """Every record of a text, blank ones too. ends: takes the line in which each ends; strict: mind all quotes."""
    reader = csv.reader(lines_of(text), delimiter=form.delimiter, quotechar=form.quote, skipinitialspace=True,
                        strict=strict)
    done = 0
    try:
        for cells in reader:
            done += 1
            if ends is not None:
                ends.append(reader.line_num)
            yield unwrapped(cells, form.delimiter) if form.wrapped else cells
    except csv.Error as error:
        raise OpenQuotesError(done + 1) from error


def unwrapped(cells: list[str], delimiter: str) -> list[str]:
    """The cells of a row that stands in quotes as a whole."""
    whole = len(cells) == 1 and delimiter in cells[0]
    return next(csv.reader(cells, delimiter=delimiter, skipinitialspace=True)) if whole else cells


def shown(row: RowRef, ends: Sequence[int], start: int) -> RowRef:
    """A line of the text as the row in which a spreadsheet shows it: cells may hold several lines."""
    return row if row.line is None else replace(row, line=bisect_left(ends, row.line - start) + start + 1)


def widths(rows: list[list[str]]) -> Counter[int]:
    return Counter(len(cells) for cells in rows if any(cells))


def form_of(text: str, delimiters: str, quote: str) -> tuple[Form | None, Tables]:
    """How a text is to be read, by its first rows; None when that cannot be told. With what each sign makes of them."""
    tables = {sign: list(islice(records(text, Form(sign, quote), strict=False), SAMPLE)) for sign in delimiters}
    best = likeliest(tables)
    if best and not in_columns(tables[best]):
        apart = {sign: [unwrapped(cells, sign) for cells in rows] for sign, rows in tables.items()}
        inner = likeliest(apart)
        if inner and in_columns(apart[inner]):
            return Form(inner, quote, wrapped=True), tables
    return Form(best, quote) if best else None, tables


def in_columns(rows: list[list[str]]) -> bool:
    """Whether most rows have more than one cell."""
    return bool(rows) and widths(rows).most_common(1)[0][0] > 1


def likeliest(tables: dict[str, list[list[str]]]) -> str | None:
    """The sign that makes most rows equally wide; None when two do it as well, or none makes columns of several."""
    ranks = {}
    for sign, rows in tables.items():
        common = widths(rows).most_common(1)
        if common:
            (width, count), total = common[0], sum(widths(rows).values())
            ranks[sign] = (width > 1, round(count / total, 2), width)
    if not ranks:
        return next(iter(tables))
    best = max(ranks.values())
    if not best[0]:
        return next(iter(tables))
    leaders = [sign for sign, rank in ranks.items() if rank[0] and rank[1] >= 0.8]
    if not leaders:
        leaders = [sign for sign, rank in ranks.items() if rank == best]
    widest = max(ranks[sign][2] for sign in leaders)
    chosen = [sign for sign in leaders if ranks[sign][2] == widest]
    return chosen[0] if len(chosen) == 1 else None
