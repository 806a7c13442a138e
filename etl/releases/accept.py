"""What a person accepts of the proposals goes into its tables, page by page, when the release holds with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from etl.checks.values import check_values
from etl.domain.citing import TABLE
from etl.meta.catalog import load_catalog
from etl.meta.messages import messages
from etl.meta.model import Dataset
from etl.meta.view import record
from etl.releases.merge import update, with_sources
from etl.releases.proposals import FILE, NO, TAKEN, YES, Proposal, as_csv, in_order, read_proposals, rows_of
from etl.releases.trial import try_tables
from etl.runtime.files import finish_writing, write_together
from etl.runtime.source_tables import Rows, source_rows, table_bytes
from etl.spreadsheets.read.convert import as_boolean, convert
from etl.spreadsheets.read.model import Cell
from etl.spreadsheets.read.sheets import read_book

Cells = list[tuple[Proposal, str]]
"""Accepted proposals, each with its value in our spelling."""
UNREAD = "Non si capisce la risposta «{found}»: scrivi sì oppure no."
UNANSWERED = "C’è un valore e manca la risposta: scrivi sì."
EMPTY = "Manca il valore: scrivilo in «Se è un altro, scrivilo qui»."
OLD = "Questa proposta non c’è più: la pagina è cambiata. Prendi il file nuovo."


@dataclass
class Accepted:
    """What came of the answers. taken: values that went in; refused: proposals to be looked at again, with why."""

    taken: list[Proposal] = field(default_factory=list)
    refused: list[tuple[Proposal, str]] = field(default_factory=list)
    dismissed: int = 0


def accept(root: Path, answers: Sequence[Path], today: date) -> Accepted | None:
    """Take in what was accepted, in the file of the proposals itself or in copies of it (answers), which are removed.

    Nothing is written for a page whose values break the release; its rows say why. None when nobody answered anything.
    """
    if not (answers or (root / FILE).exists()):
        return None
    finish_writing(root / "datasets")
    known = {item.cell: item for item in read_proposals(root)}
    done = Accepted()
    for path in answers:
        for item in rows_of(read_book(path.name, path.read_bytes())):
            answer_one(known, item, done)
    given = [item for item in known.values() if item.open and (item.answer or item.typed)]
    if not (given or answers):
        return None
    datasets = load_catalog(root)
    pages: dict[str, Cells] = defaultdict(list)
    for item in given:
        said, why = answer_of(item)
        value, why = value_of(datasets, item) if said == YES and not why else ("", why)
        if why:
            done.refused.append((item, why))
        elif said == NO:
            known[item.cell] = replace(item, answer=NO)
            done.dismissed += 1
        else:
            pages[item.page].append((item, value))
    tables = take(root, datasets, pages, today, done)
    known |= {item.cell: replace(item, answer=TAKEN, note="") for item in done.taken}
    known |= {item.cell: replace(item, answer="", note=told(why, item)) for item, why in done.refused if why != OLD}
    put = {f"source/{name}.csv": table for name, table in tables.items()}
    write_together(root / "datasets", {}, put | {FILE.name: as_csv(in_order(known.values()))},
                   [f"inbox/{path.name}" for path in answers])
    return done


def told(why: str, item: Proposal) -> str:
    """The note of a proposal with what was wrong with its answer before it, once."""
    return item.note if why in item.note else f"{why} {item.note}".strip()


def answer_one(known: dict[tuple[str, str, str], Proposal], item: Proposal, done: Accepted) -> None:
    """Put one answered row of a copy among the proposals that it answers."""
    mine = known.get(item.cell)
    if not (item.answer or item.typed) or (mine and not mine.open and mine.answer == item.answer):
        return  # not answered, or answered long ago
    if mine is None or not mine.open or mine.said != item.said:
        done.refused.append((item, OLD))
    else:
        known[item.cell] = replace(mine, answer=item.answer, typed=item.typed)
        done.dismissed += not known[item.cell].open


def answer_of(item: Proposal) -> tuple[str, str]:
    """(sì or no, what is wrong with the answer)."""
    said = as_boolean(Cell(item.answer)).value
    if said in ("true", "false"):
        return (YES if said == "true" else NO), ""
    return "", UNREAD.format(found=item.answer) if item.answer else UNANSWERED


def value_of(datasets: Mapping[str, Dataset], item: Proposal) -> tuple[str, str]:
    """(the value of an accepted proposal in our spelling, what is wrong with it)."""
    dataset = datasets.get(item.dataset)
    column = next((one for one in dataset.fields if one.name == item.column), None) if dataset else None
    if dataset is None or column is None:
        return "", OLD
    text = item.typed or item.said
    if not text:
        return "", EMPTY
    read = convert(column, Cell(text))
    wrong = check_values(dataset, [(0, dict.fromkeys(dataset.source_columns, "") | {column.name: read.value})])
    if not read.problem and not wrong:
        return read.value, ""
    if wrong and not read.problem:
        return "", f"{wrong[0].message['it']} {wrong[0].remedy['it']}"
    said, remedy = messages()[read.problem].said(
        column=item.what, found=text, value=text, expected="", example=str(column.descriptor.get("example", "")))
    return "", f"{said['it']} {remedy['it']}"


def take(
    root: Path, datasets: Mapping[str, Dataset], pages: Mapping[str, Cells], today: date, done: Accepted
) -> dict[str, bytes]:
    """The tables with the values of the pages that do not break the release: of all together or, when these do, of
    those that hold when they are tried one after the other."""
    good = dict(pages)
    if pages and why_not(root, datasets, pages.values(), today):
        good = {}
        for page, cells in pages.items():
            why = why_not(root, datasets, [*good.values(), cells], today)
            if why:
                done.refused += [(item, why) for item, _ in cells]
            else:
                good[page] = cells
    done.taken += [item for cells in good.values() for item, _ in cells]
    return tables_with(root, datasets, good.values()) if good else {}


def why_not(root: Path, datasets: Mapping[str, Dataset], groups: Iterable[Cells], today: date) -> str:
    """The first error that the release would have with these values and does not have without them; "" for none."""
    before, after = try_tables(root, tables_with(root, datasets, groups), today, datasets)
    known = {(item.dataset, item.check, item.column): item.count for item in before.findings}
    new = (item for item in after.findings if item.severity == "critical"
           and item.count > known.get((item.dataset, item.check, item.column), 0))
    found = next(new, None)
    return f"{found.dataset}, {found.column}: {found.message['it']} {found.remedy['it']}" if found else ""


def tables_with(root: Path, datasets: Mapping[str, Dataset], groups: Iterable[Cells]) -> dict[str, bytes]:
    """The tables with these values in their rows, and that of the sources with the pages that are new to it."""
    new: dict[str, dict[str, dict[str, str]]] = defaultdict(dict)
    for item, value in (pair for cells in groups for pair in cells):
        key = record(datasets[item.dataset].key, item.key.split("|"))
        along = dict(part.split("=", 1) for part in item.carried.split(" | ") if "=" in part)
        new[item.dataset].setdefault(item.key, {**along, **key})[item.column] = value
    tables: dict[str, Rows] = {
        name: update(datasets[name], source_rows(root, datasets[name]), list(rows.values()), by_people=True).rows
        for name, rows in new.items()}
    if TABLE in datasets:
        known = tables.get(TABLE) or source_rows(root, datasets[TABLE])
        for name, rows in new.items():
            told = datasets[name].about["source"].get("fetch", {}).get("document", {})
            known = with_sources(known, rows.values(), told)
        tables[TABLE] = known
    return {name: table_bytes(datasets[name], rows) for name, rows in tables.items()}
