"""The findings that stand in the rows of funding are those that the checks of its declaration make."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from etl.domain.doubts import ABOVE, CONCERNED, STAGES, listed

CHECKS = {
    **{f"{later}_above_{earlier}": ("wrong-order", f"{earlier}_eur, {later}_eur")
       for later, earlier in ABOVE},
    "admitted_much_below_programmed": ("out-of-range", "admitted_of_programmed"),
    "committed_below_quarter": ("out-of-range", "committed_of_admitted"),
    "paid_equals_admitted": ("unlikely-value", "paid_of_admitted"),
    **{f"{stage}_differs": ("sources-differ", f"{stage}_eur") for stage in STAGES},
}
"""Finding of a row -> the check and the column of the quality table that say the same."""


def records(site: Path, name: str) -> list[dict[str, Any]]:
    """The rows of a published table; none where this city does not have it."""
    path = site / f"dati/{name}.json"
    found: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))["records"] if path.exists() else []
    return found


@pytest.mark.parametrize("code", CONCERNED)
def test_a_row_says_what_the_checks_say(built_site: Path, code: str) -> None:
    check, column = CHECKS[code]
    mine = {f"{row['project_code']}|{row['observed_on'] or ''}" for row in records(built_site, "funding")
            if code in listed(row["doubts"])}
    theirs = [row for row in records(built_site, "quality")
              if (row["dataset"], row["check"], row["column"]) == ("funding", check, column)]
    assert sorted(mine) == sorted(row["row_key"] for row in theirs)
