"""The page of each chart of the story: the table, the files and the frame, one step from the chart."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import etree, html
from support.charts import STORY, taken


def test_the_story_has_its_charts_each_a_step_from_its_table(built_site: Path) -> None:
    page = html.fromstring((built_site / "trasparenza/index.html").read_bytes())
    more = html.fromstring((built_site / "trasparenza/numeri/index.html").read_bytes())
    assert [figure.get("id") for figure in more.xpath("//figure[contains(@class, 'chart')]")] == ["counted-2"]
    shown = {figure.get("id") for figure in page.xpath("//figure[contains(@class, 'chart')]")}
    assert shown >= STORY
    assert len(shown) >= 8
    for figure in page.xpath("//figure[contains(@class, 'chart')]"):
        links = [link.get("href") for link in figure.xpath(".//*[@class='take-files']//a")]
        own = f"../trasparenza/grafici/{figure.get('id')}/"
        files = [f"../incorpora/{figure.get('id')}/{name}" for name in ("grafico.svg", "grafico.png", "dati.csv")]
        assert links == [f"{own}#tabella", *files, f"{own}#incorpora"]


@pytest.mark.parametrize("folder", ["trasparenza/grafici", "en/transparency/charts"])
def test_what_stands_behind_a_chart_is_all_that_is_drawn(built_site: Path, folder: str) -> None:
    """Its table has a row for each row of its CSV, each source is named, and its files and its frame are there."""
    version = json.loads((built_site / "dati/datapackage.json").read_text("utf-8"))["version"]
    places = sorted((built_site / folder).glob("*/index.html"))
    assert {path.parent.name for path in places} > {*STORY, "counted-2"}
    for path in places:
        page, rows = html.fromstring(path.read_bytes()), taken(built_site, path.parent.name)
        assert page.get_element_by_id("tabella").tag == "h2"
        drawn = page.xpath("//table[caption[starts-with(@id, 'table-')]]")[0]
        assert len(drawn.xpath("./tbody/tr")) == len([row for row in rows if row.get("paid_of_100") != ""]), path
        links = [Path(link.get("href")).name for link in page.xpath("//figcaption/*[@class='take-files']//a")]
        assert links == ["grafico.svg", "grafico.png", "dati.csv", version]
        assert "<iframe" in page.get_element_by_id("incorpora").getnext().getnext().text_content()
        cited = {link.get("href") for link in page.xpath("//a[@class='cited']")}
        assert {row["source_url"] for row in rows if row.get("source_url")} <= cited, path
        assert not page.xpath("//meta[@name='robots']")


def test_the_map_is_a_picture_that_comes_later_and_says_what_it_shows(built_site: Path) -> None:
    """Drawn into the page it was a quarter of all that a telephone had to read before the first chart."""
    (image,) = html.fromstring((built_site / "trasparenza/index.html").read_bytes()).xpath("//figure//img")
    assert image.get("loading") == "lazy"
    assert "tabella" in image.get("alt")
    drawn = etree.fromstring((built_site / "trasparenza" / image.get("src")).read_bytes())
    assert drawn.get("viewBox") == f"0 0 {image.get('width')} {image.get('height')}"
    assert [title.text for title in drawn.iter("{*}title")] == [
        row["municipality"] for row in taken(built_site, "network-map")]
    (style,) = drawn.iter("{*}style")
    assert "@media (prefers-color-scheme: dark)" in style.text
    assert "var(" not in style.text
