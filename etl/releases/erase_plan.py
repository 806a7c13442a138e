"""What is asked to be erased -> what must go, what may stay, what stands in its place; kept until all of it is done."""

from __future__ import annotations

import dataclasses
import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from etl.checks.values import failed_check
from etl.meta.errors import DeclarationError, InvalidDataError
from etl.meta.model import Dataset, Field
from etl.meta.view import as_json, key_of, record
from etl.releases.erasures import ERASURES, registered
from etl.releases.forget import ALWAYS, Cell, Forgotten, folded, says
from etl.releases.history import CORRECTIONS, REMOVALS, Row
from etl.releases.said import Repository
from etl.releases.scan import distinctive
from etl.runtime.files import write_whole

JOURNAL = Path("build", ".abitare-erasure.json")
"""What an erasure that is under way must find again when it is killed: it goes when nothing is left."""
URL_MARK, SHOWN = "https://erased.invalid/{}", 10
"""A mark in a column of addresses (RFC 2606 keeps that name from ever leading anywhere); cells that are named."""


@dataclass(frozen=True)
class Asked:
    """What a person asks for. field: "" for the whole row. keep_today: what the cell says today is right and stays.
    only_here: the value may stay in other cells that say it. personal_key: the key of the row is personal data."""

    dataset: str
    key: str
    field: str
    day: str
    reason_it: str
    reason_en: str
    source_url: str
    keep_today: bool = False
    only_here: bool = False
    personal_key: bool = False


@dataclass(frozen=True)
class Plan:
    """What must go and what comes for it. cells: with those of rows that belong to an erased one. values: those that
    are looked for in every byte. by_cell: how many are too short, or too common, for that. register: table -> row to
    add."""

    dataset: str
    key: str
    field: str
    cells: list[Cell]
    keep: str = ""
    values: list[str] = dataclasses.field(default_factory=list)
    by_cell: int = 0
    marks: dict[str, str] = dataclasses.field(default_factory=dict)
    register: dict[str, Row] = dataclasses.field(default_factory=dict)

    @property
    def forgotten(self) -> Forgotten:
        """The same for the rows of tables."""
        return Forgotten(dict.fromkeys(self.cells, ALWAYS), self.keep, tuple(map(folded, self.values)), self.marks)


def begun(root: Path, asked: Asked) -> Plan | None:
    """The plan of the same erasure, which was stopped; None where there is none. Another one must be ended first."""
    path = root / JOURNAL
    if not path.exists():
        return None
    try:
        said = json.loads(path.read_text("utf-8"))
        plan = Plan(**{**said, "cells": [tuple(cell) for cell in said["cells"]]})
    except (ValueError, LookupError, TypeError) as error:
        raise DeclarationError(f"{path}: cannot be read ({error}). Remove it, and repeat the erasure.") from error
    if (plan.dataset, plan.key, plan.field) != (asked.dataset, asked.key, asked.field):
        raise DeclarationError(
            f"{path}: una cancellazione da {plan.dataset} è cominciata e non finita: ripeti prima quella / an erasure "
            f"from {plan.dataset} has begun and not ended. Repeat that one first: abitare erase {plan.dataset} "
            f"'{plan.key}' {plan.field}")
    return plan


def write_plan(root: Path, plan: Plan) -> None:
    """Keep a plan until it is carried out."""
    write_whole(root / JOURNAL, as_json(asdict(plan)))


def planned(here: Repository, asked: Asked) -> Plan | None:
    """The plan for what is asked; None where it was erased before. Refuses what cannot be, in words."""
    dataset = sourced(here, asked)
    column = column_of(dataset, asked)
    if (asked.dataset, asked.key, asked.field) in registered(here.root, here.datasets) and not asked.keep_today:
        return None
    if not here.knows(asked.dataset, asked.key):
        raise DeclarationError(
            f"{asked.dataset}: nessuna riga con la chiave «{asked.key}», né oggi né prima / no row with this key, "
            f"today or before. A key is written: {'|'.join(dataset.key)}")
    own = asked.field in dataset.key
    cells = set[Cell]() if asked.field else belonging(here, asked.dataset, asked.key)
    if column and not own:
        cells = {(asked.dataset, asked.key, name) for name in former_names(here, dataset, asked.field)}
        refuse_required(here, asked, column)
    marks = marks_for(dataset, asked) if own or asked.personal_key else {}
    keep = today(here, asked) if asked.keep_today else ""
    values, by_cell = looked_for(here, asked, cells, keep)
    values += [part for part in marks if distinctive(None, part)]
    if says(f"{asked.reason_it} {asked.reason_en}", map(folded, values)):
        raise DeclarationError("--reason: il motivo non deve dire il valore / the reason must not say the value.")
    return Plan(asked.dataset, asked.key, asked.field, sorted(cells), keep, values, by_cell, marks,
                rows_to_add(here, asked, marks, keep))


def sourced(here: Repository, asked: Asked) -> Dataset:
    """The table that is asked about."""
    if ERASURES not in here.datasets:
        raise DeclarationError(f"datasets/{ERASURES}.toml: this repository has no table of erasures.")
    if asked.dataset not in here.sources:
        raise DeclarationError(f"{asked.dataset}: there is no such table. Tables: {', '.join(sorted(here.sources))}")
    return here.sources[asked.dataset]


def column_of(dataset: Dataset, asked: Asked) -> Field | None:
    """The column that is asked about; None for the whole row."""
    column = next((item for item in dataset.fields if item.name == asked.field), None)
    if asked.field and (column is None or column.computed):
        raise DeclarationError(f"{asked.field}: no column of {dataset.name} that people fill in. Columns: "
                               f"{', '.join(dataset.source_columns)}")
    return column


def refuse_required(here: Repository, asked: Asked, column: Field) -> None:
    """Refuse to empty a cell that no row may lack."""
    row = here.row(asked.dataset, asked.key)
    if column.required and row and not asked.keep_today:
        raise InvalidDataError(
            f"{asked.dataset}, {asked.field}: nessuna riga può restare senza: scrivi prima nella tabella il valore "
            "giusto e ripeti con --keep-today, o cancella la riga / no row may lack it. Write the right value into "
            "the table first and repeat with --keep-today, or erase the whole row.")


def former_names(here: Repository, dataset: Dataset, column: str) -> set[str]:
    """What a column was called in the releases that are kept."""
    known = {column, *(item.descriptor.get("renamed_from", column) for item in dataset.fields if item.name == column)}
    for files in here.packages.values():
        for item in json.loads(files["datapackage.json"])["resources"]:
            if item["name"] == dataset.name:
                known |= {each["renamed_from"] for each in item["schema"]["fields"]
                          if each["name"] in known and each.get("renamed_from")}
    return known


def belonging(here: Repository, name: str, key: str) -> set[Cell]:
    """An erased row, the rows whose key holds its key (its hours, its texts), and the cells that point to it."""
    cells, waiting = {(name, key, "")}, [(name, key)]
    while waiting:
        name, key = waiting.pop()
        row = here.row(name, key) or {}
        for other, dataset in here.sources.items():
            for link in dataset.schema.get("foreignKeys", []):
                if link["reference"]["resource"] != name:
                    continue
                there = [row.get(column, "") for column in link["reference"]["fields"]]
                for each in here.rows[other]:
                    if not any(there) or [each.get(column, "") for column in link["fields"]] != there:
                        continue
                    found = pointing(dataset, key_of(each, dataset.key), link["fields"])
                    waiting += [cell[:2] for cell in found - cells if not cell[2]]
                    cells |= found
    return cells


def pointing(dataset: Dataset, key: str, columns: Iterable[str]) -> set[Cell]:
    """What must go of a row that points to an erased one: all of it where its key does, else what points."""
    if set(columns) & set(dataset.key):
        return {(dataset.name, key, "")}
    needed = [item.name for item in dataset.fields if item.name in set(columns) and item.required]
    if needed:
        raise InvalidDataError(
            f"{dataset.name}, {key}, {needed[0]}: punta alla riga da cancellare, e non può restare vuota: scrivi prima "
            "un altro valore, o cancella quella riga / points to the row, and may not be empty. Write another value "
            "there first, or erase that row.")
    return {(dataset.name, key, column) for column in columns}


def marks_for(dataset: Dataset, asked: Asked) -> dict[str, str]:
    """Personal key -> a mark: a word of chance, from which nobody can work it out."""
    parts = record(dataset.key, asked.key.split("|"))
    links = {column for link in dataset.schema.get("foreignKeys", []) for column in link["fields"]}
    free = (item for item in dataset.fields if item.type == "string" and not item.categories and item.name in parts)
    chosen = [item for item in free if item.name == asked.field or (not asked.field and item.name not in links)]
    if not chosen:
        raise DeclarationError(f"{dataset.name}: no column of its key can be a mark; erase where the key comes from.")
    made = {}
    for item in chosen:
        mark = f"erased-{secrets.token_hex(4)}"
        fitting = [form for form in (mark, URL_MARK.format(mark)) if not failed_check(item, form)]
        if not fitting:
            raise DeclarationError(f"{dataset.name}, {item.name}: a mark does not fit here. Erase the whole row.")
        made[parts[item.name]] = fitting[0]
    return made


def today(here: Repository, asked: Asked) -> str:
    """What is published of a cell today: what its table says, or a correction over it."""
    said = (here.row(asked.dataset, asked.key) or {}).get(asked.field, "")
    over = [row["after"] for row in here.rows.get(CORRECTIONS, ()) if row["how"] == "over_source"
            and row["state"] == "accepted" and (row["dataset"], row["key"], row["field"])
            == (asked.dataset, asked.key, asked.field)]
    return (over or [said])[0]


def looked_for(here: Repository, asked: Asked, cells: set[Cell], keep: str) -> tuple[list[str], int]:
    """(values that are looked for in every byte, how many are not: too short, or said by other cells that stay)."""
    fields = {item.name: item for name in {cell[0] for cell in cells} for item in here.datasets[name].fields}
    skipped = {"source_url", "source_date", "other_sources"} if not asked.field else set[str]()
    told = {(column, value) for column, value in here.said(cells) if value != keep and column not in skipped}
    whole = {value for column, value in told
             if distinctive(fields.get(column), value) and folded(value) not in folded(keep)}
    elsewhere = here.elsewhere(map(folded, whole), cells)
    if elsewhere and asked.field and not asked.only_here:
        places = [f"{name} '{key}' {column}" for found in elsewhere.values() for name, key, column in found]
        raise InvalidDataError(
            f"lo stesso valore sta anche in / the same value is also in: {'; '.join(places[:SHOWN])} ({len(places)} in "
            "all). Correggi o cancella prima quelle celle, o aggiungi --only-here se lì può restare / Mend or erase "
            "those cells first, or add --only-here where it may stay there.")
    left = sorted(value for value in whole if folded(value) not in elsewhere)
    return left, len({value for _, value in told}) - len(left)


def rows_to_add(here: Repository, asked: Asked, marks: Mapping[str, str], keep: str) -> dict[str, Row]:
    """The row of the register of erasures and, for a row that had an address, that of the removals."""
    parts = asked.key.split("|")
    key = "|".join(marks.get(part, part) for part in parts)
    used = {row["erasure_id"] for row in here.rows[ERASURES]}
    names = (f"{asked.dataset}-{asked.day}-{number}".replace("_", "-") for number in range(1, len(used) + 2))
    told_why = {"reason_it": asked.reason_it, "reason_en": asked.reason_en, "source_url": asked.source_url}
    lifted = keep and (here.row(asked.dataset, asked.key) or {}).get(asked.field) == keep
    rows = {ERASURES: {"erasure_id": next(name for name in names if name not in used), "dataset": asked.dataset,
                       "key": key, "field": asked.field, "erased_on": asked.day,
                       "lifted_on": asked.day if lifted else "", **told_why}}
    told = {(row["dataset"], row["key"]) for row in here.rows.get(REMOVALS, ())}
    if here.datasets[asked.dataset].about.get("permanent") and REMOVALS in here.rows and not (
            asked.field or marks or (asked.dataset, asked.key) in told):
        rows[REMOVALS] = {"dataset": asked.dataset, "key": key, "name": key, "kind": "erased",
                          "removed_on": asked.day, **told_why}
    return rows

