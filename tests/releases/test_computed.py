"""Columns that follow from others: keys that databases take, and dates that they can compare."""

from __future__ import annotations

import pytest

from etl.meta.model import Dataset, natural_key
from etl.meta.schemas import spelled_out
from etl.meta.view import key_of
from etl.releases.computed import filled

WORDS = {"title": "T", "title_en": "T", "description": "D", "description_en": "D"}


def dataset(*fields: dict[str, object], key: str = "code") -> Dataset:
    return Dataset("trials", spelled_out({"fields": [{**WORDS, **field} for field in fields], "primaryKey": [key]}),
                   {}, None, ())


DATED = dataset({"name": "code", "type": "string"}, {"name": "on", "type": "string", "kind": "partial-date"},
                {"name": "at", "type": "string", "kind": "moment"})


def filled_row(dataset: Dataset, row: dict[str, str]) -> dict[str, str]:
    """One row with its computed columns, among others that say something else."""
    columns = filled(dataset, {name: ["", cell, "2001"] for name, cell in row.items()})
    return {name: cells[1] for name, cells in columns.items()}


@pytest.mark.parametrize(("on", "first", "last"), [
    ("2019", "2019-01-01", "2019-12-31"), ("2020-02", "2020-02-01", "2020-02-29"),
    ("2021-05-03", "2021-05-03", "2021-05-03"), ("", "", ""), ("presto", "", ""), ("2021-13", "", ""),
    ("2021-02-30", "", ""),
])
def test_a_date_that_says_little_has_a_first_and_a_last_day(on: str, first: str, last: str) -> None:
    row = filled_row(DATED, {"code": "a", "on": on, "at": ""})
    assert (row["on_from"], row["on_to"], row["at_from"], row["at_to"]) == (first, last, "", "")


def test_a_minute_stays_the_minute_that_it_is() -> None:
    row = filled_row(DATED, {"code": "a", "on": "", "at": "2026-09-30T12:00"})
    assert row["at_from"] == row["at_to"] == "2026-09-30T12:00"


def test_a_key_with_empty_parts_becomes_one_that_is_never_empty() -> None:
    made = dataset({"name": "code_id", "type": "string", "computed": True, "rule": "joined", "of": ["code", "on"]},
                   {"name": "code", "type": "string"}, {"name": "on", "type": "string", "kind": "partial-date"},
                   key="code_id")
    row = filled_row(made, {"code": "a", "on": ""})
    assert row["code_id"] == "a|" == key_of(row, natural_key(made.schema)) == key_of(row, made.schema["primaryKey"])
    assert made.key == ["code", "on"]
    assert [field.name for field in made.fields if field.required] == ["code_id"]
    assert made.recipe_columns == ["code", "on"]


def test_codes_are_said_once_and_spelled_out_for_those_who_check() -> None:
    codes = [{"value": "a", "label": "Uno", "label_en": "One"}, {"value": "b", "label": "Due", "label_en": "Two"}]
    one, several = dataset({"name": "code", "type": "string", "categories": codes},
                           {"name": "all", "type": "string", "itemCategories": codes}).fields
    assert one.descriptor["constraints"] == {"enum": ["a", "b"], "required": True}
    assert several.descriptor["constraints"] == {"pattern": r"(a|b)(\|(a|b))*"}
    assert (several.descriptor["delimiter"], several.several, one.several) == ("|", True, False)
