"""File of all projects -> folder with its right rows in parts, totals, and the rows that were left out."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from etl.meta.errors import DeclarationError, InvalidDataError, PublishError
from etl.meta.view import as_json
from etl.national import recipe
from etl.national.engines import ENGINES, Engine, Step
from etl.national.header import check_header
from etl.national.places import Place, below, is_parquet
from etl.national.recipe import Only
from etl.national.shape import first_line
from etl.runtime import staging

PARTS, TOTALS, FAULTS, SUMMARY = "projects", "totals.csv", "faults.csv", "summary.json"
OF_PARTS = (".parquet", ".crc", "_SUCCESS")
"""How the files of the parts end; Spark puts a checksum beside each, and says when all are there."""


def publish(source: Place, out: Place, engine: str, only: Only,
            settings: Mapping[str, str] | None = None, step: Step = lambda _words: None) -> dict[str, int]:
    """Check, filter, add up and publish a file; gives how many rows were read, published, not asked for, left out.

    out: the folder, which is replaced as a whole or not at all. only: column -> the values that are wanted. settings:
    of the engine. step: told what is being done. Raises InvalidDataError for a file that is not such a table at all.
    """
    if isinstance(source, Path) and not is_parquet(source):
        check_header(source, first_line(source))
    if engine != "spark" and (addresses := [place for place in (source, out) if isinstance(place, str)]):
        raise DeclarationError(f"{addresses[0]}: only Spark opens addresses. Add --engine spark, or copy it here.")
    if isinstance(out, str):
        from etl.national.remote import publish_at

        return publish_at(source, out, only, settings or {}, step)
    out = staging.place(out)
    with staging.lock(out, "national"):
        staging.may_replace(out, SUMMARY, is_ours)
        with staging.staged(out) as folder, closing(ENGINES[engine](folder, settings or {}, step)) as running:
            new = folder / staging.NEW
            target = Target(new / PARTS, folder / "work", new)
            for path in (new, new / PARTS, folder / "work"):
                path.mkdir()
            counts = made(running, source, target, only, step)
            staging.swap(folder, out)
    return counts


def is_ours(name: str) -> bool:
    """Whether a path in such a folder is one that a run has written."""
    small = name.removeprefix(".").removesuffix(".crc")
    return small in (TOTALS, FAULTS, SUMMARY) or (name.startswith(f"{PARTS}/") and name.endswith(OF_PARTS))


@dataclass(frozen=True)
class Target:
    """Where results go: the parts, what is only on the way to them, and the small files, which this machine writes."""

    parts: Place
    work: Place
    small: Path


def made(running: Engine, source: Place, target: Target, only: Only, step: Step) -> dict[str, int]:
    """See write; says what the engine could not do."""
    try:
        return write(running, source, target, only, step)
    except Exception as error:
        if type(error).__module__.split(".")[0] not in ("duckdb", "_duckdb", "pyspark", "py4j"):
            raise
        said = str(error).strip().splitlines()[0]
        raise InvalidDataError(
            f"{source}: cannot be read as a table of {len(recipe.columns())} columns ({said}). "
            "Take the file again from its publisher, or correct the line that is named."
        ) from error


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


def write(engine: Engine, source: Place, target: Target, only: Only, step: Step) -> dict[str, int]:
    """Everything that goes into a target; gives the counts."""
    dialect = engine.dialect
    step(f"Lettura di {source} / Reading it")
    lines, misshapen = engine.read(source)
    if misshapen:
        begins = "; ".join(f"{line[:60]}…" for line in misshapen)
        raise InvalidDataError(
            f"{source}: lines that have not {len(recipe.columns())} cells, or a quote that is not closed: {begins} "
            "Take the file again from its publisher, or correct these lines."
        )
    step("Controllo e scrittura / Checking and writing")
    engine.define("written", recipe.written(dialect, only))
    engine.write_parts("SELECT * FROM written", below(target.work, "written"), recipe.AREA)
    engine.read_parts("written", below(target.work, "written"))
    engine.keep("repeated", recipe.repeated(dialect))
    left_out = write_csv(target.small / FAULTS, [recipe.KEY, "wrong"], engine.rows(recipe.faults(dialect)))
    (read, wrong, asked), = engine.rows(recipe.counts(dialect))
    settle(engine, target)
    step("Totali / Totals")
    write_csv(target.small / TOTALS, [*recipe.GROUPS, "projects", *recipe.SUMS], engine.rows(recipe.totals(dialect)))
    (published,), = engine.rows("SELECT count(*) FROM published")
    counts = {"read": lines, "published": published, "not_asked_for": read - left_out - asked, "left_out": left_out}
    if lines != read or published != asked or left_out < wrong:
        raise PublishError(f"{source}: {counts}, {read} and {asked} on the way: a row was lost. Where several machines "
                           "work, all have to see the same storage; else it is a fault of the program.")
    (target.small / SUMMARY).write_bytes(as_json(counts))
    return counts


def settle(engine: Engine, target: Target) -> None:
    """Put the parts in place, without the rows of repeated keys; the view `published` is what they hold."""
    again = below(target.work, "again")
    engine.define("published", recipe.single(engine.dialect))
    mixed = {area for area, in engine.rows(recipe.mixed(engine.dialect))}
    areas = {area for area, in engine.rows(f"SELECT DISTINCT {recipe.AREA} FROM published")}
    if mixed & areas:
        some = engine.dialect.texts(sorted(mixed & areas))
        engine.write_parts(f"SELECT * FROM published WHERE {recipe.AREA} IN {some}", again, recipe.AREA)
    for area in sorted(areas):  # from here on `written` is not whole any more
        name = f"{recipe.AREA}={area}"
        engine.move(below(again if area in mixed else below(target.work, "written"), name), below(target.parts, name))
    engine.read_parts("published", target.parts)


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
