"""What a file holds of private people outside the cells that go into our tables.

Its name, the titles of its sheets, other sheets and columns (hidden ones too), headings, and of a workbook what it says
outside its cells (see archived.py and old_books.py). What is personal there is told masked, in every finding.
Who wrote a file is no part of what it says: authors are left alone here, and our copies do not bear them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from pathlib import PurePath
from typing import NamedTuple

from etl.checks.privacy import Found, masked, personal_in
from etl.meta.messages import finding
from etl.meta.model import Dataset, Finding, RowRef
from etl.meta.words import normal
from etl.releases.archived import POSITION, said_in_archive
from etl.releases.old_books import said_beside
from etl.spreadsheets.read.importer import Imported
from etl.spreadsheets.read.model import Book, Sheet

TOLD = 5  # places that the message names; the rows name them all


class Place(NamedTuple):
    """Where a text stands, in words or as a cell; its row where a table has that row too; whether it is a name."""

    where: str
    text: str
    line: int | None = None
    name: bool = False


    @property
    def personal(self) -> tuple[Found, ...]:
        """What it holds of private people; where a picture was taken may be somebody's home."""
        if self.where == POSITION:
            return (Found("position", masked(self.text)),)
        return personal_in(self.text, self.name) or (personal_in(self.text) if self.name else ())


def beside_the_tables(
    name: str, parts: Sequence[Imported], book: Book | None, datasets: Mapping[str, Dataset]
) -> list[Imported]:
    """The tables of a file as they may be told: with a finding for the personal data that the file holds beside them,
    and without those data in any other finding.

    name: as the file is called on its disk; parts: the tables that were read of it; book: the file whole.
    """
    places = [place for place in places_of(name, parts, book, datasets) if place.text and place.personal]
    if not places:
        return list(parts)
    rows = [RowRef(place.line, "", found.shown, place.where) for place in places for found in place.personal]
    said = ", ".join(dict.fromkeys(row.cell for row in rows[:TOLD])) + (" …" if len(rows) > TOLD else "")
    told = finding("privacy-beside", parts[0].dataset, "", rows, file=told_name(name), found=said)
    secrets = sorted({place.text for place in places if place.where != POSITION}, key=len, reverse=True)
    first, *others = (without(part, secrets) for part in parts)
    return [replace(first, findings=[*first.findings, told]), *others]


def places_of(
    name: str, parts: Sequence[Imported], book: Book | None, datasets: Mapping[str, Dataset]
) -> Iterator[Place]:
    """Every text that a file holds beside its tables."""
    yield Place("nome del file / file name", name, name=True)
    if book:
        yield from in_sheets(book, parts, datasets)
        yield from (Place(where, text) for where, text in (*said_in_archive(book.data), *said_beside(book.data)))


def without(part: Imported, secrets: Sequence[str]) -> Imported:
    """A table without texts that are personal: titles of sheets, headings, and findings that would tell them whole."""
    def told(text: str) -> str:
        for secret in secrets:
            text = text.replace(secret, masked(secret))
        return text

    def hidden(item: Finding) -> Finding:
        rows = tuple(replace(row, key=told(row.key), value=told(row.value), cell=told(row.cell)) for row in item.rows)
        message, remedy = ({language: told(text) for language, text in words.items()}
                           for words in (item.message, item.remedy))
        return replace(item, rows=rows, message=message, remedy=remedy, column=told(item.column))

    titles, headings = ({name: told(text) for name, text in words.items()} for words in (part.titles, part.headings))
    return replace(part, sheet=told(part.sheet), titles=titles, headings=headings,
                   findings=[hidden(item) for item in part.findings])


def told_name(name: str) -> str:
    """The name of a file as it may be told: one that is a person's is masked, with nothing of it but its ending."""
    found = [*personal_in(name, name=True), *personal_in(name)]
    return f"{masked(PurePath(name).stem)}{PurePath(name).suffix}" if found else name


def in_sheets(book: Book, parts: Sequence[Imported], datasets: Mapping[str, Dataset]) -> Iterator[Place]:
    """The titles of sheets, and every cell that goes into no table."""
    for number, sheet in enumerate(book.sheets, 1):
        yield Place(f"foglio / sheet {number}", sheet.title, name=True)
        title = f"{number}" if personal_in(sheet.title, name=True) else sheet.title
        own = [part for part in parts if part.sheet == sheet.title]
        taken = {letter for part in own for letter in taken_by(part, datasets.get(part.dataset))}
        yield from in_cells(sheet, title, {line for part in own for line in part.lines}, taken)


def taken_by(part: Imported, dataset: Dataset | None) -> set[str]:
    """The columns that a table reads, and those that it computes itself, as our own workbooks have them."""
    computed = [field for field in dataset.fields if field.computed] if dataset else []
    ours = {normal(title) for field in computed
            for title in (field.name, field.descriptor["title"], field.descriptor.get("title_en", ""))}
    return {*part.letters.values(), *(letter for letter, heading in part.headings.items() if normal(heading) in ours)}


def in_cells(sheet: Sheet, title: str, lines: Set[int], taken: Set[str]) -> Iterator[Place]:
    """The cells of a sheet that go into no table: lines and columns that one takes cross in its cells."""
    for line, cells in sheet.rows:
        for column, cell in enumerate(cells):
            if cell.native == "text" and cell.text and not (line in lines and letters_of(column) in taken):
                yield Place(f"{title}!{letters_of(column)}{line}", cell.text, line if line in lines else None)


def letters_of(column: int) -> str:
    """The letters of a column: 0 is A, 26 is AA."""
    before, last = divmod(column, 26)
    return (letters_of(before - 1) if before else "") + chr(ord("A") + last)
