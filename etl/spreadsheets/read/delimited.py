"""CSV and TSV as people save them -> rows of cells, numbered as a spreadsheet shows them."""

from __future__ import annotations

import csv
import io
from collections import Counter

from etl.meta.messages import finding
from etl.meta.model import Finding, RowRef
from etl.spreadsheets.read.model import Book, Cell, Sheet

DELIMITERS = ";,\t|"
SAMPLE = 200  # rows looked at to tell the separator

csv.field_size_limit(10_000_000)


def read_delimited(name: str, text: str, findings: list[Finding]) -> Book:
    """The one sheet of a CSV. Cells are text; nothing is stripped."""
    start = 0
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        delimiters, text, start = first.strip()[4], rest, 1
    else:
        delimiters = DELIMITERS
    tables = {sign: parse(text, sign) for sign in delimiters}
    best = likeliest(tables)
    if best is None:
        seen = "; ".join(f"{sign!r}: {max(widths(rows), default=0)}" for sign, rows in tables.items())
        row = RowRef(1, "", text[:80])
        return Book(name, "csv", findings=[*findings, finding("delimiter", "", "", [row], file=name, found=seen)])
    row_open = open_quote(text, best)
    if row_open:
        row = RowRef(row_open + start, "", "")
        return Book(name, "csv", findings=[*findings, finding("quotes-open", "", "", [row], file=name)])
    filled = [(number, [Cell(value) for value in cells]) for number, cells in enumerate(tables[best], start + 1)
              if any(value.strip() for value in cells)]
    return Book(name, "csv", [Sheet(name.rsplit(".", 1)[0], filled)], findings)


def parse(text: str, delimiter: str) -> list[list[str]]:
    """Every record of a text, blank ones too, with whatever quotes there are."""
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def open_quote(text: str, delimiter: str) -> int:
    """The row, as a spreadsheet counts, in which quotes are opened and not closed; 0 when there is none."""
    number = 0
    try:
        for _ in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            number += 1
    except csv.Error:
        return number + 1
    return 0


def widths(rows: list[list[str]]) -> Counter[int]:
    return Counter(len(cells) for cells in rows[:SAMPLE] if any(cells))


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
