"""One SQLite database of everything; Datasette and any SQL tool open it."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from etl.exports.ddl import create, names, quoted, stored_as, views
from etl.exports.dictionary import about_codes, about_column, about_release
from etl.exports.measures import cents
from etl.exports.model import Format, blocks, columns, tables
from etl.meta.errors import InvalidDataError
from etl.meta.model import Dataset, Draft, Field, Table
from etl.meta.view import key_of, record
from etl.runtime.tables import typed

COUNTED = ((24, 4), (92, 8))
"""Where the file says how often it was changed, and by which library: the same bytes whatever SQLite is here."""
SHOWN = 5
"""Cells that an error names."""
FINDINGS = """CREATE VIEW _findings AS
SELECT quality.*, _columns.title_it AS column_it, _columns.title_en AS column_en
FROM quality LEFT JOIN _columns ON _columns.dataset = quality.dataset AND _columns.column = quality.column"""


def sqlite_files(draft: Draft) -> dict[str, bytes]:
    """NAME-of-the-release.sqlite: a strict table per dataset with its keys, its amounts in cents and a view of them in
    euro; `_release`, `_columns`, `_codes` and `_findings` say what is to be known of them."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "release.sqlite"  # in memory it would stand three times before it is written
        with closing(sqlite3.connect(path)) as database:
            database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")  # nobody else reads it
            fill(database, draft)
            database.commit()
        with path.open("r+b") as file:
            for place, size in COUNTED:
                file.seek(place)
                file.write(bytes(size))
        return {f"{draft.about['name']}.sqlite": path.read_bytes()}


def fill(database: sqlite3.Connection, draft: Draft) -> None:
    """Every table of a release, then what is said of them."""
    stored = {dataset.name: stored_as(dataset, table) for dataset, table in tables(draft)}
    for dataset, table in tables(draft):
        database.execute(create(dataset, stored[dataset.name], draft))
        try:
            insert(database, dataset.name, len(dataset.columns), rows(dataset, table, stored[dataset.name]))
        except sqlite3.IntegrityError as error:
            raise InvalidDataError(refused(dataset, table, error)) from error
        for view in views(dataset, stored[dataset.name]):
            database.execute(view)
    keep(database, "_release", [about_release(draft)], ())
    keep(database, "_columns", [
        {**about_column(dataset, field), "stored_as": stored[dataset.name][field.name]}
        for dataset, _ in tables(draft) for field in dataset.fields
    ], ("dataset", "column"))
    keep(database, "_codes", [
        code for dataset, _ in tables(draft) for field in dataset.fields for code in about_codes(dataset, field)
    ], ("dataset", "column", "value"))
    if "quality" in draft.tables:
        database.execute(FINDINGS)


def refused(dataset: Dataset, table: Table, error: sqlite3.IntegrityError) -> str:
    """What is said where a table holds what its schema does not allow, and the checks did not stop it."""
    empty = [f"{key_of(row, dataset.key)}, {name}" for row in (record(dataset.columns, cells) for cells in table.rows)
             for name in (field.name for field in dataset.fields if field.required) if not row[name]]
    cells = f": {'; '.join(empty[:SHOWN])} ({len(empty)})" if empty else ""
    return (
        f"{dataset.name}: il database SQLite non accetta queste righe ({error}){cells}. Scrivi i valori che mancano, o "
        f"permetti in schemas/{dataset.name}.json che siano vuoti / SQLite does not take these rows: write what is "
        f"missing, or let schemas/{dataset.name}.json allow it to be empty.")


def keep(database: sqlite3.Connection, name: str, said: Sequence[Mapping[str, Any]], key: Sequence[str]) -> None:
    """A table that describes others; there is none where nothing is said."""
    if said:
        kinds = {column: "INTEGER" if isinstance(value, int) else "TEXT" for column, value in said[0].items()}
        parts = [f"{quoted(column)} {kind} NOT NULL" for column, kind in kinds.items()]
        parts += [f"PRIMARY KEY ({names(key)})"] if key else []
        database.execute(f"CREATE TABLE {quoted(name)} ({', '.join(parts)}) STRICT")
        insert(database, name, len(kinds), (tuple(item.values()) for item in said))


def insert(database: sqlite3.Connection, name: str, width: int, cells: Iterable[Sequence[Any]]) -> None:
    marks = ", ".join("?" * width)
    database.executemany(f"INSERT INTO {quoted(name)} VALUES ({marks})", cells)  # noqa: S608 - our own names, quoted


def rows(dataset: Dataset, table: Table, stored: Mapping[str, str]) -> Iterator[tuple[Any, ...]]:
    """The rows of a table as SQLite holds them."""
    for some in blocks(table.rows):
        yield from zip(*(held(field, values, stored[field.name] != field.name)
                         for field, values in zip(dataset.fields, columns(dataset, some), strict=True)), strict=True)


def held(field: Field, values: Sequence[str], in_cents: bool) -> list[Any]:
    """One column: amounts as cents, truth as 0 and 1, other numbers as numbers, days and all else as text."""
    if in_cents:
        return [cents(value) for value in values]
    if field.type == "number":
        return [float(value) if value else None for value in values]
    return [typed(value, "integer" if field.type == "year" else field.type) for value in values]


SQLITE = Format(
    "sqlite", {"it": "SQLite", "en": "SQLite"},
    {"it": "Tutte le tabelle in un file, con tipi, chiavi, codici e avvisi: per SQL e Datasette. Gli importi sono in "
           "centesimi, così le somme sono esatte; le viste che finiscono in «_eur» li mostrano in euro.",
     "en": "All tables in one file, with types, keys, codes and warnings: for SQL and Datasette. Amounts are in cents, "
           "so that sums are exact; the views that end in “_eur” show them in euro."},
    "", "application/vnd.sqlite3", "OCTET", sqlite_files,
)
