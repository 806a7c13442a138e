"""One SQLite database of everything; Datasette and any SQL tool open it."""

from __future__ import annotations

import sqlite3
from decimal import Decimal
from typing import Any

from etl.exports.model import Format, tables
from etl.meta.model import Dataset, Draft
from etl.runtime.tables import typed

KINDS = {"integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}
COLUMNS = ("dataset", "column", "title_it", "title_en", "description_it", "description_en", "type")
# Where the file says which library wrote it (bytes 96-99): the same bytes whatever SQLite is on the machine.
WRITER = slice(96, 100)


def sqlite_files(draft: Draft) -> dict[str, bytes]:
    """NAME-of-the-release.sqlite: a table per dataset with keys, and `_columns` with the dictionary of all of them."""
    database = sqlite3.connect(":memory:")
    try:
        for dataset, table in tables(draft):
            database.execute(create(dataset, draft))
            marks = ", ".join("?" * len(dataset.columns))
            kinds = [field.type for field in dataset.fields]
            database.executemany(
                f"INSERT INTO {quoted(dataset.name)} VALUES ({marks})",  # noqa: S608 - names of our own schemas, quoted
                ([stored(value, kind) for value, kind in zip(row, kinds, strict=True)] for row in table.rows),
            )
        database.execute(f"CREATE TABLE _columns ({', '.join(map(quoted, COLUMNS))})")
        database.executemany(f"INSERT INTO _columns VALUES ({', '.join('?' * len(COLUMNS))})", dictionary(draft))  # noqa: S608
        database.commit()
        data = bytearray(database.serialize())
    finally:
        database.close()
    data[WRITER] = bytes(4)
    return {f"{draft.about['name']}.sqlite": bytes(data)}


def stored(value: str, kind: str) -> Any:
    """A cell as SQLite holds it, which has no decimal numbers; Parquet and CSV hold amounts exactly."""
    found = typed(value, kind)
    return float(found) if isinstance(found, Decimal) else found


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def create(dataset: Dataset, draft: Draft) -> str:
    """CREATE TABLE with types, the primary key and the foreign keys to tables of this release."""
    parts = [f"{quoted(field.name)} {KINDS.get(field.type, 'TEXT')}" for field in dataset.fields]
    parts.append(f"PRIMARY KEY ({names(dataset.schema['primaryKey'])})")
    for key in dataset.schema.get("foreignKeys", []):
        target = key["reference"]["resource"] or dataset.name
        if target in draft.tables:
            parts.append(f"FOREIGN KEY ({names(key['fields'])}) REFERENCES {quoted(target)} "
                         f"({names(key['reference']['fields'])})")
    return f"CREATE TABLE {quoted(dataset.name)} ({', '.join(parts)})"


def names(columns: list[str]) -> str:
    return ", ".join(map(quoted, columns))


def dictionary(draft: Draft) -> list[tuple[Any, ...]]:
    """One row per column of every dataset."""
    return [
        (dataset.name, field.name, about["title"], about["title_en"], about["description"], about["description_en"],
         field.type)
        for dataset, _ in tables(draft) for field in dataset.fields for about in (field.descriptor,)
    ]


SQLITE = Format(
    "sqlite", {"it": "SQLite", "en": "SQLite"},
    {"it": "Tutte le tabelle in un file, con le chiavi: per SQL e Datasette.",
     "en": "All tables in one file, with their keys: for SQL and Datasette."},
    "", "application/vnd.sqlite3", "", sqlite_files,
)
