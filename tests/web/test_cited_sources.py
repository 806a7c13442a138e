"""Sources on the pages: named by who says them, never by a host alone."""

from __future__ import annotations

import json
import re
from pathlib import Path

from lxml import html
from support.pages import pages

from etl.meta.model import natural_key

HOST = re.compile(r"(https?://)?[\w-]+(\.[\w-]+)+/?")


def known_sources(site: Path) -> set[str]:
    """The addresses of all sources of a finished site."""
    rows = json.loads((site / "dati" / "source_documents.json").read_text("utf-8"))["records"]
    return {row["source_url"] for row in rows}


def test_no_source_is_only_the_name_of_a_host(built_site: Path) -> None:
    known, bare, seen = known_sources(built_site), [], 0
    for page in pages(built_site):
        for link in html.fromstring(page.read_text("utf-8")).iter("a"):
            if link.get("href") not in known or "website" in link.classes:
                continue
            seen += 1
            if HOST.fullmatch(" ".join(link.text_content().split())):
                bare.append(f"{page.relative_to(built_site)}: {link.get('href')}")
    assert bare == []
    assert seen > len(known)


FACTS = ("desks", "desk_hours", "desk_services", "desk_areas", "services", "municipalities", "network_members",
         "organisations", "projects", "project_sections", "funding", "milestones", "indicators", "allocations",
         "notices", "conditions", "rent_bands", "rent_rooms", "rent_rules", "terms", "situations", "steps",
         "emergency_contacts")
"""Tables whose every row stands on a page."""


def rows_by_key(site: Path) -> dict[str, dict[str, set[str]]]:
    """Table -> key, and every beginning of it -> the sources of the rows that it is of."""
    found: dict[str, dict[str, set[str]]] = {}
    for item in json.loads((site / "dati" / "datapackage.json").read_text("utf-8"))["resources"]:
        named: dict[str, set[str]] = {}
        for row in json.loads((site / "dati" / f"{item['name']}.json").read_text("utf-8"))["records"]:
            key = ["" if row[name] is None else str(row[name]) for name in natural_key(item["schema"])]
            for size in range(1, len(key) + 1):
                named.setdefault("|".join(key[:size]), set()).add(row.get("source_url") or "")
        found[item["name"]] = named
    return found


def test_every_fact_stands_beside_its_source(built_site: Path) -> None:
    """A mark `data-fact` names the table and the key, or its beginning, of the rows that an element tells."""
    known, bare, told = rows_by_key(built_site), [], {name: set[str]() for name in FACTS}
    for page in pages(built_site):
        text = page.read_text("utf-8")
        if "data-fact=" not in text:
            continue
        document = html.fromstring(text)
        named = {link.get("href") for link in document.iter("a") if "cited" in link.classes}
        for element in document.xpath("//*[@data-fact]"):
            table, _, key = element.get("data-fact").partition(" ")
            if not known[table].get(key, {""}) <= named:
                bare.append(f"{page.relative_to(built_site)}: {table} {key}")
            told.setdefault(table, set()).add(key)
    assert bare == []
    there = [name for name in FACTS if name in known]
    assert {name: sorted(known[name].keys() - beginnings(told[name], known[name])) for name in there} == {
        name: [] for name in there}


def beginnings(told: set[str], known: dict[str, set[str]]) -> set[str]:
    """The keys that were told: those named, all that they begin, and their own beginnings."""
    return {key for key in known if any(key == one or key.startswith(f"{one}|") or one.startswith(f"{key}|")
                                        for one in told)}
