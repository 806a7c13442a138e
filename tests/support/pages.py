"""The pages of a finished site, as an HTML parser sees them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from support.repository import SOON_OVER, run_tool

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


def broken(site: Path, page: Path, addresses: list[str]) -> Iterator[str]:
    """The addresses of a page that are within the site and lead to no file, or to a missing anchor."""
    base = base_of(site)
    folder = urlsplit(base).path
    place = urljoin(base, page.relative_to(site).as_posix())
    for address in addresses:
        target = urljoin(place, address)
        if not target.startswith(base):
            if urlsplit(target).scheme in ("http", "https") and urlsplit(target).netloc == urlsplit(base).netloc:
                yield f"{address} (outside {folder})"
            continue
        parts = urlsplit(target)
        name = unquote(parts.path.removeprefix(folder))
        file = site / name / "index.html" if not name or name.endswith("/") else site / name
        if not file.is_file():
            yield address
        elif "=" in parts.fragment:  # answers that a script reads, such as #zone=2
            continue
        elif file.suffix in (".html", ".svg") and unquote(parts.fragment) not in document(file).anchors:
            yield f"{address} (no such anchor)"


def broken_links(site: Path) -> list[str]:
    """page: address, of every link inside a site that leads nowhere."""
    return [f"{page.relative_to(site)}: {address}" for page in pages(site)
            for address in broken(site, page, document(page).addresses)]


def html_errors(site: Path, tools: Path) -> str:
    """What the checker of the W3C says of the pages of a site; "" where it finds no error."""
    java = run_tool("java", "-version")
    assert java.returncode == 0, "Java is missing: on Debian apt-get install default-jre-headless"
    jar = tools / "vnu-jar" / "build" / "dist" / "vnu.jar"
    words = ("-jar", jar, "--skip-non-html", "--errors-only", "--format", "gnu", site)
    run = run_tool("java", *SOON_OVER, *words)
    said = run.stderr.replace(f"file:{site}", "")[:5000]
    assert bool(run.returncode) == bool(said), said
    return said
