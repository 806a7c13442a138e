"""A folder behind a careful web server, and what tests ask of a browser that looks at it."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from etl.web.pages.trust.security import HEADERS, IMMUTABLE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

WIDTHS = (1280, 390, 320)
"""Of a desk screen, a telephone, and a telephone whose text was enlarged."""
EXTREMES = (WIDTHS[0], WIDTHS[-1])
"""No style begins between the two telephones: rules that take long to try are tried on the narrower one."""
NEVER_CHANGES = re.compile(r"/assets/(fonts/)?[^/]*[.][0-9a-f]{8}[.][a-z0-9]+")
"""Addresses that hold the sum of their file, as docs/nginx.conf tells them from others."""
COMPRESSED = {".html", ".css", ".js", ".json", ".csv", ".svg", ".xml", ".atom", ".txt", ".geojson", ".ttl"}
BROWSERS = ("chromium-headless-shell", "chromium", "google-chrome", "chromium-browser")
"""The first one draws no window around a page, which takes three times as long as most pages."""
MAC_CHROME = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"


@lru_cache(256)
def compressed(file: Path, _changed: int) -> bytes:
    """A file as it is sent: style sheets and scripts are asked for by every page. _changed: when it was written."""
    return gzip.compress(file.read_bytes(), 6)


class StrictHandler(SimpleHTTPRequestHandler):
    """Serves a folder as docs/nginx.conf would: strict CSP, gzip, days to keep, the site's own 404 page, problems of
    the API. What a browser may keep costs a third of a page: it is neither asked for nor read again."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer with the file, its folder's index.html or the nearest 404.html."""
        path = unquote(urlsplit(self.path).path)
        file = Path(self.directory) / path.lstrip("/")
        file = file / "index.html" if path.endswith("/") else file
        found = file.is_file()
        if not found:
            pages = [Path(self.directory) / place / "404.html" for place in (path.split("/")[1], ".")]
            file = next(page for page in pages if page.is_file())
        if not found and path.startswith("/api/"):
            file = Path(self.directory) / "api" / "404.json"
        gzipped = file.suffix in COMPRESSED and "gzip" in self.headers.get("Accept-Encoding", "")
        body = compressed(file, file.stat().st_mtime_ns) if gzipped else file.read_bytes()
        self.send_response(200 if found else 404)
        if gzipped:
            self.send_header("Content-Encoding", "gzip")
        told = file.name == "status" or file.name in ("404.json", "500.json")
        self.send_header("Content-Type", "application/problem+json" if told else self.guess_type(str(file)))
        self.send_header("Content-Length", str(len(body)))
        kept = IMMUTABLE if NEVER_CHANGES.fullmatch(path) else "no-cache"
        for name, value in {**HEADERS, "Cache-Control": kept}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Say nothing: pytest shows what matters."""


@contextmanager
def serving(site: Path) -> Iterator[str]:
    """Address of a folder on a server of this machine."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(StrictHandler, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


SCREEN = {"width": 390, "height": 844}
SCREENS = 6
"""The most of a page whose folds are closed: desks were 20 screens, the search 24, an eviction 11."""
TALL = "document.documentElement.scrollHeight"


def too_long(browser: Browser, site: str, paths: Iterable[str]) -> dict[str, float]:
    """Address -> screens, of the pages that are longer than they may be."""
    page = browser.new_page(viewport=SCREEN)  # type: ignore[arg-type]
    heights = {}
    for path in paths:
        page.goto(f"{site}/{path}", wait_until="load")
        heights[path] = page.evaluate(TALL) / SCREEN["height"]
    page.close()
    return {path: round(height, 2) for path, height in heights.items() if height > SCREENS}


def browser_path() -> str | None:
    """A Chromium on this machine; None when only Playwright's own can be there."""
    places = [os.environ.get("CHROME_PATH"), *map(shutil.which, BROWSERS), shutil.which(MAC_CHROME)]
    return next((path for path in places if path), None)


def until(page: Page, expression: str, argument: object = None) -> None:
    """Wait up to ten seconds until JavaScript is true. Playwright's own wait needs eval, which the policy forbids."""
    for pause in (10, 20, 40, *[100] * 99):
        if page.evaluate(expression, argument):
            return
        page.wait_for_timeout(pause)
    raise AssertionError(f"never true: {expression}")


def settled(page: Page) -> None:
    """Wait until a page that was loaded has its fonts and has been drawn twice since: what scripts change when they
    begin has been seen then. Half a second without a request, Playwright's "networkidle", says no more of a page whose
    scripts ask for nothing; where they do, wait for what they show."""
    page.evaluate("""document.fonts.ready.then(() => new Promise(done =>
      requestAnimationFrame(() => requestAnimationFrame(() => done()))))""")


def for_paper(page: Page) -> Page:
    """The page once it has its rules for paper, which it fetches after all that is on the screen."""
    until(page, "[...document.styleSheets].some(sheet => sheet.media.mediaText === 'print')")
    return page


WINDOWS: dict[tuple[tuple[str, bool | str], ...], tuple[BrowserContext, list[Page]]] = {}
"""One window of the browser for each way to open pages, and its pages that nobody looks at. What they share is fetched
once, and a page that is taken again costs half of a new one, for which a process begins."""
WHOLE_SCREEN = {"width": WIDTHS[0], "height": 900}
MEDIA = {"media": "null", "color_scheme": "light", "reduced_motion": "no-preference", "forced_colors": "none"}
"""How a page is shown unless its window says otherwise."""


@contextmanager
def opened(browser: Browser, url: str, **context: bool | str) -> Iterator[tuple[Page, list[str]]]:
    """A page, and the complaints that it made: console, requests to others, bad answers."""
    key = tuple(sorted(context.items()))
    if key not in WINDOWS:
        WINDOWS[key] = browser.new_context(viewport=WHOLE_SCREEN, **context), []
    window, idle = WINDOWS[key]
    page = idle.pop() if idle else window.new_page()
    complaints: list[str] = []
    listeners = [*listening(url, complaints)]
    for event, hear in listeners:
        page.on(event, hear)
    page.goto(url)
    yield page, complaints
    for event, hear in listeners:
        page.remove_listener(event, hear)
    # As new for the next one: nothing of it runs on, and an address with another anchor is loaded again.
    page.goto("about:blank")
    page.set_viewport_size(WHOLE_SCREEN)
    page.emulate_media(**{name: context.get(name, usual) for name, usual in MEDIA.items()})
    idle.append(page)


def listening(url: str, complaints: list[str]) -> Iterator[tuple[Any, Callable[[Any], object]]]:
    """What a page may tell, and what then is written down. url: which it was asked for, and may be missing."""
    yield "console", lambda message: message.type in ("error", "warning") and complaints.append(message.text)
    yield "pageerror", lambda error: complaints.append(str(error))
    yield "request", lambda request: (request.url.startswith(("http:", "https:", "ws:", "wss:"))
                                      and urlsplit(request.url).netloc != urlsplit(url).netloc
                                      and complaints.append(f"request to {request.url}"))
    yield "response", lambda answer: (answer.status >= 400 and answer.url != url
                                      and complaints.append(f"{answer.status} {answer.url}"))


def at_each_width(page: Page, widths: tuple[int, ...] = WIDTHS) -> Iterator[int]:
    """Make the window as wide as a desk screen, a telephone, and a telephone whose text was enlarged."""
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        yield width


RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Page, tools: Path, only: str = "") -> list[str]:
    """What axe finds on a page that was opened with bypass_csp: axe is not part of what we publish. only: one rule or
    one of RULES.

    Without the selectors of what it has tried, and all that it says of what is right stays in the page: to work out and
    send them takes a third of its time, and nobody reads them.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate((tools / "axe-core" / "axe.min.js").read_text("utf-8"))
    passed, found = page.evaluate(
        "runOnly => axe.run(document, {runOnly, resultTypes: ['violations'], selectors: false})"
        ".then(said => [said.passes.length, said.violations])",
        {"type": "rule" if only and only not in RULES else "tag", "values": [only] if only else RULES},
    )
    assert passed > (0 if only else 10)
    return [f"{rule['id']}: {node['html'][:200]}" for rule in found for node in rule["nodes"]]
