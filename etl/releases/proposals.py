"""datasets/proposals.csv: what a source says and nobody has accepted yet, one value a row, in words and to be answered.

It is also the memory of the last reading: an answered row stays, so that a value is asked once, and again only when the
page says another one. Nothing of it is published: only what a person accepts goes into a table (releases/accept.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path

from etl.meta.model import Dataset, Field
from etl.meta.view import key_of
from etl.meta.words import normal
from etl.releases.merge import same_number
from etl.runtime.files import write_whole
from etl.runtime.tables import csv_bytes
from etl.spreadsheets.read.model import Book
from etl.spreadsheets.read.sheets import read_book
from etl.spreadsheets.write.columns import options_of, shown

FILE = Path("datasets", "proposals.csv")
YES, NO, TAKEN, SEEN = "sì", "no", "preso", "visto"
"""Answers: of people, and of the program for a value that has gone in, or that stood beside words of ours."""
HEADINGS = {
    "answer": "Accetti (sì/no)", "name": "Di che cosa", "what": "Che cosa", "today": "Oggi qui",
    "said": "Sulla pagina", "typed": "Se è un altro, scrivilo qui", "note": "Da sapere", "page": "Pagina",
    "day": "Letto il", "dataset": "Tabella", "key": "Riga", "column": "Colonna", "carried": "Porta con sé",
}
GONE = "La scheda non è più sul sito del Comune: il servizio è chiuso? Scrivi il nuovo stato."
NO_LONGER = "La pagina non lo dice più (prima diceva: {said})."
BEFORE = "Prima la pagina diceva: {said}."
CHOOSE = "Scegli: {options}."
ASKED = "La pagina non lo dice per certo."


@dataclass(frozen=True)
class Proposal:
    """One value of one cell, as text for people; the last four fields say which cell, and what goes with it."""

    answer: str
    name: str
    what: str
    today: str
    said: str
    typed: str
    note: str
    page: str
    day: str
    dataset: str
    key: str
    column: str
    carried: str

    @property
    def cell(self) -> tuple[str, str, str]:
        return self.dataset, self.key, self.column

    @property
    def open(self) -> bool:
        return self.answer not in (NO, TAKEN, SEEN)


def read_proposals(root: Path) -> list[Proposal]:
    """The proposals of a repository; none where there is no file."""
    path = root / FILE
    return rows_of(read_book(path.name, path.read_bytes())) if path.exists() else []


def rows_of(book: Book) -> list[Proposal]:
    """The proposals in a file, whatever kind of spreadsheet it is; none in one that is another file."""
    wanted = {normal(text): name for name, text in HEADINGS.items()}
    for sheet in book.sheets:
        for place, (_, cells) in enumerate(sheet.rows[:10]):
            columns = {wanted[normal(cell.text)]: at for at, cell in enumerate(cells) if normal(cell.text) in wanted}
            if {"answer", "said", "dataset", "key", "column"} <= set(columns):
                return [Proposal(**{item.name: text_at(row, columns.get(item.name)) for item in fields(Proposal)})
                        for _, row in sheet.rows[place + 1:]]
    return []


def text_at(row: Sequence[object], place: int | None) -> str:
    """The text of a cell of a row; "" where the row ends before it."""
    return str(getattr(row[place], "text", "")).strip() if place is not None and place < len(row) else ""


def in_order(proposals: Iterable[Proposal]) -> list[Proposal]:
    """What waits for an answer first, then by page and table."""
    return sorted(proposals, key=lambda item: (not item.open, item.page, item.dataset, item.key))


def write_proposals(root: Path, proposals: Iterable[Proposal]) -> None:
    """Put the file in place; none where there is nothing to remember."""
    ordered = in_order(proposals)
    if ordered or (root / FILE).exists():
        write_whole(root / FILE, as_csv(ordered))


def as_csv(proposals: Iterable[Proposal]) -> bytes:
    return csv_bytes(list(HEADINGS.values()), ([getattr(item, name) for name in HEADINGS] for item in proposals))


@dataclass(frozen=True)
class Spoken:
    """What a source said in one reading. rows: of our table; notes: (address, column) -> why a value is asked; names:
    address -> the title of its page; whole: nothing was left unread."""

    rows: Sequence[Mapping[str, str]]
    notes: Mapping[tuple[str, str], str]
    names: Mapping[str, str]
    whole: bool


def proposed(
    dataset: Dataset, table: Sequence[Mapping[str, str]], known: Sequence[Proposal], spoken: Spoken, day: str
) -> list[Proposal]:
    """The proposals about one table after a reading. known: those before it; day: that of the reading, ISO."""
    before = {item.cell: item for item in known if item.dataset == dataset.name}
    there = {key_of(row, dataset.key): row for row in table}
    made = [item for row in spoken.rows
            for item in about_row(dataset, row, there.get(key_of(row, dataset.key)), before, spoken, day)]
    pages, cells = {row["source_url"] for row in spoken.rows}, {item.cell for item in made}
    left = [item for cell, item in before.items() if cell not in cells and (
        not item.open if item.page in pages or spoken.whole else True)]
    asked = gone(dataset, there, before, pages, day) if spoken.whole else ()
    return list({item.cell: item for item in [*made, *left, *asked]}.values())


def about_row(
    dataset: Dataset, row: Mapping[str, str], current: Mapping[str, str] | None,
    before: Mapping[tuple[str, str, str], Proposal], spoken: Spoken, day: str,
) -> Iterator[Proposal]:
    """The proposals about one row: what differs from the table, what a new row must have, what nobody can tell."""
    fetch = dataset.about["source"]["fetch"]
    carried, words = fetch.get("carried", ()), fetch.get("words", ())
    page, key = row["source_url"], key_of(row, dataset.key)
    along = " | ".join(f"{name}={row[name]}" for name in carried if row.get(name))
    for field in (item for item in dataset.fields if item.name in row and item.name not in (*dataset.key, *carried)):
        here, said = (current or {}).get(field.name, ""), row[field.name]
        old, note = before.get((dataset.name, key, field.name)), spoken.notes.get((page, field.name), "")
        if said and (said == here or same_number(here, said)):
            answer: str | None = TAKEN if field.name in words or (old and not old.open) else None
        elif said or note or (current is None and field.required):
            answer = SEEN if field.name in words and here and old is None else ""
        elif old and old.open and not old.said and here:
            yield old
            continue
        else:
            answer = "" if old and old.answer in (TAKEN, SEEN) and old.said and here else None
            note = NO_LONGER.format(said=old.said) if old else ""
        if answer is None:
            continue
        new = Proposal(answer, spoken.names.get(page, ""), field.descriptor["title"], shown(field, here),
                       shown(field, said), "", explained(field, said, note), page, day, dataset.name, key, field.name,
                       along)
        yield remembered(new, old)


def explained(field: Field, said: str, note: str) -> str:
    """What a person should know of a value: why it is asked, and among what to choose."""
    options = ", ".join(options_of(field, {}))
    choose = CHOOSE.format(options=options) if options and not said else ""
    return " ".join(filter(None, (note or ("" if said else ASKED), choose)))


def remembered(new: Proposal, old: Proposal | None) -> Proposal:
    """A proposal with the answer that it had, when the page still says the same; else with what it said before."""
    if old is None or new.answer == TAKEN:
        return replace(new, typed=old.typed if old else "")
    if old.said == new.said and (new.said or not old.open or old.note == new.note):
        kept = replace(new, answer=old.answer, typed=old.typed, day=old.day)
        return replace(kept, note=old.note) if old.note else kept
    before = BEFORE.format(said=old.said) if old.said and new.said else ""
    return replace(new, note=" ".join(filter(None, (new.note, before))))


def gone(
    dataset: Dataset, there: Mapping[str, Mapping[str, str]], before: Mapping[tuple[str, str, str], Proposal],
    pages: set[str], day: str,
) -> Iterator[Proposal]:
    """A question for each row whose page was read once and is no longer there; of a table that says what to ask."""
    column = dataset.about["source"]["fetch"].get("gone", "")
    field = next((item for item in dataset.fields if item.name == column), None)
    last = {item.key: item for item in before.values() if item.page not in pages}
    for key, item in last.items() if field else ():
        assert field is not None  # noqa: S101 - nothing is asked without a column
        note = explained(field, "", GONE)
        old = before.get((dataset.name, key, field.name))
        if old and old.note == note:
            yield old
        elif key in there:
            yield replace(item, answer="", what=field.descriptor["title"], today=shown(field, there[key][field.name]),
                          said="", typed="", note=note, day=day, column=field.name)
