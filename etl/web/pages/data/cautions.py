"""What of a table must not be added up, as its schema and its rows say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from etl.domain.doubts import FINDINGS, about_column
from etl.meta.model import natural_key
from etl.meta.view import Row

STAGE, DAY = "stage", "observed_on"
"""Columns of a key by which one amount stands in several rows: seen at several stages, or on several days."""


def cautions(schema: Mapping[str, Any], records: Sequence[Row]) -> dict[str, Any]:
    """dated, staged: whether rows with euro differ by day or by stage alone; odd: how many rows have an amount that a
    finding doubts (etl/domain/doubts.py)."""
    money = [field["name"] for field in schema["fields"] if field.get("kind") == "money"]
    if not money:
        return {"dated": False, "staged": False, "odd": 0}
    doubted = any(field["name"] in FINDINGS for field in schema["fields"])
    return {"dated": DAY in natural_key(schema), "staged": STAGE in natural_key(schema),
            "odd": sum(doubtful(row, money) for row in records) if doubted else 0}


def doubtful(row: Row, money: list[str]) -> bool:
    """Whether a finding of a row is about one of its amounts."""
    codes = [code for name in FINDINGS for code in (row.get(name) or "").split("|") if code]
    return any(row[name] is not None and about_column(codes, name) for name in money)
