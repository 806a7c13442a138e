"""A file that somebody sends -> rows of one of our tables, with everything that was assumed, refused or left out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from pathlib import Path

from etl.meta.messages import finding
from etl.meta.model import Dataset, Finding, RowRef, Severity
from etl.meta.view import meanings
from etl.meta.words import normal
from etl.spreadsheets.read.convert import column_style, convert
from etl.spreadsheets.read.headings import Header, find_header, letter, must_have
from etl.spreadsheets.read.model import INSTRUCTIONS, LISTS, SUMMARY, Book, Cell, Sheet
from etl.spreadsheets.read.rows import Kept, sort_out
from etl.spreadsheets.read.sheets import LARGEST, read_book
from etl.spreadsheets.read.spread import spread

COPY = re.compile(r"(?i)\s*(\(\d+\)|-?\s*copia|-?\s*copy|[_ -]\d{4}-?\d{2}-?\d{2})+$")


@dataclass(frozen=True)
class Imported:
    """What a file gave. rows: one dict column -> text per row, with the columns that the file has; lines: its rows.

    letters: our column -> letter of the spreadsheet column; titles: our column -> its heading in the file; headings:
    letter -> heading that means nothing to us. With a critical finding the rows are there to be checked as far as they
    go, and must not be used.
    """

    file: str
    dataset: str
    sheet: str = ""
    rows: list[dict[str, str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    letters: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    headings: Mapping[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    book: Book | None = None


def load(path: Path, datasets: Mapping[str, Dataset], wanted: str | None = None, told: str = "") -> Book:
    """A file as it is, with its bytes. Of a vast sheet that fits no table only the first rows are kept.

    told: its name as it may be told, where that is not the one on the disk.
    """
    with path.open("rb") as file:
        data = file.read(LARGEST + 1)
    tables = readable(datasets, wanted)
    return replace(read_book(told or path.name, data, lambda sheet: bool(fitting(path.name, sheet, tables))), data=data)


def readable(datasets: Mapping[str, Dataset], wanted: str | None) -> dict[str, Dataset]:
    """The tables that a person's file may be about."""
    return {name: dataset for name, dataset in datasets.items() if not dataset.derived and wanted in (None, name)}


def import_book(book: Book, datasets: Mapping[str, Dataset], wanted: str | None = None) -> Imported:
    """Rows of the sheet that fits one of the tables best; a file that fits none is refused with the reason."""
    if not book.sheets:
        return Imported(book.name, wanted or "", findings=book.findings, book=book)
    tables = readable(datasets, wanted)
    fits = candidates(book, tables)
    if len(fits) != 1:
        names = {fit[0].name for fit in fits} or set(tables)
        check = ("twin-sheets" if len(names) == 1 else "which-table") if fits else "no-table"
        seen = ", ".join(f"«{fit[1].title}»" for fit in fits) if check == "twin-sheets" else headings_seen(book)
        problem = finding(check, wanted or "", "", [RowRef(None, "", book.name)], file=book.name,
                          expected=", ".join(sorted(names)), found=seen)
        return Imported(book.name, wanted or "", findings=[*book.findings, problem], book=book)
    dataset, sheet, header = fits[0]
    kept = spread(dataset, header, sort_out(sheet, header, dataset, book.name, book.kind == "csv"), book.name)
    ours = {sheet.title, INSTRUCTIONS, LISTS, SUMMARY}
    others = [other.title for other in book.sheets if other.title not in ours and other.rows]
    left = [note(dataset, book, "other-sheets", "", [RowRef(None, "", title) for title in others])] if others else []
    if sheet.merged:
        refs = [RowRef(line, "", "", f"{letter(position)}{line}") for line, position in sorted(sheet.merged)]
        left.append(note(dataset, book, "merged-cells", "", refs))
    found = [*book.findings, *left, *header_findings(dataset, header, book.name), *kept.findings]
    if not kept.rows:
        found.append(finding("no-rows", dataset.name, "", [RowRef(header.row, "", "")], file=book.name))
    rows, read = convert_rows(dataset, header, kept, book.name)
    letters = {column: letter(position) for position, column in header.columns.items()}
    headings = {letter(position): text for position, text in header.unknown.items()}
    return Imported(book.name, dataset.name, sheet.title, rows, [line for line, _ in kept.rows], letters, header.titles,
                    headings, [*found, *read], book)


def candidates(book: Book, tables: Mapping[str, Dataset]) -> list[tuple[Dataset, Sheet, Header]]:
    """The (table, sheet, headings) that fit best: one when it is clear, several when it is not, none when none fits."""
    fits = [fit for sheet in book.sheets for fit in fitting(book.name, sheet, tables)]
    best = max((rank for rank, *_ in fits), default=None)
    return [(dataset, sheet, header) for rank, dataset, sheet, header in fits if rank == best]


def fitting(
    file: str, sheet: Sheet, tables: Mapping[str, Dataset]
) -> list[tuple[tuple[bool, bool, int, int], Dataset, Sheet, Header]]:
    """(how well it fits, table, sheet, headings) for each table that a sheet may be."""
    fits = []
    for dataset in tables.values() if sheet.title not in (INSTRUCTIONS, LISTS, SUMMARY) else ():
        header = find_header(sheet, dataset)
        named = {normal(COPY.sub("", Path(file).stem)), normal(sheet.title)}
        by_name = bool(named & {normal(dataset.name), normal(dataset.about["title"]["it"])})
        if header and (by_name or len(tables) == 1 or must_have(dataset) & header.found):
            whole = must_have(dataset) <= header.found
            fits.append(((by_name, whole, len(header.columns), -len(header.unknown)), dataset, sheet, header))
    return fits


def headings_seen(book: Book) -> str:
    """The first row of each sheet, to show in a message what was looked at."""
    firsts = (sheet.rows[0][1] for sheet in book.sheets if sheet.rows)
    return " / ".join("; ".join(cell.text for cell in cells if cell.text)[:120] for cells in firsts)


def note(dataset: Dataset, book: Book, check: str, column: str, rows: list[RowRef]) -> Finding:
    return finding(check, dataset.name, column, rows, "note", file=book.name, example=rows[0].value)


def header_findings(dataset: Dataset, header: Header, file: str) -> list[Finding]:
    """What the headings say: rows above them, columns that are missing, not ours, or there twice."""
    titles = {f.name: f.descriptor["title"] for f in dataset.fields}

    def said(check: str, column: str, position: int | None, text: str, severity: Severity) -> Finding:
        place = f"{letter(position)}{header.row}" if position is not None else ""
        return finding(check, dataset.name, column, [RowRef(header.row, "", text, place)], severity, file=file,
                       expected=", ".join(titles[name] for name in dataset.source_columns), found=text,
                       example=titles.get(column, column))

    found = [said("heading-unknown", "", position, text or letter(position), "warning")
             for position, text in header.unknown.items()]
    found += [said("heading-twice", column, position, titles[column], "critical")
              for position, column in header.repeated.items()]
    found += [said("heading-missing", column, None, titles[column], "critical")
              for column in dataset.key if column in must_have(dataset) - header.found]
    if header.above:
        found.append(finding("rows-above", dataset.name, "", [RowRef(header.row, "", "")], "note", file=file,
                             count=header.above, found=str(header.row)))
    return found


def convert_rows(
    dataset: Dataset, header: Header, kept: Kept, file: str
) -> tuple[list[dict[str, str]], list[Finding]]:
    """Each kept row in our spelling, and what was assumed or could not be read, once per column."""
    fields = {f.name: f for f in dataset.fields}
    rows: list[dict[str, str]] = [{} for _ in kept.rows]
    told: dict[tuple[Severity, str, str], list[tuple[RowRef, str]]] = defaultdict(list)
    for position, column in header.columns.items():
        cells = [cells[position] if position < len(cells) else Cell("") for _, cells in kept.rows]
        read_cell = lru_cache(partial(convert, fields[column], style=column_style(fields[column], cells)))
        for (line, _), cell, row in zip(kept.rows, cells, rows, strict=True):
            read = read_cell(cell)
            # A value that could not be read is empty, so that nothing wrong is carried on; the finding shows it.
            row[column] = "" if read.problem else read.value
            if read.problem or read.note:
                severity: Severity = "critical" if read.problem else "note"
                ref = RowRef(line, "", cell.text[:200], f"{letter(position)}{line}")
                told[severity, read.problem or read.note, column].append((ref, read.value))
    return rows, list(in_words(dataset, told, file))


def in_words(
    dataset: Dataset, told: Mapping[tuple[Severity, str, str], list[tuple[RowRef, str]]], file: str
) -> Iterable[Finding]:
    """One finding per column and kind; an assumption shows its first value as written and as read."""
    fields = {f.name: f for f in dataset.fields}
    for (severity, check, column), items in told.items():
        ref, value = items[0]
        yield finding(
            check, dataset.name, column, [row for row, _ in items], severity, file=file,
            found=ref.value if severity == "critical" else f"{ref.value} → {value or '–'}",
            expected=", ".join(label["it"] for label in meanings(fields[column].descriptor).values()),
            example=str(fields[column].descriptor.get("example", "")),
        )

