"""What a file holds of private people outside the cells that go into our tables.

Its name, the titles of its sheets, other sheets and columns (hidden ones too), headings, and of a workbook that is an
archive its comments, its properties and what stands beside its pictures. Who wrote a file is no part of what it says:
authors are left alone here, and our copies do not bear them.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence, Set
from pathlib import PurePath
from typing import NamedTuple

from etl.checks.privacy import masked, personal_in
from etl.meta.messages import finding
from etl.meta.model import Dataset, Finding, RowRef
from etl.meta.words import normal
from etl.spreadsheets.read.importer import Imported
from etl.spreadsheets.read.model import Book, Sheet

PARTS = {
    # What a part of an archive is to people: which parts are so.
    "commento / comment": re.compile(r"comments?[^/]*/?[^/]*\.xml$|threadedcomment", re.IGNORECASE),
    "proprietà / properties": re.compile(r"docProps/[^/]+\.xml$|^meta\.xml$"),
    "immagine / picture": re.compile(r"drawings?/[^/]+\.(?:xml|vml)$"),
    "nota / note": re.compile(r"^content\.xml$"),
}
AUTHORS = re.compile(
    r"<(?:\w+:)?(creator|lastModifiedBy|initial-creator|printed-by|author|authors|Application|AppVersion)\b[^>]*>.*?"
    r"</(?:\w+:)?\1>", re.DOTALL,
)
ANNOTATION = re.compile(r"<office:annotation\b.*?</office:annotation>", re.DOTALL)
TEXT = re.compile(r">([^<>]+)<|\b(?:descr|title|alt)=\"([^\"]+)\"")
MOST = 20_000_000  # signs of a part that are looked at
TOLD = 5  # places that the message names; the rows name them all


class Place(NamedTuple):
    """Where a text stands, in words or as a cell; its row where a table has that row too; whether it is a name."""

    where: str
    text: str
    line: int | None = None
    name: bool = False


def beside_the_tables(
    name: str, parts: Sequence[Imported], book: Book | None, datasets: Mapping[str, Dataset]
) -> list[Finding]:
    """A finding for the personal data that a file holds beside its tables; none where it holds no such data.

    name: as the file is called on its disk; parts: the tables that were read of it; book: the file whole.
    """
    places = [Place("nome del file / file name", name, name=True), *(in_sheets(book, parts, datasets) if book else ()),
              *(in_archive(book.data) if book else ())]
    rows = [RowRef(place.line, "", found.shown, place.where) for place in places if place.text
            for found in (personal_in(place.text, place.name) or (personal_in(place.text) if place.name else ()))]
    said = ", ".join(dict.fromkeys(row.cell for row in rows[:TOLD])) + (" …" if len(rows) > TOLD else "")
    return [finding("privacy-beside", parts[0].dataset if parts else "", "", rows, file=told_name(name), found=said)
            ] if rows else []


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


def in_archive(data: bytes) -> Iterator[Place]:
    """The comments, the properties and the words beside pictures of a workbook; a file that is no archive has none."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for part in archive.infolist():
            where = next((words for words, pattern in PARTS.items() if pattern.search(part.filename)), None)
            if where:
                with archive.open(part) as stream:
                    text = stream.read(MOST).decode("utf-8", "replace")
                yield from (Place(where, said) for said in told_in(text, part.filename))


def told_in(xml: str, part: str) -> list[str]:
    """The texts of a part of an archive, those of authors apart; of the sheets of an ODS only its notes."""
    pieces = ANNOTATION.findall(xml) if part == "content.xml" else [xml]
    found = [html.unescape(one or other) for piece in pieces for one, other in TEXT.findall(AUTHORS.sub("", piece))]
    return [text.strip() for text in found if text.strip()]
