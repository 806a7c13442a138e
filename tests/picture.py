"""Takes README's pictures from the site that `make site` built: the home page, and the three choices from there to a
telephone number on a screen of 390 px. Run by `make picture`."""

from base64 import b64encode
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from playwright.sync_api import Browser, sync_playwright
from support.browser import browser_path
from support.repository import ROOT


def choices(chromium: Browser, address: str) -> list[bytes]:
    """What a person who is losing a home in Municipio 6 sees, choice by choice."""
    page = chromium.new_page(viewport={"width": 390, "height": 844})
    page.goto(address, wait_until="networkidle")
    seen = [page.screenshot()]
    page.get_by_role("link", name="Sto perdendo la casa").click()
    page.wait_for_load_state("networkidle")
    seen.append(page.screenshot())
    page.locator(".jump a[data-place$=' 6']").first.click()
    page.wait_for_load_state("networkidle")
    return [*seen, page.screenshot()]


def side_by_side(chromium: Browser, pictures: list[bytes], path: str) -> None:
    """One picture of several."""
    page = chromium.new_page(viewport={"width": 1230, "height": 864})
    shown = "".join(f'<img src="data:image/png;base64,{b64encode(data).decode()}" style="border:1px solid #c4d1de">'
                    for data in pictures)
    page.set_content(f'<body style="margin:9px;display:flex;gap:18px">{shown}</body>')
    page.screenshot(path=path)


class Quiet(SimpleHTTPRequestHandler):
    """Serves without telling."""

    def log_message(self, *args: object) -> None:
        """Say nothing."""


site = partial(Quiet, directory=str(ROOT / "build" / "site"))
with ThreadingHTTPServer(("127.0.0.1", 0), site) as server, sync_playwright() as playwright:
    Thread(target=server.serve_forever, daemon=True).start()
    chromium = playwright.chromium.launch(executable_path=browser_path(), args=["--no-sandbox"])
    address = f"http://127.0.0.1:{server.server_port}/"
    page = chromium.new_page(viewport={"width": 1280, "height": 1000})
    page.goto(address, wait_until="networkidle")
    page.screenshot(path=str(ROOT / "docs" / "home.png"))
    side_by_side(chromium, choices(chromium, address), str(ROOT / "docs" / "three-choices.png"))
    server.shutdown()
