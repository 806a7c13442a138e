"""The finished pages: valid HTML by the checker of the W3C, and every link inside the site leads somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from support.pages import base_of, document, pages
from support.repository import run_tool

CSS_ADDRESS = re.compile(r"""url\(\s*["']?([^"')]+)""")


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
        elif file.suffix in (".html", ".svg") and unquote(parts.fragment) not in document(file).anchors:
            yield f"{address} (no such anchor)"


def test_vnu_finds_no_error_on_any_page(built_site: Path, tools: Path) -> None:
    java = run_tool("java", "-version")
    assert java.returncode == 0, "Java is missing: on Debian apt-get install default-jre-headless"
    jar = tools / "vnu-jar" / "build" / "dist" / "vnu.jar"
    run = run_tool("java", "-Xss8m", "-jar", jar, "--skip-non-html", "--errors-only", "--format", "gnu", built_site)
    assert run.returncode == 0, run.stderr.replace(f"file:{built_site}", "")[:5000]


def test_no_link_is_broken(built_site: Path) -> None:
    found = [
        f"{page.relative_to(built_site)}: {address}"
        for page in pages(built_site)
        for address in broken(built_site, page, document(page).addresses)
    ]
    assert found == []


def test_stylesheets_reach_their_files(built_site: Path) -> None:
    sheets = list(built_site.rglob("*.css"))
    assert sheets
    found = [
        f"{sheet.relative_to(built_site)}: {address}"
        for sheet in sheets
        for address in broken(built_site, sheet, CSS_ADDRESS.findall(sheet.read_text("utf-8")))
    ]
    assert found == []


def test_nothing_leaves_the_site_by_itself(built_site: Path) -> None:
    """Links may lead elsewhere; what a browser loads without a click may not."""
    loads = re.compile(r"""<(?:script|img|iframe|source|video|audio|embed|object)\b[^>]*\s(?:src|data)="(https?:)?//""")
    assert [page.name for page in pages(built_site) if loads.search(page.read_text("utf-8"))] == []


@pytest.mark.parametrize("name", ["index.html", "en/index.html"])
def test_the_link_check_sees_broken_links(built_site: Path, name: str) -> None:
    page = built_site / name
    wrong = ["/no/such/page/", "no-such-file.css", "#no-such-anchor", urljoin(base_of(built_site), "no-such-page/")]
    assert len(list(broken(built_site, page, wrong))) == len(wrong)
    assert list(broken(built_site, page, ["https://example.org/", "mailto:a@example.org", "tel:+3902"])) == []
