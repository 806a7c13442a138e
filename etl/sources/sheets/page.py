"""A service sheet as a reader sees it: pieces of text with the hooks and headings that they stand under, its links, and
what it says of itself for search engines (JSON-LD). Classes and positions count for nothing.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from etl.meta.words import normal
from etl.sources.hostile import is_hostile

WORDS = tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))
HOOKS: dict[str, str] = {hook: name for name, hooks in WORDS["hooks"].items() for hook in hooks}
"""Hook -> the section, or the single thing, that stands in it."""
TITLES: dict[str, str] = {normal(text): name for name, texts in WORDS["headings"].items() for text in texts}
"""Heading, as `normal` writes it -> the section below it."""

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
UNSEEN = frozenset("script style template noscript head svg math iframe object select nav footer".split())
VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
INLINE = frozenset("a abbr b bdi bdo cite code data em font i kbd mark q s small strong sub sup time u var span "
                   "wbr".split())
ENDED_BY = {"p": frozenset("p div ul ol dl table h1 h2 h3 h4 h5 h6 section article form li dt dd".split()),
            "li": frozenset({"li"}), "dt": frozenset({"dt", "dd"}), "dd": frozenset({"dt", "dd"}),
            "td": frozenset({"td", "th", "tr"}), "th": frozenset({"td", "th", "tr"}), "tr": frozenset({"tr"})}
"""Elements whose end tag may be left out, and what begins where they end."""
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
SOFT = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f"))
"""Signs that nobody sees: where a word may break, which way it runs."""
DATA = "application/ld+json"
KIND = "GovernmentService"
UNLEVELLED = 2
"""The level of a section whose label is no heading: the headings of the page itself end it."""
DEEPEST = 20_000
"""Elements in each other: a page has dozens; with more it was made to harm, and its rest is not read."""


@dataclass(frozen=True)
class Piece:
    """A piece of text. level: 1–6 in a heading, else 0; item: it is an item of a list; linked: all of it is in a link;
    hooks: names in HOOKS of the data-elements that it stands in."""

    text: str
    level: int = 0
    item: bool = False
    linked: bool = False
    hooks: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Link:
    """A link as written. place: how many pieces stand before it."""

    address: str
    hooks: frozenset[str]
    place: int


@dataclass
class Page:
    """What a page says. data: its objects of JSON-LD of the kind GovernmentService; broken: JSON-LD that is none."""

    pieces: list[Piece] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    data: list[dict[str, Any]] = field(default_factory=list)
    broken: bool = False


@dataclass
class Element:
    tag: str
    hook: str
    unseen: bool


class Reader(HTMLParser):
    """Collects a Page; elements that nobody closed are closed as browsers do."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self.open: list[Element] = []
        self.counts: Counter[str] = Counter()
        self.hooks: Counter[str] = Counter()
        self.unseen = 0
        self.buffer: list[str] = []
        self.plain = False
        self.data: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        while self.open and tag in ENDED_BY.get(self.open[-1].tag, ()):
            self.close_last()
        if tag not in INLINE:
            self.flush()
        if tag in VOID or len(self.open) >= DEEPEST:
            return
        hidden = "hidden" in given or given.get("aria-hidden") == "true" or HIDDEN.search(given.get("style") or "")
        element = Element(tag, HOOKS.get(given.get("data-element") or "", ""), bool(tag in UNSEEN or hidden))
        if element.hook and tag in INLINE:
            self.flush()
        self.open.append(element)
        self.counts[tag] += 1
        self.unseen += element.unseen
        if element.hook:
            self.hooks[element.hook] += 1
        if tag == "script" and (given.get("type") or "").strip().lower() == DATA:
            self.data = []
        if tag == "a" and given.get("href") and not self.unseen:
            self.page.links.append(Link(str(given["href"]).strip(), self.hooked(), len(self.page.pieces)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in INLINE:
            self.flush()
        if not self.counts[tag]:
            return
        while self.close_last() != tag:
            pass

    def close_last(self) -> str:
        """Close the innermost element; its tag."""
        if self.open[-1].tag not in INLINE or self.open[-1].hook:
            self.flush()
        element = self.open.pop()
        self.counts[element.tag] -= 1
        self.unseen -= element.unseen
        if element.hook:
            self.hooks[element.hook] -= 1
        if element.tag == "script" and self.data is not None:
            self.keep_data("".join(self.data))
            self.data = None
        return element.tag

    def handle_data(self, data: str) -> None:
        if self.data is not None:
            self.data.append(data)
        elif not self.unseen:
            self.buffer.append(data)
            self.plain |= bool(data.strip()) and not self.counts["a"]

    def flush(self) -> None:
        """End a piece: white space of any kind counts as one blank."""
        text = " ".join("".join(self.buffer).translate(SOFT).split())
        self.buffer.clear()
        if text:
            level = next((number for number, tag in enumerate(HEADINGS, 1) if self.counts[tag]), 0)
            self.page.pieces.append(Piece(text, level, self.counts["li"] > 0, not self.plain, self.hooked()))
        self.plain = False

    def hooked(self) -> frozenset[str]:
        return frozenset(name for name, count in self.hooks.items() if count)

    def keep_data(self, text: str) -> None:
        """Keep the objects of our kind in a script; one that is no JSON is remembered as broken."""
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            self.page.broken = True
            return
        self.page.data.extend(services(found))


INSIDE = re.compile(r"([^:]{2,60}):\s*(\S.*)")


def sections(page: Page) -> dict[str, list[Piece]]:
    """Section -> its pieces: those in its hook or, where the page has no such hook, those below its heading.

    A heading in a link is an entry of the index of the page. A section ends at the next one that is known, or at a
    heading that is not below its own.
    """
    hooked: dict[str, list[Piece]] = {}
    below: dict[str, list[Piece]] = {}
    name, level = "", 0
    for piece in page.pieces:
        for hook in piece.hooks:
            hooked.setdefault(hook, []).append(piece)
        said = INSIDE.fullmatch(piece.text)
        found = "" if piece.linked and not piece.level else TITLES.get(normal(piece.text), "")
        if not found and said and (inside := TITLES.get(normal(said[1]), "")):
            below.setdefault(inside, []).append(Piece(said[2], hooks=piece.hooks))
            name = ""
        elif found:
            name, level = found, piece.level or UNLEVELLED
            below.setdefault(name, [])
        elif name and 0 < piece.level <= level:
            name = ""
        elif name:
            below[name].append(piece)
    apart = [piece for piece in below.get("contacts", []) if piece not in hooked.get("contacts", [])]
    # The hook of the contacts holds the name of the office; its telephone often stands beside it.
    return below | hooked | ({"contacts": [*hooked.get("contacts", []), *apart]} if apart else {})


def services(found: Any) -> Iterator[dict[str, Any]]:
    """The GovernmentService objects at the top of JSON-LD: alone, in a list or in a graph."""
    for item in found if isinstance(found, list) else [found]:
        if not isinstance(item, dict):
            continue
        graph = item.get("@graph")
        candidates = graph if isinstance(graph, list) else [item]
        for thing in candidates:
            kinds = thing.get("@type") if isinstance(thing, dict) else None
            if KIND in (kinds if isinstance(kinds, list) else [kinds]):
                yield thing


def read_page(text: str) -> Page:
    """The page in a text of HTML, however broken; an empty one for a text that was made to harm."""
    if is_hostile(text):
        return Page()
    reader = Reader()
    reader.feed(text)
    reader.close()
    while reader.open:
        reader.close_last()
    reader.flush()
    return reader.page
