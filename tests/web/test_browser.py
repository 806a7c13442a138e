"""The pages in a real browser: accessible, as wide as the screen, self-sufficient, and of use without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from test_html import base_of, document

WIDTHS = (1280, 390, 320)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# One page of each kind, at its Italian address.
PAGES = {
    "home": "", "services": "servizi/", "service": "servizi/sap-domanda-casa-popolare/", "desks": "sportelli/",
    "desk": "sportelli/abit-azioni-sesto/",
    "need": "servizi/bisogni/sto-perdendo-la-casa/", "readers": "servizi/per-chi/", "a-z": "servizi/a-z/",
    "guide": "servizi/guida/", "question": "servizi/guida/sto-perdendo-la-casa/",
    "result": "servizi/guida/sto-perdendo-la-casa/inquilini/", "places": "sportelli/comuni/",
    "place": "sportelli/comuni/rho/", "rent": "canone/", "network": "rete/", "projects": "progetti/",
    "project": "progetti/mi3.1.1.b1/",
    "money": "trasparenza/", "axis": "trasparenza/assi/3/", "operations": "trasparenza/operazioni/2014-2020/",
    "changes": "trasparenza/novita/", "corrections": "trasparenza/rettifiche/", "method": "trasparenza/metodo/",
    "embed": "incorpora/mi3.1.1.b1/", "facts": "attivita/tipo/accordo/",
    "quality": "trasparenza/qualita/", "sources": "trasparenza/fonti/", "data": "dati/",
    "dataset": "dati/desks/", "table": "dati/desks/tabella/", "embedded table": "incorpora/desks/",
    "releases": "dati/releases/", "release": "dati/releases/1.0.0/", "api": "dati/api/",
    "licences": "licenze/",
    "activities": "attivita/", "search": "cerca/", "accessibility": "accessibilita/",
    "privacy": "privacy/", "legal": "note-legali/", "contacts": "contatti/", "faq": "faq/",
    "missing": "questa-pagina/non-esiste/",
}
# Shown in the pages of others: no menu and no foot of our own.
ALONE = ("embed", "embedded table")
# Of the languages that have only the path of a person in need: two that write from left and from right, and Chinese.
ON_THE_PATH = ("home", "services", "service", "need", "desks", "desk")
each_page = pytest.mark.parametrize(
    ("name", "language"),
    [(name, language) for name in PAGES for language in ("it", "en")]
    + [(name, language) for name in ON_THE_PATH for language in ("es", "ar", "zh")],
)


def address(site: Path, name: str, language: str) -> str:
    """Path of a page in a language; the English one is where the Italian page says that it is."""
    path = PAGES[name]
    if name == "missing":
        return path if language == "it" else f"en/{path}"
    if language == "it":
        return path
    base = base_of(site)
    found = document(site / path / "index.html").alternates.get(language, "")
    assert found.startswith(base), f"/{path} does not say where its {language} translation is"
    return found.removeprefix(base)


WINDOWS: dict[tuple[tuple[str, bool], ...], BrowserContext] = {}
"""One window of the browser for each way to open pages: what they share is fetched once."""


@contextmanager
def opened(browser: Browser, url: str, **context: bool) -> Iterator[tuple[Page, list[str]]]:
    """A page, and the complaints that it made: console, requests to others, bad answers."""
    key = tuple(sorted(context.items()))
    if key not in WINDOWS:
        WINDOWS[key] = browser.new_context(viewport={"width": WIDTHS[0], "height": 900}, **context)
    complaints: list[str] = []
    page = WINDOWS[key].new_page()
    page.on("console", lambda message: message.type in ("error", "warning") and complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: request.url.startswith(("http:", "https:", "ws:", "wss:"))
            and urlsplit(request.url).netloc != urlsplit(url).netloc
            and complaints.append(f"request to {request.url}"))
    page.on("response", lambda answer: answer.status >= 400 and answer.url != url
            and complaints.append(f"{answer.status} {answer.url}"))
    page.goto(url)
    yield page, complaints
    page.close()


def at_each_width(page: Page) -> Iterator[int]:
    """Make the window as wide as a desk screen, a telephone, and a telephone whose text was enlarged."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        yield width


@each_page
def test_axe_finds_nothing(
    built_site: Path, served_site: str, browser: Browser, tools: Path, name: str, language: str
) -> None:
    axe = (tools / "axe-core" / "axe.min.js").read_text("utf-8")
    url = f"{served_site}/{address(built_site, name, language)}"
    with opened(browser, url, bypass_csp=True) as (page, _):  # axe is not part of the page that we publish
        page.evaluate(axe)
        for width in at_each_width(page):
            result = page.evaluate(
                "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})", RULES
            )
            found = [f"{rule['id']}: {node['html'][:200]}" for rule in result["violations"] for node in rule["nodes"]]
            assert found == [], f"{url} at {width} px"
            assert len(result["passes"]) > 10


@each_page
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
        page.wait_for_load_state("networkidle")
        # The answer 404 to the page itself is what we ask for.
        assert [text for text in complaints if not (name == "missing" and "404" in text)] == []
        assert page.evaluate("document.documentElement.lang") == language or name == "missing"
    with opened(browser, url, java_script_enabled=False) as (page, _):
        assert page.locator("main h1").first.is_visible()
        # What only a script can do (the calculation of the rent) stands in tables for those without one.
        headings -= {"Calcola la tua fascia", "Work out your range", "Filtra i progetti", "Filter the projects"}
        assert headings <= set(page.locator("main :is(h1, h2, h3)").all_inner_texts())
        assert len(page.locator("main").inner_text().split()) > 15
