"""Table Schemas, read. One that does not hold together is refused with the file to mend."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from etl.meta.city import City
from etl.meta.errors import DeclarationError

TYPES = ("string", "integer", "number", "boolean", "date")


def read_schema(path: Path, city: City) -> dict[str, Any]:
    """One schemas/NAME.json; every column has a type and a title in each language, and the key exists."""
    try:
        schema: dict[str, Any] = city.fill(json.loads(path.read_text("utf-8")))
    except FileNotFoundError as error:
        raise DeclarationError(f"{path} is missing: every datasets/NAME.toml needs a schemas/NAME.json") from error
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise DeclarationError(f"{path}: not valid JSON: {error}") from error
    try:
        check_columns(path, schema)
    except (AttributeError, KeyError, TypeError, re.error) as error:
        raise DeclarationError(f"{path}: not a Table Schema ({error}). Compare it with others in schemas/") from error
    return schema


def check_columns(path: Path, schema: Mapping[str, Any]) -> None:
    """Refuse columns without words, of no known type or twice the same, a pattern that is none, a key that is none."""
    names = [column.get("name") for column in schema["fields"]]
    for column in schema["fields"]:
        for key in ("name", "type", "title", "title_en", "description", "description_en"):
            if not column.get(key):
                raise DeclarationError(f"{path}: column `{column.get('name')}` has no `{key}`")
        limits = column.get("constraints", {})
        re.compile(limits.get("pattern", ""))
        if column["type"] not in TYPES or not isinstance(limits.get("enum", []), list):
            raise DeclarationError(f"{path}: column `{column['name']}`: type is one of {', '.join(TYPES)}; enum a list")
        if names.count(column["name"]) > 1:
            raise DeclarationError(f"{path}: there are two columns `{column['name']}`")
    own = [(key["fields"], key["reference"]["resource"]) for key in schema.get("foreignKeys", [])]
    for column in [*(schema.get("primaryKey") or [None]), *(column for fields, _ in own for column in fields)]:
        if column not in names:
            raise DeclarationError(f"{path}: primaryKey or foreignKeys name `{column}`, which is not a column")
