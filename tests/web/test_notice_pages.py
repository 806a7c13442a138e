"""Notices on the pages: what they say without a script is bound to a day, and nothing says open after its end."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from icalendar import Calendar
from lxml import etree, html
from support.browser import opened

from etl.domain.notices import ends
from etl.meta.model import Release
from etl.web.pages.services.notices import closing_soon, known_notices, notices_of
from etl.web.pages.trust.changes import changed_on

if TYPE_CHECKING:
    from playwright.sync_api import Browser

OPEN = re.compile(r"apert[oi]|\bopen\b|abiert[oa]|ouvert|مفتوح|开放|відкрито", re.IGNORECASE)
STATES = "main [data-notice]:visible .badge, main [data-element='service-status']"
DATED = re.compile(r"20\d\d")
LISTS = ("avvisi/", "en/notices/", "es/avvisi/", "ar/avvisi/", "zh/avvisi/", "uk/avvisi/")
COLUMNS = ("notice_id", "service_id", "kind", "opens_at", "closes_at", "source_url", "source_date")


AT_ANOTHER_HOUR = {"timezone_id": "Europe/Rome"}
"""A window of the tests that put its clock, which goes wrong for all its pages then."""


def row(name: str, kind: str = "window", **cells: str) -> dict[str, Any]:
    return {**dict.fromkeys(COLUMNS), "notice_id": name, "kind": kind, **cells}


RELEASE = Release({"notices": [
    row("later", closes_at="2026-12-31", service_id="a"), row("noon", closes_at="2026-11-30T12:00", service_id="a"),
    row("over", closes_at="2026-09-30", service_id="b"), row("money", "until_funds_end"),
], "notice_texts": []}, {"resources": [], "created": "2026-11-27T00:00:00Z"}, today=date(2026, 11, 29))


def test_a_notice_is_told_as_of_the_day_of_the_build() -> None:
    found = known_notices(RELEASE, "it")
    assert [(item["notice_id"], item["state"], item["part"], item["day"]) for item in found] == [
        ("noon", "open", "soon", "2026-11-29"), ("later", "open", "dated", "2026-11-29"),
        ("money", "maybe", "money", "2026-11-29"), ("over", "closed", "over", "2026-11-29")]
    assert [item["ends"] for item in found] == [
        "2026-11-30T11:00:00Z", "2026-12-31T23:00:00Z", "", "2026-09-30T22:00:00Z"]
    assert [item["notice_id"] for item in notices_of(RELEASE, "it", "a")] == ["noon", "later"]
    assert [item["notice_id"] for item in closing_soon(RELEASE, "it")] == ["noon"]
    assert closing_soon(replace(RELEASE, today=date(2026, 12, 20)), "it")[0]["notice_id"] == "later"


def test_home_and_changes_say_the_same_day() -> None:
    """The home page said 27 November, the day of the release, and the list of changes 25 November."""
    changes = [{"release_date": "2026-11-25"}, {"release_date": "2026-11-20"}]
    assert changed_on(replace(RELEASE, records={"changes": changes})) == "2026-11-25"
    assert changed_on(RELEASE) == "2026-11-27"


def test_they_say_it_on_the_built_pages(built_site: Path) -> None:
    said = {place: re.search(r'Ultimo aggiornamento: <time datetime="([^"]+)"', (built_site / place).read_text("utf-8"))
            for place in ("index.html", "trasparenza/novita/index.html")}
    assert len({found and found[1] for found in said.values()}) == 1
    assert None not in said.values()


def rows(site: Path) -> list[dict[str, Any]]:
    """The notices of a finished site that end, and have not ended when it was built."""
    path = site / "dati" / "notices.json"
    known = json.loads(path.read_text("utf-8"))["records"] if path.exists() else []
    day = json.loads((site / "release.json").read_text("utf-8"))["date"]
    return [item for item in known if (item["closes_at"] or "") > day and item["kind"] != "ranking"] or pytest.skip(
        "no notice is to end")


def places(found: list[dict[str, Any]]) -> list[str]:
    """The pages that say how notices stand: the list, the home page, each notice, each of their services."""
    return ["avvisi/", "", *(f"avvisi/{item['notice_id']}/" for item in found),
            *{f"servizi/{item['service_id']}/" for item in found if item["service_id"]}]


def test_without_a_script_what_is_open_is_bound_to_a_day(built_site: Path) -> None:
    found, said = rows(built_site), 0
    for place in [*places(found), *LISTS[1:]]:
        document = html.fromstring((built_site / place / "index.html").read_text("utf-8"))
        for tag in document.xpath("//main//*[contains(@class, 'badge')]"):
            words = " ".join(tag.text_content().split())
            assert not OPEN.search(words) or DATED.search(words), f"/{place}: {words}"
            said += bool(OPEN.search(words))
    assert said > len(found)


def test_what_a_script_says_of_today_ends_as_a_sentence(
    built_site: Path, served_site: str, browser: Browser
) -> None:
    for place in LISTS:
        if (built_site / place).is_dir():
            with opened(browser, f"{served_site}/{place}") as (page, complaints):
                said = page.locator("[data-now]").all_inner_texts()
                assert said
                assert [text for text in said if ".." in text] == complaints == [], place


def test_a_service_leads_to_the_form_of_its_notice(built_site: Path) -> None:
    """The only way to apply for a public home stood there as plain text."""
    found = [item for item in rows(built_site) if item["service_id"] and item["application_url"]]
    for item in found or pytest.skip("no form of a service"):
        document = html.fromstring((built_site / "servizi" / item["service_id"] / "index.html").read_text("utf-8"))
        assert item["application_url"] in document.xpath("//main//a/@href"), item["notice_id"]


def end_of(item: dict[str, Any]) -> datetime:
    """The end of a notice that has one."""
    end = ends(item)
    assert end
    return end


def after(found: list[dict[str, Any]]) -> str:
    """A moment after the end of all of them, for the clock of the browser."""
    return (max(map(end_of, found)) + timedelta(minutes=1)).isoformat()


def test_nothing_says_open_after_its_end(built_site: Path, served_site: str, browser: Browser) -> None:
    """The site is never built again: the clock of the reader goes on."""
    found = rows(built_site)
    for place in places(found):
        with opened(browser, f"{served_site}/{place}", **AT_ANOTHER_HOUR) as (page, complaints):
            page.clock.set_fixed_time(after(found))
            page.reload()
            said = page.locator(STATES).all_inner_texts()
            assert [words for words in said if OPEN.search(words) and "Forse" not in words] == [], place
            assert page.locator("[data-until-end] a[href*='application']:visible").count() == 0
            assert not page.locator("#soon, #dated, #closing").locator("visible=true").count(), place
            assert complaints == [], place


def test_the_end_comes_to_the_minute_by_the_clock_of_the_city(
    built_site: Path, served_site: str, browser: Browser,
) -> None:
    item = next((item for item in rows(built_site) if len(item["closes_at"]) > 10), None) or pytest.skip("no hour")
    end = end_of(item)
    with opened(browser, f"{served_site}/avvisi/", timezone_id="America/New_York") as (page, _):
        said = {}
        for name, before in (("days", 3 * 1440), ("tomorrow", 1440), ("minute", 1), ("over", 0)):
            page.clock.set_fixed_time((end - timedelta(minutes=before)).isoformat())
            page.reload()
            said[name] = page.locator(f"[data-notice='{item['notice_id']}'] .badge").text_content() or ""
        assert said["days"].startswith("Chiude tra 3 giorni alle ")
        assert said["tomorrow"].startswith("Chiude domani alle ")
        assert said["minute"].startswith("Chiude oggi alle ")
        assert said["over"].startswith("Ha chiuso ")
        assert page.locator(f"#over [data-notice='{item['notice_id']}']").count() == 1


@pytest.mark.parametrize(("place", "tomorrow"), [
    ("en/notices/", "tomorrow"), ("es/avvisi/", "mañana"), ("fr/avvisi/", "demain"), ("ar/avvisi/", "غدًا"),
    ("zh/avvisi/", "明天"), ("uk/avvisi/", "завтра")])
def test_each_language_says_it_in_its_words(
    built_site: Path, served_site: str, browser: Browser, place: str, tomorrow: str,
) -> None:
    item = rows(built_site)[0]
    with opened(browser, f"{served_site}/{place}", **AT_ANOTHER_HOUR) as (page, complaints):
        tag = page.locator(f"[data-notice='{item['notice_id']}'] .badge")
        page.clock.set_fixed_time((end_of(item) - timedelta(hours=20)).isoformat())
        page.reload()
        near = tag.text_content() or ""
        page.clock.set_fixed_time(after([item]))
        page.reload()
        assert complaints == []
    assert tomorrow in near or len(item["closes_at"]) == 10
    assert "{when}" not in near


def test_calendars_warn_before_each_end(built_site: Path) -> None:
    found = {item["notice_id"]: end_of(item) for item in rows(built_site)}
    read = Calendar.from_ical((built_site / "avvisi" / "scadenze.ics").read_bytes())
    events = {str(event["uid"]).split("@")[0]: event for event in read.walk("VEVENT")}
    assert events.keys() == found.keys()
    for name, event in events.items():
        start = event.decoded("dtstart")
        assert start == found[name] or start == (found[name] - timedelta(days=1)).date()
        assert all(alarm.decoded("trigger") < timedelta() for alarm in event.walk("VALARM"))
        assert len(event.walk("VALARM")) > 1
        alone = Calendar.from_ical((built_site / "avvisi" / name / "scadenze.ics").read_bytes())
        assert [str(item["uid"]) for item in alone.walk("VEVENT")] == [str(event["uid"])]
    assert len(list((built_site / "avvisi").rglob("*.ics"))) == len(found) + 1


@pytest.mark.parametrize("place", ["avvisi", "en/notices", "zh/avvisi"])
def test_the_feed_names_every_notice_with_its_state(built_site: Path, place: str) -> None:
    assert rows(built_site)
    feed = etree.parse(str(built_site / place / "avvisi.atom"))
    entries = feed.findall("{*}entry")
    known = json.loads((built_site / "dati" / "notices.json").read_text("utf-8"))["records"]
    assert len(entries) == len(known)
    for entry in entries:
        words = entry.findtext("{*}content") or ""
        assert not OPEN.search(words) or DATED.search(words)
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", entry.findtext("{*}updated") or "")
