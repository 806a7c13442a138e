"""The canonical CSV and JSON of each dataset."""

from __future__ import annotations

import json

from etl.formats.model import Format, tables
from etl.model import Draft
from etl.tables import csv_bytes, typed


def csv_files(draft: Draft) -> dict[str, bytes]:
    """NAME.csv: UTF-8, comma, LF, ordered by primary key."""
    return {f"{dataset.name}.csv": csv_bytes(dataset.columns, table.rows) for dataset, table in tables(draft)}


def json_files(draft: Draft) -> dict[str, bytes]:
    """NAME.json: {"name", "about" (the declaration), "rows", "records": [{column: value or null}]}."""
    files = {}
    for dataset, table in tables(draft):
        kinds = [(field.name, field.type) for field in dataset.fields]
        records = [
            {column: typed(value, kind) for (column, kind), value in zip(kinds, row, strict=True)}
            for row in table.rows
        ]
        content = {"name": dataset.name, "about": dataset.about, "rows": len(records), "records": records}
        files[f"{dataset.name}.json"] = (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
    return files


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
