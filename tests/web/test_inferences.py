"""What the site infers: every inference is named, marked and listed here, and none makes a promise of an old fact."""

from __future__ import annotations

import ast
import json
import re
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from support.code import python_files, relative, tree
from support.repository import ROOT

from etl.domain.inference import doubts
from etl.runtime.tables import read_release
from etl.web.inferences import ELSEWHERE, ON_THE_PATH

INFERENCES = {
    "age": "a fact is too old to be told as true today",
    "openings": "when a desk opens next, and whether it is open now: from its weekly hours and the public holidays",
    "needs": "what a desk may help with: from the words of its source",
    "notice-state": "whether one can apply today with a notice: from when its source says that it opens and closes",
    "best": "whom to ask first in a place: from who answers there, how they are reached and how old that fact is",
    "smallest-home": "that a home is no smaller than a room: from the smallest room that the rent agreement names",
    "deadlines": "on which day a deadline of the law falls: from its number and a day that the reader writes",
    "stages": "what the four stages of money mean: from their names, which no source defines",
    "project-links": "which service or project the page of a project means, where it names only a kind of thing",
    "distance": "how far a desk is: from the middle of its municipality, where its point is not known",
}
"""All that the site says and no row does. Whoever adds one writes it here, too."""
MARK = re.compile(r'data-inferred="([^"]*)" data-rows="([^"]*)"')
SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
HOME = "etl/web/inferences.py"


def test_every_inference_is_listed() -> None:
    assert {*ON_THE_PATH, *ELSEWHERE} == set(INFERENCES)
    assert not set(ON_THE_PATH) & set(ELSEWHERE)


@cache
def all_calls() -> dict[str, list[tuple[str, ast.Call]]]:
    """Name of a function or class -> (file, call) of every call of it in the program."""
    found: dict[str, list[tuple[str, ast.Call]]] = {}
    for path in python_files():
        for node in ast.walk(tree(path)) if path.is_relative_to(ROOT / "etl") else ():
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                found.setdefault(node.func.id, []).append((relative(path), node))
    return found


def test_an_inference_is_made_in_one_place_and_by_its_name() -> None:
    assert {path for path, _ in all_calls()["Inferred"]} == {HOME}
    names = [call.args[0].value for _, call in all_calls()["inferred"] if isinstance(call.args[0], ast.Constant)]
    assert set(names) == set(INFERENCES)
    assert len(names) == len(all_calls()["inferred"])
    templates = (ROOT / "site" / "theme").rglob("*.*")
    assert [path.name for path in templates if "data-inferred" in path.read_text("utf-8")] == ["macros.html"]


class Crawled:
    """What one pass over all pages finds.

    marks: inference -> keys of the rows that it rests on, such as "desk_hours:x". openings: desks whose JSON-LD tells
    hours. said: desks whose page lists next openings, or hours for OpenStreetMap. finder: desk -> hours for its script.
    """

    def __init__(self, site: Path) -> None:
        self.marks: dict[str, set[str]] = defaultdict(set)
        self.openings: set[str] = set()
        self.said: set[str] = set()
        self.finder: set[str] = set()
        for path in site.rglob("*.html"):
            text, place = path.read_text("utf-8"), path.parent.name
            for name, rows in MARK.findall(text):
                self.marks[name] |= set(rows.split())
            self.openings |= {place for script in SCRIPT.findall(text) if "OpeningHours" in script}
            self.said |= {place} if '<code dir="ltr">' in text or 'class="list-unstyled upcoming"' in text else set()
            self.finder |= set(re.findall(r'data-desk="([^"]*)"[^>]*data-open="[^"]', text))


@cache
def crawled(site: Path) -> Crawled:
    return Crawled(site)


@cache
def in_doubt(site: Path) -> frozenset[str]:
    """The desks of a site that must not be said to be open on its day."""
    day = json.loads((site / "release.json").read_text("utf-8"))["date"]
    release = read_release(site / "dati", day)
    found = frozenset(row["desk_id"] for row in release.records.get("desks", []) if doubts(row, release.today))
    return found or pytest.skip("no desk of which anything is in doubt")


def test_no_page_tells_a_next_opening_of_a_desk_in_doubt(built_site: Path) -> None:
    found, desks = crawled(built_site), in_doubt(built_site)
    assert found.marks["openings"]
    assert found.marks["openings"] & {f"desk_hours:{name}" for name in desks} == set()
    assert found.finder & desks == set()
    assert found.said & desks == set()
    assert found.openings & desks == set()


def test_no_calendar_and_no_schedule_is_made_for_a_desk_in_doubt(built_site: Path) -> None:
    desks = in_doubt(built_site)
    assert {path.parent.name for path in built_site.rglob("aperture.ics")} & desks == set()
    scheduled = {place["location"]["external_identifier"]
                 for path in (built_site / "api" / "hsds" / "services").glob("*-*.json")
                 for place in json.loads(path.read_text("utf-8"))["service_at_locations"]
                 if place["location"]["schedules"]}
    assert scheduled & desks == set()


def test_every_inference_is_seen_with_its_mark(built_site: Path) -> None:
    assert set(crawled(built_site).marks) <= set(INFERENCES)
    finder = (built_site / "sportelli" / "index.html").read_text("utf-8")
    assert "Secondo noi, da:" in finder
    assert "Secondo noi, dagli orari della fonte: apre {day}" in finder


def services(site: Path) -> list[dict[str, Any]]:
    return list(json.loads((site / "api" / "hsds" / "services" / "index.json").read_text("utf-8"))["contents"])


def test_hsds_is_assured_by_a_person_or_by_nobody(built_site: Path) -> None:
    """The date of a press article stood there for 18 services."""
    rows = json.loads((built_site / "dati" / "services.json").read_text("utf-8"))["records"]
    verified = {row["service_id"]: row["verified_on"] for row in rows}
    assured = {item["url"].rstrip("/").split("/")[-1]: item.get("assured_date") for item in services(built_site)}
    assert assured == verified


def test_no_page_calls_the_date_of_a_source_or_of_a_build_a_check(built_site: Path) -> None:
    wrong = re.compile("Ultima verifica|Dati controllati|Last checked|Data checked")
    assert [path for path in built_site.rglob("*.html") if wrong.search(path.read_text("utf-8"))] == []
