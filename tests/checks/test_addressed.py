"""Words that are too long for an address are cut there, and said so."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.catalogs import CATALOG
from support.drafts import draft_of, row_of

from etl.checks.shown import check_shown
from etl.web.kinds import safe
from etl.web.pages import KINDS

PROJECTS = CATALOG["projects"]


@pytest.mark.parametrize("words", ["x" * 3000, "Ünì città " * 300, "a." * 1500 + "b", "x" * 81])
def test_a_part_of_an_address_is_cut_and_stays_its_own(words: str) -> None:
    first, second = safe(words), safe(words[:-1] + "z")
    assert max(len(first), len(second)) <= 80
    assert first != second
    assert safe(first) == first
    assert KINDS["action"].address("it", f"{words}/2") == f"trasparenza/azioni/{safe(words.lower())}/2/"


@pytest.mark.parametrize("words", ["3.1.1.a", "x" * 80])
def test_what_fits_stays_as_it_is(words: str) -> None:
    assert safe(words) == words


def test_a_cut_is_told_with_row_and_column() -> None:
    rows = [row_of(PROJECTS, project_code="A", city="c" * 81, action="3.1.1"),
            row_of(PROJECTS, project_code="B", city="c" * 80, action="à" * 3000)]
    made = draft_of(PROJECTS, rows)
    draft = replace(made, tables={"projects": replace(made.tables["projects"], lines=[2, 3])})
    found = check_shown(draft)
    assert [(item.check, item.severity, item.column, [(row.line, row.key) for row in item.rows]) for item in found] == [
        ("address-cut", "warning", "city", [(2, "A")]), ("address-cut", "warning", "action", [(3, "B")])]
    assert "80" in found[0].remedy["it"]
    assert found[0].message["en"] == (
        "A text in city is too long to stand whole in the address of its page: it is cut there.")
