"""What is made of the national table, in SQL that DuckDB and Spark understand alike.

The engine gives a view `cells`: every column of the file as text, never NULL.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from etl.checks.sieve import Dialect, conditions

KEY = "COD_LOCALE_PROGETTO"
AREA = "area"
SEVERAL = "several"
"""The part of projects in more than one region, or in none."""
GROUPS = {"region": "DEN_REGIONE", "theme": "OC_TEMA_SINTETICO", "cycle": "OC_DESCR_CICLO"}
"""What totals are by: name in the file of totals -> column."""
SUMS = {"public_eur": "FINANZ_TOTALE_PUBBLICO", "committed_eur": "IMPEGNI", "paid_eur": "TOT_PAGAMENTI"}
"""What is added up, exact to the cent."""


@lru_cache
def schema() -> Mapping[str, Any]:
    """The Table Schema of the file, with the kind of value (amount, day) of its columns."""
    found: dict[str, Any] = json.loads(Path(__file__).with_name("opencoesione.json").read_text("utf-8"))
    return found


def columns() -> list[str]:
    """The header of the file."""
    return [field["name"] for field in schema()["fields"]]


def misshapen(unquoted: str) -> str:
    """The first lines that do not have as many cells as the header, or a quote that is not closed on the line.

    Engines forgive some of them, each in its way, and the cells would stand under other columns.
    """
    separators = f"length({unquoted}) - length(replace({unquoted}, ';', ''))"
    return f"""SELECT line FROM lines WHERE line <> '' AND ({separators} <> {len(columns()) - 1}
        OR {unquoted} LIKE '%"%') ORDER BY 1 LIMIT 3"""


def rules(dialect: Dialect) -> dict[str, str]:
    """Column -> the condition that its cells have to meet; only columns that have one."""
    fields = schema()["fields"]
    found = {}
    for field, condition in zip(fields, conditions(schema(), dialect), strict=True):
        if field.get("kind") == "day":
            exists = f"({missing(field['name'], dialect)} OR {day(field['name'], dialect)} IS NOT NULL)"
            found[field["name"]] = f"({condition} AND {exists})"
        elif field.get("constraints"):
            found[field["name"]] = condition
    return found


def missing(name: str, dialect: Dialect) -> str:
    """Whether a cell is empty."""
    return f"{dialect.name(name)} IN {dialect.texts(schema()['missingValues'])}"


def day(name: str, dialect: Dialect) -> str:
    """A day written as 20231231; NULL for one that no calendar has."""
    cell = dialect.name(name)
    parts = f"concat(substr({cell}, 1, 4), '-', substr({cell}, 5, 2), '-', substr({cell}, 7, 2))"
    return dialect.cast.format(parts, "DATE")


def right(dialect: Dialect) -> str:
    """Whether all cells of a row are right."""
    return " AND ".join(rules(dialect).values())


def value(field: Mapping[str, Any], dialect: Dialect) -> str:
    """A right cell with its type: an amount, a day or a text; NULL where it is empty."""
    cell = dialect.name(field["name"])
    typed = {
        "amount": f"CAST(replace({cell}, ',', '.') AS DECIMAL(18, 2))", "day": day(field["name"], dialect),
    }.get(field.get("kind", ""), cell)
    return f"CASE WHEN {missing(field['name'], dialect)} THEN NULL ELSE {typed} END"


def faults(dialect: Dialect) -> str:
    """Key of each row that is left out, and why: its wrong columns, or that its key stands on another row too."""
    wrong = ", ".join(f"CASE WHEN {condition} THEN NULL ELSE {dialect.text(name)} END"
                      for name, condition in rules(dialect).items())
    key = dialect.name(KEY)
    return (f"SELECT {key}, concat_ws('|', {wrong}) AS wrong FROM cells WHERE NOT ({right(dialect)}) "
            f"UNION ALL SELECT {key}, 'repeated' AS wrong FROM cells WHERE {right(dialect)} AND {key} IN (SELECT "
            f"{key} FROM repeated) ORDER BY 1, 2")


def repeated(dialect: Dialect) -> str:
    """Keys that stand on several right rows, and on how many: which of them holds cannot be told."""
    key = dialect.name(KEY)
    return f"SELECT {key}, count(*) AS copies FROM cells WHERE {right(dialect)} GROUP BY {key} HAVING count(*) > 1"


def published(dialect: Dialect, only: Mapping[str, Sequence[str]]) -> str:
    """The right rows that `only` asks for (column -> values), typed, with the part that each goes to."""
    key = dialect.name(KEY)
    wanted = "".join(f" AND {dialect.name(name)} IN {dialect.texts(values)}" for name, values in only.items())
    cells = ", ".join(f"{value(field, dialect)} AS {dialect.name(field['name'])}" for field in schema()["fields"])
    region = dialect.name("COD_REGIONE")
    one = dialect.full_match.format(region, dialect.text("[0-9]{3}"))
    area = f"CASE WHEN {one} THEN {region} ELSE {dialect.text(SEVERAL)} END"
    return (f"SELECT {cells}, {area} AS {AREA} FROM cells WHERE {right(dialect)}{wanted} AND "
            f"NOT EXISTS (SELECT 1 FROM repeated WHERE repeated.{key} = cells.{key})")


def totals(dialect: Dialect) -> str:
    """Projects and sums of the published rows by region, theme and cycle."""
    by = ", ".join(f"coalesce({dialect.name(column)}, '') AS {name}" for name, column in GROUPS.items())
    sums = ", ".join(f"sum({dialect.name(column)}) AS {name}" for name, column in SUMS.items())
    places = ", ".join(str(place) for place in range(1, len(GROUPS) + 1))
    return f"SELECT {by}, count(*) AS projects, {sums} FROM published GROUP BY {places} ORDER BY {places}"
