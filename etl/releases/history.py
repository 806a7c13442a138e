"""The tables of a release by key, and the same as they were before some changes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from etl.meta.errors import DeclarationError
from etl.meta.model import Dataset
from etl.meta.model import Table as Published
from etl.meta.view import key_of, record
from etl.runtime.tables import parse_csv

Row = dict[str, str]
CHANGES, REMOVALS, CORRECTIONS = "changes", "removals", "corrections"
ERASED = "erased"
"""The kind of a change that says that a cell, or a row, was erased for a legal reason. It cannot be taken back."""


class Keyed(MutableMapping[str, Row]):
    """Rows by key, made when somebody asks for one: of most tables nobody does, and they take much memory."""

    def __init__(self, make: Callable[[], dict[str, Row]]) -> None:
        self._make = make

    @cached_property
    def _rows(self) -> dict[str, Row]:
        return self._make()

    def __getitem__(self, key: str) -> Row:
        return self._rows[key]

    def __setitem__(self, key: str, row: Row) -> None:
        self._rows[key] = row

    def __delitem__(self, key: str) -> None:
        del self._rows[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


@dataclass(frozen=True)
class Table:
    """One table of a release: its columns and, by key (the values of the primary key, with |), its rows.

    renamed: column -> what it was called before.
    """

    columns: list[str]
    rows: MutableMapping[str, Row]
    renamed: Mapping[str, str] = field(default_factory=dict)


Tables = dict[str, Table]


def described(folder: Path) -> dict[str, Any]:
    """What the release in a folder says of itself; no tables where there is none."""
    path = folder / "datapackage.json"
    return dict(json.loads(path.read_text("utf-8"))) if path.exists() else {"resources": []}


def read_tables(folder: Path) -> Tables:
    """The tables of the release in a folder; none when there is no release yet."""
    path = folder / "datapackage.json"
    if not path.exists():
        return {}
    try:
        return {item["name"]: table(folder / item["path"], item["schema"])
                for item in json.loads(path.read_text("utf-8"))["resources"]}
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise DeclarationError(
            f"{path}: the release that it describes cannot be read ({error}). Take the files of its folder from the "
            "last commit, or build it again."
        ) from error


def table(path: Path, schema: Mapping[str, Any]) -> Table:
    """One published CSV."""
    (_, header), *records = parse_csv(path.read_text("utf-8"))
    rows = (record(header, cells) for _, cells in records)
    return Table([field["name"] for field in schema["fields"]],
                 {key_of(row, schema["primaryKey"]): row for row in rows},
                 {field["name"]: field["renamed_from"] for field in schema["fields"] if field.get("renamed_from")})


def tables_of(datasets: Mapping[str, Dataset], published: Mapping[str, Published]) -> Tables:
    """The tables of a release in the making, in the same form."""
    def rows(dataset: Dataset, item: Published) -> dict[str, Row]:
        made = (record(dataset.columns, cells) for cells in item.rows)
        return {key_of(row, dataset.key): row for row in made}

    return {name: Table(datasets[name].columns, Keyed(partial(rows, datasets[name], item)))
            for name, item in published.items()}


def noted(tables: Tables) -> list[Row]:
    return list(tables[CHANGES].rows.values()) if CHANGES in tables else []


def day_before(tables: Tables, today: date) -> Tables:
    """The tables of the release before as they were when the day began."""
    return undone(tables, [row for row in noted(tables) if row["release_date"] == today.isoformat()])


def undone(tables: Tables, rows: Sequence[Row]) -> Tables:
    """The tables as they were before these changes; what was erased since, they never said."""
    made = {name: Table(list(item.columns), {key: dict(row) for key, row in item.rows.items()})
            for name, item in tables.items()}
    steps = {"dataset_removed": 0, "dataset_added": 0, "column_removed": 1, "column_added": 3, "column_renamed": 3}
    # Rows and cells are noted under the columns of the end of the day, so columns get their old names last.
    for row in sorted(rows, key=lambda row: steps.get(row["kind"], 2)):
        name = row["dataset"]
        if row["kind"] == ERASED:
            continue
        if row["kind"] == "dataset_added":
            made.pop(name, None)
        elif row["kind"] == "dataset_removed":
            made[name] = Table([], {})
        elif name in made:
            undo = undo_row if row["key"] else undo_column
            undo(made[name], row)
    return made


def undo_column(table: Table, row: Row) -> None:
    """Take back what happened to a column."""
    name = row["field"]
    if row["kind"] == "column_removed":
        table.columns.append(name)
    else:
        table.columns.remove(name)
        table.columns.extend([row["before"]] if row["before"] else [])
    for cells in table.rows.values():
        value = cells.pop(name, "")
        if name in table.columns or row["before"]:
            cells[row["before"] or name] = value


def undo_row(table: Table, row: Row) -> None:
    """Take back what happened to a row or to one of its cells."""
    if row["field"]:
        if row["key"] in table.rows:
            table.rows[row["key"]][row["field"]] = row["before"]
    elif row["kind"] == "added":
        table.rows.pop(row["key"], None)
    else:
        cells = json.loads(row["before"]) if row["before"] else {}
        table.rows[row["key"]] = {column: cells.get(column, "") for column in table.columns or cells}
