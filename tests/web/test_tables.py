"""Tables on a telephone: rows as cards, or a first column that stays and words that say that the rest scrolls."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from etl.web.tables import stacked

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

PHONES = (320, 390)
TABLE = ('<thead><tr><th scope="col">Che <b>cosa</b></th>'
         '<th scope="col" class="num">Quanto &amp; "come"</th></tr></thead>'
         '<tbody><tr id="a"><th scope="row">Uno</th><td class="num">1</td></tr></tbody>')
CARDS = 'data-name="Erogato"'
SCROLLS = "trasparenza/qualita/"


def test_each_cell_knows_its_column() -> None:
    assert str(stacked(TABLE)) == TABLE.replace(
        '<th scope="row">', '<th scope="row" data-name="Che cosa">').replace(
        '<td class="num">', '<td class="num" data-name="Quanto &amp; &#34;come&#34;">')


def roles(page: Page) -> list[str]:
    """What readers of the screen are told that the parts of a page are."""
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    return [node["role"]["value"] for node in tree if "role" in node]


def opened(browser: Browser, address: str, width: int) -> Page:
    page = browser.new_page(viewport={"width": width, "height": 844})
    page.goto(address)
    return page


def edges(cell: Locator) -> tuple[float, float]:
    box = cell.bounding_box()
    assert box
    return box["x"], box["x"] + box["width"]


def test_an_amount_is_in_sight_on_a_telephone(built_site: Path, served_site: str, browser: Browser) -> None:
    """The last column, Erogato, lay beyond the right edge, and nothing said so."""
    places = sorted((built_site / "trasparenza").glob("*/*/index.html"))
    if not (found := [path.parent for path in places if CARDS in path.read_text("utf-8")]):
        pytest.skip("no page of amounts")
    shown = found[0].relative_to(built_site).as_posix()
    for width in PHONES:
        page = opened(browser, f"{served_site}/{shown}/", width)
        page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
        cells = page.locator("td[data-name=Erogato]")
        assert cells.count() > 0
        for left, right in (edges(cells.nth(number)) for number in range(cells.count())):
            assert left >= 0
            assert right <= width
        assert roles(page).count("row") >= page.locator(".table-cards tr:visible").count() > 1
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.close()


def test_the_first_column_stays_and_words_say_that_the_others_scroll(served_site: str, browser: Browser) -> None:
    page = opened(browser, f"{served_site}/{SCROLLS}", PHONES[0])
    page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    regions = page.locator(".table-region:not(.table-cards)")
    scrolling = 0
    for region in (regions.nth(number) for number in range(regions.count())):
        wider = region.evaluate("box => box.scrollWidth > box.clientWidth")
        assert region.locator(".scrolls").is_visible() == wider
        if wider:
            first, last = region.locator("tbody tr > :first-child").first, region.locator("thead th").last
            before, hidden = edges(first), edges(last)
            region.evaluate("box => box.scrollLeft = box.scrollWidth")
            assert edges(first) == before
            assert edges(last)[1] < hidden[1]
            assert edges(last)[1] <= PHONES[0]
            scrolling += 1
    page.close()
    assert scrolling
