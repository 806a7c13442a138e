"""Whether another generator made the same page as we: the same tags and words, but for a few in a hundred."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser

SAME = ("Hugo", "Eleventy", "plain Jinja")
"""Contenders whose template says all that ours does; Markdown has no words for a part of it."""
MOST = 0.03
"""Share of tags and words that may differ: the name of the site, the pictures that a few projects have beside them."""


class Said(HTMLParser):
    """Counts the tags of a page and the words between them; scripts are one word."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: Counter[str] = Counter()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Count a tag with the names of its attributes."""
        self.found[f"<{tag} {' '.join(sorted(name for name, _value in attrs))}>"] += 1

    def handle_data(self, data: str) -> None:
        """Count words."""
        self.found.update(["{…}"] if self.cdata_elem else data.split())


def unlike(ours: str, other: str) -> float:
    """Share of tags and words that only one of two pages has."""
    one, two = Said(ours).found, Said(other).found
    return ((one - two).total() + (two - one).total()) / (one.total() + two.total())
