"""Words that people of Milan may write, and the pages that they find."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.browser import until
from support.journeys import search

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("sfratto", "Contributo per chi non può pagare l’affitto"), ("sfrati", "Contributo per chi non può pagare"),
        ("sfratti", "Contributo per chi non può pagare"), ("afitto", "ffitto"), ("affitti", "ffitto"),
        ("perche", ""), ("perché", ""), ("sportelo", "portell"), ("sportelli", "portell"), ("morosita", "Morosità"),
        ("casa popolare", "Casa popolare"), ("citta", ""), ("Rho", "Rho"),
    ],
)
def test_words_find_what_they_should(served_site: str, browser: Browser, words: str, found: str) -> None:
    page = browser.new_page()
    titles = search(page, served_site, words)
    assert any(found in title for title in titles), (words, titles)
    with page.expect_response(lambda answer: answer.request.is_navigation_request()) as answer:
        page.locator("#results a").first.click()
    assert answer.value.status == 200  # a result leads to its page
    page.close()


def test_a_typing_error_is_answered_with_the_nearest_word(served_site: str, browser: Browser) -> None:
    page = browser.new_page()
    search(page, served_site, "rimborsso contrato")
    assert "rimborso" in page.locator("#maybe").inner_text()
    assert any("Rimborso" in title for title in page.locator("#results a").all_inner_texts())
    page.click("#maybe button")
    until(page, "document.getElementById('answer').textContent.includes('rimborsso')")
    page.close()


def test_without_a_script_services_and_desks_are_listed(served_site: str, browser: Browser) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{served_site}/cerca/?q=sfratto")
    links = set(page.locator("#all section a").all_inner_texts())
    assert "Casa popolare: fare domanda" in links
    assert "Milano Abitare – Agenzia per l’affitto accessibile" in links
    page.context.close()
