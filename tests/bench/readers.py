"""`make bench`: what a reader's telephone gets: the home page in Lighthouse, and the weight of lists and search when
there are 20,000 projects.

usage: readers.py [PROJECTS]
"""

from __future__ import annotations

import gzip
import statistics
import sys
import tempfile
import threading
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, Response, sync_playwright
from results import ROOT, note
from synthetic import make_release

from etl.web.rendering import render_site, site_settings

sys.path.insert(0, str(ROOT / "tests"))
from audit.__main__ import RUNS, audit
from support.browser import StrictHandler, browser_path

WORDS = ("sfratto", "afitto", "progetto", "inventato")


def home(site: Path) -> None:
    """The home page as Lighthouse sees it on a telephone."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(StrictHandler, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        reports = [audit(f"http://127.0.0.1:{server.server_port}/") for _ in range(RUNS)]
        server.shutdown()
    for name, kind, divisor, limit, unit in (
        ("home page: weight with all it loads", "total-byte-weight", 1000, 60, " kB"),
        ("home page: largest paint (LCP)", "largest-contentful-paint", 1000, 1.2, " s"),
        ("home page: time blocked (TBT)", "total-blocking-time", 1, 50, " ms"),
    ):
        value = statistics.median(report["audits"][kind]["numericValue"] for report in reports)
        note(name, value / divisor, limit, unit=unit)


def heaviest(site: Path) -> float:
    """Kilobytes of the heaviest page, compressed as servers do."""
    return max(len(gzip.compress(path.read_bytes(), 6)) for path in site.rglob("*.html")) / 1000


def first_answer(browser: Browser, address: str, words: str) -> float:
    """Kilobytes that a first search adds to its page: script, index and texts of the results."""
    page = browser.new_context().new_page()
    page.goto(f"{address}/cerca/", wait_until="networkidle")
    sizes: list[int] = []

    def count(answer: Response) -> None:
        sizes.append(int(answer.headers.get("content-length", 0)))

    page.on("response", count)
    page.fill("#query", words)
    page.click("#search button")
    page.wait_for_selector("#results a")
    page.wait_for_load_state("networkidle")
    page.context.close()
    return sum(sizes) / 1000


def main(projects: int) -> int:
    """Print and keep the figures."""
    home(ROOT / "build" / "site")
    with tempfile.TemporaryDirectory(dir=ROOT / "build") as name:
        folder = Path(name)
        make_release(ROOT, folder / "release", projects)
        render_site(site_settings(ROOT, None), folder / "site", folder / "release" / "data")
        note(f"{projects:,} projects: heaviest page, compressed", heaviest(folder / "site"), 150, unit=" kB")
        with (
            ThreadingHTTPServer(("127.0.0.1", 0), partial(StrictHandler, directory=str(folder / "site"))) as server,
            sync_playwright() as play,
        ):
            threading.Thread(target=server.serve_forever, daemon=True).start()
            browser = play.chromium.launch(executable_path=browser_path(), args=["--no-sandbox"])
            address = f"http://127.0.0.1:{server.server_port}"
            weight = max(first_answer(browser, address, words) for words in WORDS)
            note(f"{projects:,} projects: heaviest first answer of the search", weight, 150, unit=" kB")
            browser.close()
            server.shutdown()
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000))
