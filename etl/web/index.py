"""All pages of a language from A to Z, for those who cannot or do not want to search."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable

from etl.meta.model import Page
from etl.web.pages import KINDS, UNLISTED

APART = frozenset(kind.templates[-1] for kind in KINDS.values() if kind.apart)
MOST_OF_A_KIND = 1000
"""Pages of one kind that the list can hold; where there are more, their own list stands for them."""


def apart(pages: Iterable[Page]) -> list[str]:
    """Paths of the pages of projects where a language has more than MOST_OF_A_KIND: search asks for them by itself."""
    found = [page for page in pages if page.template in APART]
    many = Counter(page.language for page in found)
    return [page.path for page in found if many[page.language] > MOST_OF_A_KIND]


def letters(pages: Iterable[Page], title: Callable[[Page], str]) -> list[tuple[str, list[tuple[str, str]]]]:
    """(letter, [(title, address), …]) of the pages of one language, A–Z. title: the name of a page in its language."""
    named = [page for page in pages if page.context.get("title") and page.template not in UNLISTED
             and page.context.get("turn", {}).get("number", 1) == 1]
    kinds = Counter(page.template for page in named)
    found: dict[str, list[tuple[str, str]]] = {}
    for page in sorted((page for page in named if kinds[page.template] <= MOST_OF_A_KIND),
                       key=lambda page: (fold(title(page)), page.path)):
        entry = (title(page), page.path.removesuffix("index.html"))
        found.setdefault(fold(entry[0])[0].upper(), []).append(entry)
    return list(found.items())


def fold(text: str) -> str:
    """A text as alphabetical lists see it: no accents, no capitals, no marks at its start."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).lstrip("«“\"'’ ") or text
