"""Takes README's picture of the home page from the site that `make site` built. Run by `make picture`."""

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from conftest import ROOT, browser_path
from playwright.sync_api import sync_playwright

site = partial(SimpleHTTPRequestHandler, directory=str(ROOT / "build" / "site"))
with ThreadingHTTPServer(("127.0.0.1", 0), site) as server, sync_playwright() as playwright:
    Thread(target=server.serve_forever, daemon=True).start()
    chromium = playwright.chromium.launch(executable_path=browser_path(), args=["--no-sandbox"])
    page = chromium.new_page(viewport={"width": 1280, "height": 1000})
    page.goto(f"http://127.0.0.1:{server.server_port}/", wait_until="networkidle")
    page.screenshot(path=str(ROOT / "docs" / "home.png"))
    server.shutdown()
