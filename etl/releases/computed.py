"""The columns that follow from others of their row: keys that are never empty, first and last day of a partial date."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from etl.meta.model import Dataset, Field
from etl.meta.view import key_of, record
from etl.runtime.by_column import ByColumn, moved, texts
from etl.runtime.tables import key_order

Columns = Mapping[str, Any]
"""The columns of a table by name: text, as a list or as Arrow has it."""


def filled(dataset: Dataset, columns: Columns) -> Columns:
    """The columns of a table, as text, with those that have a rule."""
    return {**columns, **{field.name: worked_out(field, columns) for field in dataset.fields if field.rule}}


def worked_out(field: Field, columns: Columns) -> Sequence[str]:
    """A column with a rule; each different value is worked out once."""
    given = list(zip(*(texts(columns[name]) for name in field.descriptor["of"]), strict=True))
    found = {cells: RULES[field.rule or ""](field, record(field.descriptor["of"], cells)) for cells in set(given)}
    return [found[cells] for cells in given]


def ordered(dataset: Dataset, columns: Columns) -> tuple[ByColumn, list[int]]:
    """The rows of some columns as they are published, computed ones with them, and where each of them was before."""
    whole = filled(dataset, columns)
    places = key_order(dataset, {name: texts(whole[name]) for name in dataset.key})
    return ByColumn([moved(whole[name], places) for name in dataset.columns], len(places)), places


def joined(field: Field, row: Mapping[str, str]) -> str:
    """The values of several columns in one, as keys are written everywhere: "P1|" where the second is empty."""
    return key_of(row, field.descriptor["of"])


def earliest(field: Field, row: Mapping[str, str]) -> str:
    """The first day, or minute, that a text may mean: of 2019 it is 2019-01-01. Texts that are no date have none."""
    return bound(field, row, last=False)


def latest(field: Field, row: Mapping[str, str]) -> str:
    """The last one: of 2019-02 it is 2019-02-28."""
    return bound(field, row, last=True)


def bound(field: Field, row: Mapping[str, str], *, last: bool) -> str:
    """A whole day or minute, with what a text leaves open at its beginning or at its end."""
    day, _, time = row[field.descriptor["of"][0]].partition("T")
    parts = day.split("-")
    try:
        year, month = int(parts[0]), int(parts[1]) if len(parts) > 1 else (12 if last else 1)
        number = int(parts[2]) if len(parts) > 2 else monthrange(year, month)[1] if last else 1
        day = date(year, month, number).isoformat()
    except ValueError:  # what is wrong with the text is said by the checks of its own column
        return ""
    return f"{day}T{time or ('23:59' if last else '00:00')}" if field.type == "datetime" else day


RULES = {"joined": joined, "earliest": earliest, "latest": latest}
