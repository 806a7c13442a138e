"""Pages that keep the evidence: the network, changes, quality, tables. What was found first, the rest folded."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html
from support.release import records

from etl.meta.model import Release
from etl.web.pages.data.cautions import cautions
from etl.web.pages.desks.geography import middle
from etl.web.pages.trust.told import changed_amounts, said, titles

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SCREEN = 844
HIGHEST = {"rete/": 8, "trasparenza/novita/": 7, "trasparenza/qualita/": 6, "dati/spending/": 6, "dati/": 6}
"""Most screens of a telephone: the network had 105, quality 28, the list of tables 20, that of a table 10."""
WIDTHS = (320, 390)
COLUMN = re.compile(r"\b[a-z]+(?:_[a-z0-9]+)+\b")
WORDS = {("funding", "paid_eur"): "Erogato", ("funding", "doubts"): "Avvisi", ("funding", ""): "Finanziamenti"}


def change(kind: str, field: str | None = None) -> dict[str, Any]:
    return {"dataset": "funding", "kind": kind, "field": field}


def test_changes_are_a_sentence_with_columns_in_words() -> None:
    """22 changes stood folded under bare numbers, three of them columns in English."""
    items = [change("added"), change("changed", "doubts"), change("changed", "paid_eur"), change("changed", "paid_eur"),
             change("column_added", "doubts"), change("column_removed", "gone")]
    assert said(items, WORDS) == [
        {"kind": "column_added", "count": 1, "columns": ["Avvisi"]},
        {"kind": "column_removed", "count": 1, "columns": []},
        {"kind": "changed", "count": 3, "columns": ["Erogato", "Avvisi"]},
        {"kind": "added", "count": 1, "columns": []},
    ]
    assert changed_amounts(items, {("funding", "paid_eur")}) == 2


MONEY = {"name": "amount_eur", "kind": "money"}


@pytest.mark.parametrize(("schema", "rows", "expected"), [
    ({"fields": [{"name": "a"}], "primaryKey": ["a", "observed_on"]}, [{"a": 1}], (False, False, 0)),
    ({"fields": [MONEY], "primaryKey": ["observed_on"]}, [], (True, False, 0)),
    ({"fields": [MONEY, {"name": "doubts"}], "primaryKey": ["stage"]},
     [{"amount_eur": 1, "doubts": "x"}, {"amount_eur": None, "doubts": "x"}, {"amount_eur": 2, "doubts": None}],
     (False, True, 1)),
])
def test_what_must_not_be_added_up_follows_from_keys_and_findings(
    schema: dict[str, Any], rows: list[dict[str, Any]], expected: tuple[bool, bool, int],
) -> None:
    assert tuple(cautions(schema, rows).values()) == expected


def test_the_number_of_an_agency_stands_in_one_of_its_municipalities() -> None:
    class Point:
        def __init__(self, x: int, y: int) -> None:
            self.x, self.y = x, y

    shapes: Any = [Point(0, 0), Point(10, 0), Point(100, 0)]
    assert middle(shapes) == (10, 0)


def test_what_is_gone_keeps_the_name_it_had() -> None:
    def package(*fields: str) -> dict[str, Any]:
        return {"resources": [{"name": "desks", "title": "Sportelli", "title_en": "Desks", "schema": {"fields": [
            {"name": name, "title": name.upper(), "title_en": f"{name} in English"} for name in fields]}}]}

    release = Release({}, package("phone"), today=date(2026, 11, 30), past=(package("network_id"), package("phone")))
    assert titles(release, "it") == {
        ("desks", ""): "Sportelli", ("desks", "network_id"): "NETWORK_ID", ("desks", "phone"): "PHONE"}
    assert titles(release, "en")["desks", "network_id"] == "network_id in English"


def test_quality_begins_with_what_was_found(built_site: Path) -> None:
    """28 screens of a telephone began with how checks work."""
    main = html.fromstring((built_site / "trasparenza/qualita/index.html").read_text("utf-8")).find(".//main")
    assert main is not None
    lead = main.xpath(".//p[@class='lead']")[0].text_content()
    one = ("severity", "dataset", "check", "column", "message_it")
    found = {tuple(row[name] for name in one) for row in records("quality")}
    warnings = [severity for severity, *_ in found if severity == "warning"]
    listed = main.xpath(".//section[@aria-labelledby='about_money' or @aria-labelledby='about_others']/details/ul/li")
    assert lead.startswith(f"{len(warnings)} avvis")
    assert len(listed) == len(found)
    about_money = main.xpath("count(.//section[@aria-labelledby='about_money']/details/ul/li)")
    assert f" {about_money:.0f} tocca" in lead


def test_no_change_is_told_by_the_name_of_a_column(built_site: Path) -> None:
    for path in ("trasparenza/novita", "en/transparency/changes"):
        main = html.fromstring((built_site / path / "index.html").read_text("utf-8")).find(".//main")
        assert main is not None
        parts = main.iter("summary", "h3", "code", "dt")
        told = {word for part in parts for word in COLUMN.findall(part.text_content())}
        fields = {row["field"] for row in records("changes") if row["field"]}
        cells = {cell.text_content() for cell in main.xpath(".//td[2]")}
        assert told == set()
        assert cells & fields == set()
        assert main.xpath(".//section//p")[0].text_content().strip()


def test_the_last_day_of_changes_is_told_whole_those_before_on_their_pages(built_site: Path) -> None:
    days = sorted({row["release_date"] for row in records("changes")}, reverse=True)
    for path in ("trasparenza/novita", "en/transparency/changes"):
        main = html.fromstring((built_site / path / "index.html").read_text("utf-8"))
        for number, day in enumerate(days):
            section = main.xpath(f"//section[@aria-labelledby='day-{day}']")[0]
            assert [link for link in section.iter("a") if link.get("href", "").endswith(f"/{day}/")]
            assert bool(section.xpath(".//table")) == (number == 0)
            own = html.fromstring((built_site / path / day / "index.html").read_text("utf-8"))
            assert {row["dataset"] for row in records("changes") if row["release_date"] == day} <= {
                table.get("id", "").removeprefix("table-").removesuffix(f"-{day}") for table in own.iter("caption")
            } | {link.get("href", "").rstrip("/").rpartition("/")[2] for link in own.iter("a")}


def test_pages_of_evidence_are_short_and_none_scrolls_sideways(
    built_site: Path, served_site: str, browser: Browser,
) -> None:
    long, wide = [], []
    page = browser.new_page()
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": SCREEN})
        for path in [*HIGHEST, "dati/spending/tabella/", "incorpora/spending/"]:
            if not (built_site / path).exists():
                continue
            page.goto(f"{served_site}/{path}", wait_until="commit")
            page.wait_for_load_state("load")
            tall, broad = page.evaluate("[document.documentElement.scrollHeight, document.documentElement.scrollWidth]")
            if path in HIGHEST and tall > HIGHEST[path] * SCREEN:
                long.append((path, width, tall))
            if broad > width:
                wide.append((path, width, broad))
    page.close()
    assert long == []
    assert wide == []


def test_the_field_of_the_network_finds_a_municipality_without_a_script(served_site: str, browser: Browser) -> None:
    """"Cerca il tuo" had no field."""
    name, code = (records("municipalities")[0][key] for key in ("name", "istat_code"))
    assert code
    page = browser.new_page(java_script_enabled=False, viewport={"width": 390, "height": SCREEN})
    page.goto(f"{served_site}/rete/")
    field = page.locator("#place")
    assert (field.bounding_box() or {"y": SCREEN})["y"] < SCREEN
    field.fill(name)
    page.locator("#find-place button").click()
    page.locator("main").get_by_role("link", name=name, exact=True).first.click()
    assert name in page.locator("h1").inner_text()
    page.close()


def test_the_field_of_the_network_leads_to_the_municipality(served_site: str, browser: Browser) -> None:
    name = records("municipalities")[0]["name"]
    page = browser.new_page()
    page.goto(f"{served_site}/rete/")
    page.fill("#place", "Nessun posto")
    page.locator("#find-place button").click()
    assert page.locator("#found").inner_text()
    page.fill("#place", name.upper())
    page.locator("#find-place button").click()
    page.wait_for_url("**/sportelli/comuni/**")
    assert name in page.locator("h1").inner_text()
    page.close()


def test_an_embedded_table_reads_well_and_keeps_its_source_in_sight(served_site: str, browser: Browser) -> None:
    """Headings were `programmed_eur`, amounts `1864908.00`; the source stood below a frame of 420 px."""
    for address, paid in (("incorpora/funding/", "Importo erogato"), ("en/embed/funding/", "Amount paid")):
        for width in (320, 600, 900):
            page = browser.new_page(viewport={"width": width, "height": 420})
            page.goto(f"{served_site}/{address}")
            heads = page.locator("thead th").all_inner_texts()
            assert [head for head in heads if COLUMN.fullmatch(head)] == []
            assert paid in heads
            amounts = [cell for cell in page.locator("td.num").all_inner_texts() if "€" in cell]
            assert amounts
            assert [amount for amount in amounts if re.search(r"\d{4}", amount)] == []
            for part in (page.locator("h1"), page.locator("footer a").last):
                box = part.bounding_box()
                assert box
                assert box["y"] >= 0
                assert box["y"] + box["height"] <= 420
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            page.close()
