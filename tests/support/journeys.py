"""What a person does on the site, choice by choice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support.browser import until

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


def shown(page: Page) -> set[str]:
    return set(page.evaluate("[...document.querySelectorAll('[data-desk]')].filter(e => e.offsetParent)"
                             ".map(e => e.dataset.desk)"))


def to_a_telephone(site: str, browser: Browser, link: str) -> str:
    """On a telephone: what I need, where I live (the link), the number of the first whom I can call there."""
    page = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True).new_page()
    page.goto(f"{site}/")
    need = page.get_by_role("link", name="Sto perdendo la casa")
    if not need.count():
        pytest.skip("no service for who is losing a home")
    need.tap()
    page.locator(link).first.tap()
    page.wait_for_url("**/*#*")
    target = page.url.split("#")[1]
    until(page, "id => { const box = document.getElementById(id).getBoundingClientRect();"
                " return box.top >= -5 && box.top < innerHeight; }", target)
    number = page.locator(f"#{target} .best a[href^='tel:']").first
    found = number.get_attribute("href") or ""
    assert number.is_visible()
    page.context.close()
    return found


def search(page: Page, site: str, words: str, folder: str = "cerca/") -> list[str]:
    """Titles of the first results, in order."""
    page.goto(f"{site}/{folder}?q={words}")
    page.wait_for_selector("#results[aria-busy=false]", state="attached")
    return page.locator("#results a").all_inner_texts()


def in_all_pages(page: Page) -> list[str]:
    """The same where the words of all pages are asked for, too: known words are answered without them."""
    if page.locator("#elsewhere button").count():
        page.evaluate("document.getElementById('results').removeAttribute('aria-busy')")
        page.click("#elsewhere button")
        page.wait_for_selector("#results[aria-busy=false]", state="attached")
    return page.locator("#results a").all_inner_texts()


def again(page: Page, words: str) -> list[str]:
    """The same, asked on the page of the search that is open."""
    page.fill("#query", words)
    page.evaluate("document.getElementById('results').removeAttribute('aria-busy')")
    page.click("#search button[type=submit]")
    page.wait_for_selector("#results[aria-busy=false]", state="attached")
    return page.locator("#results a").all_inner_texts()
