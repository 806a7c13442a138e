"""Rows of conditions that the evaluator cannot read, or that contradict the row of their service."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from support.repository import ROOT

from etl.checks.conditions import check_conditions
from etl.meta.catalog import load_catalog
from etl.meta.model import Draft, Table

DATASETS = load_catalog(ROOT)


def draft_with(**condition: str) -> Draft:
    """A release of one service with an ISEE limit, and of one condition of it."""
    rows = {"services": {"service_id": "fondo", "isee_max_eur": "16000.00"},
            "conditions": {"condition_id": "fondo-isee", "service_id": "fondo", "subject": "household",
                           "about": "isee_eur", "operator": "<=", "value": "16000"} | condition}
    tables = {name: Table([[row.get(column, "") for column in DATASETS[name].columns]], [2])
              for name, row in rows.items()}
    return Draft({}, DATASETS, tables, [], date(2026, 11, 29))


@pytest.mark.parametrize(("condition", "said"), [
    ({"value": "15000"}, "condition-limit"),
    ({"value": "16000 + 5000 × PSE"}, "condition-value"),
    ({"about": "works_in", "operator": "in", "value": "downtown"}, "condition-value"),
    ({"about": "child_since", "operator": ">=", "value": "dal 2023"}, "condition-value"),
])
def test_a_row_that_is_wrong_is_named(condition: dict[str, str], said: str) -> None:
    (found,) = check_conditions(draft_with(**condition))
    assert (found.check, found.severity, found.rows[0].key) == (said, "critical", "fondo-isee")


@pytest.mark.parametrize("condition", [
    {}, {"value": "16000.0"}, {"about": "works_in", "operator": "in", "value": "city|region"},
    {"about": "child_since", "operator": ">=", "value": "2023-01-01"},
    {"about": "assets_eur", "value": "16000 + 5000 × PSE"},
])
def test_a_row_that_can_be_read_and_agrees_is_fine(condition: dict[str, str]) -> None:
    assert check_conditions(draft_with(**condition)) == []


def test_a_city_without_the_table_is_not_asked() -> None:
    draft = draft_with(value="1")
    assert check_conditions(replace(draft, tables={"services": draft.tables["services"]})) == []
