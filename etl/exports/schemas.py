"""schemas/NAME.json: the Table Schemas, published as they stand."""

from __future__ import annotations

from etl.exports.model import Format, tables
from etl.meta.model import Draft
from etl.meta.view import as_json


def schema_files(draft: Draft) -> dict[str, bytes]:
    """One file per dataset."""
    return {
        f"schemas/{dataset.name}.json": as_json(dataset.schema, 2)
        for dataset, _ in tables(draft)
    }


SCHEMAS = Format(
    "schema", {"it": "Schema della tabella", "en": "Table Schema"},
    {"it": "Colonne, tipi e regole (Frictionless Table Schema).",
     "en": "Columns, types and rules (Frictionless Table Schema)."},
    "schemas/{name}.json", "application/json", "", schema_files, kept=True,
)
