"""Pages to send on and to take along: a button that shares or copies, links without a script, one sheet of paper."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from lxml import html
from pypdf import PdfReader
from support.browser import for_paper, until
from support.kinds import PAGES
from support.pages import base_of
from support.repository import ROOT

from etl.web.rendering import site_settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PARTIAL = [code for code, about in site_settings(ROOT, None).extra["languages"].items() if about.get("partial")]
SHARED = [PAGES[name] for name in ("service", "desk", "rent") if name in PAGES]
HEARD = "document.querySelector('.share [role=status]').textContent"


def longest(site: Path, folder: str, count: int = 3) -> list[str]:
    """The addresses of the pages of a folder that say most."""
    sheets = [path for path in (site / folder).glob("*/index.html") if 'by-paper' in path.read_text("utf-8")]
    sheets.sort(key=lambda path: path.stat().st_size, reverse=True)
    return [f"{folder}/{path.parent.name}/" for path in sheets[:count]]


@pytest.mark.parametrize("place", SHARED)
def test_without_a_script_links_send_the_address_with_a_sentence(built_site: Path, place: str) -> None:
    base = base_of(built_site)
    for path in (place, f"ar/{place}"):
        document = html.fromstring((built_site / path / "index.html").read_text("utf-8"))
        link = next(link for link in document.iter("a") if (link.get("href") or "").startswith("https://wa.me/"))
        said = parse_qs(urlsplit(link.get("href")).query)["text"][0]
        assert said.endswith(f" {base}{path}")
        assert len(said) > len(f" {base}{path}") + 5
        assert not document.xpath("//script[contains(@src, 'wa.me')]")
        assert (built_site / path / "qr.svg").is_file()


@pytest.mark.parametrize("place", SHARED)
def test_the_button_copies_the_address_where_nothing_can_share_and_says_so(
    served_site: str, built_site: Path, browser: Browser, place: str,
) -> None:
    window = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = window.new_page()
    page.goto(f"{served_site}/{place}")
    page.evaluate("Object.defineProperty(navigator, 'share', { value: undefined, configurable: true })")
    page.locator(".share button").click()
    until(page, f"{HEARD} === 'Indirizzo copiato.'")
    assert page.evaluate("navigator.clipboard.readText()").endswith(f"{base_of(built_site)}{place}")
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('denied')); }")
    page.locator(".share button").click()
    until(page, f"{HEARD}.startsWith('Copia questo indirizzo: http')")
    page.evaluate("""Object.defineProperty(navigator, 'share', {
      value: (what) => { document.title = what.url; return Promise.resolve(); } })""")
    page.locator(".share button").click()
    until(page, f"document.title.endsWith('{place}')")
    assert page.evaluate(HEARD) == ""
    window.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_page_has_its_rules_for_paper_with_and_without_scripts(
    served_site: str, browser: Browser, scripts: bool,
) -> None:
    """They come last: whoever waits for a page on a slow line waits for what is on the screen alone."""
    window = browser.new_context(java_script_enabled=scripts)
    page = window.new_page()
    page.goto(served_site)
    assert page.locator("header .site-title img").is_visible()
    assert page.locator(".site-links").is_visible()
    for_paper(page).emulate_media(media="print")
    assert not page.locator(".site-links").is_visible()
    assert page.locator("main h1").is_visible()
    window.close()


@pytest.mark.parametrize(("folder", "sides"), [("servizi", 1), ("sportelli", 1), ("situazioni", 2)])
def test_what_is_taken_along_is_one_sheet_with_its_code(
    built_site: Path, served_site: str, browser: Browser, folder: str, sides: int,
) -> None:
    """A service was up to four sheets, and had no code; of a situation both sides of the sheet are needed."""
    page, sizes = browser.new_page(), {}
    longest_ones = longest(built_site, folder) or pytest.skip(f"no page of {folder}")
    for place in [*longest_ones, *(f"{code}/{longest_ones[0]}" for code in PARTIAL)]:
        page.goto(f"{served_site}/{place}")
        pages = PdfReader(io.BytesIO(for_paper(page).pdf(format="A4", prefer_css_page_size=True))).pages
        sizes[place] = len(pages)
        words = re.sub(r"\s", "", "".join(side.extract_text() for side in pages))
        assert f"{base_of(built_site)}{place}" in words
        page.emulate_media(media="print")
        assert page.locator(".by-paper .qr").is_visible()
        assert page.evaluate("document.querySelector('.by-paper .qr').naturalWidth") > 0
    page.close()
    assert max(sizes.values()) <= sides, sizes
