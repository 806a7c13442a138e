"""The desk finder in a real browser: filters, the clock of Rome, distance, an address to share, list and map alike."""

from __future__ import annotations

import math
import re
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from support.browser import until
from support.journeys import shown
from support.release import records

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

DESKS = records("desks")
PLACE = next((desk["istat_code"] for desk in DESKS if desk["istat_code"]), "")
pytestmark = pytest.mark.skipif(not PLACE, reason="no desk to find")


def window(browser: Browser, **context: Any) -> BrowserContext:
    return browser.new_context(viewport={"width": 1280, "height": 900}, **context)


def opened(browser: Browser, address: str, now: str = "", **context: Any) -> Page:
    page = window(browser, **context).new_page()
    if now:
        page.clock.set_fixed_time(now)
    page.goto(address)
    return page


def pinned(page: Page) -> dict[str, int]:
    """Municipality -> number on its pin, of the pins that are seen."""
    found: dict[str, int] = page.evaluate(
        "Object.fromEntries([...document.querySelectorAll('.map-pin:not(.off)')]"
        ".map(p => [p.dataset.place, Number(p.querySelector('text').textContent)]))"
    )
    return found


def choose_need(page: Page) -> str:
    """Choose a need that some desks help with and others do not; the test is skipped where there is none."""
    values: list[str] = page.eval_on_selector_all("#f-need option", "all => all.map(one => one.value).filter(Boolean)")
    for value in values:
        page.select_option("#f-need", value)
        if 0 < len(shown(page)) < len(DESKS):
            return value
    pytest.skip("all desks help with all needs")


def on_map(names: set[str]) -> dict[str, int]:
    places = [desk["istat_code"] for desk in DESKS if desk["desk_id"] in names and desk["istat_code"]]
    return {place: places.count(place) for place in places}


def next_open(page: Page, desk: str) -> tuple[str, str, str]:
    """(day, opens, closes) of the first opening of a desk that the page knows."""
    line = page.get_attribute(f"[data-desk={desk}]", "data-open") or ""
    day, hours = line.split(";")[0].split(" ")[:2]
    opens, closes = hours.split("-")
    return day, opens, closes


def test_without_a_script_all_desks_are_listed_and_no_filter_is_offered(served_site: str, browser: Browser) -> None:
    page = opened(browser, f"{served_site}/sportelli/", java_script_enabled=False)
    assert page.locator("li.desk-entry").count() == len(DESKS)
    assert not page.locator("#finder").is_visible()
    assert page.locator(".by-need a").count() > 0
    assert page.locator(".map-pin").count() == len({desk["istat_code"] for desk in DESKS if desk["istat_code"]})
    page.context.close()


def test_list_and_map_show_the_same_desks_whatever_the_filter(served_site: str, browser: Browser) -> None:
    page = opened(browser, f"{served_site}/sportelli/")
    everything = {desk["desk_id"] for desk in DESKS}
    assert shown(page) == everything
    assert pinned(page) == on_map(everything)
    choose_need(page)
    some = shown(page)
    assert pinned(page) == on_map(some)
    page.select_option("#f-need", "")
    page.select_option("#f-place", PLACE)
    assert shown(page) == {desk["desk_id"] for desk in DESKS if desk["istat_code"] == PLACE}
    page.click("button[type=reset]")
    until(page, "document.querySelectorAll('[data-desk][hidden]').length === 0")
    assert shown(page) == everything
    page.context.close()


def test_the_state_is_in_the_address(served_site: str, browser: Browser) -> None:
    page = opened(browser, f"{served_site}/sportelli/")
    need = choose_need(page)
    page.select_option("#f-place", PLACE)
    assert f"need={need}" in page.url
    assert f"place={PLACE}" in page.url
    first = shown(page)
    other = opened(browser, page.url)
    assert shown(other) == first
    assert other.locator("#f-need").input_value() == need
    page.context.close()
    other.context.close()


@pytest.mark.parametrize("zone", ["Europe/Rome", "America/New_York", "Asia/Tokyo"])
def test_open_now_is_by_the_clock_of_rome_wherever_the_reader_is(
    served_site: str, browser: Browser, zone: str
) -> None:
    page = opened(browser, f"{served_site}/sportelli/", timezone_id=zone)
    desk = page.locator("[data-open^='2']").first.get_attribute("data-desk") or pytest.skip("no desk with hours")
    day, opens, closes = next_open(page, desk)
    page.context.close()
    offset = rome_offset(day)
    for moment, is_open in ((opens, True), (minute_before(closes), True), (closes, False)):
        page = opened(browser, f"{served_site}/sportelli/?open=now", f"{day}T{moment}:00{offset}", timezone_id=zone)
        assert (desk in shown(page)) is is_open, (day, moment, zone)
        note = page.locator(f"[data-desk={desk}] .js-note").text_content() or ""
        assert (closes in note) is is_open
        page.context.close()


def rome_offset(day: str) -> str:
    return datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=ZoneInfo("Europe/Rome")).isoformat()[-6:]


def minute_before(hour: str) -> str:
    minutes = int(hour[:2]) * 60 + int(hour[3:]) - 1
    return f"{minutes // 60:02}:{minutes % 60:02}"


def test_only_filters_that_part_desks_are_offered(served_site: str, browser: Browser) -> None:
    """Filters for languages and wheelchairs stood there, although no desk has a value."""
    page = opened(browser, f"{served_site}/sportelli/")
    offered = page.eval_on_selector_all("#finder select", "all => all.map(one => [one.name, one.options.length])")
    assert [name for name, count in offered if count < 2] == []
    for column, field in (("languages", "language"), ("appointment", "appointment"),
                          ("wheelchair_access", "wheelchair")):
        parts = len({desk[column] for desk in DESKS}) > 1
        assert (page.locator(f"#finder [name={field}]").count() > 0) is parts, column
    page.context.close()


def test_where_nobody_is_open_the_next_opening_is_said(served_site: str, browser: Browser) -> None:
    """On a Sunday the end of the road was "Nessuno sportello"."""
    page = opened(browser, f"{served_site}/sportelli/")
    first = min(page.eval_on_selector_all(
        "[data-open^='2']", "all => all.map(one => one.dataset.open.split('-').slice(0, 3).join('-'))"))
    page.context.close()
    day, opens = first.split(" ")
    page = opened(browser, f"{served_site}/sportelli/?open=now", f"{day}T00:00:00{rome_offset(day)}")
    found = page.locator("#found").inner_text()
    assert "la prossima apertura è" in found
    assert opens in found
    openings = page.locator("[data-desk]:not([hidden])").evaluate_all("all => all.map(one => one.dataset.open)")
    assert openings
    assert all(line.startswith(first) for line in openings)
    page.context.close()


@pytest.mark.parametrize("language", ["", "ar/", "zh/"])
def test_a_day_and_a_half_of_it_can_be_chosen_and_what_is_not_known_is_counted(
    built_site: Path, served_site: str, browser: Browser, language: str,
) -> None:
    """There was no way to ask for a Saturday morning."""
    if not (built_site / language / "sportelli").is_dir():
        pytest.skip(f"no pages in {language}")
    page = opened(browser, f"{served_site}/{language}sportelli/")
    slots: dict[str, list[str]] = page.evaluate(
        "Object.fromEntries([...document.querySelectorAll('[data-desk]')].map(e => [e.dataset.desk,"
        " (e.dataset.slots || '').split(' ').filter(Boolean)]))")
    day = page.locator("#f-day option").last.get_attribute("value")
    page.select_option("#f-day", day)
    page.select_option("#f-part", "am")
    assert shown(page) == {desk for desk, known in slots.items() if f"{day}-am" in known}
    assert shown(page)
    assert str(sum(not known for known in slots.values())) in page.locator("#found").inner_text()
    assert f"day={day}&part=am" in page.url
    page.context.close()


def test_when_the_page_is_old_nobody_is_said_to_be_open(served_site: str, browser: Browser) -> None:
    page = opened(browser, f"{served_site}/sportelli/?open=now", "2039-01-05T11:00:00Z")
    assert shown(page) == set()
    assert "vecchi" in page.locator("#found").inner_text()
    page.context.close()


def test_distance_is_worked_out_in_the_browser_alone(served_site: str, browser: Browser) -> None:
    page = opened(browser, f"{served_site}/sportelli/")
    places: dict[str, list[float]] = page.evaluate("Object.fromEntries([...document.querySelectorAll('[data-at]')]"
                                                   ".filter(e => e.dataset.at).map(e => [e.dataset.desk, e.dataset.at"
                                                   ".split(' ').map(Number)]))")
    page.context.close()
    town = {desk["desk_id"]: desk["istat_code"] for desk in DESKS}
    near, far = next(((one, other) for one in places for other in places if town[one] != town[other]), ("", ""))
    if not near:
        pytest.skip("no desks in two places")
    here = dict(zip(("latitude", "longitude"), places[near], strict=True))
    page = opened(browser, f"{served_site}/sportelli/", geolocation=here, permissions=["geolocation"])
    requests: list[str] = []
    page.wait_for_load_state("networkidle")
    page.on("request", lambda request: requests.append(request.url))
    page.click("#near")
    until(page, "desk => document.querySelector(`[data-desk=${desk}] .js-note`).textContent.includes('km')", near)
    order = page.evaluate("[...document.querySelectorAll('[data-group]')].map(g => g.dataset.group)")
    assert order[0] == town[near]
    assert order.index(town[near]) < order.index(town[far])
    assert order[-1] == "" or "" not in order
    assert [url for url in requests if "/assets/logo." not in url] == []  # the browser's own, whenever it likes
    middle = math.cos(math.radians((places[near][0] + places[far][0]) / 2))
    km = math.dist(*((place[0], place[1] * middle) for place in (places[near], places[far]))) * 111.2
    assert f"{km:.0f} km" in page.locator(f"[data-desk={far}] .js-note").inner_text()
    page.context.close()


def test_drawings_of_lines_are_not_filled(served_site: str, browser: Browser) -> None:
    page = opened(browser, f"{served_site}/sportelli/")
    fills = page.locator("svg.drawn").evaluate_all("all => all.map(one => getComputedStyle(one).fill)")
    assert page.locator("#near svg.drawn").count() == 1
    assert set(fills) == {"none"}
    page.context.close()


def test_a_refused_position_is_said_and_nothing_breaks(served_site: str, browser: Browser) -> None:
    page = opened(browser, f"{served_site}/sportelli/")
    page.click("#near")
    until(page, "document.getElementById('found').textContent.includes('posizione')")
    assert len(shown(page)) == len(DESKS)
    page.context.close()


def test_the_map_equals_the_list_without_a_script_too(built_site: Path) -> None:
    html = (built_site / "sportelli" / "index.html").read_text("utf-8")
    pins = dict(re.findall(r'data-place="([0-9]{6})"\s+aria-label="[^"]*?: (\d+) ', html))
    assert {place: int(count) for place, count in pins.items()} == on_map({desk["desk_id"] for desk in DESKS})
    assert all(f'id="place-{place}"' in html for place in pins)
