"""schemas/NAME.json: the Table Schemas, published as they stand."""

from __future__ import annotations

import json

from etl.exports.model import Format, tables
from etl.meta.model import Draft


def schema_files(draft: Draft) -> dict[str, bytes]:
    """One file per dataset."""
    return {
        f"schemas/{dataset.name}.json": (json.dumps(dataset.schema, ensure_ascii=False, indent=2) + "\n").encode()
        for dataset, _ in tables(draft)
    }


SCHEMAS = Format(
    "schema", {"it": "Schema della tabella", "en": "Table Schema"},
    {"it": "Colonne, tipi e regole (Frictionless Table Schema).",
     "en": "Columns, types and rules (Frictionless Table Schema)."},
    "schemas/{name}.json", "application/json", "", schema_files, kept=True,
)
