"""The SQLite database by itself: strict, exact, with all that is to be known of it, and served by Datasette."""

from __future__ import annotations

import html
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from support.bookings import BOOKINGS, SCHEMA
from support.catalogs import CATALOG
from support.drafts import ABOUT, downloads, draft_of, row_of
from support.readers import told_by
from support.release import NAME

from etl.exports.ddl import cents_name, create, stored_as, views
from etl.exports.measures import cents, in_cents, unit
from etl.exports.sqlite import sqlite_files
from etl.meta.errors import InvalidDataError
from etl.meta.model import Dataset, Table
from etl.releases.printed import with_history


@pytest.fixture
def database(built_site: Path) -> Iterator[sqlite3.Connection]:
    found = sqlite3.connect(built_site / "dati" / f"{NAME}.sqlite")
    yield found
    found.close()


def test_it_holds_together_and_says_what_it_is(built_site: Path, database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    loose = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%) STRICT'"
    assert database.execute(loose).fetchall() == []
    package = json.loads((built_site / "dati" / "datapackage.json").read_text("utf-8"))
    query = "SELECT version, licence_url, permanent_url FROM _release"
    version, licence, address = database.execute(query).fetchone()
    assert (version, licence) == (package["version"], package["licenses"][0]["path"])
    assert (built_site / address[address.index("dati/"):] / "datapackage.json").exists()
    columns = sum(len(dataset.columns) for dataset in CATALOG.values())
    assert database.execute("SELECT count(*) FROM _columns").fetchone() == (columns,)
    known = sum(len(field.categories) for dataset in CATALOG.values() for field in dataset.fields)
    worded = "SELECT count(*) FROM _codes WHERE label_it <> '' AND label_en <> ''"
    assert database.execute(worded).fetchone() == (known,)


def test_every_view_answers_and_amounts_add_up(built_site: Path, database: sqlite3.Connection) -> None:
    for name, in database.execute("SELECT name FROM sqlite_master WHERE type = 'view'").fetchall():
        database.execute(f'SELECT * FROM "{name}"').fetchall()  # noqa: S608 - names that the file itself holds
    query = "SELECT dataset, column, stored_as FROM _columns WHERE stored_as <> column"
    amounts = database.execute(query).fetchall()
    assert amounts or not (built_site / "dati" / "funding.csv").exists()
    for name, column, stored in amounts:
        records = json.loads((built_site / "dati" / f"{name}.json").read_text("utf-8"), parse_float=Decimal)["records"]
        expected = sum((Decimal(row[column]) for row in records if row[column] is not None), Decimal())
        total, shown = database.execute(f'SELECT sum("{stored}") FROM "{name}"').fetchone()[0], f'"{name}_eur"'  # noqa: S608
        assert Decimal(total or 0) / 100 == expected
        rows = database.execute(f'SELECT "{column}" FROM {shown} WHERE "{column}" IS NOT NULL').fetchall()  # noqa: S608
        assert sorted(Decimal(str(value)) for value, in rows) == sorted(
            Decimal(row[column]) for row in records if row[column] is not None)


def strict(dataset: Dataset) -> sqlite3.Connection:
    """An empty database of one table."""
    made = sqlite3.connect(":memory:")
    stored = stored_as(dataset, Table([], []))
    made.execute(create(dataset, stored, draft_of(dataset, [])))
    for view in views(dataset, stored):
        made.execute(view)
    return made


@pytest.mark.parametrize(("name", "wrong"), [
    ("fee_eur", "12,50"), ("fee_eur", 12.5), ("paid", 2), ("room_id", None), ("people", "many"), ("status", "gone"),
])
def test_a_strict_table_refuses_what_is_no_value_of_its_column(name: str, wrong: Any) -> None:
    known = {"room_id": "r", "fee_eur": 1250, "people": 3, "paid": 1, "status": "open"}
    right = dict.fromkeys(BOOKINGS.columns) | known
    made = strict(BOOKINGS)
    insert = f"INSERT INTO bookings VALUES ({', '.join('?' * len(BOOKINGS.columns))})"  # noqa: S608
    with pytest.raises(sqlite3.IntegrityError):
        made.execute(insert, list((right | {name: wrong}).values()))
    made.execute(insert, list(right.values()))
    assert made.execute("SELECT fee_eur FROM bookings_eur").fetchall() == [(12.5,)]


def test_an_empty_cell_that_no_row_may_have_is_told_with_table_row_and_column() -> None:
    needed = [{**field, "constraints": {"required": True}} if field["name"] == "note" else field
              for field in SCHEMA["fields"]]
    dataset = replace(BOOKINGS, schema={**SCHEMA, "fields": needed})
    rows = [row_of(dataset, room_id="r1"), row_of(dataset, room_id="r2", note="")]
    with pytest.raises(InvalidDataError, match=r"bookings: .*bookings\.note.*: r2, note \(1\).*Scrivi i valori"):
        sqlite_files(draft_of(dataset, rows))


def test_amounts_are_whole_cents_where_they_can_be() -> None:
    assert [cents(text) for text in ("", "0.07", "12", "12.5", "-3.05", "1399966.86")] == [
        None, 7, 1200, 1250, -305, 139996686]
    fee = next(field for field in BOOKINGS.fields if field.name == "fee_eur")
    assert in_cents(fee, ["12.50", ""])
    assert not in_cents(fee, ["0.333"])
    assert [cents_name(name) for name in ("paid_eur", "max_eur_month", "spesa")] == [
        "paid_cents", "max_cents_month", "spesa_cents"]
    assert unit(fee) == {"it": "€", "en": "€"}


def test_former_names_stay_as_a_view() -> None:
    fields = [{**field, "renamed_from": "price"} if field["name"] == "fee_eur" else field for field in SCHEMA["fields"]]
    renamed = replace(BOOKINGS, schema={**SCHEMA, "fields": fields})
    found = strict(renamed).execute("SELECT * FROM bookings_before")
    assert [name for name, *_ in found.description] == [
        "price" if name == "fee_eur" else name for name in BOOKINGS.columns]


def test_datasette_serves_it_with_its_metadata(built_site: Path) -> None:
    data = built_site / "dati"
    served = told_by("serve_datasette.py", data / f"{NAME}.sqlite", data / "metadata.json")
    metadata = json.loads((data / "metadata.json").read_text("utf-8"))
    assert metadata["license_url"] in served["home"]
    tables = metadata["databases"][NAME]["tables"]
    assert set(tables) <= set(served["tables"])
    for name, found in served["tables"].items():
        assert found["status"] == [200, 200], name
        assert set(tables.get(name, {}).get("columns", {})) <= set(found["columns"]), name
    described = html.unescape(served["tables"]["sources"]["page"])
    assert next(iter(tables["sources"]["columns"].values())) in described
    assert set(served["hidden"]) >= {"_release", "_columns", "_codes"}


def test_metadata_names_tables_and_columns_that_are_there() -> None:
    files = downloads(with_history(draft_of(BOOKINGS, []), Path("none")))
    metadata = json.loads(files["metadata.json"])
    database = sqlite3.connect(":memory:")
    database.deserialize(files[f"{ABOUT['name']}.sqlite"])
    said = metadata["databases"][ABOUT["name"]]["tables"]
    names = {name for name, in database.execute("SELECT name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'")}
    assert names <= set(said)
    columns = {name for _, name, *_ in database.execute("PRAGMA table_info(bookings)")}
    assert set(said["bookings"]["columns"]) == columns >= {said["bookings"]["sort"], *said["bookings"]["facets"]}
    database.close()
