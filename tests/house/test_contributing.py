"""What CONTRIBUTING.md says how to do, done step by step in a copy of the repository (tests/support/contributed.py)."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest
from support.release import example
from support.repository import ROOT

pytestmark = pytest.mark.slow


def test_correct_the_hours_of_a_desk(contributed: Path) -> None:
    desk = example("desk_hours", lambda row: row["opens"])["desk_id"]
    for page in ("sportelli", "en/desks"):
        html = (contributed / "build/site" / page / desk / "index.html").read_text("utf-8")
        assert html.count("<td>06:15–06:45</td>") == 2
    published = (contributed / "datasets/release/desk_hours.csv").read_bytes()
    assert re.search(rf"^{desk},opening,su,[^,]*,06:15,06:45", published.decode(), re.M)
    assert not published.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in published


def test_add_a_dataset(contributed: Path) -> None:
    site = contributed / "build/site"
    assert "Liste di attesa" in (site / "dati/waiting_lists/index.html").read_text("utf-8")
    assert "Waiting lists" in (site / "en/data/waiting_lists/index.html").read_text("utf-8")
    assert "/dati/waiting_lists/" in (site / "sitemap.xml").read_text("utf-8")
    assert json.loads((site / "dati/waiting_lists.json").read_text("utf-8"))["records"][0]["families"] == 12
    names = [r["name"] for r in json.loads((site / "dati/datapackage.json").read_text("utf-8"))["resources"]]
    assert "waiting_lists" in names


def test_the_owner_removes_the_notice_with_one_key(contributed: Path) -> None:
    words = tomllib.loads((ROOT / "city.toml").read_text("utf-8")).get("notice", {})
    for language, page in (("it", "index.html"), ("en", "en/index.html")):
        assert language not in words or words[language] not in (contributed / "build/site" / page).read_text("utf-8")
    assert "[notice]" not in (contributed / "city.toml").read_text("utf-8")
    assert "site-notice" not in (contributed / "build/site/index.html").read_text("utf-8")


def test_the_recipes_have_at_most_ten_steps() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    sections = re.split(r"^## ", text, flags=re.M)
    for title in ("Correggere gli orari di uno sportello", "Aggiungere una tabella"):
        section = next(part for part in sections if part.startswith(title))
        steps = re.findall(r"^(\d+)\. ", section, re.M)
        assert 3 <= len(steps) <= 10
        assert steps == [str(number) for number in range(1, len(steps) + 1)]
