"""Every column that looks like a reference is one, is a key of its own, or says why it is neither."""

from __future__ import annotations

import json

import pytest
from support.repository import ROOT

SCHEMAS = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted((ROOT / "schemas").glob("*.json"))}
COLUMNS = [(name, column) for name, schema in SCHEMAS.items() for column in schema["fields"]
           if column["name"].endswith(("_id", "_code"))]


@pytest.mark.parametrize(("name", "column"), COLUMNS, ids=[f"{name}.{column['name']}" for name, column in COLUMNS])
def test_a_column_that_looks_like_a_reference_is_one(name: str, column: dict[str, object]) -> None:
    schema = SCHEMAS[name]
    points = any(key["fields"] == [column["name"]] for key in schema.get("foreignKeys", []))
    alone = schema["primaryKey"] == [column["name"]]
    reason = column.get("not_a_reference", {})
    assert points + alone + bool(reason) >= 1, "give it a foreign key, or say why in not_a_reference"
    assert not reason or all(reason[language] for language in ("it", "en"))  # type: ignore[index]
    assert not (points and reason)


def test_both_ends_of_a_reference_have_one_type() -> None:
    wrong = [
        (name, key["fields"])
        for name, schema in SCHEMAS.items() for key in schema.get("foreignKeys", [])
        for here, there in zip(key["fields"], key["reference"]["fields"], strict=True)
        if type_of(schema, here) != type_of(SCHEMAS[key["reference"]["resource"]], there)
    ]
    assert COLUMNS
    assert wrong == []


def type_of(schema: dict[str, list[dict[str, str]]], name: str) -> str:
    return next(column["type"] for column in schema["fields"] if column["name"] == name)
