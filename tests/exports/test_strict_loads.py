"""Every table goes into a database that takes nothing wrong: keys on, no empty key, no orphan, no lost cent."""

from __future__ import annotations

import sqlite3
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from support.release import NAME
from support.strict import from_csv, in_duckdb, in_sqlite, is_money, schemas, target

ENGINES: dict[str, Callable[[Path, str], Any]] = {"duckdb": in_duckdb, "sqlite": in_sqlite}


@pytest.fixture(scope="module")
def unpacked(built_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("zip")
    with zipfile.ZipFile(built_site / "dati" / f"{NAME}.zip") as archive:
        archive.extractall(folder)
    return folder


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("source", ["csv", "parquet", "zip"])
def test_every_table_loads_with_all_keys_on(built_site: Path, unpacked: Path, engine: str, source: str) -> None:
    folder = unpacked if source == "zip" else built_site / "dati"
    database = ENGINES[engine](folder, "parquet" if source == "parquet" else "csv")
    for name, schema in schemas(folder).items():
        expected = list(from_csv(built_site / "dati" / f"{name}.csv", schema))
        assert database.execute(f'SELECT count(*) FROM "{name}"').fetchone() == (len(expected),)  # noqa: S608
        for place, field in enumerate(schema["fields"]):
            if is_money(field):
                total, = database.execute(f'SELECT sum("{field["name"]}") FROM "{name}"').fetchone()  # noqa: S608
                cents = Decimal(total or 0) * (100 if engine == "duckdb" else 1)
                assert cents == sum(row[place] or 0 for row in expected), (name, field["name"])
        for key in schema.get("foreignKeys", []):
            assert orphans(database, name, key) == [], (name, key["fields"])
    database.close()


def orphans(database: Any, name: str, key: dict[str, Any]) -> list[Any]:
    """Rows that point to a row that is not there, asked for by a query: no engine is trusted with it."""
    own, there = key["fields"], key["reference"]["fields"]
    joined = " AND ".join(f't."{a}" = o."{b}"' for a, b in zip(own, there, strict=True))
    filled = " AND ".join(f't."{a}" IS NOT NULL' for a in own)
    query = f"""SELECT t.* FROM "{name}" t LEFT JOIN "{target(name, key)}" o ON {joined}
                WHERE {filled} AND o."{there[0]}" IS NULL"""  # noqa: S608
    return list(database.execute(query).fetchall())


@pytest.mark.parametrize(("column", "value"), [("desk_id", ""), ("desk_id", "nowhere"), ("verified", "maybe")])
def test_such_a_database_refuses_what_is_wrong(tmp_path: Path, column: str, value: str) -> None:
    row = {"hours_id": "a", "desk_id": "d", "verified": "true"}
    (tmp_path / "datapackage.json").write_text("""{"resources": [
        {"name": "hours", "schema": {"primaryKey": ["hours_id", "desk_id"], "fields": [
            {"name": "hours_id", "type": "string"}, {"name": "desk_id", "type": "string"},
            {"name": "verified", "type": "boolean"}],
          "foreignKeys": [{"fields": ["desk_id"], "reference": {"resource": "desks", "fields": ["desk_id"]}}]}},
        {"name": "desks", "schema": {"primaryKey": ["desk_id"], "fields": [{"name": "desk_id", "type": "string"}]}}
        ]}""", "utf-8")
    (tmp_path / "desks.csv").write_text("desk_id\nd\n", "utf-8")
    for cells, fails in ((row, False), (row | {column: value}, True)):
        (tmp_path / "hours.csv").write_text(f"{','.join(row)}\n{','.join(cells.values())}\n", "utf-8")
        for engine, load in ENGINES.items():
            if engine == "sqlite" and value == "maybe":
                continue  # it has no truth values: the CSV is read by the test itself
            if fails:
                with pytest.raises((duckdb.Error, sqlite3.IntegrityError)):
                    load(tmp_path, "csv")
            else:
                load(tmp_path, "csv").close()
