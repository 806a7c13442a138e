"""DECISIONS.md leads to every theme, and every package that is asked for has its reason."""

from __future__ import annotations

import re

import pytest
from support.repository import ROOT

FOLDER = ROOT / "docs" / "decisions"


def test_the_table_of_contents_is_whole() -> None:
    named = re.findall(r"\]\(docs/decisions/([a-z]+\.md)\)", (ROOT / "DECISIONS.md").read_text("utf-8"))
    assert sorted(named) == sorted(path.name for path in FOLDER.iterdir())


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.md")), ids=lambda path: path.stem)
def test_links_between_themes_lead_somewhere(path: str) -> None:
    text = (FOLDER / path).read_text("utf-8")
    assert [link for link in re.findall(r"\]\(([^)#]+)\)", text) if not (FOLDER / link).exists()] == []


def test_every_package_that_is_asked_for_has_its_reason() -> None:
    said = (FOLDER / "dependencies.md").read_text("utf-8").lower()
    asked = [line.strip() for path in sorted((ROOT / "requirements").glob("*.in"))
             for line in path.read_text("utf-8").splitlines() if re.match(r"[A-Za-z]", line)]
    names = {re.split(r"[\[<>=~ ]", line)[0].lower() for line in asked}
    assert names
    assert sorted(name for name in names if name not in said) == []
