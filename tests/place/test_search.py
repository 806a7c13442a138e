"""Words that people of Milan may write, in the language of the page, and what they find first."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from support.browser import until
from support.journeys import again, in_all_pages, search

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

with Path(__file__).with_name("searches.csv").open(encoding="utf-8", newline="") as file:
    SEARCHES = list(csv.DictReader(file))
FOLDERS = {"it": "cerca/", "en": "en/search/"}


def first(page: Page) -> str:
    """Where the first result leads, from the root of the site."""
    return urlsplit(page.locator("#results a").first.evaluate("link => link.href")).path[1:]


@pytest.mark.parametrize("language", list(dict.fromkeys(row["language"] for row in SEARCHES)))
def test_what_people_write_finds_its_answer_first(served_site: str, browser: Browser, language: str) -> None:
    page, expected, found = browser.new_page(), {}, {}
    page.goto(f"{served_site}/{FOLDERS.get(language, f'{language}/cerca/')}")
    for row in (row for row in SEARCHES if row["language"] == language):
        again(page, row["query"])
        expected[row["query"]], found[row["query"]] = row["first"], first(page)
    assert found == expected
    page.close()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("afitto", "ffitto"), ("affitti", "ffitto"), ("perche", ""), ("perché", ""), ("sportelo", "portell"),
        ("sportelli", "portell"), ("morosita", "Morosità"), ("citta", ""), ("sfratti", "Sicet"),
    ],
)
def test_words_find_what_they_should(served_site: str, browser: Browser, words: str, found: str) -> None:
    page = browser.new_page()
    search(page, served_site, words)
    titles = in_all_pages(page)
    assert any(found in title for title in titles), (words, titles)
    with page.expect_response(lambda answer: answer.request.is_navigation_request()) as answer:
        page.locator("#results a").first.click()
    assert answer.value.status == 200  # a result leads to its page
    page.close()


def test_closed_services_and_tables_of_data_come_last(served_site: str, browser: Browser) -> None:
    page = browser.new_page()
    search(page, served_site, "casa popolare")
    assert page.locator("#results summary").first.inner_text() == "Risposte"
    in_all_pages(page)
    groups = page.locator("#results summary").all_inner_texts()
    assert groups[0] == "Risposte"
    assert groups[-2:] == ["Servizi chiusi o da verificare", "Progetti, soldi e dati"]
    page.close()


def test_a_typing_error_is_answered_with_the_nearest_word(served_site: str, browser: Browser) -> None:
    page = browser.new_page()
    search(page, served_site, "rimborsso contrato")
    assert "rimborso" in page.locator("#maybe").inner_text()
    assert any("Rimborso" in title for title in page.locator("#results a").all_inner_texts())
    page.click("#maybe button")
    until(page, "document.getElementById('answer').textContent.includes('rimborsso')")
    page.close()


def test_without_a_script_services_desks_and_words_are_listed(served_site: str, browser: Browser) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{served_site}/cerca/?q=sfratto")
    links = set(page.locator("#all section a").all_text_contents())
    assert "Casa popolare: fare domanda" in links
    assert "Milano Abitare – Agenzia per l’affitto accessibile" in links
    words = [line.strip() for line in page.locator(".words li").all_text_contents()]
    assert "mutuo: Credito solidale per l’abitare" in words
    # They are folded; what folds them needs no script.
    for fold in ("#all .letters summary", "#all .group > summary"):
        page.locator(fold).first.click()
        assert page.locator(fold).first.locator("xpath=..").locator("a").first.is_visible()
    page.context.close()
