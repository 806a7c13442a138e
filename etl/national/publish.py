"""File of all projects -> folder with its right rows in parts, totals, and the rows that were left out."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from etl.meta.errors import InvalidDataError, PublishError
from etl.meta.view import as_json
from etl.national import recipe
from etl.national.engines import ENGINES, Engine
from etl.runtime import staging

PARTS, TOTALS, FAULTS, SUMMARY = "projects", "totals.csv", "faults.csv", "summary.json"
OF_PARTS = (".parquet", ".crc", "_SUCCESS")
"""How the files of the parts end; Spark puts a checksum beside each, and says when all are there."""


def publish(source: Path, out: Path, engine: str, only: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Check, filter, add up and publish a file; gives how many rows were read, published, not asked for, left out.

    out: the folder, which is replaced as a whole or not at all. only: column -> the values that are wanted.
    Raises InvalidDataError for a file that is not such a table at all.
    """
    check_header(source)
    out = staging.place(out)
    with staging.lock(out, "national"):
        staging.may_replace(out, SUMMARY, is_ours)
        with staging.staged(out) as folder:
            counts = made(ENGINES[engine](folder), source, folder / staging.NEW, only)
            staging.swap(folder, out)
    return counts


def is_ours(name: str) -> bool:
    """Whether a path in such a folder is one that a run has written."""
    return name in (TOTALS, FAULTS, SUMMARY) or (name.startswith(f"{PARTS}/") and name.endswith(OF_PARTS))


def made(running: Engine, source: Path, folder: Path, only: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Write the folder with an engine, which is closed at the end; gives the counts."""
    folder.mkdir()
    try:
        return write(running, source, folder, only)
    except Exception as error:
        if type(error).__module__.split(".")[0] not in ("duckdb", "_duckdb", "pyspark", "py4j"):
            raise
        said = str(error).strip().splitlines()[0]
        raise InvalidDataError(
            f"{source}: cannot be read as a table of {len(recipe.columns())} columns ({said}). "
            "Take the file again from its publisher, or correct the line that is named."
        ) from error
    finally:
        running.close()


def wanted(only: Iterable[str]) -> dict[str, list[str]]:
    """COLUMN=VALUE, … as column -> the values that are wanted."""
    found: dict[str, list[str]] = {}
    for words in only:
        column, sign, value = words.partition("=")
        if not sign or column not in recipe.columns():
            raise InvalidDataError(f"--only {words}: no such column. Example: --only OC_COD_TEMA_SINTETICO=07")
        found.setdefault(column, []).append(value)
    return found


def in_words(counts: Mapping[str, int]) -> str:
    """What a run did with the rows."""
    return (f"{counts['published']} righe / rows, {counts['not_asked_for']} non richieste / not asked for, "
            f"{counts['left_out']} escluse / left out ({FAULTS})")


def write(engine: Engine, source: Path, folder: Path, only: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Everything that goes into the folder; gives the counts."""
    dialect = engine.dialect
    engine.read(source, recipe.columns())
    if found := list(engine.rows(recipe.misshapen(engine.unquoted))):
        begins = "; ".join(f"{line[:60]}…" for line, in found)
        raise InvalidDataError(
            f"{source}: lines that have not {len(recipe.columns())} cells, or a quote that is not closed: {begins} "
            "Take the file again from its publisher, or correct these lines."
        )
    engine.keep("repeated", recipe.repeated(dialect))
    engine.define("published", recipe.published(dialect, only))
    engine.write_parts("SELECT * FROM published", folder / PARTS, recipe.AREA)
    if any((folder / PARTS).glob("*/*.parquet")):
        engine.read_parts("published", folder / PARTS)  # much faster to read than the file
    write_csv(folder / TOTALS, [*recipe.GROUPS, "projects", *recipe.SUMS], engine.rows(recipe.totals(dialect)))
    left_out = write_csv(folder / FAULTS, [recipe.KEY, "wrong"], engine.rows(recipe.faults(dialect)))
    (read, right), = engine.rows(
        f"SELECT count(*), count(CASE WHEN {recipe.right(dialect)} THEN 1 END) FROM cells"
    )
    (copies,), = engine.rows("SELECT coalesce(sum(copies), 0) FROM repeated")
    (made,), = engine.rows("SELECT count(*) FROM published")
    asked = right - int(copies)
    counts = {"read": read, "published": made, "not_asked_for": asked - made, "left_out": left_out}
    if read != asked + left_out:
        raise PublishError(f"{source}: {counts}: a row was lost. This is a fault of the program.")
    (folder / SUMMARY).write_bytes(as_json(counts))
    return counts


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """A CSV file; gives how many rows it has."""
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        for row in rows:
            writer.writerow(["" if value is None else value for value in row])
            count += 1
    return count


def check_header(source: Path) -> None:
    """Refuse a file with other columns, and say which."""
    try:
        with source.open(encoding="utf-8-sig", newline="") as file:
            header = next(csv.reader(file, delimiter=";"), [])
    except UnicodeDecodeError as error:
        raise InvalidDataError(f"{source}: not UTF-8. Save it as UTF-8 and try again.") from error
    wanted = recipe.columns()
    if header != wanted:
        lacking, other = sorted(set(wanted) - set(header)), sorted(set(header) - set(wanted))
        raise InvalidDataError(
            f"{source}: the header is not that of OpenCoesione's extended file. Missing: "
            f"{', '.join(lacking[:5]) or '-'}. Not known: {', '.join(other[:5]) or '-'}. "
            "Columns have to be in the order of the publisher."
        )
