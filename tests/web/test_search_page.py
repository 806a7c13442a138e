"""Search in a real browser: stems, accents, typing errors, what it weighs, and what stands there without a script."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import pytest
from support.browser import StrictHandler, until
from support.journeys import search

from etl.meta.settings import SiteConfig
from etl.web.index import OTHERS
from etl.web.search import Search, searched

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Response

JUMP = 0.02
FIRST_VIEW, HEAVIEST, WHOLE = 90_000, 150_000, 200_000
"""Bytes of a page with all that it loads, of what one word costs, and of what the button says that a question can."""
MANY = 2000


@pytest.fixture(scope="module")
def large_site(built_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site with copies of its own pages until Italian has MANY, indexed anew; its address."""
    folder = tmp_path_factory.mktemp("large") / "site"
    shutil.copytree(built_site, folder)
    pages = [path for path in sorted(folder.rglob("index.html")) if 'lang="it"' in path.read_text("utf-8")[:80]]
    for number in range(MANY - len(pages)):
        text = pages[number % len(pages)].read_text("utf-8").replace("<h1", f"<p>Copia{number:05}</p><h1", 1)
        place = folder / "copie" / f"{number}" / "index.html"
        place.parent.mkdir(parents=True)
        place.write_text(text, "utf-8")
    paths = [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("index.html"))]
    found = {path: OTHERS for path in paths if searched((folder / path).read_text("utf-8"))}
    config = SiteConfig("https://example.org/", {"it": {}, "en": {}})
    made = Search(folder, config, found, found, (), folder.with_name("search.json"), None)
    made.finish(work() for work in made.works)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(StrictHandler, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def transferred(page: Page) -> list[int]:
    """Bytes of each answer as the server sent them, while the list is filled."""
    sizes: list[int] = []

    def note(answer: Response) -> None:
        sizes.append(int(answer.headers.get("content-length", 0)))

    page.on("response", note)
    return sizes


def test_english_words_find_english_pages(served_site: str, browser: Browser) -> None:
    page = browser.new_page()
    search(page, served_site, "evictions", "en/search/")
    links = page.locator("#results a").evaluate_all("links => links.map(link => new URL(link.href).pathname)")
    assert links
    assert all(link.startswith("/en/") for link in links)
    page.close()


def test_nothing_found_is_said(served_site: str, browser: Browser) -> None:
    page = browser.new_page()
    assert search(page, served_site, "xyzzyqwk") == []
    assert "Nessun risultato" in page.locator("#answer").inner_text()
    page.close()


def test_what_was_asked_is_shown_as_text(served_site: str, browser: Browser) -> None:
    page = browser.new_page()
    search(page, served_site, "%3Cimg src=x onerror=alert(1)%3E sfratto")
    assert page.locator("#search img").count() == 0
    page.close()


def test_with_two_thousand_pages_the_whole_answer_is_as_light_as_its_button_says(
    large_site: str, browser: Browser
) -> None:
    """All that the search adds to the page itself: index, the results' texts. Known words cost nothing at first."""
    for words, known in (("afitto", False), ("sfratto", True), ("casa popolare", True)):
        page = browser.new_context().new_page()
        page.goto(f"{large_site}/cerca/", wait_until="networkidle")
        sizes = transferred(page)
        page.fill("#query", words)
        page.click("#search button")
        page.wait_for_selector("#results a")
        page.wait_for_load_state("networkidle")
        assert (page.locator("#elsewhere button").count() == 1) == known, words
        if known:
            assert f"(fino a {WHOLE // 1000} kB)" in page.locator("#elsewhere button").inner_text()
            assert sizes == [], words
            page.click("#elsewhere button")
            until(page, "document.getElementById('elsewhere').textContent === ''")
            until(page, "document.querySelector('#results mark') !== null")
            page.wait_for_load_state("networkidle")
        assert 0 < sum(sizes) <= (WHOLE if " " in words else HEAVIEST), (words, sum(sizes))
        page.context.close()


@pytest.mark.parametrize("address", ["cerca/?q=sfratto", "en/search/?q=eviction", "dati/desks/tabella/"])
def test_what_a_script_fetches_fits_into_the_first_view(served_site: str, browser: Browser, address: str) -> None:
    """A known word is answered, and a table opened, with 90 kB in all; test_usable.py weighs what pages name."""
    page = browser.new_context().new_page()
    sizes = transferred(page)
    page.goto(f"{served_site}/{address}", wait_until="networkidle")
    page.wait_for_selector("#results a, #explorer thead button")
    assert 40_000 < sum(sizes) <= FIRST_VIEW
    page.context.close()


def shifts(browser: Browser, address: str, now: str = "") -> float:
    """How much of a page moves by itself on a telephone, as a share of the screen; now: what its clock says."""
    page = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
    if now:
        page.clock.set_fixed_time(now)
    page.add_init_script("window.shifts = 0; new PerformanceObserver(list => list.getEntries().forEach("
                         "entry => { if (!entry.hadRecentInput) window.shifts += entry.value; }))"
                         ".observe({type: 'layout-shift', buffered: true});")
    page.goto(address, wait_until="networkidle")
    page.wait_for_timeout(500)
    moved: float = page.evaluate("window.shifts")
    page.context.close()
    return moved


@pytest.mark.parametrize("address", ["cerca/", "cerca/?q=sfratto", "cerca/?q=grauatoria", "sportelli/", "canone/"])
def test_nothing_jumps(served_site: str, browser: Browser, address: str) -> None:
    assert shifts(browser, f"{served_site}/{address}") <= JUMP


class SlowLine(StrictHandler):
    """A server whose fonts, tables and scripts come late, as on a poor line."""

    late: ClassVar = (".woff2", ".csv")

    def do_GET(self) -> None:  # noqa: N802 - the name that the server calls
        """Answer, what comes late after a second."""
        if self.path.endswith(self.late):
            time.sleep(1)
        super().do_GET()


class SlowScripts(SlowLine):
    """The same for scripts."""

    late: ClassVar = (".js",)


@pytest.mark.parametrize("address", ["cerca/?q=sfratto", "sportelli/", "dati/desks/tabella/"])
def test_nothing_jumps_when_fonts_and_tables_come_late(built_site: Path, browser: Browser, address: str) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(SlowLine, directory=str(built_site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        assert shifts(browser, f"http://127.0.0.1:{server.server_port}/{address}") <= JUMP
        server.shutdown()


def test_without_a_script_every_page_is_listed(built_site: Path, served_site: str, browser: Browser) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{served_site}/cerca/?q=sfratto")
    assert not page.locator("#search").is_visible()
    others = ("en", "es", "fr", "ar", "zh", "uk", "cerca", "incorpora")
    # The table of a dataset and the past versions are one step from a page that is listed.
    below = ("tabella", "releases")
    italian = [path for path in built_site.rglob("index.html") if path.relative_to(built_site).parts[0] not in others
               and path.parent.name not in below and path.parent.parent.name not in below]
    assert page.locator("#all section a").count() >= len(italian)
    page.context.close()


def test_nothing_jumps_when_all_that_was_open_has_closed_since_the_build(built_site: Path, browser: Browser) -> None:
    """What had closed went out of the lists after the first paint: the page of notices jumped by 0.29."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(SlowScripts, directory=str(built_site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for address in ("", "avvisi/"):
            place = f"http://127.0.0.1:{server.server_port}/{address}"
            assert shifts(browser, place, now="2099-01-01T12:00:00") <= JUMP, address
        server.shutdown()
