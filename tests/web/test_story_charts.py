"""The charts of the site: each can be taken away, and says what the published tables say when worked out again."""

from __future__ import annotations

import gzip
import json
import struct
from collections import Counter
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lxml import etree, html
from support.browser import opened, until
from support.charts import STORY, table, taken

if TYPE_CHECKING:
    from playwright.sync_api import Browser

Row = dict[str, str]
STAGES = ("programmed", "admitted", "committed", "paid")
FOLDERS = {"it": "incorpora", "en": "en/embed"}
LIMITS = {1280: 5 * 800, 390: 8 * 844}
"""Width -> pixels above the tables of the story, in screens of its height."""


def published(site: Path, name: str) -> list[Row]:
    return table(site / "dati" / f"{name}.csv")


def funded(site: Path) -> dict[str, Row]:
    """The last observation of the money of each project."""
    return {row["project_code"]: row for row in sorted(published(site, "funding"), key=lambda row: row["observed_on"])}


def full(row: Row) -> bool:
    return all(row[f"{stage}_eur"] for stage in STAGES)


def folders(site: Path) -> Iterator[Path]:
    """The folder of each chart, in each language."""
    for folder in FOLDERS.values():
        yield from (path.parent for path in sorted((site / folder).glob("*/dati.csv")))


def test_each_chart_has_its_files_and_they_say_where_they_are_from(built_site: Path) -> None:
    package = json.loads((built_site / "dati/datapackage.json").read_text("utf-8"))
    found, pinned = list(folders(built_site)), f"dati/releases/{package['version']}/grafici/"
    assert len(found) > 2 * len(STORY)
    for folder in found:
        image = (folder / "grafico.png").read_bytes()
        assert image[:8] == b"\x89PNG\r\n\x1a\n"
        width, height = struct.unpack(">II", image[16:24])
        assert width >= 1200
        assert 300 < height < 6000, folder
        told = " ".join(etree.fromstring((folder / "grafico.svg").read_bytes()).itertext())
        page = html.fromstring((folder / "index.html").read_bytes())
        title = page.xpath("//h1")[0].text_content().strip()
        kept = f"{pinned}{folder.name}.{page.get('lang')}.svg"
        assert (built_site / kept).exists() or folder.name not in STORY
        address = kept if (built_site / kept).exists() else f"{folder.relative_to(built_site).as_posix()}/"
        for words in (title, "CC BY 4.0", f"/{address}"):
            assert words in told, (folder, words)
        (foot,) = page.xpath("//figcaption")
        assert "CC BY 4.0" in foot.text_content()
        assert foot.xpath(".//a") or "ISTAT" in foot.text_content()
        assert not page.xpath("//script | //*[@style]")
        assert taken(built_site, folder.name) or folder.parent.name == "embed"


def test_the_story_weighs_less_than_a_picture(built_site: Path) -> None:
    """With the stylesheet and the two fonts at most 90 kB, compressed."""
    fonts = [path.read_bytes() for path in (built_site / "assets/fonts").glob("*.woff2")]
    (style,) = (built_site / "assets").glob("site.*.css")
    texts = (style.read_bytes(), (built_site / "trasparenza/index.html").read_bytes())
    assert sum(map(len, fonts)) + sum(len(gzip.compress(text, 9)) for text in texts) <= 90_000


def test_stages_are_the_amounts_of_their_project(built_site: Path) -> None:
    money = funded(built_site)
    charts = {row["project_code"]: row["project_code"].lower() for row in published(built_site, "projects")}
    for code, name in charts.items():
        if not (built_site / "incorpora" / name / "dati.csv").exists():
            assert code not in money
            continue
        rows = taken(built_site, name)
        assert [row["amount_eur"] for row in rows] == [money[code][f"{stage}_eur"] for stage in STAGES]
        admitted = money[code]["admitted_eur"]
        assert [row["of_100_admitted"] and Decimal(row["of_100_admitted"]) for row in rows] == [
            share(row["amount_eur"], admitted) for row in rows]


def share(part: str, whole: str) -> Decimal | str:
    if not part or not whole or not Decimal(whole):
        return ""
    return (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def test_the_dots_are_what_each_project_paid(built_site: Path) -> None:
    money, rows = funded(built_site), taken(built_site, "money-projects")
    known = {code for code, row in money.items() if share(row["paid_eur"], row["admitted_eur"]) != ""}
    assert {row["project_code"] for row in rows if row["paid_of_100"]} == known
    for row in rows:
        own = money[row["project_code"]]
        assert (row["admitted_eur"], row["paid_eur"]) == (own["admitted_eur"], own["paid_eur"])
        assert (row["paid_of_100"] and Decimal(row["paid_of_100"])) == share(own["paid_eur"], own["admitted_eur"])
        assert row["doubts"] == own["doubts"]
    page = html.fromstring((built_site / "trasparenza/index.html").read_bytes())
    flagged = {row["project_code"] for row in rows if row["doubts"]}
    for line in page.xpath("//figure[@id='money-projects']//table[contains(@class, 'rowchart')]/tbody/tr[@data-group]"):
        code = line.get("data-group").removeprefix("project ")
        assert bool(line.xpath(".//circle[@class='kh']")) == (code in flagged)
        assert ("dato dubbio" in line.text_content()) == (code in flagged)


@pytest.mark.parametrize(("name", "column", "read"), [("city", "city", "code_city"), ("axis", "axis", "code_axis")])
def test_squares_count_the_projects(built_site: Path, name: str, column: str, read: str) -> None:
    money, counts = funded(built_site), Counter[tuple[str, int]]()
    for row in published(built_site, "projects"):
        code, group = row["project_code"], row[column] or row[read]
        if group and (name == "city" or row["programme"].endswith("2014-2020")):
            counts[group, 2 if code not in money else 0 if full(money[code]) else 1] += 1
    for row in taken(built_site, f"money-by-{name}"):
        assert [int(row[f"{how}_amounts"]) for how in ("all", "some", "no")] == [
            counts.pop((row[name], place), 0) for place in range(3)], row
    assert not counts or name == "axis"


def test_the_time_line_has_every_project_with_a_start(built_site: Path) -> None:
    own = {row["project_code"]: row for row in published(built_site, "projects") if row["start_date"]}
    rows, money = taken(built_site, "money-timeline"), funded(built_site)
    assert {row["project_code"] for row in rows} == set(own)
    for row in rows:
        assert (row["start_date"], row["end_date"]) == tuple(
            own[row["project_code"]][name] for name in ("start_date", "end_date"))
        assert row["observed_on"] == money.get(row["project_code"], {"observed_on": ""})["observed_on"]


@pytest.mark.parametrize("name", ["counted-1", "counted-2"])
def test_periods_are_those_of_the_indicators_and_none_lies_in_another(built_site: Path, name: str) -> None:
    own, rows = {row["indicator_id"]: row for row in published(built_site, "indicators")}, taken(built_site, name)
    assert len(rows) >= 3
    for row in rows:
        assert [row[column] for column in ("period_start", "period_end")] == [
            own[row["indicator_id"]][column] for column in ("period_start", "period_end")]
        assert Decimal(row["value"]) == Decimal(own[row["indicator_id"]]["value"])
    ends = [(row["period_start"], row["period_end"]) for row in rows]
    assert all(one[1][:7] <= other[0][:7] or one[1] < other[0] for one, other in pairwise(ends))
    assert len({(own[row["indicator_id"]]["scope"], own[row["indicator_id"]]["unit"]) for row in rows}) == 1


def test_rents_and_networks_are_their_rows(built_site: Path) -> None:
    columns = ("zone", "sub_band", "min_eur_m2_year", "max_eur_m2_year")
    assert [[row[name] for name in columns] for row in taken(built_site, "rent-ranges")] == [
        [row[name] for name in columns] for row in published(built_site, "rent_bands")]
    names = {row["network_id"]: row["name"] for row in published(built_site, "networks")}
    told: dict[str, set[str]] = {}
    for row in published(built_site, "network_members"):
        told.setdefault(row["istat_code"], set()).add(names[row["network_id"]])
    places = {row["name"]: told.get(row["istat_code"], set()) for row in published(built_site, "municipalities")}
    drawn = {row["municipality"]: row["agency"] for row in taken(built_site, "network-map")}
    assert set(drawn) == set(places)
    assert [name for name, agency in drawn.items() if (agency in places[name]) != bool(places[name])] == []


def test_what_nobody_knows_is_counted(built_site: Path) -> None:
    money, projects = funded(built_site), published(built_site, "projects")
    titled = {row["project_code"] for row in published(built_site, "project_texts") if row["title"]}
    expected = [sum(row["project_code"] in titled for row in projects),
                *(sum(bool(row[name]) for row in projects) for name in ("beneficiary", "start_date", "end_date")),
                *(sum(bool(row[f"{stage}_eur"]) for row in money.values()) for stage in STAGES),
                sum(bool(row["observed_on"]) for row in money.values())]
    rows = taken(built_site, "money-unknown")
    assert [int(row["known"]) for row in rows] == expected
    assert {row["projects"] for row in rows} == {str(len(projects))}


SMALLEST = """() => Math.min(...[...document.querySelectorAll(".chart svg text")].map(one =>
  parseFloat(getComputedStyle(one).fontSize) * (one.closest("svg[viewBox]")?.getScreenCTM().a ?? 1)))"""
TABLES = "() => document.querySelector('.stories').getBoundingClientRect().bottom + scrollY"


def test_the_story_is_short_and_can_be_read_on_every_screen(served_site: str, browser: Browser) -> None:
    with opened(browser, f"{served_site}/trasparenza/") as (page, complaints):
        for width, limit in LIMITS.items():
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate(TABLES) <= limit, width
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate(SMALLEST) >= 12, width
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.locator("figure img").scroll_into_view_if_needed()
        until(page, "document.querySelector('figure img').naturalWidth > 0")
        assert complaints == []


def test_a_frame_shows_a_chart_with_its_source_from_320_to_900_pixels(served_site: str, browser: Browser) -> None:
    """As high as the text to copy says: nothing of it is cut, and the licence is in sight."""
    with opened(browser, f"{served_site}/trasparenza/") as (page, _):
        places = page.locator(".take-files a[href$='#incorpora']").evaluate_all("all => all.map(one => one.href)")
        codes = [code for place in places if page.goto(place) for code in page.locator("main pre").all_text_contents()]
    assert len(codes) >= 8
    frames = [(html.fromstring(code).get("src"), int(html.fromstring(code).get("height"))) for code in codes]
    with opened(browser, f"{served_site}/trasparenza/") as (page, _):
        for address, height in frames:
            page.goto(f"{served_site}/{address.split('/', 3)[3]}")
            for width in (320, 900):
                page.set_viewport_size({"width": width, "height": height})
                size = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
                assert size[0] <= width, address
                assert size[1] <= height, (address, width, size, height)
                foot = page.locator("figcaption").bounding_box()
                assert foot
                assert foot["y"] + foot["height"] <= height, (address, width)
