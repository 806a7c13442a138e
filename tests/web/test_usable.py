"""The site as people with other means use it: keyboard, large text, forced colours, paper; light, and near its goal."""

from __future__ import annotations

import gzip
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.browser import at_each_width, for_paper, opened, settled, violations
from support.journeys import to_a_telephone
from support.kinds import ALONE, PAGES, address
from support.pages import document, pages
from support.repository import ROOT

from etl.web.rendering import site_settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

HOME, OTHER = 60_000, 80_000
BREATH = 14_000
"""Bytes that reach a telephone in its first answer, the headers of a careful server beside them: a page that is heavier
comes a seventh of a second later (ten segments of TCP)."""
IN_ONE = ("home", "service", "desk", "need", "notices", "rent", "money", "behind", "projects", "project", "operations",
          "data", "dataset", "table", "changes", "search")
"""Of the kinds that `make audit` looks at, those that come in one breath."""
IN_TWO = {"situation": 14_600, "desks": 18_500, "network": 26_800}
"""Kinds that hold more answers than one breath -> the most of their bytes: the sources of each step of an eviction, all
desks, all bodies and networks."""
TWO_BYTES = 1.15
"""How much more a page weighs in letters that are not Latin, at most."""
each_page = pytest.mark.parametrize("name", PAGES)


def weight(path: Path) -> int:
    """Bytes of a cold first view of a page: itself and all that it loads, compressed; fonts are compressed already."""
    html = path.read_text("utf-8")
    total = len(gzip.compress(html.encode(), 9))
    loads = re.findall(r'<(?:link|script|img|use)\b[^>]*?\b(?:href|src)="([^"#]+)[^"]*"[^>]*>', html)
    for link in {link for link in loads if "assets/" in link or link.endswith("qr.svg")}:
        total += 0 if link.startswith("/") else sent((path.parent / link).resolve())
    return total


@cache
def sent(path: Path) -> int:
    """Bytes of a file that pages share, as it is sent."""
    data = path.read_bytes()
    return len(data if path.suffix == ".woff2" else gzip.compress(data, 9))


def test_home_is_light(built_site: Path) -> None:
    assert 25_000 < weight(built_site / "index.html") <= HOME
    assert weight(built_site / "en" / "index.html") <= HOME


def test_no_page_is_heavy(built_site: Path) -> None:
    found = {path.relative_to(built_site).as_posix(): weight(path) for path in pages(built_site)}
    assert {name: size for name, size in found.items() if size > OTHER} == {}


@pytest.mark.parametrize("language", site_settings(ROOT, None).extra["languages"])
def test_pages_come_in_one_breath(built_site: Path, language: str) -> None:
    html = (built_site / PAGES["home"] / (language if language != "it" else "") / "index.html").read_text("utf-8")
    more = TWO_BYTES if 'class="not-latin"' in html else 1
    over = {}
    for name, most in {**dict.fromkeys(IN_ONE, BREATH), **IN_TWO}.items():
        italian = built_site / PAGES.get(name, "-") / "index.html"
        if italian.exists() and (language == "it" or language in document(italian).alternates):
            path = built_site / address(built_site, name, language) / "index.html"
            size = len(gzip.compress(path.read_bytes(), 6))
            over |= {name: size} if size > most * more else {}
    assert over == {}


@each_page
def test_what_runs_when_all_is_read_is_one_request(built_site: Path, name: str) -> None:
    html = (built_site / PAGES[name] / "index.html").read_text("utf-8") if name != "missing" else ""
    assert len(re.findall(r"<script\b[^>]* defer\b", html)) == (name not in {"embed", "missing"})


@pytest.mark.parametrize(("language", "font"), [("fr", "Titillium Web"), ("uk", "system-ui"), ("ar", "system-ui")])
def test_one_font_for_all_letters_of_a_language(
    built_site: Path, browser: Browser, language: str, font: str
) -> None:
    html = (path := built_site / language / "index.html").read_text("utf-8")
    assert ('rel="preload"' in html) == (font != "system-ui")
    page = browser.new_page()
    page.goto(path.as_uri())
    used = page.evaluate("""() => [...document.querySelectorAll("h1, p, a, button, input")]
      .map(element => getComputedStyle(element).fontFamily.split(",")[0].replaceAll('"', ''))""")
    assert set(used) == {font}
    page.close()


@pytest.mark.parametrize("late", ["400", "600", "00"])
@pytest.mark.parametrize("name", ["network", "money", "desks", "desk", "service"])
def test_axe_finds_nothing_when_a_font_does_not_come(
    built_site: Path, served_site: str, browser: Browser, tools: Path, name: str, late: str
) -> None:
    page = browser.new_page(bypass_csp=True)
    page.route(f"**/*{late}*.woff2", lambda route: route.abort())
    page.goto(f"{served_site}/{address(built_site, name, 'it')}")
    settled(page)
    for width in at_each_width(page):
        assert violations(page, tools, "wcag22aa") == [], f"at {width} px"
    page.close()


def focused(page: Page) -> str:
    """What has the focus, and whether it can be seen to have it."""
    found: str = page.evaluate("""() => {
      const element = document.activeElement;
      if (element === document.body) return "";
      const box = element.getBoundingClientRect(), style = getComputedStyle(element);
      const seen = box.width > 0 && box.height > 0 && box.right > 0 && box.left < innerWidth;
      const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
      window.stops = window.stops || new Map();
      if (!window.stops.has(element)) window.stops.set(element, window.stops.size);
      return `${window.stops.get(element)} ${seen && ring ? "seen" : "unseen"} ${element.outerHTML.slice(0, 120)}`;
    }""")
    return found


@pytest.mark.parametrize("name", ["home", "desks", "desk", "service", "need", "rent", "search", "project"])
def test_the_keyboard_reaches_everything_and_shows_where_it_is(
    built_site: Path, served_site: str, browser: Browser, name: str
) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{served_site}/{address(built_site, name, 'it')}")
    settled(page)
    expected = page.evaluate("""[...document.querySelectorAll(
      "a[href], button, input, select, textarea, summary, [tabindex='0']")].filter(element => element.checkVisibility
      ? element.checkVisibility() : element.offsetParent).length""")
    stops: list[str] = []
    for _ in range(expected + 20):
        page.keyboard.press("Tab")
        stop = focused(page)
        if not stop or stop in stops:
            break
        stops.append(stop)
    assert [stop for stop in stops if " unseen " in stop] == []
    assert len(stops) >= expected
    page.close()


def test_the_skip_link_leads_to_the_content(served_site: str, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(f"{served_site}/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.close()


FAINT = """() => {
  const rgb = text => (text.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = element => {
    for (let e = element; e; e = e.parentElement) {
      const colour = rgb(getComputedStyle(e).backgroundColor);
      if (colour.length === 3 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  return [...document.querySelectorAll("body *")]
    .filter(element => element.offsetParent && !element.closest("svg, option, datalist, :disabled")
      && [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
    .filter(element => {
      const [a, b] = [light(rgb(getComputedStyle(element).color)), light(ground(element))].sort((x, y) => y - x);
      return (a + 0.05) / (b + 0.05) < 4.5;
    }).map(element => element.outerHTML.slice(0, 100));
}"""
EDGELESS = """[...document.querySelectorAll("button, input, select")].filter(e => e.offsetParent)
  .filter(e => getComputedStyle(e).borderTopStyle === "none" && !["checkbox", "radio"].includes(e.type)).length"""
CUT = """[...document.querySelectorAll('main *, header *, footer *')].filter(element => {
  const style = getComputedStyle(element);
  return element.scrollHeight > element.clientHeight + 2 && style.overflowY === 'hidden' && element.clientHeight > 2
    && style.position !== 'absolute';
}).map(element => element.outerHTML.slice(0, 80))"""
ON_PAPER_GONE = (".site-menu", ".site-search", ".pop summary", ".skip", "#finder fieldset", ".report", "#search button")


@each_page
def test_large_text_forced_colours_and_paper(
    built_site: Path, served_site: str, browser: Browser, name: str
) -> None:
    """In the dark and by day all text is legible, what is folded too; text of twice the size fits and is not cut; in
    high contrast text is legible and controls have an edge; on paper title and words are there, menu and forms are
    not, and nothing leaves the sheet."""
    # A colour that is on its way is neither: nothing moves.
    with opened(browser, f"{served_site}/{address(built_site, name, 'it')}", reduced_motion="reduce") as (page, _):
        page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.name = ''; fold.open = true; })")
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            assert page.evaluate(FAINT) == [], scheme
        page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = false; })")
        page.emulate_media(color_scheme="light", forced_colors="active")
        assert page.evaluate(FAINT) == []
        assert page.evaluate(EDGELESS) == 0
        for_paper(page).emulate_media(forced_colors="none", media="print")
        page.set_viewport_size({"width": 680, "height": 900})  # about the width of A4 without its margins
        assert page.locator("main h1").first.is_visible()
        for gone in ON_PAPER_GONE:
            assert page.locator(gone).count() == 0 or not page.locator(gone).first.is_visible(), gone
        assert name in ALONE or page.locator(".site-footer").is_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 680
        page.emulate_media(media="screen")
        page.set_viewport_size({"width": 1280, "height": 900})
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280
        assert page.evaluate(CUT) == []


@pytest.mark.parametrize("path", ["canone/", "trasparenza/", "sportelli/", "en/data/funding/"])
def test_on_a_telephone_captions_fit_and_opening_times_have_their_own_line(
    served_site: str, browser: Browser, path: str
) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(f"{served_site}/{path}")
    settled(page)
    # A caption of one pixel is for those who listen.
    cut = """() => [...document.querySelectorAll("caption")].filter(caption => {
      const text = document.createRange();
      text.selectNodeContents(caption);
      return caption.offsetWidth > 1 && text.getBoundingClientRect().right > innerWidth;
    }).map(caption => caption.textContent)"""
    assert page.evaluate(cut) == []
    beside = """() => [...document.querySelectorAll(".js-note:not([hidden])")].filter(note =>
      note.getBoundingClientRect().left > note.parentElement.getBoundingClientRect().left + 1)
      .map(note => note.closest("li").textContent)"""
    assert page.evaluate(beside) == []
    page.close()


def test_from_home_to_a_telephone_in_three_choices(served_site: str, browser: Browser) -> None:
    assert to_a_telephone(served_site, browser, ".jump a").startswith("tel:+39")
