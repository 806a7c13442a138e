"""The register of corrections: values of a source that we know to be wrong are replaced, as long as it says the same.

A correction `in_table` was made by hand in the source table. One `over_source` is made here, at every release, because
the table follows a source that still says the wrong thing: only while the source says what `expect` holds. Also the
register of what other sources say of a published cell.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from etl.checks.values import failed_check
from etl.meta.messages import finding
from etl.meta.model import Dataset, Finding, RowRef, Severity
from etl.meta.view import key_of, record

if TYPE_CHECKING:
    import pandas as pd

CORRECTIONS, OTHER_VALUES = "corrections", "other_values"
Frames = Mapping[str, "pd.DataFrame"]


def correct(datasets: Mapping[str, Dataset], frames: Frames) -> list[Finding]:
    """Put accepted corrections over the values of the sources, in `frames`; tell what does not hold (any more)."""
    if CORRECTIONS not in frames:
        return []
    table = frames[CORRECTIONS]
    return [item for line, row in records(table) for item in applied(datasets, frames, line, row)]


def records(table: pd.DataFrame) -> Iterator[tuple[int, dict[str, str]]]:
    """Line in the source file and cells of each row."""
    for line, cells in zip(table.index, table.itertuples(index=False, name=None), strict=True):
        yield int(line), record(table.columns, cells)


def applied(datasets: Mapping[str, Dataset], frames: Frames, line: int, row: dict[str, str]) -> Iterator[Finding]:
    """Carry out one correction."""
    def told(check: str, found: str, severity: Severity = "critical", expected: str = "") -> Finding:
        ref = RowRef(line, row["correction_id"], found)
        return finding(check, CORRECTIONS, "", [ref], severity, found=found, expected=expected)

    name, field = row["dataset"], row["field"]
    place = cell(datasets, frames, row)
    if place is None:
        # What was corrected may have gone since; only a correction that is to be made needs its cell.
        if row["state"] == "accepted" and row["how"] == "over_source":
            yield told("correction-place", f"{name}, {row['key']}, {field}")
        return
    if row["state"] != "accepted":
        return
    says = str(frames[name].loc[place, field])
    column = next(item for item in datasets[name].fields if item.name == field)
    if row["how"] == "in_table":
        if says == row["before"] != row["after"]:
            yield told("correction-missing", says, "warning", expected=row["after"])
    elif says == row["after"]:
        yield told("correction-done", row["correction_id"], "warning")
    elif says != row["expect"]:
        yield told("correction-overtaken", says, "warning", expected=row["expect"])
    elif failed_check(column, row["after"]):
        yield told("correction-value", row["after"], expected=str(column.descriptor.get("example", "")))
    else:
        frames[name].loc[place, field] = row["after"]


def cell(datasets: Mapping[str, Dataset], frames: Frames, row: Mapping[str, str]) -> Any:
    """The index, in its source table, of the row that dataset, key and field name; None where there is no such cell."""
    name, field = row["dataset"], row["field"]
    if name not in frames or field not in datasets[name].source_columns:
        return None
    key = datasets[name].key
    return next((line for line, found in records(frames[name][key]) if key_of(found, key) == row["key"]), None)


def compare_other_values(datasets: Mapping[str, Dataset], frames: Frames) -> list[Finding]:
    """What other sources say differently of published cells: one warning per column, with both values of each cell."""
    if OTHER_VALUES not in frames:
        return []
    table, found = frames[OTHER_VALUES], []
    differing: dict[tuple[str, str], list[RowRef]] = defaultdict(list)
    for line, row in records(table):
        name, field = row["dataset"], row["field"]
        place = cell(datasets, frames, row)
        if place is None:
            where = f"{name}, {row['key']}, {field}"
            ref = RowRef(line, row["other_value_id"], where)
            found.append(finding("other-value-place", OTHER_VALUES, "", [ref], found=where))
            continue
        ours = str(frames[name].loc[place, field])
        if not agrees(ours, row["value"]):
            # The index of a source table is the line of the row in its file.
            differing[name, field].append(RowRef(int(place), row["key"], f"{ours or '–'} / {row['value']}"))
    told = [finding("sources-differ", name, field, refs, "warning") for (name, field), refs in differing.items()]
    return found + told


def agrees(ours: str, value: str) -> bool:
    """Whether a cell says what another source says; a text does when the words stand in it."""
    return value == ours or (" " in ours and value.casefold() in ours.casefold())
