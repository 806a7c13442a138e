"""A workbook whose sheets are named after several tables, as our own templates are: each sheet read as its table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from etl.meta.model import Dataset
from etl.meta.words import normal
from etl.spreadsheets.read.importer import Imported, import_book
from etl.spreadsheets.read.model import INSTRUCTIONS, LISTS, SUMMARY, Book

TITLE = 31
"""Characters that the title of a sheet may have: a longer title of a table is cut there."""


def import_tables(book: Book, datasets: Mapping[str, Dataset], wanted: str | None = None) -> list[Imported]:
    """What a file gives, one item per table that it is about; a sheet without rows of its own is no part.

    wanted: the name of the one table that it is about; without it the tables are told from the titles of its sheets,
    else one table from the file's name, its sheets and its headings.
    """
    named = {} if wanted else by_title(book, datasets)
    if len(named) < 2:
        return [import_book(book, datasets, wanted)]
    taken = {title for titles in named.values() for title in titles}
    others = [sheet.title for sheet in book.sheets if sheet.title not in taken]
    parts: list[Imported] = []
    for name, titles in named.items():
        kept = titles if parts else [*titles, *others]
        sheets = sorted((sheet for sheet in book.sheets if sheet.title in kept), key=lambda s: s.title not in titles)
        part = replace(book, sheets=sheets, findings=[] if parts else book.findings)
        parts.append(replace(import_book(part, {name: datasets[name]}, name), book=book))
    return [part for part in parts if not is_empty(part)] or parts[:1]


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
