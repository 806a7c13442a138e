"""Whom a desk serves, whom to ask and what to do before going: never more than the rows state."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from support.repository import ROOT

from etl.meta.model import Release
from etl.web.language import Language
from etl.web.pages.desks.areas import anchors, from_elsewhere, of_desk
from etl.web.pages.desks.asking import FIRST, before_going, referrals, whom_to_ask
from etl.web.pages.desks.networks import known_networks, memberships
from etl.web.rendering import site_settings

TOWN, LAKE, HILL = "001272", "001001", "001002"


def desk(name: str, stands: str | None, *areas: tuple[str, str, str | None]) -> dict[str, Any]:
    """A desk with its areas: (kind, name, ISTAT code)."""
    rows = [{"area_kind": kind, "area": area, "istat_code": code} for kind, area, code in areas]
    return {"desk_id": name, "istat_code": stands, **of_desk(rows)}


AGENCY = desk("agency", TOWN, ("municipality", "Lago", LAKE), ("municipality", "Colle", HILL))
OFFICE = desk("office", LAKE)
CITY = desk("city", TOWN, ("city", "Borgo", TOWN))
SECOND = desk("second", TOWN, ("district", "2", TOWN))
TENTH = desk("tenth", TOWN, ("district", "10", TOWN), ("district", "2", TOWN))
POINT = desk("point", TOWN, ("neighbourhood", "Borgo Vecchio", TOWN))
REGIONAL = desk("regional", None, ("region", "Regione", None))
DESKS = [AGENCY, OFFICE, CITY, SECOND, TENTH, POINT, REGIONAL]


def test_a_municipality_is_served_only_by_desks_of_which_a_row_says_so() -> None:
    """Every desk in any member of a network was listed: the social services of one town on ten pages of others."""
    assert [found["desk_id"] for found in from_elsewhere(DESKS, HILL)] == ["agency"]
    assert [found["why"]["area"] for found in from_elsewhere(DESKS, LAKE)] == ["Lago"]
    assert from_elsewhere(DESKS, TOWN) == []


def test_a_desk_without_a_stated_area_is_for_no_area_and_a_neighbourhood_is_not_the_city() -> None:
    assert (OFFICE["serves"], OFFICE["districts"], OFFICE["region"]) == ([], [], False)
    assert POINT["serves"] == []
    assert (CITY["serves"], REGIONAL["region"]) == ([TOWN], True)


def test_the_first_desk_of_each_part_of_the_city_is_where_links_lead() -> None:
    assert list(anchors(DESKS).items()) == [("2", "second"), ("10", "tenth")]


@pytest.mark.parametrize(("known", "first"), [
    ({"phone": "011 1", "email": "a@example.org"}, "phone"), ({"email": "a@example.org", "appointment": "required"},
    "email"), ({"appointment": "required"}, "appointment"),
])
def test_before_going_people_do_what_the_row_allows(known: dict[str, str], first: str) -> None:
    """Pages said to phone where there is no telephone."""
    blank = {"phone": None, "email": None, "appointment": None}
    assert before_going({**blank, **known}) == FIRST[first]
    assert before_going(blank) == ""


@pytest.mark.parametrize("language", [code for code in site_settings(ROOT, None).extra["languages"] if code != "it"])
def test_what_to_do_before_going_is_said_in_every_language(language: str) -> None:
    say = Language(language, language, [ROOT / "site" / "locale"], {}).gettext
    assert [words for words in FIRST.values() if say(words) == words] == []


def test_a_desk_answers_for_itself_then_whom_it_sends_to_then_the_body_in_charge() -> None:
    """The page of a need and the page of a desk sent the same person to two places, neither of them stated."""
    silent = {"phone": None, "email": None, "organisation": "Ente A; Comune di Lago"}
    bodies = {"Ente A": {"name": "Ente A", "website": "https://a.example.org/"}}
    sent: list[dict[str, Any]] = [{"target": {"desk": AGENCY}}]
    assert whom_to_ask({**silent, "email": "a@example.org"}, sent, bodies) == {"itself": True, "sent": [], "bodies": []}
    assert whom_to_ask(silent, sent, bodies) == {"itself": False, "sent": sent, "bodies": []}
    assert whom_to_ask(silent, [], bodies)["bodies"] == [bodies["Ente A"], {"name": "Comune di Lago"}]
    assert whom_to_ask({**silent, "organisation": None}, [], bodies) == {"itself": False, "sent": [], "bodies": []}


def release(**records: list[dict[str, Any]]) -> Release:
    return Release(records, {"resources": []}, today=date(2026, 11, 29))


def member(code: str, network: str, as_of: str | None, fact: str = "Comune.") -> dict[str, Any]:
    return {"istat_code": code, "network_id": network, "as_of": as_of, "source_date": None, "fact_it": fact,
            "fact_en": None}


def test_sources_that_disagree_are_both_told_the_newest_first() -> None:
    networks = [{"network_id": name, "name": name, "as_of": day, "source_date": None, "lead": lead}
                for name, day, lead in (("old", "2018-04", None), ("new", "2025", "Lago"))]
    known = release(
        municipalities=[{"istat_code": LAKE, "name": "Lago"}, {"istat_code": HILL, "name": "Colle"}],
        networks=networks, network_members=[
            member(LAKE, "old", "2018-04"), member(HILL, "old", "2018-04"), member(LAKE, "new", None),
            member(LAKE, "gone", "2026")])
    assert [(row["network"]["name"], row["fact"]) for row in memberships(known, "en")[LAKE]] == [
        ("old", ("Comune.", "it")), ("new", ("Comune.", "it"))]
    assert [(row["network_id"], row["members"], row["fact"]) for row in known_networks(known, "it")] == [
        ("new", [("Lago", LAKE)], ("Comune.", "it")), ("old", [("Colle", HILL), ("Lago", LAKE)], ("Comune.", "it"))]


def test_a_referral_leads_to_what_is_published_and_to_nothing_else() -> None:
    row = {"from_kind": "service", "from_id": "sat", "to_kind": "organisation", "fact_it": "Se ne occupa."}
    known = release(organisations=[{"organisation_id": "comune", "name": "Comune"}],
                    referrals=[{**row, "to_id": "comune"}, {**row, "to_id": "gone"}])
    found = referrals(known, "it")[("service", "sat")]
    assert [item["target"]["organisation"]["name"] for item in found] == ["Comune"]
