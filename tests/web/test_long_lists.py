"""Lists stay usable with many projects: pages that stay light, and every project on exactly one of them."""

from __future__ import annotations

import gzip
import re
import shutil
import sys
from collections import Counter
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from support.browser import serving, until
from support.once import once
from support.repository import ROOT, copy_repository

from etl.meta.settings import SiteConfig
from etl.web.pages.paging import PER_PAGE, numbered, turn
from etl.web.rendering import render_site, site_settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

sys.path.insert(0, str(ROOT / "tests" / "bench"))
from synthetic import make_release

from etl.web import beside

PROJECTS = 1_050
HEAVIEST = 150_000
LINK = re.compile(r'<th scope="row"[^>]*><a href="[^"]*?(?:progetti|projects)/(0inventato\d+)/"')


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory, built_site: Path) -> Path:
    """The site of a repository with PROJECTS invented projects beside the real ones, in the two full languages."""
    def make(folder: Path) -> None:
        city = copy_repository(folder / "city", built=built_site)
        shutil.copytree(ROOT / "requirements", city / "requirements")
        make_release(city, folder / "release", PROJECTS)
        render_site(site_settings(city, None), folder / "site", folder / "release" / "data")

    return once(tmp_path_factory, "long-lists", make) / "site"


def on_pages(site: Path, folder: str) -> Counter[str]:
    """How often each invented project is listed on a page and its numbered pages."""
    first = site / folder / "index.html"
    numbered = [path for path in (site / folder).glob("*/index.html") if path.parent.name.isdigit()]
    return Counter(code for path in [first, *numbered] for code in LINK.findall(path.read_text("utf-8")))


@pytest.mark.slow
@pytest.mark.parametrize("folder", ["progetti", "en/projects"])
def test_every_project_is_on_exactly_one_page_of_the_list(large: Path, folder: str) -> None:
    assert on_pages(large, folder) == {f"0inventato{number}": 1 for number in range(PROJECTS)}


@pytest.mark.slow
def test_an_axis_lists_all_its_projects_once(large: Path) -> None:
    found = sum((on_pages(large, f"trasparenza/assi/{axis}") for axis in range(1, 5)), Counter())
    assert found == {f"0inventato{number}": 1 for number in range(PROJECTS)}


@pytest.mark.slow
def test_each_page_of_a_list_leads_to_all_others_and_has_a_title_of_its_own(large: Path) -> None:
    pages = {path.parent.name: path.read_text("utf-8") for path in (large / "progetti").glob("*/index.html")
             if path.parent.name.isdigit()}
    assert set(pages) == {str(number) for number in range(2, 7)}
    for number, text in pages.items():
        assert f'<a href="../../progetti/{number}/" aria-current="page">{number}</a>' in text
        assert all(f'href="../../progetti/{other}/"' in text for other in pages)
        assert f"– pagina {number} di 6 –" in text
        assert "data-pagefind-body" not in text


def test_many_projects_are_searched_only_when_somebody_asks(large: Path, browser: Browser) -> None:
    """The first answer is light, because the pages of projects have an index of their own."""
    with serving(large) as site:
        page = browser.new_page()
        sizes: list[int] = []
        page.goto(f"{site}/cerca/", wait_until="networkidle")
        page.on("response", lambda answer: sizes.append(int(answer.headers.get("content-length", 0))))
        page.fill("#query", "inventato")
        page.click("#search button")
        page.wait_for_selector("#elsewhere button")
        page.wait_for_load_state("networkidle")
        assert sum(sizes) < HEAVIEST
        page.fill("#query", "inventato 777")
        page.click("#search button")
        until(page, "document.getElementById('answer').textContent.includes('777')")
        assert page.locator("#results a[href$='progetti/0inventato777/']").count() == 0
        many = sum(not path.parent.name.isdigit() for path in (large / "progetti").glob("*/index.html"))
        said = page.locator("#elsewhere").inner_text()
        assert said == "Cerca anche fra le schede di {many} progetti".format(many=f"{many:,}".replace(",", "."))
        page.click("#elsewhere button")
        until(page, "document.querySelector('#results a[href$=\"progetti/0inventato777/\"]') !== null")
        assert page.locator("#elsewhere").inner_text() == ""
        page.close()


@pytest.mark.slow
def test_no_page_is_heavy(large: Path) -> None:
    weights = {path.relative_to(large).as_posix(): len(gzip.compress(path.read_bytes(), 6))
               for path in large.rglob("*.html")}
    assert len(weights) > 4 * PROJECTS
    assert {path: weight for path, weight in weights.items() if weight > HEAVIEST} == {}


@pytest.mark.slow
def test_the_page_of_the_alphabet_leads_to_the_list_where_there_are_too_many_pages(large: Path) -> None:
    text = (large / "cerca" / "index.html").read_text("utf-8")
    assert "progetti/0inventato1/" not in text
    assert re.search(r'<li><a href="../progetti/">Progetti</a></li>', text)


@pytest.mark.parametrize(("pages", "paths"), [(0, 1), (7, 1), (8, 2), (15, 3)])
def test_every_page_is_in_one_sitemap_that_robots_names(
    monkeypatch: pytest.MonkeyPatch, pages: int, paths: int
) -> None:
    monkeypatch.setattr(beside, "ADDRESSES", 7)
    addresses = {f"p{number}": {"it": f"{number}/"} for number in range(pages)}
    config = SiteConfig("https://example.org/", {"it": {}})
    made = beside.site_files(SimpleNamespace(config=config, pages=[], addresses=addresses))  # type: ignore[arg-type]
    maps = {page.path: page.context["listed"] for page in made if page.template == "layout/sitemap.xml"}
    assert list(maps) == ["sitemap.xml", "sitemap-2.xml", "sitemap-3.xml"][:paths]
    assert [address for part in maps.values() for address in part] == sorted(f"{number}/" for number in range(pages))
    assert max(map(len, maps.values())) <= 7
    assert [page.context["maps"] for page in made if page.template == "layout/robots.txt"] == [list(maps)]


def test_the_first_page_of_a_list_is_the_list() -> None:
    assert [numbered("roma", 1), numbered("roma", 2)] == ["roma", "roma/2"]
    assert [numbered(None, 1), numbered(None, 3)] == [None, "3"]
    assert turn("city", "roma", 2, 2)["pages"] == {1: "roma", 2: "roma/2"}
    assert PER_PAGE == 200
