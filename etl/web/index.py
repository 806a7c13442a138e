"""All pages of a language from A to Z, for those who cannot or do not want to search; and in which group search shows
a page."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from etl.meta.model import Page
from etl.web.pages import KINDS, UNLISTED, line
from etl.web.pages.trust.changes import GONE

APART = frozenset(kind.templates[-1] for kind in KINDS.values() if kind.apart)
GROUPS = ("answers", "desks", "services", "pages", "past", "data")
"""What search calls its results, in the order in which it shows them."""
ANSWERS, DESKS, SERVICES, OTHERS, PAST, DATA = GROUPS
NOTICES = "notices"
FIGURES = {"transparency", "projects", "activities", "data"}
"""Kinds of pages below which everything is about money and data."""
CHINESE = "文"
MOST_OF_A_KIND = 1000
"""Pages of one kind that the list can hold; where there are more, their own list stands for them."""


def apart(pages: Iterable[Page]) -> list[str]:
    """Paths of the pages of projects where a language has more than MOST_OF_A_KIND: search asks for them by itself."""
    found = [page for page in pages if page.template in APART]
    many = Counter(page.language for page in found)
    return [page.path for page in found if many[page.language] > MOST_OF_A_KIND]


def group(page: Page) -> str:
    """One of GROUPS. What cannot be asked for any more stands behind what can, whatever its words."""
    name, *item = page.id.split("/")
    above, own = {kind.name for kind in line(name)}, KINDS.get(name)
    if page.template == GONE or (item and is_over(name, page.context)):
        return PAST
    if own is None or own.under == "":
        return OTHERS
    if above & FIGURES:
        return DATA
    if name in (DESKS, SERVICES):
        # Their lists hold every word, and so would come first.
        return name if item else OTHERS
    return ANSWERS if own.on_the_path or (item and above & {DESKS, SERVICES}) else OTHERS


def is_over(kind: str, context: Mapping[str, Any]) -> bool:
    """Whether an item is nothing that one can ask for today: a service, or a notice."""
    return (kind == SERVICES and not context["service"]["available"]) or (
        kind == NOTICES and context["notice"]["part"] == "over")


def named(pages: Iterable[Page]) -> list[Page]:
    """The pages that have a name of their own and are to be found; of a long list the first one."""
    return [page for page in pages if page.context.get("title") and page.template not in UNLISTED
            and page.context.get("turn", {}).get("number", 1) == 1]


def letters(pages: Iterable[Page], title: Callable[[Page], str]) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """(letter, [(title, address, group), …]) of the pages of one language, A–Z. title: the name of a page in it."""
    listed = named(pages)
    kinds = Counter(page.template for page in listed)
    found: dict[str, list[tuple[str, str, str]]] = {}
    for page in sorted((page for page in listed if kinds[page.template] <= MOST_OF_A_KIND),
                       key=lambda page: (fold(title(page)), page.path)):
        entry = (title(page), page.path.removesuffix("index.html"), group(page))
        found.setdefault(letter(entry[0]), []).append(entry)
    return list(found.items())


def letter(title: str) -> str:
    """The letter of a title in an A–Z; Chinese titles, which begin with as many signs, have one place."""
    first = fold(title)[0].upper()
    return CHINESE if "CJK" in unicodedata.name(first, "") else first


def fold(text: str) -> str:
    """A text as alphabetical lists see it: no accents, no capitals, no marks at its start."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).lstrip("«“\"'’ ") or text
