"""A Table Schema as conditions in SQL, written so that no wrong row can pass; who judges the others is Frictionless.

Every condition is at least as strict as Frictionless: what passes is right for certain, what does not may be right too
(`+3`, `1e5`, a word of another alphabet). What cannot be said so makes the whole table uncovered (None).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Schema = Mapping[str, Any]

SPELLED = {
    "integer": "-?[0-9]{1,15}",
    # Fifteen digits: so many a DOUBLE tells apart.
    "number": r"-?([0-9]{1,11}(\.[0-9]{1,4})?|[0-9]{1,13}(\.[0-9]{1,2})?)",
    "date": "[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}",
    "year": "[1-9][0-9]{3}",
    "yearmonth": "[1-9][0-9]{3}-(0[1-9]|1[0-2])",
    "time": "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]",
}
"""Types whose texts have one plain form; Frictionless reads other forms of them, too."""
FORMATS = {("time", "%H:%M"): "([01][0-9]|2[0-3]):[0-5][0-9]",
           ("datetime", "%Y-%m-%dT%H:%M"): "[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]"}
"""The same where the field names a format."""
ORDERED = {"integer": "DOUBLE", "number": "DOUBLE", "date": "DATE"}
"""Types that have limits, and how SQL compares them."""
REAL = {"date": "DATE", "datetime": "TIMESTAMP"}
"""Types whose texts may have the right form and mean nothing: 30 February."""
LIMITS = {"minimum": ">=", "maximum": "<=", "exclusiveMinimum": ">", "exclusiveMaximum": "<"}
LENGTHS = {"minLength": ">=", "maxLength": "<="}
OF_TYPE = {"string": {"pattern", *LENGTHS}, **{kind: set(LIMITS) for kind in ORDERED}}
OF_EVERY_TYPE = {"required", "unique", "enum"}
TRUE, FALSE = ["true", "True", "TRUE", "1"], ["false", "False", "FALSE", "0"]
# The part of regular expressions that Python, RE2 and Java read in the same way.
PLAIN = re.compile(
    r"""(?: [^\\\[\](){}|*+?.^$&] | \\[.\\/()\[\]{}|*+?$^-] | [.|)] | \((?:\?:)? | \[\^?(?:[^\\\[\]^&]|\\[\\\]\[^-])+\]
        | (?:[*+?]|\{[0-9]{1,3}(?:,[0-9]{0,3})?\})(?![+*?{]) )*""", re.VERBOSE,
)


@dataclass(frozen=True)
class Dialect:
    """How an engine writes a name, a text that a pattern matches as a whole, a cast that may fail, and a backslash in a
    text."""

    quote: str
    full_match: str
    cast: str = "try_cast({0} AS {1})"
    backslash: str = "\\"

    def name(self, name: str) -> str:
        """A column in SQL."""
        return self.quote + name.replace(self.quote, self.quote * 2) + self.quote

    def text(self, value: str) -> str:
        """A text in SQL."""
        return "'" + value.replace("\\", self.backslash).replace("'", "''") + "'"

    def texts(self, values: Sequence[str]) -> str:
        """A list of texts in SQL."""
        return "(" + ", ".join(map(self.text, values)) + ")"


DUCKDB = Dialect('"', "regexp_full_match({0}, {1})")


class UncoveredError(Exception):
    """Something in a schema that the sieve has no condition for; Frictionless judges such a table alone."""


def conditions(schema: Schema, dialect: Dialect = DUCKDB) -> list[str]:
    """One condition per field of a schema, true for cells that are right. Raises UncoveredError.

    Cells are texts, never NULL; every field has to be a column of its name.
    """
    missing = missing_values(schema)
    return [condition(field, missing, dialect) for field in schema["fields"]]


def missing_values(schema: Schema) -> list[str]:
    """The texts that stand for a missing value."""
    missing = schema.get("missingValues", [""])
    if not isinstance(missing, list) or not all(isinstance(value, str) for value in missing):
        raise UncoveredError("missingValues")
    return missing


def condition(field: Mapping[str, Any], missing: list[str], dialect: Dialect) -> str:
    """The condition for the cells of one field."""
    kind, constraints = field.get("type", "string"), field.get("constraints", {})
    special = {"format", "missingValues", "bareNumber", "groupChar", "decimalChar", "floatNumber"} & set(field)
    formatted = field.get("format", "default") != "default" and (kind, field["format"]) not in FORMATS
    if formatted or special - {"format"}:
        raise UncoveredError(f"{field['name']}: {special}")
    if unknown := set(constraints) - OF_EVERY_TYPE - OF_TYPE.get(kind, set()):
        raise UncoveredError(f"{field['name']}: {unknown}")
    cell = dialect.name(field["name"])
    right = [*typed(field, cell, dialect), *constrained(kind, constraints, cell, dialect)]
    absent = f"{cell} IN {dialect.texts(missing)}" if missing else "false"
    value = " AND ".join(right) or "true"
    return f"(NOT {absent} AND {value})" if constraints.get("required") else f"({absent} OR ({value}))"


def typed(field: Mapping[str, Any], cell: str, dialect: Dialect) -> list[str]:
    """What makes a text a value of a field's type."""
    kind = field.get("type", "string")
    example = field.get("example")
    if kind == "string":
        return []
    if kind == "boolean":
        known = [*field.get("trueValues", TRUE), *field.get("falseValues", FALSE)]
        if example not in (None, "", *known) or not all(isinstance(value, str) for value in known):
            raise UncoveredError(f"{field['name']}: boolean")
        return [f"{cell} IN {dialect.texts(known)}"]
    form = spelling(field)
    if form is None or (example and not re.fullmatch(form, str(example))):
        raise UncoveredError(f"{field['name']}: {kind}")
    spelled = [dialect.full_match.format(cell, dialect.text(form))]
    return [*spelled, f"{dialect.cast.format(cell, REAL[kind])} IS NOT NULL"] if kind in REAL else spelled


def spelling(field: Mapping[str, Any]) -> str | None:
    """The plain form of the texts of a field, None where there is none."""
    kind = field.get("type", "string")
    return FORMATS.get((kind, field.get("format", "default"))) or SPELLED.get(kind)


def constrained(kind: str, constraints: Mapping[str, Any], cell: str, dialect: Dialect) -> list[str]:
    """What the constraints of a field ask of a value, missing ones and repetitions apart."""
    found = []
    for name, limit in constraints.items():
        if name in LENGTHS and isinstance(limit, int):
            found.append(f"length({cell}) {LENGTHS[name]} {limit}")
        elif name in LIMITS and re.fullmatch(SPELLED[kind], str(limit)):
            bound = dialect.cast.format(dialect.text(str(limit)), ORDERED[kind])
            found.append(f"{dialect.cast.format(cell, ORDERED[kind])} {LIMITS[name]} {bound}")
        elif name == "enum" and isinstance(limit, list) and all(isinstance(value, str) for value in limit):
            if not all(kind == "string" or re.fullmatch(SPELLED.get(kind, "(?!)"), value) for value in limit):
                raise UncoveredError(f"enum of {kind}")
            found.append(f"{cell} IN {dialect.texts(limit)}")
        elif name == "pattern" and isinstance(limit, str) and PLAIN.fullmatch(limit) and compiles(limit):
            found.append(dialect.full_match.format(cell, dialect.text(limit)))
        elif name not in ("required", "unique") or not isinstance(limit, bool):
            raise UncoveredError(f"{name}: {limit}")
    return found


def compiles(pattern: str) -> bool:
    """Whether Python can read a pattern, alone and as Frictionless puts it between anchors."""
    try:
        re.compile(f"^{pattern}$")
        re.compile(f"(?:{pattern})")
    except re.error:
        return False
    return True


def unique_keys(schema: Schema) -> list[list[str]]:
    """The fields whose cells must not repeat together: the primary key first, if there is one."""
    primary = schema.get("primaryKey", [])
    keys = [[primary] if isinstance(primary, str) else list(primary)] if primary else []
    return keys + [[field["name"]] for field in schema["fields"] if field.get("constraints", {}).get("unique")]


def key_parts(schema: Schema, key: list[str], dialect: Dialect = DUCKDB) -> list[str]:
    """An expression per field of a key, the same for cells that are equal to Frictionless: missing is NULL, 1.0 is 1.

    Raises UncoveredError.
    """
    missing, fields = missing_values(schema), {field["name"]: field for field in schema["fields"]}
    if not set(key) <= set(fields):
        raise UncoveredError(f"no field {key}")
    return [alike(fields[name], missing, dialect) for name in key]


def odd_in_key(schema: Schema, key: list[str], dialect: Dialect = DUCKDB) -> list[str]:
    """Conditions for cells of a key that are not in the plain form of their type: what they equal is not known."""
    missing = missing_values(schema)
    forms = {field["name"]: form for field in schema["fields"] if field["name"] in key and (form := spelling(field))}
    return [
        f"NOT ({dialect.name(name)} IN {dialect.texts(['', *missing])}"
        f" OR {dialect.full_match.format(dialect.name(name), dialect.text(form))})"
        for name, form in forms.items()
    ]


def alike(field: Mapping[str, Any], missing: list[str], dialect: Dialect) -> str:
    """The expression for one field."""
    kind, cell = field.get("type", "string"), dialect.name(field["name"])
    if kind not in ("string", *SPELLED):
        raise UncoveredError(f"{field['name']}: {kind} in a key")
    value = dialect.cast.format(cell, "DOUBLE") if kind in ("integer", "number") else cell
    return f"CASE WHEN {cell} IN {dialect.texts(missing)} THEN NULL ELSE {value} END" if missing else value
