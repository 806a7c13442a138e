"""What was asked of the agreed rent: kept behind # in the address, and on paper with its labels."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader
from support.browser import for_paper, until

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ANSWER = "#rent-result .rent-answer"


@pytest.fixture
def asked(served_site: str, built_site: Path, browser: Browser) -> Page:
    """The page, with a home of 70 m² of the last zone and the first feature ticked."""
    if not (built_site / "canone").is_dir():
        pytest.skip("no agreed rent")
    page = browser.new_page()
    page.goto(f"{served_site}/canone/")
    page.fill("#r-m2", "70")
    page.select_option("#r-zone", index=page.locator("#r-zone option").count() - 1)
    page.locator("#rent-elements > summary").click()
    page.locator("#rent-elements input").first.check()
    return page


def test_the_address_keeps_what_was_asked_and_sends_it_to_nobody(asked: Page, browser: Browser) -> None:
    """Nothing of it stayed: a reload lost the answers, and nobody could be sent them."""
    answer, place = asked.inner_text(ANSWER), asked.url
    assert "m2=70" in place.partition("#")[2]
    assert "?" not in place
    asked.reload()
    assert asked.inner_text(ANSWER) == answer
    assert asked.locator("#rent-elements input").first.is_checked()
    sent: list[str] = []
    other = browser.new_page()
    other.on("request", lambda request: sent.append(request.url))
    other.goto(place.replace("m2=70", "m2=70&band=99"))
    assert other.inner_text(ANSWER) == answer
    assert [url for url in sent if "m2" in url] == []
    other.evaluate("location.hash = 'regole'")
    until(other, "location.hash.includes('m2=70')")
    other.close()
    asked.close()


def test_paper_says_the_answers_with_their_labels_on_one_sheet(asked: Page) -> None:
    """It printed empty ticks, and ticks without the words beside them."""
    zone, label = asked.input_value("#r-zone"), asked.inner_text("label[for=r-zone]")
    feature = asked.locator("#rent-elements label").first.inner_text()
    pages = PdfReader(io.BytesIO(for_paper(asked).pdf(format="A4", prefer_css_page_size=True))).pages
    words = " ".join(pages[0].extract_text().split())
    assert len(pages) == 1
    assert f"{label} {zone}" in words
    assert " ".join(feature.split()) in words
    assert "70" in words
    assert asked.inner_text(ANSWER) in words
    asked.emulate_media(media="print")
    assert asked.locator("#rent input:visible, #rent select:visible").count() == 0
    asked.close()


def test_the_bar_is_the_range_within_its_zone(asked: Page) -> None:
    """Without corrections it lies within the zone; what cannot be worked out is not drawn."""
    zone, own = asked.locator("#rent-range rect").evaluate_all(
        "all => all.map(rect => ['x', 'width'].map(name => parseFloat(rect.getAttribute(name))))")
    assert 0 < own[1] < zone[1]
    assert zone[0] <= own[0] + 1e-6
    assert own[0] + own[1] <= zone[0] + zone[1] + 1e-6 <= 100 + 2e-6
    asked.fill("#r-m2", "nulla")
    assert not asked.locator("#rent-range").is_visible()
    asked.close()
