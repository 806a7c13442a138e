"""Pages of the money say their finding first; evidence is folded and counted; a project has its title, not its code."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html
from support.release import records, richest

from etl.web.pages.money.gaps import CELLS, gaps
from etl.web.pages.money.near import COMPARED, Near
from etl.web.pages.services.rent import ranges

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PHONE = {"width": 390, "height": 844}
STAGES = ("programmed", "admitted", "committed", "paid")
MONEY_PAGES = ("progetti/**/index.html", "trasparenza/citta/*/index.html", "trasparenza/assi/*/index.html",
               "trasparenza/azioni/*/index.html", "trasparenza/anni/*/index.html", "attivita/index.html",
               "trasparenza/operazioni/*/index.html")
CENTS = re.compile(r"\d,\d\d\s*€")


def money_pages(site: Path) -> dict[str, Any]:
    """The Italian pages about projects, parsed."""
    found = {path.relative_to(site).as_posix(): path for pattern in MONEY_PAGES for path in site.glob(pattern)}
    return {name: html.fromstring(path.read_bytes()) for name, path in found.items()}


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


def project(**cells: Any) -> dict[str, Any]:
    row = {**dict.fromkeys(CELLS, "x"), "text": {"title": "T", "summary": "S"}, "partners": [1], "photos": [1],
           "documents": [1], "money": {"amounts": dict.fromkeys(STAGES, 1), "row": {"observed_on": "2020"}}}
    return {**row, **cells}


@pytest.mark.parametrize(("cells", "missing"), [
    ({}, []),
    ({"cup": None, "city": None, "code_city": "Roma"}, [("city", "Roma"), ("cup", None)]),
    ({"money": None, "text": {}}, [("title", None), ("summary", None), ("funding", None)]),
    ({"money": {"amounts": {**dict.fromkeys(STAGES, 1), "paid": None}, "row": {"observed_on": None}}, "photos": []},
     [("paid_eur", None), ("observed_on", None), ("photos", None)]),
])
def test_what_is_missing_is_each_empty_cell_once(
    cells: dict[str, Any], missing: list[tuple[str, str | None]],
) -> None:
    assert gaps(project(**cells)) == missing


def paid(code: str, title: str | None, axis: str, share: int | None, place: str = "A") -> dict[str, Any]:
    money = share is not None and {"paid_of_100": share, "doubts": (), "row": {"source_url": "u", "source_date": None}}
    return {"project_code": code, "title": title, "text": {}, "programme": "p", "place": place, "axis_code": axis,
            "action_code": None, "money": money or None}


def test_a_project_is_compared_with_few_that_have_a_title_and_a_payment() -> None:
    projects = [paid("P0", "Zero", "3", 10), paid("P1", None, "3", 20), paid("P2", "Due", "3", None),
                *(paid(f"Q{n}", f"Q {n}", "3", n, place="B") for n in range(9)), paid("R", "Erre", "4", 5)]
    near = Near(projects)
    compared = near.compared(projects[0], near.of(projects[0]))
    # The neighbour first, then those of its axis elsewhere; never itself.
    assert [other["project_code"] for other in compared] == ["R", "Q0", "Q1"]
    assert len(compared) == COMPARED


def test_zones_of_the_rent_are_drawn_on_one_scale() -> None:
    def band(number: int, low: int, high: int) -> dict[str, Any]:
        return {"sub_band": number, "min_eur_m2_year": Decimal(low), "max_eur_m2_year": Decimal(high)}

    dear, cheap = ranges([("1", [band(2, 100, 200), band(1, 50, 100)]), ("2", [band(1, 20, 50)])])
    assert (dear["low"], dear["high"], cheap["low"], cheap["high"]) == (50, 200, 20, 50)
    assert (dear["marks"], cheap["marks"]) == ([(25, 25), (50, 50)], [(10, 15)])
    assert ranges([]) == []


def test_gaps_are_folded_and_counted_as_the_row_lacks_them(built_site: Path) -> None:
    def table(name: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads((built_site / f"dati/{name}.json").read_text("utf-8"))["records"]
        return found

    texts = {row["project_code"]: row for row in table("project_texts") if row["language"] == "it"}
    funding = {row["project_code"]: row for row in table("funding")}
    for row in table("projects"):
        code = row["project_code"]
        page = html.fromstring((built_site / "progetti" / code.lower() / "index.html").read_bytes())
        shown = page.xpath("//details[@id='gaps']//li/@data-gap")
        empty = {name for name in CELLS if row[name] is None}
        empty |= {name for name in ("title", "summary") if not texts.get(code, {}).get(name)}
        known = funding.get(code)
        empty |= {"funding"} if known is None else {
            name for name in [*(f"{stage}_eur" for stage in STAGES), "observed_on"] if known[name] is None}
        assert set(shown) - {"partners", "photos", "documents"} == empty, code
        assert len(set(shown)) == len(shown)
        (counted,) = page.xpath("//details[@id='gaps']/summary")
        assert f"· {len(shown)} cos" in words(counted), code
        assert page.xpath("//details[@id='gaps']/p//a[contains(@class, 'cited')]"), "whom to ask"
        bare = [words(one) for one in page.xpath("//main//*[contains(@class, 'missing')][not(ancestor::details)]")]
        assert [text for text in bare if text == "non disponibile"] == [], code


def test_no_heading_has_cents_and_none_says_a_code_where_there_is_a_title(built_site: Path) -> None:
    titles = {row["project_code"]: row["title"] for row in records("project_texts")
              if row["language"] == "it" and row["title"]}
    pages = money_pages(built_site)
    assert len(pages) > len(records("projects"))
    cents = [(name, words(heading)) for name, page in pages.items()
             for heading in page.xpath("//main//*[self::h1 or self::h2 or self::h3]|//title")
             if CENTS.search(words(heading))]
    assert cents == []
    codes = [(name, words(link)) for name, page in pages.items() for link in page.xpath("//main//a[@href]")
             for code in [words(link)] if code in titles and "progetti/" in link.get("href")]
    assert codes == []


def test_folds_say_how_much_is_in_them(built_site: Path) -> None:
    """Of lists: their items; of the four stages: their rows."""
    richest_project = richest("projects", "project_code", "funding", "project_texts", "milestones")
    if richest_project is None:
        pytest.skip("this city has no projects")
    path = built_site / "progetti" / richest_project["project_code"].lower() / "index.html"
    page = html.fromstring(path.read_bytes())
    assert {"amounts", "card", "gaps"} <= set(page.xpath("//details/@id"))
    for name, items in (("amounts", ".//tbody/tr"), ("card", ".//dl/div"), ("gaps", "./ul/li"), ("odd", "./ul/li"),
                        ("done", "./ol/li")):
        for fold in page.xpath(f"//details[@id='{name}']"):
            counted = re.search(r"· (\d+)", words(fold.find("summary")))
            assert counted, name
            assert int(counted[1]) == len(fold.xpath(items)), name
    assert not page.xpath("//section[contains(@class, 'evidence')]/details[@open]")


def test_pages_of_the_money_are_short_on_a_telephone(built_site: Path, served_site: str, browser: Browser) -> None:
    """In screens of a telephone: a project with all that is known, one of which little is, lists, the rent."""
    told = richest("projects", "project_code", "funding", "project_texts", "milestones")
    if told is None:
        pytest.skip("this city has no projects")
    bare = min(records("projects"), key=lambda row: sum(cell is not None for cell in row.values()))
    city = next(iter(sorted((built_site / "trasparenza/citta").iterdir())))
    limits = {f"progetti/{told['project_code'].lower()}/": 4.0, f"progetti/{bare['project_code'].lower()}/": 3.0,
              "progetti/": 6.0, f"trasparenza/citta/{city.name}/": 4.0, "attivita/": 3.5, "trasparenza/metodo/": 5.0,
              "trasparenza/fonti/": 4.0, "licenze/": 4.0}
    if (built_site / "canone").is_dir():
        limits["canone/"] = 4.5
    page = browser.new_page(viewport=PHONE)
    heights = {}
    for path in limits:
        page.goto(f"{served_site}/{path}")
        heights[path] = page.evaluate("document.documentElement.scrollHeight") / PHONE["height"]
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path
    page.close()
    assert {path: height for path, height in heights.items() if height > limits[path]} == {}
