"""The finished pages: valid HTML by the checker of the W3C, and every link inside the site leads somewhere."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urljoin

import pytest
from support.pages import base_of, broken, broken_links, html_errors, pages

CSS_ADDRESS = re.compile(r"""url\(\s*["']?([^"')]+)""")


def test_vnu_finds_no_error_on_any_page(built_site: Path, tools: Path) -> None:
    assert html_errors(built_site, tools) == ""


def test_no_link_is_broken(built_site: Path) -> None:
    assert broken_links(built_site) == []


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
