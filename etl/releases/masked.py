"""The tables of an older release as reviewers may read them: a mark stands for what the newer one has erased.

Only what the newer release says nowhere is hidden: the rest anybody can read there. A personal key that became a mark
is nowhere written beside it, so every key that went without a removal is hidden with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from etl.meta.model import natural_key
from etl.meta.view import key_of, resources
from etl.releases.erasures import ERASURES
from etl.releases.forget import ALWAYS, Cell, Forgotten, folded, marked, without
from etl.releases.history import REMOVALS, Row, Table, Tables
from etl.releases.scan import distinctive

HIDDEN = "un valore tolto per legge / a value taken out by law"
NONE = Table([], {})
MARKED = re.compile(r"erased-[0-9a-f]{8}")
"""What stands for a personal key (releases/erase_plan.py)."""


@dataclass(frozen=True)
class Newer:
    """What the newer release says: the erasures that are new in it, its rows by natural key, all that its cells say."""

    erased: Sequence[Row]
    rows: Mapping[str, set[str]]
    cells: set[str]
    whole: str

    def lacks(self, value: str) -> bool:
        """Whether it says a value nowhere: in no cell as it stands and, if it can be told from others, in none at
        all."""
        plain = folded(value)
        return bool(plain) and plain not in (self.whole if distinctive(None, value) else self.cells)


def masked(before: Tables, after: Tables, package: Mapping[str, Any]) -> Tables:
    """The tables `before` with a mark for what `after` has erased since. package: the description of `before`."""
    known = before.get(ERASURES, NONE).rows
    erased = [row for key, row in after.get(ERASURES, NONE).rows.items() if key not in known]
    if not erased or not before:
        return before
    schemas = {name: item["schema"] for name, item in resources(package).items()}
    cells = {folded(cell) for table in after.values() for row in table.rows.values() for cell in row.values()}
    rows = {name: {key_of(row, natural_key(schemas[name])) for row in table.rows.values()}
            for name, table in after.items() if name in schemas}
    newer = Newer(erased, rows, cells, "\n".join(sorted(cells)))
    what, told = forgotten(before, after, schemas, newer)
    return {name: hidden(name, table, after.get(name, NONE), schemas[name], what, told)
            for name, table in before.items()}


def forgotten(before: Tables, after: Tables, schemas: Mapping[str, Any], newer: Newer) -> tuple[Forgotten, set[str]]:
    """What must be hidden, and the folded values of cells that say nothing else."""
    cells = {(row["dataset"], row["key"], name) for row in newer.erased for name in names(after, row)}
    marks: dict[str, str] = {}
    for name, key, whole in personal(before, after, schemas, newer):
        marks |= {part: HIDDEN for part in key.split("|") if newer.lacks(part)}
        cells |= {(name, key, "")} if whole else set()
    cells |= belonging(before, schemas, newer, cells)
    said = {value for value in (*told(before, schemas, cells), *marks) if newer.lacks(value)}
    long = tuple(folded(value) for value in said if distinctive(None, value))
    return Forgotten(dict.fromkeys(cells, ALWAYS), "", long, marks), {folded(value) for value in said}


def names(after: Tables, erasure: Row) -> set[str]:
    """The column of an erasure, as it is called and as it was."""
    was = after.get(erasure["dataset"], NONE).renamed
    return {erasure["field"], was.get(erasure["field"], erasure["field"])}


def personal(
    before: Tables, after: Tables, schemas: Mapping[str, Any], newer: Newer
) -> Iterator[tuple[str, str, bool]]:
    """(table, key, whether its row went with it) of each row that may have had a personal key."""
    explained = {(row["dataset"], row["key"]) for row in after.get(REMOVALS, NONE).rows.values()}
    for erasure in newer.erased:
        name = erasure["dataset"]
        if name in schemas and MARKED.search(erasure["key"]):
            for row in before[name].rows.values():
                key = key_of(row, natural_key(schemas[name]))
                if key not in newer.rows.get(name, ()) and (name, key) not in explained:
                    yield name, key, not erasure["field"]


def belonging(before: Tables, schemas: Mapping[str, Any], newer: Newer, cells: set[Cell]) -> set[Cell]:
    """The rows that went with erased ones, because they pointed to them."""
    found, waiting = set[Cell](), [cell[:2] for cell in cells if not cell[2]]
    while waiting:
        name, key = waiting.pop()
        gone = [row for row in before.get(name, NONE).rows.values() if key_of(row, natural_key(schemas[name])) == key]
        for other, schema in schemas.items():
            for link in schema.get("foreignKeys", ()):
                there = [[row[column] for column in link["reference"]["fields"]] for row in gone
                         if link["reference"]["resource"] == name]
                new = {(other, key_of(row, natural_key(schema)), "") for row in before[other].rows.values()
                       if [row[column] for column in link["fields"]] in there}
                new = {cell for cell in new - found if cell[1] not in newer.rows.get(other, ())}
                found |= new
                waiting += [cell[:2] for cell in new]
    return found


def told(before: Tables, schemas: Mapping[str, Any], cells: set[Cell]) -> Iterator[str]:
    """What some cells said; of a whole row all of its cells."""
    for name in {cell[0] for cell in cells} & set(before):
        for row in before[name].rows.values():
            key = key_of(row, natural_key(schemas[name]))
            yield from (value for column, value in row.items() if {(name, key, ""), (name, key, column)} & cells)


def hidden(name: str, table: Table, now: Table, schema: Mapping[str, Any], what: Forgotten, told: set[str]) -> Table:
    """A table with marks. told: folded values of cells that go."""
    rows: dict[str, Row] = {}
    for key, row in table.rows.items():
        left = without(name, list(row), [list(row.values())], schema, what, past=True)
        stays = now.rows.get(key, {})
        shown = {column: value if value == stays.get(column) or (value == kept and folded(value) not in told) else
                 HIDDEN for (column, value), kept in zip(row.items(), left[0], strict=True)
                 } if left else nothing(row, schema)
        rows[fresh(marked(key, what.marks), rows)] = shown
    return Table(table.columns, rows, table.renamed)


def nothing(row: Row, schema: Mapping[str, Any]) -> Row:
    """A row of which its key is left, and a mark in the first cell that said something: in its name, if it had one."""
    key = set(schema["primaryKey"]) | set(natural_key(schema))
    full = [item for item in schema["fields"] if item["name"] not in key and row[item["name"]]]
    full.sort(key=lambda item: item.get("kind") != "text")
    column = full[0]["name"] if full else ""
    return {name: value if name in key else HIDDEN if name == column else "" for name, value in row.items()}


def fresh(key: str, rows: Mapping[str, Row]) -> str:
    """A key that no row has yet: several that are hidden are counted."""
    return key if key not in rows else next(
        f"{key} {number}" for number in range(2, len(rows) + 3) if f"{key} {number}" not in rows)
