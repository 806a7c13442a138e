"""What databases find in the Parquet files: days, times, decimals and categories, with their words."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from support.bookings import BOOKINGS
from support.drafts import downloads, draft_of, row_of

from etl.releases.printed import with_history

CELLS = {"fee_eur": "1399966.86", "people": "3", "paid": "true", "day": "2016-12-31", "starts": "09:30",
         "booked_at": "2016-12-01T17:05", "since": "1999", "paid_of_fee": "0.25", "status": "open"}


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rows = [row_of(BOOKINGS, room_id="a", **CELLS), row_of(BOOKINGS, room_id="b")]
    made = tmp_path_factory.mktemp("parquet") / "bookings.parquet"
    made.write_bytes(downloads(with_history(draft_of(BOOKINGS, rows), Path("none")))["bookings.parquet"])
    return made


def test_every_type_is_one_that_databases_compare_and_add(file: Path) -> None:
    types = {name: kind for name, kind, *_ in duckdb.sql(f"DESCRIBE SELECT * FROM '{file}'").fetchall()}  # noqa: S608
    assert {name: types[name] for name in CELLS if name != "status"} == {
        "fee_eur": "DECIMAL(18,2)", "people": "INTEGER", "paid": "BOOLEAN", "day": "DATE", "starts": "TIME",
        "booked_at": "TIMESTAMP", "since": "SMALLINT", "paid_of_fee": "DOUBLE"}
    query = f"""SELECT * EXCLUDE (note) FROM '{file}' WHERE day < DATE '2017-01-01' AND starts > TIME '09:00'
                AND booked_at < TIMESTAMP '2017-01-01' AND since < 2000 AND paid AND status = 'open'"""  # noqa: S608
    assert duckdb.sql(query).fetchall() == [
        ("a", Decimal("1399966.86"), 3, True, dt.date(2016, 12, 31), dt.time(9, 30), dt.datetime(2016, 12, 1, 17, 5),
         1999, 0.25, "open")]
    assert duckdb.sql(f"SELECT sum(fee_eur) FROM '{file}'").fetchall() == [(Decimal("1399966.86"),)]  # noqa: S608


def test_columns_and_file_say_what_they_are(file: Path) -> None:
    schema = pq.read_schema(file)
    assert not schema.field("room_id").nullable
    assert schema.field("fee_eur").nullable
    assert pa.types.is_dictionary(schema.field("status").type)
    said = schema.field("fee_eur").metadata
    assert (said[b"title"], said[b"title_en"], said[b"unit"]) == (b"Fee_eur", b"The fee_eur", "€".encode())
    notes = {key.decode(): value.decode() for key, value in schema.metadata.items()}
    assert notes["licence"] == "CC-BY-4.0"
    assert notes["version"] in notes["cite"]
    assert notes["cite"].endswith(notes["permanent_url"])
    assert json.loads(notes["table_schema"])["primaryKey"] == ["room_id"]
