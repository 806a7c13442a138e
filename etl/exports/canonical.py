"""The canonical CSV and JSON of each dataset."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from json.encoder import encode_basestring
from typing import Any, overload

from etl.exports.model import Format, blocks, columns, tables
from etl.meta.model import Dataset, Draft, Field, Release
from etl.meta.view import LongRows, Row, as_json, number_text, record, short
from etl.runtime.by_column import by_column
from etl.runtime.tables import csv_bytes, typed

MANY = 100_000
"""Rows of a table beyond which they are made anew for whoever goes through them: they take half a kilobyte each."""


def csv_files(draft: Draft) -> dict[str, bytes]:
    """NAME.csv: UTF-8, comma, LF, ordered by primary key. A table that is printed already is not printed again."""
    return {
        path: draft.files[path] if path in draft.files else csv_bytes(dataset.columns, table.rows)
        for dataset, table in tables(draft) for path in (f"{dataset.name}.csv",)
    }


def json_files(draft: Draft) -> dict[str, bytes]:
    """NAME.json: {"name", "about" (the declaration), "rows", "records": [{column: value or null}]}."""
    files = {}
    for dataset, table in tables(draft):
        content = {"name": dataset.name, "about": dataset.about, "rows": len(table.rows), "records": []}
        head = as_json(content).decode().removesuffix("[]\n}\n")
        out = io.BytesIO(head.encode())
        out.seek(0, io.SEEK_END)
        for place, rows in enumerate(blocks(table.rows)):
            out.write(("," if place else "[").encode() + b"\n" + ",\n".join(records(dataset, rows)).encode())
        out.write(b"\n ]\n}\n" if table.rows else b"[]\n}\n")
        files[f"{dataset.name}.json"] = out.getvalue()
    return files


def as_read(draft: Draft) -> Release:
    """What `release_of` reads in the JSON files of a draft, from its tables: to parse these files takes four times as
    long, and their texts would stand in memory twice."""
    rows = {dataset.name: Typed(dataset, table.rows) if len(table.rows) > MANY
            else list(typed_rows(dataset, table.rows)) for dataset, table in tables(draft)}
    declared = {dataset.name: json.loads(as_json(dataset.about), parse_float=Decimal) for dataset, _ in tables(draft)}
    return Release(rows, draft.package, declared, today=draft.date)


class Typed(LongRows):
    """The typed rows of a long table, made anew for whoever goes through them."""

    def __init__(self, dataset: Dataset, rows: Sequence[Sequence[str]]) -> None:
        self._dataset, self._rows = dataset, by_column(rows, len(dataset.columns))

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Row]:
        return typed_rows(self._dataset, self._rows)

    @overload
    def __getitem__(self, place: int) -> Row: ...

    @overload
    def __getitem__(self, place: slice) -> list[Row]: ...

    def __getitem__(self, place: int | slice) -> Row | list[Row]:
        if isinstance(place, slice):
            return list(typed_rows(self._dataset, self._rows[place]))
        return next(typed_rows(self._dataset, [self._rows[place]]))

    def column(self, name: str) -> list[Any]:
        """The cells of a column, without making the rows."""
        place = self._dataset.columns.index(name)
        return typed_column(self._dataset.fields[place], self._rows.column(place))


def typed_rows(dataset: Dataset, rows: Sequence[Sequence[str]]) -> Iterator[Row]:
    """Rows as JSON gives them back, each different value of a column made once in a piece of the table."""
    for some in blocks(rows):
        values = map(typed_column, dataset.fields, columns(dataset, some))
        yield from (record(dataset.columns, cells) for cells in zip(*values, strict=True))


def typed_column(field: Field, values: Sequence[str]) -> list[Any]:
    """The cells of a column as JSON gives them back, each different one made once."""
    known = {value: read_back(field, value) for value in set(values)}
    return [known[value] for value in values]


def read_back(field: Field, value: str) -> Any:
    """A cell as JSON gives it back: a number with the digits that it writes."""
    found = typed(value, field.type)
    return short(found) if isinstance(found, Decimal) else found


def records(dataset: Dataset, rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """One JSON object per row, as json.dumps indents it, at a third of its time."""
    names = [json.dumps(name).replace("%", "%%") for name in dataset.columns]
    form = "  {\n" + ",\n".join(f"   {name}: %s" for name in names) + "\n  }"
    return map(form.__mod__, zip(*map(written, dataset.fields, columns(dataset, rows)), strict=True))


def written(field: Field, values: Sequence[str]) -> list[str]:
    """The cells of a column as JSON writes them."""
    write = WRITERS.get(field.type, encode_basestring)
    return [write(value) if value else "null" for value in values]


# Type of a column -> its text in a CSV as JSON writes it.
WRITERS: dict[str, Callable[[str], str]] = {
    "integer": lambda value: str(int(value)), "number": lambda value: number_text(Decimal(value)), "boolean": str,
}


CSV = Format(
    "csv", {"it": "CSV", "en": "CSV"},
    {"it": "UTF-8, virgola, punto decimale. Per programmi e fogli di calcolo in inglese.",
     "en": "UTF-8, comma, decimal point. For programs, and spreadsheets in English."},
    "{name}.csv", "text/csv", "CSV", csv_files, kept=True,
)
JSON = Format(
    "json", {"it": "JSON", "en": "JSON"},
    {"it": "Le stesse righe con i tipi, e la dichiarazione della tabella.",
     "en": "The same rows with their types, and the declaration of the table."},
    "{name}.json", "application/json", "JSON", json_files, kept=True,
)
