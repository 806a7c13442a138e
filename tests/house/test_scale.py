"""The model of docs/scale.md is the one that the last bench gives, and it says what was measured."""

from __future__ import annotations

import json
import sys
from typing import Any

import pytest
from support.repository import ROOT

sys.path.insert(0, str(ROOT / "tests" / "bench"))
import report
import scale


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    """What the last run measured."""
    figures: dict[str, Any] = json.loads((ROOT / "docs" / "performance.json").read_text("utf-8"))
    return figures


def test_the_page_says_what_the_fit_gives(found: dict[str, Any]) -> None:
    text = (ROOT / "docs" / "scale.md").read_text("utf-8")
    assert report.between("model", scale.section(found), text) == text


def test_every_measure_lies_within_the_error_that_the_page_states(found: dict[str, Any]) -> None:
    known = {name: line for name, (_unit, line) in scale.lines(found).items()}
    for row in found["pages"]:
        if (row["name"], row["languages"]) == ("ours", "it"):
            for name, measured in (("pages: time", row["seconds"]), ("pages: memory", row["megabytes"])):
                assert known[name].at(row["pages"]) == pytest.approx(measured, rel=known[name].off + 1e-9)
    for row in scale.national(found):
        if row["rows"] <= scale.IN_MEMORY:
            line = known["rows of the national table: processor time"]
            assert line.at(row["rows"]) == pytest.approx(row["processor"], rel=line.off + 1e-9)
    assert max(line.off for line in known.values()) <= scale.WORST


def test_a_line_is_found_again_and_a_bend_is_told() -> None:
    straight = scale.fit([(count, 2 + 3 * count) for count in (1, 10, 1000)])
    assert straight == pytest.approx((2, 3, 0, 3), abs=1e-6)
    assert scale.fit([(count, count**2) for count in (1, 10, 1000)]).off > scale.WORST


def test_walls_are_ahead_and_the_nearest_comes_first(found: dict[str, Any]) -> None:
    times = [factor for factor, _words in scale.walls(found)]
    assert times == sorted(times)
    assert times[0] > 1
