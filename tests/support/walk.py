"""A person on a telephone: opens the home page, taps what can be seen, and reads what stands on the screen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal
from urllib.parse import urljoin

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

TELEPHONE = {"width": 390, "height": 844}
SEEN = """() => {
  const words = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, range = document.createRange();
    if (!node.data.trim() || !node.parentElement.checkVisibility({visibilityProperty: true})) continue;
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (box.height && box.top < innerHeight && box.bottom > 0) words.push(node.data.trim());
  }
  return words.join(" ").replace(/\\s+/g, " ");
}"""
"""The words whose first line is on the screen."""


class Walk:
    """The way of one person: the page where they are, whether scripts run in it, how often they tapped."""

    def __init__(self, page: Page, script: bool) -> None:
        self.page = page
        self.script = script
        self.taps = 0

    def tap(self, words: str, role: Literal["link", "button"] = "link", *, exact: bool = False) -> None:
        """Tap the first thing that can be seen and has these words in its name, and wait for where it leads."""
        found = self.page.get_by_role(role, name=words, exact=exact).locator("visible=true").first
        place = found.get_attribute("href") if role == "link" else None
        target = urljoin(self.page.url, place or "")
        found.tap()
        if place:
            self.page.wait_for_url(target)
        self.taps += 1

    def unfold(self, words: str) -> None:
        """Tap what opens a fold."""
        self.page.locator("summary", has_text=words).locator("visible=true").first.tap()
        self.taps += 1

    def screen(self) -> str:
        """What stands on the screen, without scrolling."""
        return str(self.page.evaluate(SEEN))

    def leads(self) -> list[str]:
        """Where the links and buttons on the screen lead: addresses, numbers to call."""
        return [str(link) for link in self.page.evaluate(
            "() => [...document.querySelectorAll('main a[href]')].filter(e => { const b = e.getBoundingClientRect();"
            " return b.height && b.top < innerHeight && b.bottom > 0; }).map(e => e.href)")]


@contextmanager
def walking(browser: Browser, home: str, *, script: bool = True) -> Iterator[Walk]:
    """Somebody who has just opened a home page."""
    window = browser.new_context(viewport=TELEPHONE, has_touch=True, java_script_enabled=script)  # type: ignore[arg-type]
    page = window.new_page()
    page.goto(home)
    yield Walk(page, script)
    window.close()
