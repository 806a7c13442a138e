"""Pictures of pages and how far two of them are from each other, all in one browser: no library for pictures is needed.

What is compared are cells: the mean colours of squares of a page of two screens. A cell has gone where none near it in
the other picture is alike. So letters of another font do not matter, nor lines that wrap elsewhere; a block that is
missing does, and another colour. The empty ground does not count.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from support.browser import for_paper
from support.looks import LOOKS

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PICTURES = LOOKS / "pictures"
PAGES = {
    "home": "", "need": "servizi/bisogni/non-riesco-a-pagare-l-affitto/", "service": "servizi/fondo-morosita/",
    "desk": "sportelli/agenzia-casa/", "desks": "sportelli/", "rent": "canone/", "network": "rete/",
    "project": "progetti/1bfcoe31/", "projects": "progetti/", "transparency": "trasparenza/", "dataset": "dati/desks/",
    "explorer": "dati/desks/tabella/", "changes": "trasparenza/novita/", "search": "cerca/?q=sfratto",
}
ARABIC = ("home", "need", "service", "desk", "desks", "rent", "search")
"""Of PAGES, those on the path of a person in need, which are in every language."""
ASKING = ("explorer", "search")
"""Of PAGES, those whose scripts fetch what they show."""
SCREENS = {390: 844, 1280: 800}
"""Width and height of a telephone and of a screen on a desk."""
PAPER = 794
"""Pixels of the width of a sheet of A4."""
SMALL = {390: 180, 1280: 360, PAPER: 240}
"""How wide a picture is kept."""
QUALITY = 0.6
"""Of the JPEG of a picture that is kept."""
CELL = 24
"""Side of a cell, in pixels of the page."""
NOON = "2026-11-29T12:00:00+01:00"
"""What the clock of the reader says: pages tell what is open by it."""
TOOLS = """
async ([first, second, small, cell]) => {
  const read = async url => { const it = new Image(); it.src = url; await it.decode(); return it; };
  const draw = (it, width) => {
    const to = new OffscreenCanvas(width, Math.max(1, Math.round(it.height * width / it.width)));
    const on = to.getContext("2d");
    on.imageSmoothingQuality = "high"; on.drawImage(it, 0, 0, to.width, to.height);
    return on.getImageData(0, 0, to.width, to.height);
  };
  const far = (a, i, b, j) => Math.max(...[0, 1, 2].map(k => Math.abs(a.data[i + k] - b.data[j + k])));
  const ground = a => {
    const seen = new Map();
    for (let i = 0; i < a.data.length; i += 4) {
      const key = [0, 1, 2].map(k => a.data[i + k] >> 3).join();
      seen.set(key, [(seen.get(key)?.[0] ?? 0) + 1, i]);
    }
    return [...seen.values()].sort((x, y) => y[0] - x[0])[0][1];
  };
  const gone = (a, b, near, much) => {
    const most = ground(a);
    let count = 0, inked = 1;
    for (let y = 0; y < a.height; y++) for (let x = 0; x < a.width; x++) {
      let least = 255;
      if (far(a, 4 * (y * a.width + x), a, most) > 6) inked++;
      for (let v = Math.max(0, y - near); v <= Math.min(b.height - 1, y + near) && least > much; v++)
        for (let u = Math.max(0, x - 1); u <= Math.min(b.width - 1, x + 1); u++)
          least = Math.min(least, far(a, 4 * (y * a.width + x), b, 4 * (v * b.width + u)));
      if (least > much) count++;
    }
    return Math.min(1, count / inked);
  };
  const width = Math.round(small / cell);
  const [a, b] = [draw(await read(first), width), draw(await read(second), width)];
  return Math.max(gone(a, b, NEAR, MUCH), gone(b, a, NEAR, MUCH));
}
""".replace("NEAR", "5").replace("MUCH", "24")
PICTURES_THERE = """
Promise.all([...document.images].map(image => {
  image.loading = "eager";
  return image.complete || new Promise(done => { image.onload = image.onerror = done; });
}))
"""
SHRINK = """
async ([url, width, quality]) => {
  const it = new Image(); it.src = url; await it.decode();
  const to = document.createElement("canvas");
  to.width = width; to.height = Math.round(it.height * width / it.width);
  const on = to.getContext("2d");
  on.imageSmoothingQuality = "high"; on.drawImage(it, 0, 0, to.width, to.height);
  return to.toDataURL("image/jpeg", quality);
}
"""


@dataclass(frozen=True)
class Shot:
    """One picture: what is looked at, how wide, how (light, dark, print, or a language)."""

    page: str
    width: int
    way: str

    @property
    def name(self) -> str:
        """Of its file."""
        return f"{self.page}-{self.way}-{self.width}.jpg"


class Eye:
    """A window of the browser for pages, and an empty page that works with pictures."""

    def __init__(self, browser: Browser, address: str) -> None:
        self._address = address
        context = browser.new_context(locale="it-IT", timezone_id="Europe/Rome", bypass_csp=True)
        self.page, self._desk = context.new_page(), context.new_page()
        self.page.clock.set_fixed_time(NOON)

    def close(self) -> None:
        """Close both."""
        self.page.context.close()

    def shots(self, language: str = "it", names: tuple[str, ...] = tuple(PAGES)) -> Iterator[tuple[Shot, str]]:
        """Every picture of some pages in a language, as a small JPEG in a data: address."""
        for width, height in SCREENS.items():
            self.page.set_viewport_size({"width": width, "height": height})
            for name in names:
                self.open(name, language)
                for way in ("light", "dark") if language == "it" else (language,):
                    yield Shot(name, width, way), self.taken(width, way)
                if language == "it" and width == max(SCREENS):
                    yield Shot(name, PAPER, "print"), self.taken(PAPER, "print")

    def open(self, name: str, language: str = "it") -> None:
        """Go to one of PAGES."""
        self.go(PAGES[name] if language == "it" else f"{language}/{PAGES[name]}", waits=name in ASKING)

    def go(self, path: str, waits: bool) -> None:
        """Go to a page and wait for its fonts and all its pictures. waits: for what its scripts fetch, too."""
        self.page.emulate_media(media="screen", color_scheme="light", reduced_motion="reduce")
        self.page.goto(f"{self._address}/{path}", wait_until="networkidle" if waits else "load")
        self.page.evaluate("document.fonts.ready")
        self.page.evaluate(PICTURES_THERE)

    def taken(self, width: int, way: str) -> str:
        """What the first two screens look like, as wide as SMALL says."""
        return self.shrunk(self.seen(width, way), SMALL[width], QUALITY)

    def shrunk(self, picture: str, width: int, quality: float) -> str:
        """A picture as a JPEG of another width."""
        return str(self._desk.evaluate(SHRINK, [picture, width, quality]))

    def seen(self, width: int, way: str) -> str:
        """What the first two screens look like."""
        height = self.page.viewport_size["height"] if self.page.viewport_size else 0
        if way == "print":
            for_paper(self.page)
        if way in ("dark", "print"):
            self.page.emulate_media(media="print" if way == "print" else "screen",
                                    color_scheme="dark" if way == "dark" else "light")
        with self.as_wide_as(width):
            full = self.page.evaluate("document.documentElement.scrollHeight")
            clip = {"x": 0, "y": 0, "width": width, "height": min(full, 2 * height)}
            data = self.page.screenshot(type="png", full_page=True, clip=clip, animations="disabled")
        return url(data, "png")

    @contextmanager
    def as_wide_as(self, width: int) -> Iterator[None]:
        """A window of another width for a moment: paper."""
        before = self.page.viewport_size
        assert before
        if width != before["width"]:
            self.page.set_viewport_size({"width": width, "height": before["height"]})
        yield
        if width != before["width"]:
            self.page.set_viewport_size(before)

    def apart(self, first: str, second: str, width: int) -> float:
        """The part of the cells of either picture that hold something, 0 to 1, that the other has nowhere near."""
        return float(self._desk.evaluate(TOOLS, [first, second, width, CELL]))


def url(data: bytes, kind: str) -> str:
    """A picture as an address."""
    return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"


def content(address: str) -> bytes:
    """The picture of such an address."""
    return base64.b64decode(address.partition(",")[2])


def kept(shot: Shot) -> str:
    """The picture that was accepted."""
    return url((PICTURES / shot.name).read_bytes(), "jpeg")
