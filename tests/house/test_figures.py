"""The figures in the documentation are those that `make bench` measured, and the chart says them in words."""

from __future__ import annotations

import json
import sys
from typing import Any
from xml.etree import ElementTree

import pytest
from support.repository import ROOT

sys.path.insert(0, str(ROOT / "tests" / "bench"))
import report
import results

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    """What the last run measured."""
    figures: dict[str, Any] = json.loads((ROOT / "docs" / "performance.json").read_text("utf-8"))
    return figures


def test_the_page_and_the_readme_say_what_was_measured(found: dict[str, Any]) -> None:
    assert (ROOT / "docs" / "performance.md").read_text("utf-8") == report.page(found)
    assert report.in_readme(found) in (ROOT / "README.md").read_text("utf-8")


def test_the_chart_says_every_value_in_words(found: dict[str, Any]) -> None:
    largest = max(row["pages"] for row in found["pages"])
    text = (ROOT / "docs" / "performance.svg").read_text("utf-8")
    assert text == report.chart(found["pages"], largest)
    drawing = ElementTree.fromstring(text)  # noqa: S314 - written by us
    assert drawing.get("role") == "img"
    said = {drawing.findtext(f"{SVG}title"), drawing.findtext(f"{SVG}desc")}
    assert None not in said
    labels = [item.text for item in drawing.findall(f"{SVG}text")]
    for row in found["pages"]:
        if (row["pages"], row["languages"]) == (largest, "it"):
            assert row["name"] in labels
            assert f"{row['seconds']:.2f} s" in labels
            assert f"{row['name']} {row['seconds']:.2f}" in (drawing.findtext(f"{SVG}desc") or "")


def test_every_figure_has_a_verdict_that_its_numbers_give(found: dict[str, Any]) -> None:
    assert found["figures"]
    for item in found["figures"]:
        met = item["value"] >= item["limit"] if item["word"] == "at least" else item["value"] <= item["limit"]
        assert item["met"] == met, results.line(item)
        assert results.line(item).endswith(": met" if met else ": NOT MET")
