"""The source tables: as rows, as bytes, and a copy of the repository's data in which others stand for them."""

from __future__ import annotations

import csv
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from etl.meta.errors import InvalidDataError
from etl.meta.model import LANGUAGES, Dataset
from etl.runtime.tables import csv_bytes, parse_csv

Rows = list[dict[str, str]]
EXAMPLE = "https://example.org/esempio"
"""The source of a row that shows how one is written: such a row is no fact, and is never published."""


def source_rows(root: Path, dataset: Dataset) -> Rows:
    """The source table as it stands, one dict of text per row; [] when there is none.

    A table that cannot be read is refused: to put rows into a part of it would lose the rest.
    """
    path = root / "datasets" / "source" / f"{dataset.name}.csv"
    try:
        records = parse_csv(path.read_text("utf-8-sig")) if path.exists() else []
    except (csv.Error, UnicodeDecodeError) as error:
        where = f"datasets/source/{dataset.name}.csv"
        raise InvalidDataError(f"{where}: cannot be read ({error}). Run: abitare check") from error
    return [dict(zip(records[0][1], cells, strict=False)) for _, cells in records[1:]]


def example_row(dataset: Dataset) -> dict[str, str]:
    """A row with the example of each column, marked as one."""
    shown = {column["name"]: str(column.get("example", "")) for column in dataset.schema["fields"]}
    return shown | {"source_url": EXAMPLE}


def table_bytes(dataset: Dataset, rows: Rows) -> bytes:
    return csv_bytes(dataset.source_columns, ([row.get(name, "") for name in dataset.source_columns] for row in rows))


def choices(root: Path, dataset: Dataset, datasets: Mapping[str, Dataset]) -> dict[str, dict[str, str]]:
    """For each column that points to one column of another table: the values there today, with their names."""
    found = {}
    for key in dataset.schema.get("foreignKeys", []):
        target = datasets.get(key["reference"]["resource"])
        if target and not target.derived and len(key["fields"]) == 1:
            found[key["fields"][0]] = names(root, target, key["reference"]["fields"][0], datasets)
    return found


def names(root: Path, dataset: Dataset, column: str, datasets: Mapping[str, Dataset]) -> dict[str, str]:
    """Value of a column -> what people call the thing, "" where nobody says it; without the rows that show how."""
    rows = [row for row in source_rows(root, dataset) if row.get("source_url") != EXAMPLE and row.get(column)]
    own = name_column(dataset)
    said = {row[column]: row.get(own, "") for row in sorted(rows, key=lambda row: row[column])}
    texts = next((each for each in datasets.values() if each.key == [column, "language"] and not each.derived), None)
    if own or texts is None or dataset.key != [column]:
        return said
    words = [row for row in source_rows(root, texts) if row.get("language") == LANGUAGES[0] and row.get(column) in said]
    return said | {row[column]: row.get(name_column(texts), "") for row in words}


def name_column(dataset: Dataset) -> str:
    """The first required column of free text beside the key: what a row is called; "" for a table without one."""
    free = (field for field in dataset.fields if field.required and field.kind == "text" and not field.categories)
    return next((field.name for field in free if not field.computed and field.name not in dataset.key), "")


@contextmanager
def with_tables(root: Path, tables: Mapping[str, bytes]) -> Iterator[Path]:
    """A repository in which each named source table has these bytes; the repository itself is left alone."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for part in filter(lambda part: (root / part).is_dir(), ("datasets", "schemas", "etl/recipes")):
            shutil.copytree(root / part, copy / part, ignore=shutil.ignore_patterns("__pycache__", "release", "inbox"))
        for name in ("release.toml", "city.toml"):
            if (root / name).exists():
                shutil.copyfile(root / name, copy / name)
        for name, data in tables.items():
            (copy / "datasets" / "source" / f"{name}.csv").write_bytes(data)
        yield copy
