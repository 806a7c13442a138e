"""schemas/NAME.json: the Table Schemas, published as they stand."""

from __future__ import annotations

import json

from etl.model import Draft


def schema_files(draft: Draft) -> dict[str, bytes]:
    """One file per dataset."""
    return {
        f"schemas/{name}.json": (json.dumps(draft.datasets[name].schema, ensure_ascii=False, indent=2) + "\n").encode()
        for name in draft.tables
    }
