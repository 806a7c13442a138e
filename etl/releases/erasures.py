"""The register of erasures: what was taken out of everything for a legal reason, and is kept out until it is lifted.

The rule goes by table, key and column: what a cell said is written nowhere, so nothing is compared with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from etl.meta.messages import finding
from etl.meta.model import Dataset, Finding, RowRef
from etl.meta.view import key_of, record
from etl.runtime.source_tables import source_rows

if TYPE_CHECKING:
    import pandas as pd

    from etl.spreadsheets.read.importer import Imported

ERASURES = "erasures"
BACK = "erased-back"
Row = Mapping[str, str]
Cell = tuple[str, str, str]


def cell_of(row: Row) -> Cell:
    """Table, key and column of an erasure; the column is "" where it is of the whole row."""
    return row["dataset"], row["key"], row["field"]


def erased_cells(rows: Iterable[Row]) -> dict[Cell, str]:
    """Every erased cell with the day of its erasure: what was published before that day says nothing of it."""
    return {cell_of(row): row["erased_on"] for row in rows}


def standing(rows: Iterable[Row]) -> dict[Cell, str]:
    """The erased cells that must stay empty, with the day of their erasure: those that nobody has lifted."""
    return {cell_of(row): row["erased_on"] for row in rows if not row["lifted_on"]}


def registered(root: Path, datasets: Mapping[str, Dataset]) -> dict[Cell, str]:
    """`standing` of a repository as it is now."""
    return standing(source_rows(root, datasets[ERASURES])) if ERASURES in datasets else {}


def leave_out(
    dataset: Dataset, rows: Sequence[Row], lines: Sequence[int | None], kept_out: Mapping[Cell, str], file: str = "",
) -> tuple[list[dict[str, str]], list[int | None], list[Finding]]:
    """Rows, with their lines, in which erased cells are empty and erased rows are not; and what is said of that: where,
    never what the cell would have said. kept_out: see `standing`."""
    left, at = list[dict[str, str]](), list[int | None]()
    refs: dict[str, list[RowRef]] = {}
    for line, row in zip(lines, rows, strict=True):
        key = key_of(row, dataset.key)
        gone = [column for column in ("", *row) if (dataset.name, key, column) in kept_out
                and column not in dataset.key and (not column or row[column])]
        for column in gone:
            refs.setdefault(column, []).append(RowRef(line, key, ""))
        if "" not in gone:
            left.append({**row, **dict.fromkeys(gone, "")})
            at.append(line)
    return left, at, [back(dataset, column, found, kept_out, file) for column, found in refs.items()]


def kept_out(root: Path, datasets: Mapping[str, Dataset], part: Imported) -> Imported:
    """A part of a file that was handed in, without what it says of erased cells; this is told with its rows."""
    cells = registered(root, datasets)
    if not cells or part.dataset not in datasets:
        return part
    rows, lines, said = leave_out(datasets[part.dataset], part.rows, part.lines, cells, part.file)
    return replace(part, rows=rows, lines=[line for line in lines if line is not None],
                   findings=[*part.findings, *said]) if said else part


def back(dataset: Dataset, column: str, refs: list[RowRef], kept_out: Mapping[Cell, str], file: str) -> Finding:
    """What is said of values that come for erased cells."""
    day = kept_out[dataset.name, refs[0].key, column]
    where = f"{dataset.name}, {refs[0].key}{column and ', '}{column}"
    return finding(BACK, dataset.name, column, refs, "warning", None, file, found=where, expected=day)


def keep_out(datasets: Mapping[str, Dataset], frames: dict[str, pd.DataFrame]) -> list[Finding]:
    """Empty the erased cells of source tables that say something again, in `frames`, and leave erased rows out."""
    if ERASURES not in frames:
        return []
    register = frames[ERASURES]
    kept_out = standing(record(register.columns, cells) for cells in register.itertuples(index=False, name=None))
    found = []
    for name in {cell[0] for cell in kept_out} & set(frames):
        frame = frames[name]
        rows = [record(frame.columns, cells) for cells in frame.itertuples(index=False, name=None)]
        left, lines, said = leave_out(datasets[name], rows, [int(line) for line in frame.index], kept_out)
        if said:
            import pandas as pd

            frames[name] = pd.DataFrame(left, columns=frame.columns, index=lines, dtype=str)
            found += said
    return found
