"""Whom Milan's desks serve, who sends to whom, and the networks of its municipalities: as the sources state it."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest
from support.pages import pages
from support.release import RELEASE, records

from etl.runtime.tables import read_release
from etl.web.pages.desks.municipalities import known_places
from etl.web.pages.desks.view import known_desks

KNOWN = read_release(RELEASE)
DESKS = known_desks(KNOWN, "it")
PLACES = {place["name"]: place for place in known_places(KNOWN, "it", DESKS)}
SERVED = {
    "casa-comuni-insieme": {"Baranzate", "Bollate", "Cesate", "Garbagnate Milanese", "Novate Milanese",
                            "Paderno Dugnano", "Senago", "Solaro"},
    "agenzia-abitare-alto-milanese": {
        "Busto Garolfo", "Canegrate", "Cerro Maggiore", "Dairago", "Nerviano", "Parabiago", "Rescaldina",
        "San Giorgio su Legnano", "San Vittore Olona", "Villa Cortese"},
    "sportello-unico-ambito-rhodense": {"Arese", "Cornaredo", "Lainate", "Pero", "Pogliano Milanese",
                                        "Pregnana Milanese", "Settimo Milanese", "Vanzago"},
}
NEED = "servizi/bisogni/sto-perdendo-la-casa"


def text_of(site: Path, page: str) -> str:
    """The words of a page, each gap one space."""
    html = (site / page / "index.html").read_text("utf-8")
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_a_municipality_lists_the_desks_of_which_a_row_says_that_they_serve_it() -> None:
    found = {name: {place for place, known in PLACES.items() if name in [desk["desk_id"] for desk in known["near"]]}
             for name in {desk["desk_id"] for known in PLACES.values() for desk in known["near"]}}
    assert found == SERVED


def test_the_social_services_of_a_town_are_on_no_page_of_another(built_site: Path) -> None:
    card = 'class="desk-entry" data-fact="desks comune-legnano-servizi-sociali"'
    there = [page.parent.name for page in (built_site / "sportelli" / "comuni").glob("*/index.html")
             if card in page.read_text("utf-8")]
    assert there == ["legnano"]


def test_the_metropolitan_network_of_2018_is_two_consortia_and_17_municipalities_of_that_year() -> None:
    rows = [row for row in records("network_members") if row["network_id"] in ("sercop", "comuni-insieme")]
    assert (len(rows), {row["as_of"] for row in rows}) == (17, {"2018-04"})
    assert next(row for row in records("milestones") if row["milestone_id"] == "rete-metropolitana-2018")["date"] == (
        "2018-04")


def test_sources_of_different_years_are_both_there_with_their_dates() -> None:
    told = {row["network_id"]: (row["source_date"], row["network"]["lead"]) for row in PLACES["Canegrate"]["networks"]}
    assert told["ambito-alto-milanese"] == ("2025-12-24", "Legnano")
    assert told["piano-di-zona-alto-milanese"] == ("2023-10-03", None)


def test_no_page_says_for_whom_a_desk_is_without_a_row(built_site: Path) -> None:
    assert [page for page in pages(built_site) if "per tutta la città" in page.read_text("utf-8")] == []
    silent = {desk["desk_id"] for desk in DESKS if not desk["areas"]}
    assert {"mm-casa-capuana", "sportello-abitare-lucernate"} <= silent
    for name in silent:
        assert "per quali zone è" in text_of(built_site, f"sportelli/{name}"), name
    assert "Lorenteggio (quartiere)" in text_of(built_site, "sportelli/milo-lab-lorenteggio")


@pytest.mark.parametrize("page", ["sportelli/sportello-abitare-lucernate", NEED])
def test_the_page_of_a_need_and_that_of_a_desk_send_to_the_same(built_site: Path, page: str) -> None:
    assert "La fonte non dà telefono né e-mail. L’ente che indica: Comune di Rho" in text_of(built_site, page)


def test_the_agency_is_named_only_where_a_source_names_it(built_site: Path) -> None:
    """It was said to ask it for Cologno, Pioltello, Rho, Sesto and San Giuliano, and for SAT."""
    sheet = text_of(built_site, "servizi/sat-servizi-abitativi-transitori")
    assert "La fonte indica: ALER Milano ; Comune di Milano ." in sheet
    assert "Milano Abitare, agenzia" not in sheet
    sent = {row["from_id"] for row in records("referrals") if row["to_id"] == "milano-abitare"}
    assert sent == {"contributo-pensionati", "superaffitto-giovani-famiglie"}
    assert text_of(built_site, NEED).count("Milano Abitare –") == 1


def test_every_referral_is_between_things_that_are_published() -> None:
    known = {"desk": {row["desk_id"] for row in records("desks")},
             "service": {row["service_id"] for row in records("services")},
             "organisation": {row["organisation_id"] for row in records("organisations")}}
    assert [row for row in records("referrals") if row["from_id"] not in known[row["from_kind"]]
            or row["to_id"] not in known[row["to_kind"]]] == []


def test_the_api_and_hsds_say_the_areas_of_the_rows(built_site: Path) -> None:
    desk = json.loads((built_site / "api/v1/desks/casa-comuni-insieme.json").read_text("utf-8"))["data"]
    assert {area["area"] for area in desk["areas"]} == SERVED["casa-comuni-insieme"]
    given = [row["desk_id"] for row in records("desk_services")]
    stated = sorted(area["area"] for name in given for area in records("desk_areas") if area["desk_id"] == name)
    with (built_site / "dati/hsds/service_areas.csv").open(encoding="utf-8", newline="") as file:
        assert sorted(row["name"] for row in csv.DictReader(file)) == stated != []


def test_where_there_is_no_telephone_nobody_is_told_to_phone(built_site: Path) -> None:
    silent = [desk["desk_id"] for desk in DESKS if not desk["phones"]]
    assert len(silent) > 5
    assert [name for name in silent if "elefona prima di andare" in text_of(built_site, f"sportelli/{name}")] == []
    assert "Telefona prima di andare." in text_of(built_site, "sportelli/municipio-3-morosita")
