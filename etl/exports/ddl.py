"""The tables and views of the SQLite database, as SQL: types that are kept to, keys, code lists, money in cents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from etl.exports.measures import in_cents
from etl.exports.model import columns
from etl.meta.model import Dataset, Draft, Field, Table

KINDS = {"integer": "INTEGER", "year": "INTEGER", "number": "REAL", "boolean": "INTEGER"}
EURO, BEFORE = "_eur", "_before"
"""Ends of the names of views: amounts in euro; columns under the names that they had in the release before the last
major one."""


def stored_as(dataset: Dataset, table: Table) -> dict[str, str]:
    """Column -> its name in the database: amounts are whole cents there, and say so."""
    return {field.name: cents_name(field.name) if in_cents(field, cells) else field.name
            for field, cells in zip(dataset.fields, columns(dataset, table.rows), strict=True)}


def cents_name(name: str) -> str:
    """programmed_eur -> programmed_cents, max_eur_month -> max_cents_month, spesa -> spesa_cents."""
    return name.replace("_eur", "_cents", 1) if "_eur" in name else f"{name}_cents"


def create(dataset: Dataset, stored: Mapping[str, str], draft: Draft) -> str:
    """CREATE TABLE with strict types, the primary key and the foreign keys to tables of this release."""
    parts = [column(field, stored[field.name]) for field in dataset.fields]
    parts.append(f"PRIMARY KEY ({names(dataset.schema['primaryKey'])})")
    for key in dataset.schema.get("foreignKeys", []):
        target = key["reference"]["resource"] or dataset.name
        if target in draft.tables:
            parts.append(f"FOREIGN KEY ({names(key['fields'])}) REFERENCES {quoted(target)} "
                         f"({names(key['reference']['fields'])})")
    return "CREATE TABLE {} (\n  {}\n) STRICT".format(quoted(dataset.name), ",\n  ".join(parts))


def column(field: Field, name: str) -> str:
    """One column: its type, whether it may be empty, what it may hold."""
    kind = "INTEGER" if name != field.name else KINDS.get(field.type, "TEXT")
    said = [quoted(name), kind]
    if field.required:
        said.append("NOT NULL")
    if field.type == "boolean":
        said.append(f"CHECK ({quoted(name)} IN (0, 1))")
    elif field.categories and not field.several:
        said.append(f"CHECK ({quoted(name)} IN ({', '.join(text(code['value']) for code in field.categories)}))")
    return " ".join(said)


def views(dataset: Dataset, stored: Mapping[str, str]) -> Iterator[str]:
    """CREATE VIEW of a table: `NAME_eur` with its amounts in euro, `NAME_before` with the names of columns before."""
    same = {name: name for name in dataset.columns}
    before = {field.name: str(field.descriptor.get("renamed_from") or field.name) for field in dataset.fields}
    if same != stored:
        yield view(dataset, EURO, stored, same)
    if same != before:
        yield view(dataset, BEFORE, stored, before)


def view(dataset: Dataset, end: str, stored: Mapping[str, str], shown: Mapping[str, str]) -> str:
    """A view of a table with all of its columns under these names, amounts in euro."""
    listed = ", ".join(f"{euro(name, stored[name])} AS {quoted(shown[name])}" for name in shown)
    return f"CREATE VIEW {quoted(dataset.name + end)} AS SELECT {listed} FROM {quoted(dataset.name)}"  # noqa: S608


def euro(name: str, stored: str) -> str:
    """A column of the database as the CSV has it."""
    return quoted(name) if name == stored else f"{quoted(stored)} / 100.0"


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def names(columns: Iterable[str]) -> str:
    return ", ".join(map(quoted, columns))
