"""Lists stay usable with many projects: pages that stay light, and every project on exactly one of them."""

from __future__ import annotations

import gzip
import re
import sys
from collections import Counter
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Browser
from support.browser import serving, until
from support.properties import given, st
from support.repository import ROOT

from etl.meta.settings import SiteConfig
from etl.web.pages.money.projects import NEAR, NEAR_SHOWN, Near
from etl.web.pages.paging import PER_PAGE, chunks, led_to, numbered, turn
from etl.web.rendering import render_site, site_settings

sys.path.insert(0, str(ROOT / "tests" / "bench"))
from synthetic import make_release

from etl.web import beside

PROJECTS = 1_050
HEAVIEST = 150_000
LINK = re.compile(r'<th scope="row"><a href="[^"]*?(?:progetti|projects)/(0inventato\d+)/"')


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a repository with PROJECTS invented projects beside the real ones."""
    folder = tmp_path_factory.mktemp("large")
    make_release(ROOT, folder / "release", PROJECTS)
    render_site(site_settings(ROOT, None), folder / "site", folder / "release" / "data")
    return folder / "site"


def on_pages(site: Path, folder: str) -> Counter[str]:
    """How often each invented project is listed on a page and its numbered pages."""
    first = site / folder / "index.html"
    numbered = [path for path in (site / folder).glob("*/index.html") if path.parent.name.isdigit()]
    return Counter(code for path in [first, *numbered] for code in LINK.findall(path.read_text("utf-8")))


@pytest.mark.parametrize("folder", ["progetti", "en/projects"])
def test_every_project_is_on_exactly_one_page_of_the_list(large: Path, folder: str) -> None:
    assert on_pages(large, folder) == {f"0inventato{number}": 1 for number in range(PROJECTS)}


def test_an_axis_lists_all_its_projects_once(large: Path) -> None:
    found = sum((on_pages(large, f"trasparenza/assi/{axis}") for axis in range(1, 5)), Counter())
    assert found == {f"0inventato{number}": 1 for number in range(PROJECTS)}


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


def test_no_page_is_heavy(large: Path) -> None:
    weights = {path.relative_to(large).as_posix(): len(gzip.compress(path.read_bytes(), 6))
               for path in large.rglob("*.html")}
    assert len(weights) > 4 * PROJECTS
    assert {path: weight for path, weight in weights.items() if weight > HEAVIEST} == {}


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


@given(st.lists(st.integers(), max_size=30), st.lists(st.integers(), max_size=30), st.integers(1, 7))
def test_pages_hold_every_row_once_and_in_order(one: list[int], two: list[int], size: int) -> None:
    parts = chunks(one, two, size=size)
    assert len(parts) == max(1, -(-max(len(one), len(two)) // size))
    for place, whole in enumerate((one, two)):
        assert [row for part in parts for row in part[place]] == whole
        assert all(len(part[place]) <= size for part in parts)


def test_the_first_page_of_a_list_is_the_list() -> None:
    assert [numbered("roma", 1), numbered("roma", 2)] == ["roma", "roma/2"]
    assert [numbered(None, 1), numbered(None, 3)] == [None, "3"]
    assert turn("city", "roma", 2, 2)["pages"] == {1: "roma", 2: "roma/2"}
    assert PER_PAGE == 200


@given(st.integers(1, 120).flatmap(lambda last: st.tuples(st.integers(1, last), st.just(last))))
def test_a_page_of_a_list_leads_to_its_neighbours_the_ends_and_some_between(place: tuple[int, int]) -> None:
    number, last = place
    shown = led_to(number, last)
    assert shown == sorted(set(shown))
    assert {1, number, last, max(1, number - 1), min(last, number + 1)} <= set(shown) <= set(range(1, last + 1))
    assert len(shown) <= 19
    assert led_to(number, 10) == list(range(1, 11))


def project(code: int, action: str | None, place: str | None, axis: str) -> dict[str, Any]:
    return {"project_code": str(code), "title": None, "text": {}, "money": None, "programme": "p", "place": place,
            "action_code": action, "axis_code": axis}


PROJECTS_MADE = st.lists(
    st.tuples(st.sampled_from([None, "1.1.1", "2.2.2"]), st.sampled_from([None, "a", "b"]), st.sampled_from("134")),
    max_size=60,
).map(lambda made: [project(code, *parts) for code, parts in enumerate(made)])


@given(PROJECTS_MADE)
def test_related_projects_are_those_that_a_comparison_with_each_would_find(projects: list[dict[str, Any]]) -> None:
    near = Near(projects)
    for one in projects:
        wanted: dict[str, list[str]] = {}
        for other in projects:
            if other is one:
                continue
            if one["action_code"] and one["action_code"] == other["action_code"]:
                wanted.setdefault("same_action", []).append(other["project_code"])
            elif one["place"] and one["place"] == other["place"]:
                why = f"same_place_{other['axis_code']}"
                wanted.setdefault(why if why in NEAR else "same_place", []).append(other["project_code"])
        found = {group["why"]: group for group in near.of(one)}
        assert list(found) == [why for why in NEAR if why in wanted]
        for why, group in found.items():
            codes = [other["project_code"] for other in group["projects"]]
            assert len(set(codes)) == len(codes) == min(len(wanted[why]), NEAR_SHOWN)
            assert set(codes) <= set(wanted[why])
            assert group["more"] == len(wanted[why]) - len(codes)
