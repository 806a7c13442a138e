"""How each published format is read back, by the library of somebody else, as rows of typed values."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
from openpyxl.utils.escape import unescape

from etl.meta.model import Dataset, Field
from etl.runtime.tables import typed
from support.excel_csv import read_back

Rows = list[list[Any]]
SHEETS = 5
"""Of a workbook whose columns have codes."""


def from_csv(dataset: Dataset, data: bytes) -> Rows:
    """The canonical table: what every other format must give."""
    rows = list(csv.reader(io.StringIO(data.decode("utf-8"), newline="")))
    assert rows[0] == dataset.columns
    kinds = [field.type for field in dataset.fields]
    return [[typed(value, kind) for value, kind in zip(row, kinds, strict=True)] for row in rows[1:]]


def from_json(dataset: Dataset, data: bytes) -> Rows:
    return [[row[name] for name in dataset.columns] for row in json.loads(data, parse_float=Decimal)["records"]]


def from_excel_csv(dataset: Dataset, data: bytes) -> Rows:
    return from_csv(dataset, read_back(dataset, data))


def from_xlsx(dataset: Dataset, data: bytes) -> Rows:
    """Every cell with the type that Excel sees, words turned back into codes by the workbook's own sheets; no cell may
    hold a formula."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    codes: dict[str, dict[str, str]] = {}
    _, *listed = list(book.worksheets[1].iter_rows(values_only=True))
    for title, code, words, *_ in listed if len(book.worksheets) == SHEETS else ():
        codes.setdefault(title, {})[words] = code
    columns = {cells[0]: cells[1] for cells in book.worksheets[-3].iter_rows(min_row=2, values_only=True)}
    header, *rows = list(book.worksheets[0].iter_rows(max_col=len(dataset.columns)))
    assert [columns[cell.value] for cell in header] == dataset.columns
    known = [codes.get(cell.value.removesuffix(")").rpartition(" (")[0] or cell.value, codes.get(cell.value, {}))
             for cell in header]
    return [[from_cell(cell, field, words) for cell, field, words in zip(row, dataset.fields, known, strict=True)]
            for row in rows if any(cell.value is not None for cell in row)]


def from_cell(cell: Any, field: Field, codes: dict[str, str]) -> Any:
    assert cell.data_type != "f", f"a formula: {cell.value}"
    value, kind = cell.value, field.type
    if value is None:
        return None
    if isinstance(value, datetime) and kind != "datetime":
        return value.date().isoformat()
    if isinstance(value, datetime | time) or kind == "year":
        return plain(value, kind)
    if kind in ("integer", "number"):
        return typed(str(value), kind) if kind == "number" else int(value)
    assert isinstance(value, str), (value, kind)
    if kind == "boolean":
        return {"sì": True, "yes": True, "no": False}[value]
    if field.several:
        return "|".join(codes.get(part, part) for part in value.split(" | "))
    return codes.get(value, unescape(value))


def plain(value: Any, kind: str = "") -> Any:
    """A binary number as the decimal one that it stands for; days, times and years as the CSV writes them."""
    if isinstance(value, float):
        return Decimal(str(value))
    if isinstance(value, datetime | time):
        return value.isoformat(timespec="minutes")
    return value.isoformat() if isinstance(value, date) else str(value) if kind == "year" and value else value


def from_parquet(dataset: Dataset, data: bytes) -> Rows:
    table = pq.read_table(pa.BufferReader(data))
    assert table.column_names == dataset.columns
    return [[plain(row[field.name], field.type) for field in dataset.fields] for row in table.to_pylist()]


def from_duckdb(dataset: Dataset, path: str) -> Rows:
    import duckdb

    # SQL of the tests on a file that they wrote themselves.
    found = duckdb.connect().execute(f"SELECT * FROM '{path}'")  # noqa: S608
    assert [name for name, *_ in found.description] == dataset.columns
    return [[plain(value, field.type) for value, field in zip(row, dataset.fields, strict=True)]
            for row in found.fetchall()]


def from_sqlite(dataset: Dataset, data: bytes) -> Rows:
    """Amounts come back from whole cents: no binary number stands between."""
    database = sqlite3.connect(":memory:")
    database.deserialize(data)
    query = 'SELECT stored_as FROM _columns WHERE dataset = ? ORDER BY rowid'
    stored = [name for name, in database.execute(query, (dataset.name,))]
    found = database.execute(f'SELECT * FROM "{dataset.name}" ORDER BY rowid')  # noqa: S608
    assert [name for name, *_ in found.description] == stored
    rows = found.fetchall()
    database.close()
    return [[held(value, field.type, name != field.name) for value, field, name in
             zip(row, dataset.fields, stored, strict=True)] for row in rows]


def held(value: Any, kind: str, cents: bool) -> Any:
    """A value of SQLite as the type of its column."""
    if value is None:
        return None
    if cents:
        return Decimal(value) / 100
    return bool(value) if kind == "boolean" else plain(value, kind)


READERS = {
    "json": from_json, "excel-csv": from_excel_csv, "xlsx": from_xlsx, "xlsx-en": from_xlsx, "parquet": from_parquet,
    "sqlite": from_sqlite,
}
