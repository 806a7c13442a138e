"""The finder of Milan's desks: a need that only some help with, a town, a place from which Rho is the nearest."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from support.browser import until
from support.journeys import shown
from support.release import records

if TYPE_CHECKING:
    from playwright.sync_api import Browser

RHO, MILAN = "015182", "015146"
HERE = {"latitude": 45.53, "longitude": 9.04}


def test_a_need_and_a_town_choose_among_the_desks(served_site: str, browser: Browser) -> None:
    desks = {desk["desk_id"]: desk["istat_code"] for desk in records("desks")}
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{served_site}/sportelli/")
    assert page.locator(".by-need a").count() > 3
    assert shown(page) == set(desks)
    page.select_option("#f-need", "losing_home")
    assert set() < shown(page) < set(desks)
    page.select_option("#f-need", "")
    page.select_option("#f-place", RHO)
    assert shown(page) == {name for name, town in desks.items() if town == RHO} != set()
    page.select_option("#f-need", "public_housing")
    assert {"need=public_housing", f"place={RHO}"} <= set(page.url.split("?")[1].split("&"))
    page.close()


def test_the_nearest_town_comes_first_with_its_distance(served_site: str, browser: Browser) -> None:
    context = browser.new_context(geolocation=HERE, permissions=["geolocation"])
    page = context.new_page()
    page.goto(f"{served_site}/sportelli/")
    page.click("#near")
    until(page, "() => document.querySelector('[data-desk=aler-uog-rho] .js-note').textContent.includes('km')")
    order = page.evaluate("[...document.querySelectorAll('[data-group]')].map(g => g.dataset.group)")
    assert order.index(RHO) < order.index(MILAN) < order.index("")
    north, east = map(float, (page.get_attribute("[data-desk=milano-abitare]", "data-at") or "").split())
    far = math.hypot(north - HERE["latitude"], (east - HERE["longitude"]) * math.cos(math.radians(45.5))) * 111.2
    assert f"{far:.0f} km" in page.locator("[data-desk=milano-abitare] .js-note").inner_text()
    context.close()


def test_a_desk_with_known_hours_says_when_it_opens(served_site: str, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(f"{served_site}/sportelli/")
    assert (page.get_attribute("[data-desk=abit-azioni-sesto]", "data-open") or "").startswith("2")
    page.close()
