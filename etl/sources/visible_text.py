"""A web page -> the pieces of text that a reader sees, in reading order. Classes and positions count for nothing."""

from __future__ import annotations

import re
from html.parser import HTMLParser

UNSEEN = frozenset("script style template noscript head svg math iframe object select button".split())
VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
HEADINGS = frozenset({"h1", "h2", "h3"})
CHROME = frozenset({"nav", "footer"})  # menus and the foot of a site are no part of what a page says
INLINE = frozenset("a abbr b bdi bdo cite code data em font i kbd mark q s small strong sub sup time u var".split())
"""Elements that stand inside a sentence; any other, span included, begins a new piece: labels and values are often
two spans side by side."""
BLOCKS = frozenset("p div ul ol li dl dt dd table tr td th section article main h1 h2 h3 h4 h5 h6 form body".split())
CLOSED_BY = {"p": BLOCKS, "li": {"li", "ul", "ol"}, "dt": {"dt", "dd", "dl"}, "dd": {"dt", "dd", "dl"},
             "td": {"td", "th", "tr", "table"}, "th": {"td", "th", "tr", "table"}, "tr": {"tr", "table"}}
"""Elements whose end tag may be left out, and what ends them."""
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?\s*([\w-]+)", re.IGNORECASE)


def page_text(data: bytes, charset: str | None) -> str:
    """The characters of a page: by the charset of its answer, else of its head, else UTF-8, else Windows-1252.

    A letter that cannot be read is shown as lost and is never another letter.
    """
    stated = CHARSET.search(data[:4096])
    names = [charset, stated[1].decode("ascii") if stated else None, "utf-8", "cp1252"]
    for name in filter(None, names):
        try:
            return data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("utf-8", "replace")


class Piece(str):
    """A piece of text; heading: it is in an h1, h2 or h3."""

    heading = False


class Pieces(HTMLParser):
    """Collects the visible pieces of text of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[Piece] = []
        self.heading = False
        self.buffer: list[str] = []
        self.unseen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.unseen and not self.closes(tag):
            if tag == self.unseen[0] and tag not in VOID:
                self.unseen.append(tag)
            return
        self.unseen = []
        if tag not in INLINE:
            self.flush()
            self.heading = tag in HEADINGS
        given = dict(attrs)
        hidden = "hidden" in given or given.get("aria-hidden") == "true" or HIDDEN.search(given.get("style") or "")
        if tag not in VOID and (tag in UNSEEN or tag in CHROME or hidden):
            self.unseen = [tag]

    def handle_endtag(self, tag: str) -> None:
        if self.unseen:
            if tag == self.unseen[0]:
                self.unseen.pop()
            elif tag in CLOSED_BY.get(self.unseen[0], ()):
                self.unseen = []
        elif tag not in INLINE:
            self.flush()

    def closes(self, tag: str) -> bool:
        """Whether an element that begins ends the unseen one, which nobody closed."""
        return tag in CLOSED_BY.get(self.unseen[0], ())

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.buffer.append(data)

    def flush(self) -> None:
        """End a piece: white space of any kind counts as one blank."""
        text = " ".join("".join(self.buffer).split())
        self.buffer.clear()
        if text:
            piece = Piece(text)
            piece.heading = self.heading
            self.pieces.append(piece)


def visible_pieces(text: str) -> list[Piece]:
    """The visible pieces of text of an HTML page, in reading order."""
    parser = Pieces()
    parser.feed(text)
    parser.close()
    parser.flush()
    return parser.pieces
