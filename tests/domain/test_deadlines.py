"""Deadlines counted by hand (deadline_cases.csv): the program agrees with them; tests/web has the page agree too."""

from __future__ import annotations

import csv
from datetime import date

import pytest
from support.repository import TESTS

from etl.domain.deadlines import due

with (TESTS / "domain" / "deadline_cases.csv").open(encoding="utf-8", newline="") as file:
    CASES = list(csv.DictReader(file))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['day']} {case['value']} {case['unit']}")
def test_a_deadline_falls_on_the_day_that_one_counts_by_hand(case: dict[str, str]) -> None:
    found = due(date.fromisoformat(case["day"]), int(case["value"]), case["unit"], case["kind"])
    assert found.isoformat() == case["due"], case["worked"]


def test_a_deadline_in_an_unknown_unit_is_refused() -> None:
    with pytest.raises(ValueError, match="days, free_days or months"):
        due(date(2026, 3, 2), 2, "weeks", "at_most")
