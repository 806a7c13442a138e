"""The path of a person in need on a telephone: the first useful thing on the first screen, no page of more than six
screens, one thing to press in sight, nothing to push sideways."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.browser import SCREEN, SCREENS, TALL, for_paper, too_long, until
from support.kinds import PAGES, address
from support.pages import base_of, document
from support.release import records
from support.repository import ROOT

from etl.meta.words import slug
from etl.web.rendering import site_settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

USEFUL = {
    "services": ".needs a", "need": ".where .chips a", "service": ".sheet-head .btn", "desks": ".desk-entry h3 a",
    "desk": ".sheet-head .btn", "place": ".best .btn", "notices": ".notice .btn", "notice": "[data-notice] .badge",
    "situations": ".situations a", "situation": ".calling .btn", "checker": "#checker legend:visible",
    "answers": "main .needs a", "search": "#query",
}
"""Kind of page -> what its readers came for first."""
LANGUAGES = site_settings(ROOT, None).extra["languages"]
WITH_BAR = ("service", "desk", "situation")
SIGN = """tag => {
  const sign = getComputedStyle(tag, "::before");
  return sign.maskImage.startsWith("url(") && sign.backgroundColor !== "rgba(0, 0, 0, 0)"
    && tag.textContent.trim() !== "";
}"""
WIDE = "document.documentElement.scrollWidth"


def path_pages(site: Path, language: str) -> Iterator[tuple[str, str]]:
    """Kind -> address, of the kinds that this city has."""
    for name in USEFUL:
        if name in PAGES and (site / PAGES[name]).is_dir():
            yield name, address(site, name, language)


def long_pages() -> list[str]:
    """Of each kind with many pages, those that may be long."""
    places = [f"sportelli/comuni/{slug(row['name'])}/" for row in records("municipalities")]
    return [*(f"situazioni/{row['situation_id']}/" for row in records("situations")),
            *(f"servizi/{row['service_id']}/" for row in records("services")), *places[::8],
            *(f"avvisi/{row['notice_id']}/" for row in records("notices")), "glossario/",
            *(PAGES[name] for name in (*USEFUL, "readers", "a-z", "places", "rent") if name in PAGES)]


@pytest.mark.parametrize("language", ["it", "ar"])
def test_the_first_screen_is_of_use_and_the_page_has_an_end(
    built_site: Path, served_site: str, browser: Browser, language: str,
) -> None:
    if language != "it" and not (built_site / language).is_dir():
        pytest.skip(f"no pages in {language}")
    page = browser.new_page(viewport=SCREEN)  # type: ignore[arg-type]
    low, long, wide, unsigned = {}, {}, {}, {}
    for name, path in path_pages(built_site, language):
        page.goto(f"{served_site}/{path}", wait_until="load")
        useful = page.locator(f"{USEFUL[name]} >> visible=true").first  # what a notice that is over leaves
        box = useful.bounding_box() if useful.count() else None
        low[name] = box["y"] + box["height"] if box else None
        long[name] = page.evaluate(TALL)
        unsigned[name] = sum(not tag.evaluate(SIGN) for tag in page.locator("main .badge:visible").all()[:12])
        wide[name] = wider(page)
    page.close()
    assert len(low) > 3
    assert {name: bottom for name, bottom in low.items() if bottom is None or bottom > SCREEN["height"]} == {}
    assert {name: height for name, height in long.items() if height > SCREENS * SCREEN["height"]} == {}
    assert {name: more for name, more in wide.items() if more > 0} == {}
    assert {name: count for name, count in unsigned.items() if count} == {}


def wider(page: Page) -> int:
    """By how much a page is wider than a narrow telephone, or than a telephone whose text is twice as large."""
    page.set_viewport_size({"width": 320, "height": 844})
    narrow = page.evaluate(WIDE) - 320
    page.set_viewport_size(SCREEN)  # type: ignore[arg-type]
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    return int(max(narrow, page.evaluate(WIDE) - SCREEN["width"]))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_of_the_path_is_longer_than_six_screens(
    built_site: Path, served_site: str, browser: Browser, language: str,
) -> None:
    """Ukrainian pages were up to seven."""
    pages = (document(built_site / path / "index.html") for path in long_pages() if (built_site / path).is_dir())
    told = [page.canonical if language == "it" else page.alternates.get(language) for page in pages]
    paths = sorted({address.removeprefix(base_of(built_site)) for address in told if address})
    assert paths
    assert too_long(browser, served_site, paths) == {}


@pytest.mark.parametrize("name", [name for name in WITH_BAR if name in PAGES])
def test_what_to_press_stays_in_sight_and_covers_nothing(served_site: str, browser: Browser, name: str) -> None:
    page = browser.new_page(viewport=SCREEN)  # type: ignore[arg-type]
    page.goto(f"{served_site}/{PAGES[name]}", wait_until="load")
    bar, first = page.locator(".callbar"), page.locator(".btns .btn-primary").first
    assert bar.count() == 1
    if bar.locator("[data-until-end][hidden]").count():  # its notice ended after the site was built
        page.mouse.wheel(0, 1000)
        assert not bar.is_visible(), "a bar that leads to a form that is closed"
        assert page.locator(".btns .btn >> visible=true").count(), "nothing left to press"
        page.close()
        return
    assert first.is_visible()
    assert not bar.is_visible(), "the first button is there still"
    page.mouse.wheel(0, 1000)
    until(page, """() => { const bar = document.querySelector(".callbar");
      return bar.checkVisibility({visibilityProperty: true})
        && bar.getBoundingClientRect().bottom === innerHeight; }""")
    assert bar.locator(".btn").first.get_attribute("href") == first.get_attribute("href")
    # It is between the main part and the foot: whoever goes from part to part finds it by its name.
    assert bar.and_(page.get_by_role("complementary", name=bar.get_attribute("aria-label") or "nothing")).count() == 1
    # What has the focus is not below it.
    page.locator(".report a").first.focus()
    until(page, """() => { const at = document.activeElement.getBoundingClientRect();
      const bar = document.querySelector(".callbar").getBoundingClientRect();
      return at.top >= 0 && at.bottom <= bar.top; }""")
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    until(page, """() => innerHeight + scrollY >= document.documentElement.scrollHeight - 1
      && document.querySelector(".callbar").getBoundingClientRect().bottom
        <= document.querySelector(".site-footer").getBoundingClientRect().top + 1""")
    page.emulate_media(reduced_motion="reduce")
    page.evaluate("scrollTo(0, 0)")
    assert bar.is_visible(), "where it cannot come by itself it is there"
    for_paper(page).emulate_media(reduced_motion="no-preference", media="print")
    assert not bar.is_visible()
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 1280, "height": 800})
    assert not bar.is_visible()
    page.close()
