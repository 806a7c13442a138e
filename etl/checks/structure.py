"""The bytes of a source table: encoding, quotes, header, width of rows, hostile cells.

Frictionless reads many of these as valid (a wrong encoding, a NUL, a formula, a script), so they are
checked first, on the bytes that people hand in.
"""

from __future__ import annotations

import csv
import re
from codecs import BOM_UTF8
from collections import defaultdict
from collections.abc import Iterator, Sequence

from etl.meta.messages import finding
from etl.meta.model import Dataset, Finding, RowRef
from etl.meta.view import key_of, record
from etl.runtime.source_tables import EXAMPLE
from etl.runtime.tables import Record, Records, parse_csv, read_records

SOURCE, EXAMPLE_ROW = "source_url", "example-row"

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\u200b\u2060]")
DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
HTML = re.compile(r"<[a-zA-Z/!?]")
SIGNS = frozenset("=+-@\t\r")
"""What a formula of a spreadsheet begins with."""
NUMERIC = ("integer", "number")
# What a table of people never reaches: beyond it a file is a mistake or an attack, and is not read further.
MOST_BYTES, MOST_ROWS, LONGEST, NAMED = 300_000_000, 2_000_000, 100_000, 20


def check_structure(dataset: Dataset, data: bytes) -> tuple[Records | None, list[Finding]]:
    """The records of a table and what is wrong with its bytes.

    With a finding about the file or its header there are no records: the cells cannot be told apart.
    """
    header = ",".join(dataset.source_columns)
    if not data.removeprefix(BOM_UTF8).strip():
        return None, [finding("empty-file", dataset.name, "", [RowRef(1, "", "")], expected=header)]
    try:
        table = data.removeprefix(BOM_UTF8)
        table.decode()
    except UnicodeDecodeError as error:
        line = table.count(b"\n", 0, error.start) + 1
        row = RowRef(line, "", table[error.start : error.start + 1].hex())
        return None, [finding("encoding", dataset.name, "", [row], found=str(line))]
    if (lines := data.count(b"\n")) > MOST_ROWS:
        return None, [finding("too-many-rows", dataset.name, "", [RowRef(None, "", "")], found=f"{lines:,}",
                            expected=f"{MOST_ROWS:,}")]
    try:
        records = read_records(table)
        uneven = [] if records else parse_csv(table.decode())
    except csv.Error as error:
        if "field limit" in str(error):
            return None, [too_long(dataset, "?", [RowRef(None, "", "")])]
        return None, [finding("quotes", dataset.name, "", [RowRef(None, "", "")], found=str(error))]
    if records is None and not uneven:
        return None, [finding("empty-file", dataset.name, "", [RowRef(1, "", "")], expected=header)]
    wrong = header_findings(dataset, records.header if records else uneven[0][1], header)
    if records is None or wrong:
        return None, wrong or width_findings(dataset, uneven)
    records, shown = without_examples(dataset, records)
    return records, hostile_findings(dataset, records) + shown


def without_examples(dataset: Dataset, records: Records) -> tuple[Records, list[Finding]]:
    """The records without the rows that only show how one is written, and a note where there are such rows."""
    source = records.header.index(SOURCE) if SOURCE in records.header else None
    if source is None or EXAMPLE not in records.rows.different(source):
        return records, []
    said = records.rows.column(source)
    rows = [RowRef(line, "", "") for line, cell in zip(records.lines, said, strict=True) if cell == EXAMPLE]
    return (records.at([place for place, cell in enumerate(said) if cell != EXAMPLE]),
            [finding(EXAMPLE_ROW, dataset.name, SOURCE, rows, "note", expected=EXAMPLE)])


def too_large(dataset: Dataset, size: int) -> list[Finding]:
    """What is wrong with a file of so many bytes; it is not even read."""
    if size <= MOST_BYTES:
        return []
    return [finding("too-large", dataset.name, "", [RowRef(None, "", "")], found=f"{size / 1e6:.0f}",
                    expected=f"{MOST_BYTES / 1e6:.0f}")]


def too_long(dataset: Dataset, column: str, rows: list[RowRef]) -> Finding:
    return finding("cell-too-long", dataset.name, column, rows, expected=f"{LONGEST:,}")


def header_findings(dataset: Dataset, found: list[str], header: str) -> list[Finding]:
    """Missing, extra or swapped columns."""
    expected = dataset.source_columns
    row = [RowRef(1, "", ",".join(found)[:200])]
    findings = [
        finding("columns-missing", dataset.name, name, row, expected=header)
        for name in expected if name not in found
    ]
    seen: set[str] = set()
    extra = [name for name in found if name not in expected or name in seen or seen.add(name)]  # type: ignore[func-returns-value]
    if len(extra) > NAMED:
        return [*findings, finding("columns-many", dataset.name, "", row, found=str(len(extra)), expected=header)]
    findings += [finding("columns-extra", dataset.name, name, row, expected=header) for name in extra]
    if not findings and found != expected:
        first = next(name for name, right in zip(found, expected, strict=True) if name != right)
        findings.append(finding("columns-order", dataset.name, first, row, expected=header))
    return findings


def width_findings(dataset: Dataset, records: Sequence[Record]) -> list[Finding]:
    """Rows with more or fewer cells than the header, counted once per width."""
    width = len(records[0][1])
    by_width = defaultdict(list)
    for line, cells in records[1:]:
        if len(cells) != width:
            by_width[len(cells)].append(RowRef(line, cells[0], ",".join(cells)[:200]))
    return [
        finding("row-width", dataset.name, "", rows, found=str(found), expected=str(width))
        for found, rows in sorted(by_width.items())
    ]


def hostile_findings(dataset: Dataset, records: Records) -> list[Finding]:
    """Cells that could harm a reader or a spreadsheet, or that hide something, counted once per column."""
    fields = {f.name: f for f in dataset.fields}
    wrong: dict[tuple[str, str], list[RowRef]] = defaultdict(list)
    header = records.header
    long: dict[str, list[RowRef]] = defaultdict(list)
    doubtful = [(place, name) for place, name in enumerate(header) if may_harm(records.rows.different(place))]

    def key(cells: list[str]) -> str:
        return key_of(record(header, [cell[:200] for cell in cells]), dataset.key)

    for line, cells in zip(records.lines, records.rows, strict=True) if doubtful else ():
        for place, name in doubtful:
            if len(value := cells[place]) > LONGEST:
                long[name].append(RowRef(line, key(cells), value[:200]))
                continue
            for check in hostile(value, fields[name].type in NUMERIC or fields[name].kind == "phone"):
                wrong[check, name].append(RowRef(line, key(cells), value[:200]))
    return [too_long(dataset, column, rows) for column, rows in long.items()] + [
        finding(check, dataset.name, column, rows, example=str(fields[column].descriptor.get("example", "testo")))
        for (check, column), rows in wrong.items()
    ]


def may_harm(values: Sequence[str]) -> bool:
    """Whether a column may hold a cell that is too long or hostile: a look at all cells at once, for most hold none."""
    text = "\n".join(values)  # no pattern holds a line break
    return bool(CONTROL.search(text) or DIRECTION.search(text) or HTML.search(text)) or any(
        value[:1] in SIGNS or len(value) > LONGEST or value != value.strip() for value in values if value)


def hostile(value: str, may_start_with_sign: bool) -> Iterator[str]:
    """The names of the checks that a cell fails."""
    if not value:
        return
    if CONTROL.search(value):
        yield "control-character"
    if DIRECTION.search(value):
        yield "direction-character"
    if HTML.search(value):
        yield "html"
    if value[0] in SIGNS and not (may_start_with_sign and value[0] in "+-"):
        yield "formula"
    if value != value.strip():
        yield "spaces"
