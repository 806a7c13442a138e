"""The files of the transparency pages, read by other people's programs; views, filters, freshness, removals."""

from __future__ import annotations

import csv
import io
import json
import warnings
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import bibtexparser
import feedparser
import pytest
from babel.dates import format_date
from citeproc.source.json import CiteProcJSON
from icalendar import Calendar
from lxml import etree
from support.browser import for_paper
from support.release import example, records
from support.repository import ROOT
from support.standards import ATOM

if TYPE_CHECKING:
    from playwright.sync_api import Browser

LISTS = ("operations_2014_2020", "operations_2021_2027")


def rows(name: str) -> list[dict[str, str]]:
    with (ROOT / f"datasets/release/{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def feeds(site: Path) -> Iterator[Path]:
    found = list(site.rglob("*.atom"))
    assert len(found) > len(records("projects"))
    yield from found


def test_every_feed_is_read_and_its_ids_are_its_own(built_site: Path) -> None:
    seen: set[str] = set()
    due = date.fromisoformat(json.loads((built_site / "release.json").read_text("utf-8"))["due_on"])
    for path in feeds(built_site):
        feed = feedparser.parse(path.read_bytes())
        assert not feed.bozo, path
        ids = [feed.feed.id, *(entry.id for entry in feed.entries)]
        assert len(set(ids)) == len(ids)
        assert not seen & set(ids), path
        seen |= set(ids)
        where = path.relative_to(built_site).as_posix()
        assert feed.feed.links[0].href.endswith(where)
        # Until when it can be trusted, in the order of the language or of its country.
        days = [format_date(due, form, feed.feed.language) for form in ("long", "d MMMM yyyy")]
        assert any(day in feed.feed.subtitle for day in days), path
        assert all(entry.updated <= f"{date.max}" for entry in feed.entries)
    assert feedparser.parse((built_site / "novita.atom").read_bytes()).entries


@pytest.mark.skipif(not ATOM.exists(), reason="the grammar of RFC 4287 is not here (../shared)")
def test_every_feed_follows_the_grammar(built_site: Path) -> None:
    grammar = etree.RelaxNG(etree.parse(ATOM))
    for path in feeds(built_site):
        assert grammar.validate(etree.parse(path)), (path, grammar.error_log)


def test_the_timeline_is_a_calendar(built_site: Path) -> None:
    calendar = Calendar.from_ical((built_site / "attivita/attivita.ics").read_bytes())
    events = {str(event["uid"]).split("@")[0]: event for event in calendar.walk("VEVENT")}
    whole = {row["milestone_id"]: row["date"] for row in rows("milestones") if len(row["date"]) == 10}
    assert {name: event["dtstart"].dt.isoformat() for name, event in events.items()} == whole


@pytest.mark.parametrize("place", ["dati", "dati/funding", "en/data/funding"])
def test_citations_are_read_by_other_programs(built_site: Path, place: str) -> None:
    # Of the site: a build on a later day may find what this repository's release does not know yet.
    released = json.loads((built_site / "dati/datapackage.json").read_text("utf-8"))["created"][:10]
    library = bibtexparser.parse_string((built_site / place / "cita.bib").read_text("utf-8"))
    (entry,) = library.entries
    assert not library.failed_blocks
    assert entry["date"] == released
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # it warns of what it does not understand
        source = CiteProcJSON(json.loads((built_site / place / "cita.json").read_text("utf-8")))
    (item,) = source.values()
    assert "".join(item.title) in entry["title"]
    # That of the whole is told beside how the data are made.
    told = {"dati": "trasparenza/metodo", "en/data": "en/transparency/method"}.get(place, place)
    assert "".join(item.URL) in (built_site / told / "index.html").read_text("utf-8")


@pytest.mark.parametrize("name", LISTS)
def test_the_lists_of_operations_have_the_fields_of_the_regulation(built_site: Path, name: str) -> None:
    asked = {
        "operations_2014_2020": "beneficiario operazione sintesi data_inizio data_fine spesa_ammissibile tasso_ue cap "
                                "paese categoria_intervento ultimo_aggiornamento",
        "operations_2021_2027": "codice_operazione beneficiario contraente operazione scopo_risultati data_inizio "
                                "data_fine costo_totale fondo obiettivo_specifico tasso_ue localizzazione paese "
                                "sede_beneficiario tipo_intervento",
    }[name].split()
    (header, *_), words = rows(name)[:1], {}
    assert set(asked) <= set(header)
    for language in ("it", "en"):
        text = (built_site / f"dati/{name}.{language}-header.csv").read_text("utf-8")
        table = list(csv.reader(io.StringIO(text)))
        assert table[1:] == [list(row.values()) for row in rows(name)]
        words[language] = table[0]
    assert len(words["it"]) == len(header)
    assert sum(one == other for one, other in zip(words["it"], words["en"], strict=True)) <= 2  # CUP is CUP
    period = name.removeprefix("operations_").replace("_", "-")
    page = (built_site / f"trasparenza/operazioni/{period}/index.html").read_text("utf-8")
    assert "Questo non è l’elenco ufficiale" in page
    assert all(row["codice_operazione"] in page for row in rows(name))


def test_views_add_up_what_their_projects_say(built_site: Path) -> None:
    money = {row["project_code"]: row for row in rows("funding")}
    projects = {row["project_code"]: row for row in rows("projects")}
    complete = {code: row for code, row in money.items()
                if all(row[f"{stage}_eur"] for stage in ("programmed", "admitted", "committed", "paid"))}
    for axis in {projects[code]["axis"] or projects[code]["code_axis"] for code in money} - {""}:
        mine = [row for code, row in complete.items()
                if (projects[code]["axis"] or projects[code]["code_axis"]) == axis]
        paid = sum((Decimal(row["paid_eur"]) for row in mine), Decimal(0))
        page = (built_site / f"trasparenza/assi/{axis}/index.html").read_text("utf-8")
        assert f"{paid:,.2f}".translate(str.maketrans(",.", ".,")) in page


def test_a_page_that_nobody_checked_says_so_itself(served_site: str, browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    for day, late in (("2026-11-26", False), ("2031-01-01", True)):
        page.clock.set_fixed_time(f"{day}T12:00:00")
        page.goto(f"{served_site}/sportelli/")
        assert page.locator(".checked .late").is_visible() == late
        assert page.locator(".checked").inner_text().startswith("Sito rifatto il")
    context.close()


def test_the_receipt_says_until_when_to_trust(built_site: Path) -> None:
    receipt = json.loads((built_site / "release.json").read_text("utf-8"))
    assert receipt["checked_on"] < receipt["due_on"]
    assert set(receipt["datasets"]) == {row["dataset"] for row in rows("sources")}


def test_a_chart_is_text_that_stays_without_colours(served_site: str, browser: Browser) -> None:
    context = browser.new_context(forced_colors="active", viewport={"width": 320, "height": 800})
    page = context.new_page()
    amounts = example("funding", lambda row: row["paid_eur"] and row["admitted_eur"])
    page.goto(f"{served_site}/progetti/{amounts['project_code'].lower()}/")
    chart = page.locator("figure.chart").first
    assert f"{amounts['paid_eur']:,.2f}".translate(str.maketrans(",.", ".,")) in chart.inner_text()
    # Every part of the bar, and of its key, has an outline or a fill of its own; the widest is drawn first.
    looks = chart.locator("svg[role=img] rect").evaluate_all("all => all.map(one => getComputedStyle(one).fill)")
    assert len(looks) > 2
    assert looks[-1] != looks[0]
    assert page.locator("[style]").count() == 0
    for_paper(page).emulate_media(media="print", forced_colors="none")
    assert chart.locator("svg[role=img]").evaluate("one => getComputedStyle(one).printColorAdjust") == "exact"
    texts = chart.locator("svg text").evaluate_all("all => all.map(one => parseFloat(getComputedStyle(one).fontSize))")
    assert texts
    assert min(texts) >= 12
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()
