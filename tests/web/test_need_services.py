"""The pages of needs hold every service whose conditions fit, and the addresses of the guide lead on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import html

from etl.domain.conditions import NEEDS, fits
from etl.meta.view import grouped
from etl.web.pages import KINDS


def rows(site: Path, name: str) -> list[dict[str, str]]:
    path = site / "dati" / f"{name}.json"
    found: list[dict[str, str]] = json.loads(path.read_text("utf-8"))["records"] if path.is_file() else []
    return found


def named(path: Path) -> set[str]:
    """The services that a page tells of."""
    facts = html.fromstring(path.read_text("utf-8")).xpath("//@data-fact")
    return {key for table, _, key in (fact.partition(" ") for fact in facts) if table == "services"}


@pytest.mark.parametrize("need", NEEDS)
def test_no_page_of_a_need_omits_a_service_whose_conditions_fit(built_site: Path, need: str) -> None:
    rules = grouped(rows(built_site, "conditions"), "service_id")
    fitting = {row["service_id"] for row in rows(built_site, "services")
               if fits(need, row["status"], rules.get(row["service_id"], []))}
    if not fitting:
        pytest.skip("no service of this city has conditions about this need")
    pages = [path for path in (built_site / "servizi" / "bisogni").glob("*/index.html") if fitting & named(path)]
    assert any(fitting <= named(path) for path in pages)


def test_the_addresses_of_the_guide_lead_on(built_site: Path) -> None:
    there = "checker" if rows(built_site, "conditions") else "services"
    target = built_site / KINDS[there].address("it") / "index.html"
    moved = list((built_site / "servizi" / "guida").rglob("index.html"))
    assert moved or not rows(built_site, "services")
    for path in moved:
        refresh = html.fromstring(path.read_text("utf-8")).xpath("//meta[@http-equiv='refresh']/@content")
        assert (path.parent / refresh[0].partition("url=")[2] / "index.html").resolve() == target.resolve()
