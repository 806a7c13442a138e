"""What a cell, or a row, has ever said here: in its table, in the registers about it, in every release that is kept."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from etl.meta.model import Dataset, natural_key
from etl.meta.view import key_of
from etl.releases.archive import Files, read
from etl.releases.forget import ABOUT, Cell, says
from etl.releases.history import CHANGES, Row
from etl.releases.owned import DESCRIPTOR
from etl.releases.proposals import Proposal, read_proposals
from etl.runtime.source_tables import source_rows
from etl.runtime.tables import parse_csv

Said = set[tuple[str, str]]
"""(column, value), each value that was ever said in a column."""


class Repository:
    """The tables of a repository and its releases, each read once."""

    def __init__(self, root: Path, datasets: Mapping[str, Dataset]) -> None:
        self.root, self.datasets = root, datasets
        self.sources = {name: item for name, item in datasets.items() if not item.derived}

    @cached_property
    def rows(self) -> dict[str, list[Row]]:
        """The source tables."""
        return {name: source_rows(self.root, dataset) for name, dataset in self.sources.items()}

    @cached_property
    def packages(self) -> dict[str, Files]:
        """The releases that are kept, by their path below datasets."""
        folder = self.root / "datasets"
        places = [folder / "release", *(path.parent for path in sorted((folder / "versions").glob(f"*/{DESCRIPTOR}")))]
        return {place.relative_to(folder).as_posix(): files for place in places if (files := read(place))}

    @cached_property
    def proposals(self) -> list[Proposal]:
        """What sources say and nobody has accepted."""
        return read_proposals(self.root)

    def row(self, name: str, key: str) -> Row | None:
        """A row of a source table as it is today."""
        return next((row for row in self.rows[name] if key_of(row, self.datasets[name].key) == key), None)

    def tables(self, wanted: set[str]) -> Iterator[tuple[str, list[str], list[Row]]]:
        """(name, key, rows) of each table of these names, today's and those of releases, with the registers."""
        names = wanted | set(ABOUT)
        for name in names & set(self.rows):
            yield name, self.datasets[name].key, self.rows[name]
        for files in self.packages.values():
            for item in json.loads(files[DESCRIPTOR])["resources"]:
                if item["name"] in names:
                    header, *rows = [cells for _, cells in parse_csv(files[item["path"]].decode("utf-8"))]
                    yield (item["name"], natural_key(item["schema"]),
                           [dict(zip(header, cells, strict=False)) for cells in rows])

    def said(self, cells: Iterable[Cell]) -> Said:
        """Everything that these cells have ever said."""
        wanted = set(cells)
        found: Said = set()
        for name, key, rows in self.tables({cell[0] for cell in wanted}):
            for row in rows:
                found |= said_in(name, row, key, wanted)
        for item in self.proposals:
            if item.cell in wanted or (*item.cell[:2], "") in wanted:
                found |= {(item.column, text) for text in (item.today, item.said, item.typed)}
        return {(column, value) for column, value in found if value}

    def knows(self, name: str, key: str) -> bool:
        """Whether a row is there, or ever was, or a register speaks of it."""
        return any(key_of(row, columns) == key if table == name else about(table, row)[:2] == (name, key)
                   for table, columns, rows in self.tables({name}) for row in rows)

    def elsewhere(self, values: Iterable[str], cells: set[Cell]) -> dict[str, list[Cell]]:
        """Folded value -> the cells of today's source tables that say it and are none of `cells`, nor about one."""
        wanted, found = set(values), dict[str, list[Cell]]()
        for name, dataset in self.sources.items() if wanted else ():
            for row in self.rows[name]:
                key = key_of(row, dataset.key)
                table, of, column = about(name, row)
                if (name, key, "") in cells or cells & {(table, of, column), (table, of, "")}:
                    continue
                for column, cell in row.items():
                    if (name, key, column) not in cells and cell and says(cell, wanted):
                        for value in (value for value in wanted if says(cell, [value])):
                            found.setdefault(value, []).append((name, key, column))
        return found


def about(name: str, row: Row) -> Cell:
    """The cell that a row of a register speaks of."""
    register = ABOUT.get(name)
    return (row[register.dataset], row[register.key], row[register.column]) if register else ("", "", "")


def said_in(name: str, row: Row, key: Iterable[str], cells: set[Cell]) -> Said:
    """What one row of any table says of these cells."""
    place = name, key_of(row, key)
    if (*place, "") in cells:
        return set(row.items())
    found = {(column, value) for column, value in row.items() if (*place, column) in cells}
    if name not in ABOUT:
        return found
    *of, column = about(name, row)
    if {(*of, ""), (*of, column)} & cells and column:
        return found | {(column, row[said]) for said in ABOUT[name].values or ("value",)}
    if name == CHANGES and not column and row["before"].startswith("{"):
        before: dict[str, Any] = json.loads(row["before"])
        return found | {(part, value) for part, value in before.items() if {(*of, ""), (*of, part)} & cells}
    return found

