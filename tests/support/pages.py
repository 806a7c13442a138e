"""The pages of a finished site, as an HTML parser sees them."""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

LINKS = {"href", "src", "srcset", "action", "poster", "data", "content"}


class Document(HTMLParser):
    """Anchors, addresses, canonical address and translations (language -> address) of one HTML or SVG file."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.anchors: set[str] = {"", "top"}
        self.addresses: list[str] = []
        self.canonical = ""
        self.alternates: dict[str, str] = {}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect ids and addresses; of `content` only that of meta elements which hold an address."""
        for name, value in attrs:
            if name == "id" or (tag == "a" and name == "name"):
                self.anchors.add(value or "")
            elif name == "content" and not re.match(r"https?://", value or ""):
                continue
            elif name == "srcset":
                self.addresses += [part.split()[0] for part in (value or "").split(",")]
            elif name in LINKS:
                self.addresses.append((value or "").strip())
        found = dict(attrs)
        if tag == "link" and found.get("rel") == "canonical":
            self.canonical = found.get("href") or ""
        if tag == "link" and found.get("rel") == "alternate" and found.get("hreflang"):
            self.alternates[found["hreflang"] or ""] = found.get("href") or ""


@cache
def document(path: Path) -> Document:
    return Document(path.read_text("utf-8"))


def base_of(site: Path) -> str:
    """Public address of the site, as the home page itself says."""
    base = document(site / "index.html").canonical
    assert base.endswith("/"), "the home page has no canonical address that ends in /"
    return base


def pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))
