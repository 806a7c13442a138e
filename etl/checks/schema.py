"""Frictionless on the package that will ship: types, constraints, keys and foreign keys of the CSV bytes.

It reads the rows that may be wrong: etl/checks/suspects.py finds them faster than Frictionless could read the others.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from etl.checks.sieve import UncoveredError
from etl.checks.suspects import suspects
from etl.meta.messages import finding
from etl.meta.model import Dataset, Field, Finding, RowRef
from etl.meta.view import key_of
from etl.runtime.workers import uncollected

ROW_LIMIT = 10_000  # errors Frictionless lists per table; a table with more is wrong as a whole

NOTES = {  # constraint named in Frictionless' note -> our message
    "required": "required", "pattern": "pattern", "enum": "enum", "minimum": "limit", "maximum": "limit",
    "minLength": "limit", "maxLength": "limit",
}

Lines = Mapping[str, Sequence[int | None]]
"""Dataset name -> for each published row, in order, its line in the source file (None when derived)."""


def check_package(package: Path, datasets: Mapping[str, Dataset], lines: Lines) -> list[Finding]:
    """What Frictionless says of a written datapackage.json, in our words and with source lines."""
    with tempfile.TemporaryDirectory() as folder:
        counts = {name: len(lines.get(name, [])) for name in datasets}
        try:
            found = suspects(package, counts, Path(folder))
        except UncoveredError:
            return judge(package, datasets, lines)
        left = {name: [lines[name][row - 1] for row in rows] for name, rows in found.items()}
        with uncollected():
            return judge(Path(folder) / package.name, datasets, left) if found else []


def judge(package: Path, datasets: Mapping[str, Dataset], lines: Lines) -> list[Finding]:
    """What Frictionless says of every row of a package."""
    from frictionless import Package, system

    # The package is our own and stands in a folder of ours; `trusted` lets its absolute path be read.
    with system.use_context(trusted=True):
        report = Package(str(package)).validate(limit_errors=ROW_LIMIT)
    wrong: dict[tuple[str, str, str], list[RowRef]] = defaultdict(list)
    for task in report.tasks:
        for error in task.errors:
            check, column, row = describe(error, datasets[task.name], lines[task.name])
            wrong[task.name, check, column].append(row)
    return [in_words(datasets[name], check, column, rows) for (name, check, column), rows in wrong.items()] + [
        finding("package", "quality", "", [RowRef(None, "", "")], found=error.message) for error in report.errors
    ]


def describe(error: Any, dataset: Dataset, lines: Sequence[int | None]) -> tuple[str, str, RowRef]:
    """One Frictionless error -> (message name, column, where)."""
    number = getattr(error, "row_number", None)
    cells = getattr(error, "cells", None) or []
    row = dict(zip(dataset.columns, cells, strict=False))  # a row may be too short: that is an error too
    line = lines[number - 2] if number and number - 2 < len(lines) else None
    key = key_of(row, dataset.key)
    column = getattr(error, "field_name", "") or ""
    value = str(getattr(error, "cell", "") or "")
    match error.type:
        case "constraint-error" | "unique-error":
            # The note reads: constraint "pattern" is "..."
            name = next((ours for theirs, ours in NOTES.items() if f'"{theirs}"' in error.note), "limit")
        case "type-error":
            name = "type"
        case "primary-key":
            name, column, value = "duplicate-key", ", ".join(dataset.key), key
        case "foreign-key":
            name, column = "unknown-reference", ", ".join(error.field_names)
            value = key_of(row, error.field_names)
        case "blank-row":
            # Its message would name a place among the rows that were looked at.
            return "package", f"{error.type}: {error.title}", RowRef(line, key, value)
        case _:
            return "package", f"{error.type}: {error.message}", RowRef(line, key, value)
    return name, column, RowRef(line, key, value)


def in_words(dataset: Dataset, check: str, column: str, rows: list[RowRef]) -> Finding:
    """The finding with the schema's own example, allowed values and target table."""
    if check == "package":
        return finding("package", dataset.name, "", rows, found=column)
    field = next((f for f in dataset.fields if f.name == column), None)
    expected = ""
    if check == "enum" and field:
        expected = ", ".join(str(value) for value in field.descriptor["constraints"]["enum"])
    elif check == "unknown-reference":
        expected = next(
            key["reference"]["resource"] for key in dataset.schema["foreignKeys"]
            if ", ".join(key["fields"]) == column
        )
    elif field:
        expected = limit_of(field, check)
    example = str(field.descriptor.get("example", "")) if field else ""
    return finding(check, dataset.name, column, rows, expected=expected, example=example)


def limit_of(field: Field, check: str) -> str:
    """What a value had to be: a type, a form, or the limits that the schema gives it: "8–11", "≥ 0"."""
    limits = field.descriptor.get("constraints", {})
    if check != "limit":
        return {"type": field.type, "pattern": str(limits.get("pattern", ""))}.get(check, "")
    least, most = (limits.get(name, limits.get(length, ""))
                   for name, length in (("minimum", "minLength"), ("maximum", "maxLength")))
    return f"{least}–{most}" if "" not in (least, most) else f"≥ {least}" if most == "" else f"≤ {most}"
