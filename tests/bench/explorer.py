"""Part of `make bench`: seconds until the explorer shows 5,000 and 200,000 rows, in headless Chromium.

Needs build/site and what `make test` installs. The best of three openings, from the moment in which the browser begins
to open the page.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import threading
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import sync_playwright
from results import note

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests"))
from support.browser import StrictHandler, browser_path  # noqa: E402 - the tests are no package
from support.explorer import synthetic, time_to_open  # noqa: E402

LIMITS = {5_000: 0.3, 200_000: 4.0}


def main() -> int:
    """Print the seconds beside their limits; 1 when one is missed."""
    met = True
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        site = Path(folder) / "site"
        for part in ("assets", "dati/funding"):
            shutil.copytree(ROOT / "build" / "site" / part, site / part)
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(StrictHandler, directory=str(site)))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = play.chromium.launch(executable_path=browser_path(), args=["--no-sandbox"])
        for count, limit in LIMITS.items():
            (site / "dati" / "funding.csv").write_bytes(synthetic(count))
            address = f"http://127.0.0.1:{server.server_port}/dati/funding/tabella/"
            seconds = min(time_to_open(browser, address, count) for _ in range(3))
            met = note(f"a table of {count:,} rows opens in", seconds, limit, unit=" s") and met
        browser.close()
        server.shutdown()
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
