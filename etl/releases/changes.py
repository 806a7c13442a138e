"""The release before -> what changed since, as rows of the dataset `changes`.

A release belongs to a day. What was noted on the same day is undone first, so that the day is always compared with the
day before: building twice adds nothing, and a value that was changed and changed back leaves no trace.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from etl.meta.catalog import MADE_BY_THE_PROGRAM
from etl.meta.model import Dataset
from etl.meta.view import key_of
from etl.releases.diff import Change, compare
from etl.releases.erasures import ERASURES, erased_cells
from etl.releases.forget import Forgotten, of_others
from etl.releases.history import CHANGES, CORRECTIONS, ERASED, REMOVALS, Row, Table, Tables, day_before, noted

if TYPE_CHECKING:
    import pandas as pd

# A removal's kind -> what the row is said to be; the others are simply removed.
REMOVED_AS = {"withdrawn": "withdrawn", "moved": "moved"}


def change_rows(datasets: Mapping[str, Dataset], before: Tables, now: Tables, today: date) -> list[Row]:
    """The whole history: the rows of the release before, and one row per change since. None in a first release."""
    day = today.isoformat()
    earlier = [row for row in noted(before) if row["release_date"] != day]
    base = day_before(before, today)
    reasons = reasons_of(now)
    rows = earlier + [
        {"release_date": day, "dataset": item.dataset, "key": item.key, "field": item.field,
         **explained(item, reasons)}
        for item in (differences(datasets, base, now) if before else ())
    ]
    return with_erasures([row | {"before": "", "after": ""} if must_be_forgotten(row, now) else row for row in rows],
                         before, now, day)


def with_erasures(rows: list[Row], before: Tables, now: Tables, day: str) -> list[Row]:
    """The history without what was erased since it was written, and a row of this release for each new erasure."""
    erasures = list(now[ERASURES].rows.values()) if ERASURES in now else []
    what = Forgotten(erased_cells(erasures))
    left = [row for row in (of_others(CHANGES, row, what) for row in rows) if row] if erasures else rows
    told = {(row["dataset"], row["key"], row["field"]) for row in left
            if row["kind"] == ERASED and row["release_date"] != day}
    new = [cell for cell in what.cells if cell not in told] if before else []
    said = {(day, *cell) for cell in new}
    return [row for row in left if (row["release_date"], row["dataset"], row["key"], row["field"]) not in said] + [
        {"release_date": day, "dataset": name, "key": key, "field": field, "kind": ERASED, "before": "", "after": "",
         "correction_id": ""} for name, key, field in new]


def differences(datasets: Mapping[str, Dataset], before: Tables, now: Tables) -> Iterator[Change]:
    """Every change of tables, columns, rows and cells. Columns that come bring no row for each of their cells."""
    for name in sorted((set(before) | set(now)) - MADE_BY_THE_PROGRAM):
        old, new = before.get(name), now.get(name)
        if old is None:
            yield Change(name, "dataset_added", "")
        elif new is None:
            yield Change(name, "dataset_removed", "")
            yield from removed(name, old.rows)
        else:
            yield from changed(datasets[name], old, new)


def changed(dataset: Dataset, old: Table, new: Table) -> Iterator[Change]:
    """What differs between two states of one table. A column is renamed when its schema says `renamed_from`."""
    if old.columns == new.columns and old.rows == new.rows:
        return
    name = dataset.name
    stamps = {field.name for field in dataset.fields if field.descriptor.get("stamp")}
    names = {field.descriptor["renamed_from"]: field.name for field in dataset.fields
             if field.descriptor.get("renamed_from") in old.columns and field.name not in old.columns}
    columns = [names.get(column, column) for column in old.columns]
    for was, column in names.items():
        yield Change(name, "column_renamed", "", column, was, column)
    for column in [column for column in new.columns if column not in columns]:
        yield Change(name, "column_added", "", column)
    gone = [column for column in columns if column not in new.columns]
    both = [column for column in columns if column in new.columns and column not in stamps]
    for column in gone:
        yield Change(name, "column_removed", "", column)
    renamed = {key: {names.get(column, column): value for column, value in row.items()}
               for key, row in old.rows.items()}
    for key, row in renamed.items():
        yield from (Change(name, "removed", key, column, row[column])
                    for column in gone if key in new.rows and row[column])
    for item in compare(name, only(both, renamed), only(both, new.rows)):
        yield Change(name, "removed", item.key, "", as_json(renamed[item.key])) if item.kind == "removed" else item


def only(columns: Sequence[str], rows: Mapping[str, Row]) -> dict[str, Row]:
    return {key: {column: row[column] for column in columns} for key, row in rows.items()}


def removed(name: str, rows: Mapping[str, Row]) -> Iterator[Change]:
    """One change per row that is no longer there; what it said stays in `before`."""
    for key in sorted(rows):
        yield Change(name, "removed", key, "", as_json(rows[key]))


def as_json(row: Row) -> str:
    """The cells of a row that hold something."""
    return json.dumps({name: value for name, value in row.items() if value}, ensure_ascii=False)


def stamp(datasets: Mapping[str, Dataset], frames: Mapping[str, pd.DataFrame], before: Tables, today: date) -> None:
    """Fill the columns that say when a list last changed: the date of before while nothing else is different."""
    for name, frame in frames.items():
        stamps = [field.name for field in datasets[name].fields if field.descriptor.get("stamp")]
        if not stamps:
            continue
        others = [column for column in frame.columns if column not in stamps]
        known = list(before[name].rows.values()) if name in before else []
        same = all(column in row for row in known for column in [*others, *stamps]) and (
            sorted(tuple(row[column] for column in others) for row in known)
            == sorted(frame[others].itertuples(index=False, name=None))
        )
        for column in stamps:
            frame[column] = known[0][column] if same and known else today.isoformat()


def reasons_of(now: Tables) -> dict[tuple[str, str, str], Row]:
    """(dataset, key, field) -> the correction that was accepted; field "" -> the removal."""
    found = {}
    for row in now[CORRECTIONS].rows.values() if CORRECTIONS in now else ():
        if row["state"] == "accepted":
            found[row["dataset"], row["key"], row["field"]] = row
    for row in now[REMOVALS].rows.values() if REMOVALS in now else ():
        found[row["dataset"], row["key"], ""] = row
    return found


def explained(item: Change, reasons: Mapping[tuple[str, str, str], Row]) -> Row:
    """Kind, before, after and correction of a change, as the registers of corrections and removals explain it."""
    said: Row = {"kind": item.kind, "before": item.before, "after": item.after, "correction_id": ""}
    reason = reasons.get((item.dataset, item.key, item.field))
    if reason and item.kind == "changed" and item.after == reason["after"]:
        return said | {"kind": "corrected", "correction_id": reason["correction_id"]}
    if reason and item.kind == "removed" and not item.field:
        return said | {"kind": REMOVED_AS.get(reason["kind"], "removed"), "after": reason["moved_to"]}
    return said


def must_be_forgotten(row: Row, now: Tables) -> bool:
    """Whether a change is about a row that should never have been published: its values go from the history too."""
    removals = now[REMOVALS].rows if REMOVALS in now else {}
    return removals.get(key_of(row, ("dataset", "key")), {}).get("kind") == "erased"
