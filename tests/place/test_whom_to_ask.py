"""Whom people of Milan and around are sent to first: right by the rows, and the same on every page."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html
from support.browser import until

from etl.domain.helping import FAR, Place
from etl.meta.model import Release
from etl.runtime.tables import read_release
from etl.web.pages.desks.answers import asked
from etl.web.pages.services.needs import known_needs

if TYPE_CHECKING:
    from playwright.sync_api import Browser

RHO, CANEGRATE, MILAN, LEGNANO_DESK = "015182", "015046", "015146", "comune-legnano-servizi-sociali"
NEED = "servizi/bisogni/sto-perdendo-la-casa/"


@cache
def published(site: Path) -> Release:
    return read_release(site / "dati", "2026-11-29")


def first(site: Path, need: str, code: str, district: str = "") -> dict[str, Any]:
    found: dict[str, Any] = asked(published(site), "it", [need], Place(code, district))[0]
    return found


def names(found: dict[str, Any]) -> list[str]:
    return [answer["desk"]["desk_id"] if answer["desk"] else "" for answer in (found["best"], *found["others"])]


def test_a_tenant_of_rho_with_an_eviction_notice_is_given_a_number(built_site: Path) -> None:
    """The desk of Rho's network (Sercop, ambito Rhodense) answers; Lucernate, without telephone, comes after."""
    found = first(built_site, "losing_home", RHO)
    assert names(found) == ["sportello-unico-ambito-rhodense", "aler-uog-rho", "sportello-abitare-lucernate", ""]
    assert found["best"]["way"] == "call"


def test_a_tenant_of_canegrate_is_given_the_agency_that_names_it_then_the_lead_municipality(built_site: Path) -> None:
    found = first(built_site, "cannot_pay", CANEGRATE)
    assert names(found) == ["agenzia-abitare-alto-milanese", LEGNANO_DESK, ""]
    assert found["others"][0]["row"]["network_id"] == "ambito-alto-milanese"


def test_in_a_municipio_the_social_services_of_that_one_follow(built_site: Path) -> None:
    found = names(first(built_site, "losing_home", MILAN, "6"))
    assert found[:2] == ["milano-abitare", "municipio-6-morosita"]
    assert {name for name in found if name.startswith("servizio-sociale")} == {
        "servizio-sociale-via-antonio-di-rudini", "servizio-sociale-via-francesco-gonin",
        "servizio-sociale-viale-legioni-romane"}


def test_a_desk_that_cannot_be_called_is_nowhere_the_answer_where_another_can(built_site: Path) -> None:
    release = published(built_site)
    wrong = []
    for place in release.records["municipalities"]:
        for found in asked(release, "it", known_needs(release), Place(place["istat_code"])):
            ways = [answer["way"] for answer in found["others"]]
            if found["best"]["way"] not in FAR and set(ways) & set(FAR):
                wrong.append((place["name"], found["need"]))
    assert wrong == []


@pytest.mark.parametrize("language", ["", "en/", "es/", "fr/", "ar/", "zh/", "uk/"])
def test_every_municipality_has_its_answers_in_every_language(built_site: Path, language: str) -> None:
    """Partial languages had no pages of municipalities."""
    folder = built_site / language / ("desks/municipalities" if language == "en/" else "sportelli/comuni")
    pages = sorted(folder.glob("*/index.html"))
    assert len(pages) == 133
    page = html.parse(folder / "rho" / "index.html")
    assert page.xpath("//*[@id='losing_home']//*[contains(@class, 'best')]//a[contains(@class, 'btn')]/@href") == [
        "tel:+393334913599"]
    assert len(list((folder / "milano").glob("*/index.html"))) == 9


def test_a_desk_of_a_lead_municipality_is_on_pages_of_its_network_alone(built_site: Path) -> None:
    told = {row["istat_code"] for row in published(built_site).records["network_members"]
            if row["network_id"] == "ambito-alto-milanese"}
    slugs = {re.sub(r"[^a-z]+", "-", row["name"].lower()) for row in published(built_site).records["municipalities"]
             if row["istat_code"] in told}
    there = {page.parent.name for page in (built_site / "sportelli" / "comuni").glob("*/index.html")
             if LEGNANO_DESK in page.read_text("utf-8")}
    assert there == slugs != set()


def test_the_page_of_a_silent_desk_sends_to_the_same_as_that_of_its_place(built_site: Path) -> None:
    page = html.parse(built_site / "sportelli" / "sportello-abitare-lucernate" / "index.html")
    said = page.xpath("//p[@data-inferred='best']/a/@href")
    assert said[0].endswith("/sportello-unico-ambito-rhodense/")


def test_a_place_is_chosen_remembered_and_forgotten(served_site: str, browser: Browser) -> None:
    page = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
    page.goto(f"{served_site}/{NEED}")
    page.fill("#place", "20017")
    page.press("#place", "Enter")
    page.wait_for_selector("#answer .best a[href='tel:+393334913599']")
    assert page.locator("#answer .best .btn").bounding_box()["y"] < 844  # type: ignore[index]
    page.goto(f"{served_site}/uk/{NEED}")
    page.wait_for_selector("#answer .best a[href='tel:+393334913599']")
    page.click("#forget")
    assert page.locator("#answer").inner_text() == ""
    page.reload()
    until(page, "document.getElementById('forget').hidden")
    page.fill("#place", "6")
    page.press("#place", "Enter")
    page.wait_for_selector("#answer .best a[href='tel:+390200707160']")
    page.context.close()
