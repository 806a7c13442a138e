"""The canonical CSV and JSON of each dataset."""

from __future__ import annotations

import json

from etl.model import Draft
from etl.tables import csv_bytes, typed


def csv_files(draft: Draft) -> dict[str, bytes]:
    """NAME.csv: UTF-8, comma, LF, ordered by primary key."""
    return {
        f"{name}.csv": csv_bytes(draft.datasets[name].columns, table.rows) for name, table in draft.tables.items()
    }


def json_files(draft: Draft) -> dict[str, bytes]:
    """NAME.json: {"name", "about" (the declaration), "rows", "records": [{column: value or null}]}."""
    files = {}
    for name, table in draft.tables.items():
        dataset = draft.datasets[name]
        kinds = [(field.name, field.type) for field in dataset.fields]
        records = [
            {column: typed(value, kind) for (column, kind), value in zip(kinds, row, strict=True)}
            for row in table.rows
        ]
        content = {"name": name, "about": dataset.about, "rows": len(records), "records": records}
        files[f"{name}.json"] = (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
    return files
