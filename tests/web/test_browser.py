"""The pages in a real browser: accessible, as wide as the screen, self-sufficient, and of use without JavaScript."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.browser import EXTREMES, at_each_width, opened, settled, until, violations
from support.explorer import LOADED
from support.kinds import PAGES, address

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# Of the languages that have only the path of a person in need: two that write from left and from right, and Chinese.
ON_THE_PATH = ("home", "services", "service", "need", "desks", "desk")
PARTIAL = [(name, language) for name in ON_THE_PATH for language in ("es", "ar", "zh")]
ENGLISH = [(name, "en") for name in PAGES]


# What axe looks at comes from the templates, which the two full languages share.
@pytest.mark.parametrize(("name", "language"), [
    *((name, "it") for name in PAGES), *((name, "en") for name in ON_THE_PATH if name in PAGES), *PARTIAL])
def test_axe_finds_nothing(
    built_site: Path, served_site: str, browser: Browser, tools: Path, name: str, language: str
) -> None:
    url = f"{served_site}/{address(built_site, name, language)}"
    with opened(browser, url, bypass_csp=True) as (page, _):
        for width in at_each_width(page, EXTREMES):
            assert violations(page, tools) == [], f"{url} at {width} px"
        page.emulate_media(reduced_motion="reduce")
        page.emulate_media(color_scheme="dark")
        assert violations(page, tools, "color-contrast") == [], f"{url} in the dark"


@pytest.mark.parametrize(("name", "language"), [*((name, "it") for name in PAGES), *ENGLISH, *PARTIAL])
def test_it_fits_stands_alone_and_needs_no_javascript(
    built_site: Path, served_site: str, browser: Browser, name: str, language: str
) -> None:
    """No sideways scroll at any width, no request to another host, no console message, under a strict CSP; and every
    heading that JavaScript shows is there without it, with the words of the page."""
    url = f"{served_site}/{address(built_site, name, language)}"
    with opened(browser, url) as (page, complaints):
        for width in at_each_width(page):
            assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{url} is wider than {width} px"
        headings = {text for text in page.locator("main :is(h1, h2, h3)").all_inner_texts() if text.strip()}
        if name == "table":
            until(page, LOADED)
        settled(page)
        # The answer 404 to the page itself is what we ask for.
        assert [text for text in complaints if not (name == "missing" and "404" in text)] == []
        assert page.evaluate("document.documentElement.lang") == language or name == "missing"
    with opened(browser, url, java_script_enabled=False) as (page, _):
        assert page.locator("main h1").first.is_visible()
        # What only a script can do (the calculation of the rent) stands in tables for those without one.
        headings -= {"Calcola la tua fascia", "Work out your range", "Filtra i progetti", "Filter the projects"}
        assert headings <= set(page.locator("main :is(h1, h2, h3)").all_inner_texts())
        assert len(page.locator("main").inner_text().split()) > 15
