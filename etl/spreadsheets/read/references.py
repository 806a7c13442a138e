"""Names where a code of another table is wanted: Rho for its ISTAT code, a desk by its name. Told, or asked about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from etl.meta.messages import finding
from etl.meta.model import Dataset, Finding, RowRef
from etl.meta.words import normal
from etl.runtime.source_tables import EXAMPLE, source_rows
from etl.spreadsheets.read.importer import Imported

NAME = "name"
Names = Mapping[str, set[str]]
"""Normal name -> the codes of the rows that bear it."""


def with_codes(root: Path, datasets: Mapping[str, Dataset], item: Imported) -> Imported:
    """What was read of a file, with codes in place of the names that only one row of the other table bears."""
    dataset = datasets.get(item.dataset)
    found: list[Finding] = []
    for column, names in names_of(root, datasets, dataset).items() if dataset and item.rows else ():
        found += put_codes(item, column, names)
    return replace(item, findings=[*item.findings, *found]) if found else item


def names_of(root: Path, datasets: Mapping[str, Dataset], dataset: Dataset) -> dict[str, Names]:
    """For each column that points to one column of a table of things with names: their names."""
    found: dict[str, Names] = {}
    for key in dataset.schema.get("foreignKeys", ()):
        target = datasets.get(key["reference"]["resource"])
        if target and NAME in target.source_columns and len(key["fields"]) == 1:
            code = key["reference"]["fields"][0]
            names: dict[str, set[str]] = defaultdict(set)
            for row in source_rows(root, target):
                if row.get(NAME) and row.get(code) and row.get("source_url") != EXAMPLE:
                    names[normal(row[NAME])].add(row[code])
            found[key["fields"][0]] = names
    return found


def put_codes(item: Imported, column: str, names: Names) -> list[Finding]:
    """Change the cells of a column that hold a name; what is said of them."""
    known = set[str]().union(*names.values())
    read: list[tuple[RowRef, str]] = []
    twice: list[tuple[RowRef, set[str]]] = []
    for line, row in zip(item.lines, item.rows, strict=True):
        value = row.get(column, "")
        codes = names.get(normal(value), set()) if value and value not in known else set()
        ref = RowRef(line, "", value, f"{item.letters.get(column, '')}{line}")
        if len(codes) == 1:
            row[column] = next(iter(codes))
            read.append((ref, row[column]))
        elif codes:
            row[column] = ""
            twice.append((ref, codes))
    told = []
    if read:
        told.append(finding("read-name", item.dataset, column, [ref for ref, _ in read], "note", file=item.file,
                            found=f"{read[0][0].value} → {read[0][1]}"))
    if twice:
        told.append(finding("name-twice", item.dataset, column, [ref for ref, _ in twice], file=item.file,
                            found=twice[0][0].value, expected=", ".join(sorted(twice[0][1]))))
    return told
