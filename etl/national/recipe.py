"""What is made of the national table, in SQL that DuckDB and Spark understand alike.

The engine gives a view `cells`: every column of the file as text, never NULL.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from etl.checks.sieve import Dialect, conditions


@dataclass(frozen=True)
class Language(Dialect):
    """The SQL of an engine, and how it reads a day written as 20231231: NULL for one that no calendar has."""

    day: str = ""


Only = Mapping[str, Sequence[str]]
"""Column -> the values that are wanted."""
KEY = "COD_LOCALE_PROGETTO"
REASON = "OC_TITOLO_PROGETTO"
"""The column that says of a row that is left out which of its cells are wrong: of such a row nothing else is kept."""
AREA = "area"
"""The part that a row goes to: its region, or one of these."""
SEVERAL, LEFT_OUT, NOT_ASKED = "several", "left_out", "not_asked_for"
"""More than one region, or none; with a wrong cell; right, and not wanted."""
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


def cells(texts: Mapping[str, bool], dialect: Language) -> str:
    """The columns of the view `file` as the texts that the publisher writes, also where the file gives them a type.

    texts: column -> whether it is text.
    """
    return f"SELECT {', '.join(text(field, texts[field['name']], dialect) for field in schema()['fields'])} FROM file"


def text(field: Mapping[str, Any], is_text: bool, dialect: Language) -> str:
    """One of these columns."""
    cell = dialect.name(field["name"])
    cast = cell if is_text else f"CAST({cell} AS STRING)"
    if not is_text and field.get("kind") in ("amount", "day"):
        cast = f"replace({cast}, '.', ',')" if field["kind"] == "amount" else f"replace({cast}, '-', '')"
    return f"coalesce({cast}, '') AS {cell}"


def rules(dialect: Language) -> dict[str, str]:
    """Column -> the condition that its cells have to meet; only columns that have one."""
    fields = schema()["fields"]
    found = {}
    for field, condition in zip(fields, conditions(schema(), dialect), strict=True):
        if field.get("kind") == "day":
            real = dialect.day.format(dialect.name(field["name"]))
            exists = f"({missing(field['name'], dialect)} OR {real} IS NOT NULL)"
            found[field["name"]] = f"({condition} AND {exists})"
        elif field.get("constraints"):
            found[field["name"]] = condition
    return found


def missing(name: str, dialect: Language) -> str:
    """Whether a cell is empty."""
    return f"{dialect.name(name)} IN {dialect.texts(schema()['missingValues'])}"


def right(dialect: Language) -> str:
    """Whether all cells of a row are right."""
    return " AND ".join(rules(dialect).values())


def written(dialect: Language, only: Only) -> str:
    """Every row of the file in one pass, with the part that it goes to; typed where it is right and asked for."""
    region = dialect.name("COD_REGIONE")
    one = dialect.full_match.format(region, dialect.text("[0-9]{3}"))
    asked = " AND ".join(f"{dialect.name(name)} IN {dialect.texts(values)}" for name, values in only.items()) or "true"
    area = (f"CASE WHEN NOT ({right(dialect)}) THEN '{LEFT_OUT}' WHEN NOT ({asked}) THEN '{NOT_ASKED}' "
            f"WHEN {one} THEN {region} ELSE '{SEVERAL}' END")
    cells = ", ".join(f"{value(field, dialect)} AS {dialect.name(field['name'])}" for field in schema()["fields"])
    return f"SELECT {cells}, {AREA} FROM (SELECT *, {kept()} AS kept FROM (SELECT *, {area} AS {AREA} FROM cells))"


def kept() -> str:
    """Whether a written row is right and asked for."""
    return f"{AREA} NOT IN ('{LEFT_OUT}', '{NOT_ASKED}')"


def value(field: Mapping[str, Any], dialect: Language) -> str:
    """A cell of a row that is kept with its type: an amount, a day or a text; NULL where it is empty."""
    cell = dialect.name(field["name"])
    if field["name"] == KEY:
        return cell
    typed = {
        "amount": f"CAST(replace({cell}, ',', '.') AS DECIMAL(18, 2))",
        "day": dialect.day.format(cell),
    }.get(field.get("kind", ""), cell)
    other = f" WHEN {AREA} = '{LEFT_OUT}' THEN {wrong(dialect)}" if field["name"] == REASON else ""
    return f"CASE WHEN kept AND NOT {missing(field['name'], dialect)} THEN {typed}{other} END"


def wrong(dialect: Language) -> str:
    """The columns of a row with a wrong cell."""
    names = ", ".join(f"CASE WHEN {condition} THEN NULL ELSE {dialect.text(name)} END"
                      for name, condition in rules(dialect).items())
    return f"concat_ws('|', {names})"


def repeated(dialect: Language) -> str:
    """Keys that stand on several right rows, and on how many: which of them holds cannot be told."""
    key = dialect.name(KEY)
    return (f"SELECT {key}, count(*) AS copies FROM written WHERE {AREA} <> '{LEFT_OUT}' "
            f"GROUP BY {key} HAVING count(*) > 1")


def single(dialect: Language) -> str:
    """The rows that are published: kept, and their key on no other."""
    key = dialect.name(KEY)
    return (f"SELECT * FROM written WHERE {kept()} "
            f"AND NOT EXISTS (SELECT 1 FROM repeated WHERE repeated.{key} = written.{key})")


def mixed(dialect: Language) -> str:
    """The parts in which some rows are published and others have a repeated key."""
    key = dialect.name(KEY)
    return f"SELECT DISTINCT {AREA} FROM written WHERE {kept()} AND {key} IN (SELECT {key} FROM repeated)"


def faults(dialect: Language) -> str:
    """Key of each row that is left out, and why: its wrong columns, or that its key stands on another row too."""
    key, reason = dialect.name(KEY), dialect.name(REASON)
    return (f"SELECT {key}, {reason} AS wrong FROM written WHERE {AREA} = '{LEFT_OUT}' UNION ALL "
            f"SELECT {key}, 'repeated' AS wrong FROM written WHERE {AREA} <> '{LEFT_OUT}' AND {key} IN "
            f"(SELECT {key} FROM repeated) ORDER BY 1, 2")


def counts(dialect: Language) -> str:
    """Rows that were written, those of them with a wrong cell, and those that are to be published."""
    key = dialect.name(KEY)
    right = f"{kept()} AND repeated.{key} IS NULL"
    return (f"SELECT count(*), count(CASE WHEN {AREA} = '{LEFT_OUT}' THEN 1 END), count(CASE WHEN {right} THEN 1 END) "
            f"FROM written LEFT JOIN repeated ON repeated.{key} = written.{key}")


def totals(dialect: Language) -> str:
    """Projects and sums of the published rows by region, theme and cycle."""
    by = ", ".join(f"coalesce({dialect.name(column)}, '') AS {name}" for name, column in GROUPS.items())
    sums = ", ".join(f"sum({dialect.name(column)}) AS {name}" for name, column in SUMS.items())
    places = ", ".join(str(place) for place in range(1, len(GROUPS) + 1))
    return f"SELECT {by}, count(*) AS projects, {sums} FROM published GROUP BY {places} ORDER BY {places}"
