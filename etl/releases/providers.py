"""Who can tell what a row lacks: the body that it names, else whoever publishes its source."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from etl.domain.citing import KEY, TABLE
from etl.meta.model import Dataset
from etl.meta.view import key_of
from etl.releases.history import Row, Tables

BODIES = ("organisation", "office", "beneficiary")
"""Columns in which a row names the body that it is about, as its source writes it."""


def providers(datasets: Mapping[str, Dataset], tables: Tables) -> Callable[[str, str], str]:
    """(dataset, key of a row) -> the body of that row, or of the row that it points to, or the issuer of its source;
    "" where none is known."""
    def row_at(name: str, key: str) -> Row:
        return tables[name].rows.get(key, {}) if name in tables else {}

    def pointed_at(dataset: Dataset, row: Row) -> Iterator[Row]:
        for key in dataset.schema.get("foreignKeys", []):
            if (target := key["reference"]["resource"]) != TABLE:
                yield row_at(target, key_of(row, key["fields"]))

    def provider(name: str, key: str) -> str:
        row = row_at(name, key)
        if not row:
            return ""
        named = (item[column] for item in (row, *pointed_at(datasets[name], row)) for column in BODIES
                 if item.get(column))
        return next(named, "") or row_at(TABLE, row.get(KEY, "")).get("issuer", "")

    return provider
