"""A web page -> the lines that a reader sees, in reading order, and where each run of them stands in the page."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from etl.sources.hostile import is_hostile

UNSEEN = frozenset("script style template noscript head svg math iframe object select".split())
VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
HEADINGS = frozenset({"h1", "h2", "h3"})
CHROME = frozenset({"nav", "footer"})  # menus and the foot of a site are no part of what a page says
BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol option p pre search section summary table "
    "tbody td tfoot th thead tr ul".split())
"""Elements that begin a line; any other, span and elements of a site's own included, stands inside one."""
CLOSED_BY = {"p": BLOCKS, "li": {"li", "ul", "ol"}, "dt": {"dt", "dd", "dl"}, "dd": {"dt", "dd", "dl"},
             "td": {"td", "th", "tr", "table"}, "th": {"td", "th", "tr", "table"}, "tr": {"tr", "table"},
             "head": BLOCKS}
"""Elements whose end tag may be left out, and what ends them."""
HOLDERS = frozenset({"ul", "ol", "dl", "table"})  # they begin inside an item, they end with it
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
APART = re.compile(r"(?i)tooltip|popover|visually-?hidden|sr-only|screen-?reader")
PICTURE = re.compile(r"(?i)icon|symbols|glyph")
LIGATURE = re.compile(r"[a-z][a-z0-9_]*")
CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?\s*([\w-]+)", re.IGNORECASE)
DEEPEST = 512  # elements inside each other, as in browsers


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


@dataclass(frozen=True, eq=False, slots=True)
class Element:
    """An element of a page. apart: its words are a button's, a tooltip's or for the ear only; picture: one word in it
    is drawn as an icon; raised: it stands above or below the line."""

    tag: str
    parent: Element | None = None
    depth: int = 0
    apart: bool = False
    picture: bool = False
    raised: bool = False

    @property
    def block(self) -> Element:
        """The element that begins the line: this one or one around it."""
        here = self
        while here.tag not in BLOCKS and here.parent:
            here = here.parent
        return here


def shared_depth(one: Element, other: Element) -> int:
    """How deep the innermost element lies that holds both: the deeper, the nearer they are to each other."""
    around = set(upwards(one))
    return next((element.depth for element in upwards(other) if element in around), 0)


def upwards(element: Element | None) -> Iterator[Element]:
    """An element and those around it, from the inside."""
    while element:
        yield element
        element = element.parent


@dataclass(frozen=True, slots=True)
class Run:
    """Text without any tag in it, with its blanks. fresh: it begins at the level of its line, inside nothing else."""

    text: str
    place: Element
    fresh: bool = True


@dataclass(frozen=True, slots=True)
class Line:
    """Runs that adjoin. soft: only a <br> parts it from the line above."""

    runs: tuple[Run, ...]
    soft: bool = False

    @property
    def text(self) -> str:
        return joined(run.text for run in self.runs)


class Piece(str):
    """A piece of text; heading: it is in an h1, h2 or h3."""

    heading = False


@dataclass
class Opened:
    """What was read so far of the line that stands open."""

    runs: list[Run] = field(default_factory=list)
    buffer: list[str] = field(default_factory=list)
    soft: bool = False
    lowest: int = 0  # the depth that was reached since the last run


class Lines(HTMLParser):
    """Collects the visible lines of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[Line] = []
        self.here = Element("body")
        self.open = Opened()
        self.unseen: list[str] = []
        self.pressed: set[str] = set()  # what a button opens is there to be read, even while it is closed

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.unseen and not self.closes(tag):
            if tag == self.unseen[0] and tag not in VOID:
                self.unseen.append(tag)
            return
        self.unseen = []
        given = {name: value or "" for name, value in attrs}
        for name in ("aria-controls", "data-bs-target", "data-target"):
            self.pressed.update(given.get(name, "").replace("#", " ").split())
        if tag in BLOCKS or tag == "br":
            self.end_line(soft=tag == "br")
        elif tag not in VOID:
            self.end_run()
        if tag in VOID:
            return
        self.end_implied(tag)
        hidden = "hidden" in given or given.get("aria-hidden") == "true" or HIDDEN.search(given.get("style", ""))
        if tag in UNSEEN or tag in CHROME or (hidden and given.get("id") not in self.pressed):
            self.unseen = [tag]
        elif self.here.depth < DEEPEST:
            self.here = element(tag, self.here, given)

    def handle_endtag(self, tag: str) -> None:
        if self.unseen:
            if tag == self.unseen[0]:
                self.unseen.pop()
                return
            if tag not in CLOSED_BY.get(self.unseen[0], ()):
                return
            self.unseen = []
        if tag in BLOCKS:
            self.end_line()
        else:
            self.end_run()
        self.leave(tag)

    def closes(self, tag: str) -> bool:
        """Whether an element that begins ends the unseen one, which nobody closed."""
        return tag in CLOSED_BY.get(self.unseen[0], ())

    def end_implied(self, tag: str) -> None:
        """Leave the elements that nobody closed and that one that begins ends."""
        if self.here.block.tag == "p" and tag in BLOCKS:
            self.leave("p")
        while tag not in HOLDERS and tag in CLOSED_BY.get(self.here.block.tag, ()):
            self.leave(self.here.block.tag)

    def leave(self, tag: str) -> None:
        """Go out of the innermost element of this name; an end tag of nothing that stands open means nothing."""
        found: Element | None = self.here
        while found and found.tag != tag and (tag in BLOCKS or found.tag not in BLOCKS):
            found = found.parent
        if found and found.tag == tag and found.parent:
            self.here = found.parent
            self.open.lowest = min(self.open.lowest, self.here.depth)

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.open.buffer.append(data)

    def end_run(self) -> None:
        """End a run: white space of any kind is a blank, and signs without a shape (&shy;) are not there."""
        text = visible("".join(self.open.buffer))
        self.open.buffer.clear()
        if text.strip() and not (self.here.picture and LIGATURE.fullmatch(text.strip())):
            self.open.runs.append(Run(text, self.here, self.open.lowest <= self.here.block.depth))
            self.open.lowest = self.here.depth
        elif text and self.open.runs:
            last = self.open.runs[-1]
            self.open.runs[-1] = Run(f"{last.text.rstrip()} ", last.place, last.fresh)

    def end_line(self, soft: bool = False) -> None:
        self.end_run()
        if self.open.runs:
            self.lines.append(Line(tuple(self.open.runs), self.open.soft))
        self.open = Opened(soft=soft)


def element(tag: str, parent: Element, given: dict[str, str]) -> Element:
    """An element that begins. What a class says of it holds for the words in its line, not for whole blocks in it."""
    inside = tag not in BLOCKS
    kind = given.get("class", "")
    spoken = tag == "button" or given.get("role") in ("button", "tooltip") or APART.search(kind)
    return Element(
        tag, parent, parent.depth + 1,
        apart=bool(spoken) or (inside and parent.apart),
        picture=bool(PICTURE.search(f"{tag} {kind}")) or (inside and parent.picture),
        raised=tag in ("sup", "sub") or (inside and parent.raised),
    )


def visible(text: str) -> str:
    """Text as it is seen: each stretch of white space as one blank, also at the ends."""
    shown = "".join(sign for sign in text if unicodedata.category(sign) != "Cf") if not text.isascii() else text
    return re.sub(r"\s+", " ", shown)


def joined(texts: Iterable[str]) -> str:
    """Texts that adjoin, as one."""
    return " ".join("".join(texts).split())


def visible_lines(text: str) -> list[Line]:
    """The visible lines of an HTML page, in reading order; none of a page that was made to harm."""
    parser = Lines()
    parser.feed("" if is_hostile(text) else text)
    parser.close()
    parser.end_line()
    return parser.lines


def visible_pieces(text: str) -> list[Piece]:
    """The text of each visible line of an HTML page, in reading order."""
    pieces = []
    for line in visible_lines(text):
        piece = Piece(line.text)
        piece.heading = line.runs[0].place.block.tag in HEADINGS
        pieces.append(piece)
    return pieces
