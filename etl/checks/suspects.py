"""The rows of a package that Frictionless has to look at: DuckDB lets through what the sieve knows to be right.

Memory stays bounded: DuckDB reads the files in pieces, and puts aside on disk what does not fit.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from etl.checks.sieve import (
    DUCKDB,
    UncoveredError,
    conditions,
    key_parts,
    missing_values,
    odd_in_key,
    unique_keys,
)
from etl.meta.view import by_key
from etl.runtime.files import digest_of
from etl.runtime.tables import csv_bytes

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MEMORY = "300MB"
OF_ALL = ("hash", "bytes", "rows", "fields")
"""What a resource says of all its rows."""


def suspects(package: Path, counts: Mapping[str, int], folder: Path) -> dict[str, list[int]]:
    """Write the package with only the rows that may be wrong into `folder`; gives their places (from 1) by table.

    Empty when no row may be wrong.

    package: a datapackage.json with its CSV files beside it. counts: rows that each table has to have. Rows that the
    foreign keys of those rows point to are there as well: they are right, so they add no finding. Raises UncoveredError
    when the package has to be looked at as it is.
    """
    import duckdb

    whole = json.loads(package.read_text("utf-8"))
    resources = by_key(whole["resources"], "name")
    settings: dict[str, Any] = {"memory_limit": MEMORY, "temp_directory": str(folder / "spill")}
    try:
        with duckdb.connect(config=settings) as engine:
            pointing = [(name, *key) for name, item in resources.items() for key in references(item)]
            if any(target not in resources or len(fields) != len(to) for _, fields, target, to in pointing):
                raise UncoveredError("a foreign key to a table that is not there")
            tables = {
                name: Sieved(engine, number, package.parent / item["path"], item,
                             [to for _, _, target, to in pointing if target == name])
                for number, (name, item) in enumerate(resources.items())
            }
            for name, table in tables.items():
                table.sift(tables, counts.get(name, 0))
            # Until no row is added: a row that is pointed to may point to another one.
            while sum(tables[name].point(fields, tables[target], to) for name, fields, target, to in pointing):
                pass
            found = {name: table.write(folder / f"{name}.csv") for name, table in tables.items()}
    except duckdb.Error as error:
        raise UncoveredError(str(error)) from error
    # A table without such rows stays where one with them points to it.
    named = [name for name, rows in found.items() if rows]
    for name in named:
        named += [target for _, target, _ in references(resources[name]) if target not in named]
    left = [{key: value for key, value in item.items() if key not in OF_ALL} | {"path": f"{name}.csv"}
            for name, item in resources.items() if name in named]
    (folder / package.name).write_text(json.dumps(whole | {"resources": left}), "utf-8")
    return {name: found[name] for name in named}


def references(resource: Mapping[str, Any]) -> list[tuple[list[str], str, list[str]]]:
    """The foreign keys of a resource: (its fields, the table they point to, the fields there)."""
    return [(key["fields"], key["reference"]["resource"] or resource["name"], key["reference"]["fields"])
            for key in resource["schema"].get("foreignKeys", [])]


class Sieved:
    """One table as DuckDB sees it, cells as texts.

    sN: its file. xN: for each row, in order, its cells if it may be wrong, and the hash of each key. mN: place and
    cells of the rows that are marked. Hashes that meet by chance mark a row too many, never one too few.
    """

    def __init__(
        self, engine: DuckDBPyConnection, number: int, path: Path, resource: Mapping[str, Any], pointed: list[list[str]]
    ) -> None:
        self.engine, self.number, self.resource = engine, number, resource
        self.schema: Mapping[str, Any] = resource["schema"]
        self.columns = [field["name"] for field in self.schema["fields"]]
        check_file(path, resource, self.columns)
        self.unique = unique_keys(self.schema)
        self.keys = self.unique + [key for key in pointed if key not in self.unique]
        self.cells = f"[{', '.join(map(DUCKDB.name, self.columns))}]"
        texts_only = ", ".join(f"coalesce({DUCKDB.name(name)}, '') AS {DUCKDB.name(name)}" for name in self.columns)
        types = ", ".join(f"{DUCKDB.text(name)}: 'VARCHAR'" for name in self.columns)
        engine.execute(
            f"CREATE VIEW s{number} AS SELECT {texts_only} "
            f"FROM read_csv({DUCKDB.text(str(path))}, auto_detect = false, "
            f"header = true, delim = ',', quote = '\"', escape = '\"', new_line = '\\n', columns = {{{types}}})"
        )
        engine.execute(f"CREATE TABLE m{number} (place BIGINT, cells VARCHAR[])")
        self.marked = 0

    def sift(self, tables: Mapping[str, Sieved], count: int) -> None:
        """Mark the rows that may be wrong; all of them where the sieve has no condition for something."""
        try:
            right = [*conditions(self.schema), self.not_blank()]
            right += [self.refers(tables, *key) for key in references(self.resource)]
        except UncoveredError:
            right = ["false"]
        self.check_keys()
        hashes = [f"{self.hashed(key)} AS h{place}" for place, key in enumerate(self.keys)]
        bad = f"CASE WHEN {' AND '.join(right)} THEN NULL ELSE {self.cells} END AS bad"
        self.engine.execute(f"CREATE TABLE x{self.number} AS SELECT {', '.join([bad, *hashes])} FROM s{self.number}")
        # One question for all: most tables have nothing to mark.
        doubles = [f"count(h{place}) - count(DISTINCT h{place})" for place in range(len(self.unique))]
        asked = ", ".join(["count(*)", "count(bad)", *doubles])
        rows, wrong, *twice = self.numbers(f"SELECT {asked} FROM x{self.number}")
        if rows != count:
            raise UncoveredError(f"{self.resource['name']}: {rows} rows, not {count}")
        if wrong:
            marked = f"INSERT INTO m{self.number} SELECT rowid + 1, bad FROM x{self.number} WHERE bad IS NOT NULL"
            self.engine.execute(marked)
            self.marked = wrong
        for place, key in enumerate(self.unique):
            if twice[place]:
                self.mark(key, f"SELECT h{place} FROM x{self.number} GROUP BY 1 HAVING count(*) > 1")

    def check_keys(self) -> None:
        """Raise UncoveredError where a key holds a number or date in an odd form: Frictionless knows what it equals."""
        keys = [*self.keys, *(fields for fields, _, _ in references(self.resource))]
        odd = {condition for key in keys for condition in odd_in_key(self.schema, key)}
        if odd and any(self.numbers(f"SELECT count(*) FROM s{self.number} WHERE {' OR '.join(sorted(odd))}")):
            raise UncoveredError(f"{self.resource['name']}: odd forms in a key")

    def not_blank(self) -> str:
        """The condition that there is a cell, and one in the primary key."""
        absent = DUCKDB.texts(["", *missing_values(self.schema)])
        blank = " AND ".join(f"{DUCKDB.name(name)} IN {absent}" for name in self.columns)
        primary = [key_parts(self.schema, key) for key in self.unique[: bool(self.schema.get("primaryKey"))]]
        return " AND ".join([f"NOT ({blank})", *(f"NOT {all_missing(key)}" for key in primary)])

    def refers(self, tables: Mapping[str, Sieved], fields: list[str], target: str, to: list[str]) -> str:
        """The condition that a foreign key is missing as a whole, or names a row of its table."""
        other = tables[target]
        types = [[field.get("type", "string") for name in names for field in table.schema["fields"]
                  if field["name"] == name] for table, names in ((self, fields), (other, to))]
        if types[0] != types[1] or missing_values(self.schema) != missing_values(other.schema):
            raise UncoveredError(f"{self.resource['name']}: another type in {target}")
        complete = " AND ".join(f"{part} IS NOT NULL" for part in key_parts(other.schema, to))
        # As texts: two ways to write one number are for Frictionless.
        cells, values = (f"({', '.join(map(DUCKDB.name, names))})" for names in (fields, to))
        known = f"SELECT {values} FROM s{other.number} WHERE {complete}"
        return f"({all_missing(key_parts(self.schema, fields))} OR {cells} IN ({known}))"

    def hashed(self, key: list[str]) -> str:
        """An expression that is the same for the same key; NULL for one that is missing as a whole."""
        parts = key_parts(self.schema, key)
        return f"CASE WHEN {all_missing(parts)} THEN NULL ELSE hash({', '.join(parts)}) END"

    def point(self, fields: list[str], other: Sieved, to: list[str]) -> int:
        """Mark the rows of another table that the marked rows of this one point to; how many there were anew."""
        if not self.marked:
            return 0
        names = ", ".join(f"cells[{place}] AS {DUCKDB.name(name)}" for place, name in enumerate(self.columns, 1))
        return other.mark(to, f"SELECT {self.hashed(fields)} FROM (SELECT {names} FROM m{self.number})")

    def mark(self, key: list[str], hashes: str) -> int:
        """Mark the rows whose key has one of the hashes that a query gives; how many there were anew."""
        marked, rows, name = f"m{self.number}", f"x{self.number}", f"h{self.keys.index(key)}"
        self.engine.execute(
            f"CREATE OR REPLACE TEMP TABLE wanted AS SELECT DISTINCT h FROM ({hashes}) AS t(h) WHERE h IS NOT NULL"
        )
        wanted, before = "IN (SELECT h FROM wanted)", self.marked
        # The same rows twice, in the order of the file: their places from the one, their cells from the other.
        self.engine.execute(
            f"INSERT INTO {marked} SELECT place, cells FROM "
            f"(SELECT rowid + 1 AS place FROM {rows} WHERE {name} {wanted}) POSITIONAL JOIN "
            f"(SELECT {self.cells} AS cells FROM s{self.number} WHERE {self.hashed(key)} {wanted}) "
            f"WHERE place NOT IN (SELECT place FROM {marked})"
        )
        self.marked = self.numbers(f"SELECT count(*) FROM {marked}")[0]
        return self.marked - before

    def write(self, path: Path) -> list[int]:
        """Write the marked rows as CSV, at least the header; gives their places."""
        if not self.marked:
            path.write_bytes(csv_bytes(self.columns, []))
            return []
        ordered = f"FROM m{self.number} ORDER BY place"
        names = ", ".join(f"cells[{place}] AS {DUCKDB.name(name)}" for place, name in enumerate(self.columns, 1))
        self.engine.execute(f"COPY (SELECT {names} {ordered}) TO {DUCKDB.text(str(path))} (HEADER, FORCE_QUOTE *)")
        return [place for place, in self.engine.execute(f"SELECT place {ordered}").fetchall()]

    def numbers(self, sql: str) -> list[int]:
        """The numbers in the one row that a query gives."""
        return list(self.engine.execute(sql).fetchone() or [])


def all_missing(parts: list[str]) -> str:
    """The condition that every part of a key is missing."""
    return f"({' AND '.join(f'{part} IS NULL' for part in parts)})"


def check_file(path: Path, resource: Mapping[str, Any], columns: list[str]) -> None:
    """Raise UncoveredError where a file is not the one that its resource describes, column by column."""
    with path.open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file), [])
    if header != columns or len(set(map(str.lower, columns))) < len(columns):
        raise UncoveredError(f"{path}: {header}")
    if resource.get("bytes", path.stat().st_size) != path.stat().st_size:
        raise UncoveredError(f"{path}: bytes")
    if "hash" in resource and resource["hash"] != f"sha256:{digest_of(path)}":
        raise UncoveredError(f"{path}: hash")
