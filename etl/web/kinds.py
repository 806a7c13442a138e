"""A kind of page, declared once: where it is, what it is called, what it needs, what makes it.

A module of etl/web/pages declares its own in KINDS; menu, trail, addresses, sitemap, search, the method page and the
tests of the translations read that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from etl.meta.model import Page, Words
from etl.meta.view import digest
from etl.meta.words import LONGEST_PART, say, slug
from etl.web.lineage import Watched

SAFE = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*")


def N_(text: str) -> str:  # noqa: N802 - the name that Babel looks for
    """Mark a text for translation; templates translate it when they print it."""
    return text


@dataclass(frozen=True)
class Kind:
    """One kind of page. Words are in Italian, marked with N_; templates translate them when they print them.

    slugs: language -> its folder; a language without one has the Italian one. title: of its pages that give none.
    pages: its pages of a release in a language. templates: of its own page or list, of an item, of a part of an item;
    the last one counts for what is deeper. requires: datasets without which there is no page; they must have rows, too,
    unless `empty` says that a page about none of them tells something.
    short: its name in the menu and on the trail, the title without it. words: what the method page calls its pages,
    its label without it. under: the kind that stands before it on the trail. menu, foot: its place in the menu and at
    the foot of all pages. on_the_path: it is on the path of a person in need, and so in every language.
    listed: the A-Z names its pages. indexed: the sitemap names them; the templates of the others tell search engines
    not to keep them. searched: our own search reads them. apart: their items have an index of their own where there are
    many. permanent: a row that goes leaves its page, which says why.
    """

    name: str
    slugs: Words
    title: str
    pages: Callable[[Kind, Watched, str], Iterable[Page]]
    templates: tuple[str, ...]
    requires: tuple[str, ...] = ()
    empty: bool = False
    short: str = ""
    words: str = ""
    under: str = ""
    menu: int = 0
    foot: int = 0
    on_the_path: bool = False
    listed: bool = True
    indexed: bool = True
    searched: bool = True
    apart: bool = False
    permanent: bool = False

    @property
    def label(self) -> str:
        """Its name in the menu and on the trail."""
        return self.short or self.title

    @property
    def called(self) -> str:
        """What the method page calls its pages."""
        return self.words or self.label

    def made(self, release: Watched, language: str) -> list[Page]:
        """Its pages in a language; none where what it requires is missing."""
        known = release.records
        if any(name not in known or not (self.empty or known[name]) for name in self.requires):
            return []
        return list(self.pages(self, release, language))

    def page(
        self, language: str, item: str | None = None, place: str | None = None, *, template: str = "",
        more: Callable[[], Mapping[str, Any]] | None = None, **context: Any,
    ) -> Page:
        """A page at its address below the folder of its language. `title` in the context names it everywhere.

        place: the words of this language that stand in the address instead of the item, which its translations share.
        template: another than the declared one. more: see Page. A page of a long list has `turn` in its context.
        """
        context.setdefault("title", self.title or None)
        depth = item.count("/") + 1 if item and "turn" not in context else 0
        own = template or self.templates[min(depth, len(self.templates) - 1)]
        path = f"{self.address(language, place or item)}index.html"
        return Page(page_id(self.name, item), language, path, own, context, more)

    def address(self, language: str, item: str | None = None) -> str:
        """Address of a page below the folder of its language: address("en", "x") of desks -> "desks/x/"."""
        parts = (say(self.slugs, language), *map(safe, (item or "").lower().split("/")))
        return "".join(f"{part}/" for part in parts if part)


def safe(part: str) -> str:
    """A part of an address, which is the name of a folder too: what is no plain name becomes one, and one that is too
    long is cut, with eight signs of the whole behind it: two that begin alike stay two (`address-cut` warns of it)."""
    plain = part if SAFE.fullmatch(part) else slug(part)
    return plain if len(plain) <= LONGEST_PART else f"{plain[: LONGEST_PART - 9].rstrip('-.')}-{digest(plain)[:8]}"


def page_id(kind: str, item: str | None = None) -> str:
    """The id that the translations of a page share."""
    return f"{kind}/{item.lower()}" if item else kind
