"""One release for those who read about it: tables by title, rows by name, cells in Italian words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from etl.meta.view import Row, by_key, meanings, resources
from etl.releases.history import Tables, described, read_tables

NAMES = ("name", "title", "label", "term")
"""Columns with the name of a row, the first that says something."""


@dataclass(frozen=True)
class Side:
    """One of two releases: its description, its tables, and the names of rows that others point to."""

    package: Mapping[str, Any]
    tables: Tables
    names: dict[tuple[str, str], str] = field(default_factory=dict)

    def fields(self, table: str) -> dict[str, Row]:
        """Column -> its description, of a table; empty where there is no such table."""
        known = resources(self.package)
        return by_key(known[table]["schema"]["fields"], "name") if table in known else {}

    def name_of(self, table: str, key: str) -> str:
        """A row in words: its own name, or that of the row that it points to with what else tells it apart."""
        if (table, key) not in self.names:
            self.names[table, key] = self._named(table, key)
        return self.names[table, key]

    def _named(self, table: str, key: str) -> str:
        row, columns = self.tables[table].rows[key], self.fields(table)
        telling = key_columns(self.package, table)
        for led in resources(self.package)[table]["schema"].get("foreignKeys", []):
            (column, *more), target = led["fields"], led["reference"]["resource"]
            if not more and column in telling and target != table and row[column] in self.tables[target].rows:
                rest = [said(columns[name], row[name]) for name in telling if name != column and row[name]]
                return " – ".join([self.name_of(target, row[column]), *rest])
        return next((row[name] for name, about in columns.items() if about.get("kind") == "text" and row[name]
                     and name.removesuffix("_it") in NAMES), key)


def read(folder: Path) -> Side:
    """The release in a folder; an empty one where there is none."""
    return Side(described(folder), read_tables(folder))


def key_columns(package: Mapping[str, Any], table: str) -> list[str]:
    """The columns that people tell rows of a table apart by."""
    schema = resources(package)[table]["schema"]
    parts = [name for about in schema["fields"] if about.get("rule") == "joined" for name in about["of"]]
    return parts or list(schema["primaryKey"])


def said(about: Row, value: str) -> str:
    """A cell in Italian words: codes by their label, amounts and dates as Italians write them."""
    words = meanings(about)
    if words:
        return ", ".join(words.get(part, {}).get("it", part) for part in value.split("|"))
    try:
        if about.get("kind") == "money":
            return euro(Decimal(value))
        dated = about.get("kind") == "partial-date" or about["type"] == "date"
        return day(date.fromisoformat(value)) if dated else value
    except (ValueError, InvalidOperation, KeyError):  # not an amount or a whole day: as it is written
        return value


def euro(value: Decimal) -> str:
    from babel.numbers import format_currency

    return str(format_currency(value, "EUR", locale="it"))


def day(value: date) -> str:
    from babel.dates import format_date

    return str(format_date(value, "long", locale="it"))
