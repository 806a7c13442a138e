"""The pages of a finished site, as an HTML parser sees them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree

from support.repository import SOON_OVER, run_tool

LINKS = {"href", "src", "srcset", "action", "poster", "data", "content"}
TELLING = etree.XPath(f"//*[{' or '.join(f'@{name}' for name in sorted({*LINKS, 'id', 'name', 'rel'}))}]")
"""The elements that may have an anchor or an address."""


class Document:
    """Anchors, addresses, canonical address and translations (language -> address) of one HTML or SVG file."""

    def __init__(self, text: bytes) -> None:
        self.anchors: set[str] = {"", "top"}
        self.addresses: list[str] = []
        self.canonical = ""
        self.alternates: dict[str, str] = {}
        for element in TELLING(etree.fromstring(text, etree.HTMLParser(encoding="utf-8"))):
            self._look(element.tag, element.attrib)

    def _look(self, tag: str, found: Mapping[str, str]) -> None:
        """Collect ids and addresses; of `content` only that of meta elements which hold an address."""
        for name, value in found.items():
            if name == "id" or (tag == "a" and name == "name"):
                self.anchors.add(value)
            elif name == "content" and not value.startswith(("http://", "https://")):
                continue
            elif name == "srcset":
                self.addresses += [part.split()[0] for part in value.split(",")]
            elif name in LINKS:
                self.addresses.append(value.strip())
        if tag == "link" and found.get("rel") == "canonical":
            self.canonical = found.get("href", "")
        if tag == "link" and found.get("rel") == "alternate" and found.get("hreflang"):
            self.alternates[found["hreflang"]] = found.get("href", "")


@cache
def document(path: Path) -> Document:
    return Document(path.read_bytes())


def base_of(site: Path) -> str:
    """Public address of the site, as the home page itself says."""
    base = document(site / "index.html").canonical
    assert base.endswith("/"), "the home page has no canonical address that ends in /"
    return base


def pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def broken(site: Path, page: Path, addresses: list[str]) -> Iterator[str]:
    """The addresses of a page that are within the site and lead to no file, or to a missing anchor."""
    place = urljoin(base_of(site), page.relative_to(site).as_posix())
    for address in addresses:
        if (said := fault(site, urljoin(place, address))) is not None:
            yield address + said


@cache
def fault(site: Path, target: str) -> str | None:
    """Why an address of this machine or of another leads nowhere; None where it leads somewhere."""
    base = base_of(site)
    folder = urlsplit(base).path
    parts = urlsplit(target)
    if not target.startswith(base):
        outside = parts.scheme in ("http", "https") and parts.netloc == urlsplit(base).netloc
        return f" (outside {folder})" if outside else None
    name = unquote(parts.path.removeprefix(folder))
    file = site / name / "index.html" if not name or name.endswith("/") else site / name
    if not file.is_file():
        return ""
    if "=" in parts.fragment:  # answers that a script reads, such as #zone=2
        return None
    read = file.suffix in (".html", ".svg")
    return " (no such anchor)" if read and unquote(parts.fragment) not in document(file).anchors else None


def broken_links(site: Path) -> list[str]:
    """page: address, of every link inside a site that leads nowhere."""
    return [f"{page.relative_to(site)}: {address}" for page in pages(site)
            for address in broken(site, page, [*dict.fromkeys(document(page).addresses)])]


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
