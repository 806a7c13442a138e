"""Strict databases made from a published Data Package alone, as somebody makes them who knows nothing of us."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Iterator, Mapping
from decimal import Decimal
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import duckdb

Schema = Mapping[str, Any]
DUCKDB = {"integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE", "time": "TIME",
          "datetime": "TIMESTAMP", "year": "SMALLINT"}
SQLITE = {"integer": "INTEGER", "number": "REAL", "boolean": "INTEGER", "year": "INTEGER"}


def schemas(folder: Path) -> dict[str, Schema]:
    """The Table Schema of each table of the package in a folder, those that others point to first."""
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    found = {item["name"]: item["schema"] for item in package["resources"]}
    order = {name: {target(name, key) for key in schema.get("foreignKeys", [])} - {name}
             for name, schema in found.items()}
    return {name: found[name] for name in TopologicalSorter(order).static_order()}


def target(name: str, key: Mapping[str, Any]) -> str:
    return str(key["reference"].get("resource") or name)


def is_money(field: Mapping[str, Any]) -> bool:
    return bool(field["type"] == "number" and field.get("kind") == "money")


def create(name: str, schema: Schema, types: Mapping[str, str], money: str, end: str) -> str:
    """CREATE TABLE with every key on. end: what follows a foreign key."""
    listed = []
    for field in schema["fields"]:
        kind = money if is_money(field) else types.get(field["type"], "VARCHAR" if types is DUCKDB else "TEXT")
        needed = field.get("constraints", {}).get("required") or field["name"] in schema["primaryKey"]
        listed.append(f'"{field["name"]}" {kind}{" NOT NULL" if needed else ""}')
    listed.append(f"PRIMARY KEY ({quoted(schema['primaryKey'])})")
    for key in schema.get("foreignKeys", []):
        if target(name, key) != name or types is SQLITE:  # DuckDB checks rows one by one, not a table as a whole
            there = quoted(key["reference"]["fields"])
            listed.append(f'FOREIGN KEY ({quoted(key["fields"])}) REFERENCES "{target(name, key)}" ({there}){end}')
    return f'CREATE TABLE "{name}" ({", ".join(listed)})'


def quoted(names: list[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def in_duckdb(folder: Path, kind: str) -> duckdb.DuckDBPyConnection:
    """DuckDB with all tables of a folder, read from their CSV or Parquet files: whatever breaks a key is an error."""
    database = duckdb.connect()
    for name, schema in schemas(folder).items():
        database.execute(create(name, schema, DUCKDB, "DECIMAL(18,2)", ""))
        file = f"'{folder / name}.{kind}'"
        read = f"read_csv({file}, header=true, delim=',', quote='\"', escape='\"', nullstr='', all_varchar=true)"
        # Names that the package itself gives.
        database.execute(f'INSERT INTO "{name}" SELECT * FROM {read if kind == "csv" else file}')  # noqa: S608
    return database


def in_sqlite(folder: Path, kind: str) -> sqlite3.Connection:
    """SQLite with all tables of a folder, amounts in cents: whatever breaks a key or a type is an error."""
    database = sqlite3.connect(":memory:")
    database.execute("PRAGMA foreign_keys = ON")
    known = schemas(folder)
    for name, schema in known.items():
        database.execute(create(name, schema, SQLITE, "INTEGER", " DEFERRABLE INITIALLY DEFERRED") + " STRICT")
    database.commit()
    for name, schema in known.items():
        marks = ", ".join("?" * len(schema["fields"]))
        read = from_csv if kind == "csv" else from_parquet
        database.executemany(f'INSERT INTO "{name}" VALUES ({marks})', read(folder / f"{name}.{kind}", schema))  # noqa: S608
    database.commit()
    return database


def from_csv(path: Path, schema: Schema) -> Iterator[list[Any]]:
    """The rows of a CSV as SQLite holds them."""
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert header == [field["name"] for field in schema["fields"]], path
    for row in rows:
        yield [held(value, field) if value else None for value, field in zip(row, schema["fields"], strict=True)]


def from_parquet(path: Path, schema: Schema) -> Iterator[list[Any]]:
    """The rows of a Parquet file as SQLite holds them."""
    for row in duckdb.sql(f"SELECT * FROM '{path}'").fetchall():  # noqa: S608
        yield [held(str(value).lower() if value in (True, False) else str(value), field) if value is not None else None
               for value, field in zip(row, schema["fields"], strict=True)]


def held(text: str, field: Mapping[str, Any]) -> Any:
    if is_money(field):
        return int(Decimal(text) * 100)
    kind = field["type"]
    return (text == "true" if kind == "boolean" else int(text) if kind in ("integer", "year")
            else float(text) if kind == "number" else text)
