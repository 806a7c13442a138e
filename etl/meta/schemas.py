"""Table Schemas, read. One that does not hold together is refused with the file to mend.

What a schema says once is spelled out for those who know Table Schema only: codes become an `enum`, and a date that may
be a year or a month gets two columns that databases can compare.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from etl.meta.city import City
from etl.meta.errors import DeclarationError
from etl.meta.model import LANGUAGES
from etl.meta.view import meanings

TYPES = ("string", "integer", "number", "boolean", "date", "time", "datetime", "year", "yearmonth")
SEPARATOR = "|"
"""Between the codes of a cell that holds several."""
SPANS = {"partial-date": {"type": "date"}, "moment": {"type": "datetime", "format": "%Y-%m-%dT%H:%M"}}
"""Kinds of texts that may say less than a whole day or minute -> the type of the two columns that bound them."""
PEOPLE = "people"
"""Set on a column that counts people: the smallest count that may be published, and where it counts people."""
BOUNDS = {
    "earliest": ("from", "al più presto", "at the earliest", "Il primo", "first"),
    "latest": ("to", "al più tardi", "at the latest", "L’ultimo", "last"),
}
"""Rule of a bounding column -> the end of its name, and its words."""


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
        return spelled_out(schema)
    except (AttributeError, KeyError, TypeError, re.error) as error:
        raise DeclarationError(f"{path}: not a Table Schema ({error}). Compare it with others in schemas/") from error


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
        check_people(path, column, names)
        if names.count(column["name"]) > 1:
            raise DeclarationError(f"{path}: there are two columns `{column['name']}`")
    own = [(key["fields"], key["reference"]["resource"]) for key in schema.get("foreignKeys", [])]
    for column in [*(schema.get("primaryKey") or [None]), *(column for fields, _ in own for column in fields)]:
        if column not in names:
            raise DeclarationError(f"{path}: primaryKey or foreignKeys name `{column}`, which is not a column")


def check_people(path: Path, column: Mapping[str, Any], names: Sequence[str]) -> None:
    """Refuse a count of people that does not say, in every language, below which number it would point to persons."""
    if PEOPLE not in column:
        return
    counts = column[PEOPLE]
    strange = set(counts) - {"smallest", "where", "because"} or set(counts.get("where", {})) - set(names)
    whole = type(counts.get("smallest")) is int and counts["smallest"] > 1 and column["type"] in ("integer", "number")
    if strange or not whole or not all(counts.get("because", {}).get(language) for language in LANGUAGES):
        raise DeclarationError(
            f"{path}: column `{column['name']}`: `{PEOPLE}` of a number is {{\"smallest\": 5, \"because\": "
            "{\"it\": …, \"en\": …}}, and \"where\" the values of other columns with which it counts people")


def spelled_out(schema: Mapping[str, Any]) -> dict[str, Any]:
    """The schema with all that follows from it: no database takes an empty cell in a primary key."""
    fields = [required(column) if column["name"] in schema["primaryKey"] else column
              for column in map(with_codes, schema["fields"])]
    return {**schema, "fields": [*fields, *(bound for column in fields for bound in bounds(column))]}


def with_codes(column: Mapping[str, Any]) -> dict[str, Any]:
    """A column whose `categories` are its enum; several codes in a cell (`itemCategories`) follow a pattern."""
    codes = list(meanings(column))
    if not codes:
        return dict(column)
    if "categories" in column:
        return {**column, "constraints": {**column.get("constraints", {}), "enum": codes}}
    one = f"({'|'.join(codes)})"
    pattern = f"{one}(\\{SEPARATOR}{one})*"
    return {**column, "delimiter": SEPARATOR, "constraints": {**column.get("constraints", {}), "pattern": pattern}}


def required(column: Mapping[str, Any]) -> dict[str, Any]:
    return {**column, "constraints": {**column.get("constraints", {}), "required": True}}


def bounds(column: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The first and the last day (or minute) that a text such as 2019 or 2019-03 may mean."""
    if column.get("kind") not in SPANS or column["type"] != "string":
        return
    name = column["name"]
    for rule, (end, italian, english, which, which_en) in BOUNDS.items():
        yield {
            "name": f"{name}_{end}", **SPANS[column["kind"]],
            "title": f"{column['title']}, {italian}", "title_en": f"{column['title_en']}, {english}",
            "description": f"{which} giorno che «{name}» può indicare, quando dice solo l’anno o il mese.",
            "description_en": f"The {which_en} day that `{name}` may mean where it gives only a year or a month.",
            "computed": True, "rule": rule, "of": [name],
        }
