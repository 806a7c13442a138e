"""A workbook of several sheets of data: named after several tables, as our templates are, or alike, of one table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from etl.meta.messages import finding
from etl.meta.model import Dataset, RowRef
from etl.meta.view import key_of
from etl.meta.words import normal
from etl.spreadsheets.read.headings import Header
from etl.spreadsheets.read.importer import Imported, candidates, import_book, readable
from etl.spreadsheets.read.model import INSTRUCTIONS, LISTS, SUMMARY, Book

TITLE = 31
"""Characters that the title of a sheet may have: a longer title of a table is cut there."""


def import_tables(book: Book, datasets: Mapping[str, Dataset], wanted: str | None = None) -> list[Imported]:
    """What a file gives, one item per table that it is about; a sheet without rows of its own is no part.

    Sheets of one table with the same headings are a part each, when they say nothing different of a row.

    wanted: the name of the one table that it is about; without it the tables are told from the titles of its sheets,
    else one table from the file's name, its sheets and its headings.
    """
    named = {} if wanted else by_title(book, datasets)
    if len(named) < 2:
        return joined(book, datasets, wanted) or [import_book(book, datasets, wanted)]
    taken = {title for titles in named.values() for title in titles}
    others = [sheet.title for sheet in book.sheets if sheet.title not in taken]
    parts: list[Imported] = []
    for name, titles in named.items():
        kept = titles if parts else [*titles, *others]
        sheets = sorted((sheet for sheet in book.sheets if sheet.title in kept), key=lambda s: s.title not in titles)
        part = replace(book, sheets=sheets, findings=[] if parts else book.findings)
        parts.append(replace(import_book(part, {name: datasets[name]}, name), book=book))
    return [part for part in parts if not is_empty(part)] or parts[:1]


def joined(book: Book, datasets: Mapping[str, Dataset], wanted: str | None) -> list[Imported]:
    """A part per sheet, of sheets that are of one table and have the same headings; none where they contradict."""
    fits = candidates(book, readable(datasets, wanted))
    if len(fits) < 2 or len({(dataset.name, *headings_of(header)) for dataset, _, header in fits}) > 1:
        return []
    dataset, twins = fits[0][0], [sheet for _, sheet, _ in fits]
    others = [sheet for sheet in book.sheets if sheet not in twins]
    parts: list[Imported] = []
    for sheet in twins:
        part = replace(book, sheets=[sheet, *([] if parts else others)], findings=[] if parts else book.findings)
        parts.append(replace(import_book(part, {dataset.name: dataset}, dataset.name), book=book))
    if contradict(dataset, parts):
        return []
    titles = [RowRef(None, "", sheet.title) for sheet in twins]
    told = finding("sheets-joined", dataset.name, "", titles, "warning", file=book.name,
                   found=", ".join(f"«{sheet.title}»" for sheet in twins))
    first, *rest = [part for part in parts if not is_empty(part)] or parts[:1]
    return [replace(first, findings=[told, *first.findings]), *rest]


def contradict(dataset: Dataset, parts: Sequence[Imported]) -> bool:
    """Whether two sheets say different things of one row."""
    said: dict[str, tuple[Imported, dict[str, str]]] = {}
    for part in parts:
        for row in part.rows:
            key = key_of(row, dataset.key)
            before, there = said.setdefault(key, (part, row))
            if before is not part and there != row and key.strip("|"):
                return True
    return False


def headings_of(header: Header) -> tuple[object, ...]:
    """What must be the same in two sheets that are parts of one: each heading, ours or not, and where it stands."""
    ours = ((position, column, normal(header.titles[column])) for position, column in sorted(header.columns.items()))
    return tuple(ours), tuple((position, normal(text)) for position, text in sorted(header.unknown.items()))


def by_title(book: Book, datasets: Mapping[str, Dataset]) -> dict[str, list[str]]:
    """Table -> the sheets that bear its name or its title, in the order of the workbook."""
    known: dict[str, str] = {}
    for dataset in (each for each in datasets.values() if not each.derived):
        for title in (dataset.name, *dataset.about["title"].values()):
            known.setdefault(normal(title[:TITLE]), dataset.name)
    found: dict[str, list[str]] = {}
    for sheet in book.sheets:
        name = known.get(normal(sheet.title))
        if name and sheet.rows and sheet.title not in (INSTRUCTIONS, LISTS, SUMMARY):
            found.setdefault(name, []).append(sheet.title)
    return found


def is_empty(part: Imported) -> bool:
    """Whether a sheet has headings and nothing below: of a workbook for several tables people fill some."""
    return not part.rows and {item.check for item in part.findings if item.severity == "critical"} <= {"no-rows"}
