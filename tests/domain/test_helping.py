"""Whom to ask: one rule, in its order; what can be reached from afar before what cannot."""

from __future__ import annotations

from typing import Any

import pytest

from etl.domain.helping import STEPS, Place, answers, way

TOWN, LAKE = "001272", "001001"
NETWORK = {"istat_code": LAKE, "network_id": "agency", "lead_code": None}
LED = {"istat_code": LAKE, "network_id": "ambito", "lead_code": TOWN}


def desk(name: str, stands: str | None = LAKE, *areas: tuple[str, str, str], **known: Any) -> dict[str, Any]:
    """A desk that helps with nothing that is known and cannot be reached; areas: (kind, name, ISTAT code)."""
    rows = [{"area_kind": kind, "area": area, "istat_code": code} for kind, area, code in areas]
    return {"desk_id": name, "name": name, "kind": "housing_desk", "istat_code": stands, "areas": rows, "needs": [],
            "public": False, "doubts": (), "phone": None, "email": None, "website": None, "appointment": None,
            "address": None, "fact_date": "2026-01", "source_date": None,
            "region": any(row["area_kind"] == "region" for row in rows),
            "districts": [row["area"] for row in rows if row["area_kind"] == "district"], **known}


def asked(desks: list[dict[str, Any]], *networks: dict[str, Any], district: str = "") -> list[tuple[str, str]]:
    found = answers("eviction", Place(LAKE, district), desks, networks)
    return [(answer.step, answer.desk["name"] if answer.desk else "") for answer in found]


def test_the_steps_of_the_rule_follow_each_other() -> None:
    region = desk("region", None, ("region", "R", ""), needs=["eviction"], phone="1")
    social = desk("social", LAKE, ("municipality", "Lago", LAKE), kind="social_service", public=True, phone="1")
    lead = desk("lead", TOWN, kind="municipal_desk", phone="1")
    network, here = desk("agency", TOWN, phone="1"), desk("here", phone="1")
    own = desk("own", TOWN, ("municipality", "Lago", LAKE), needs=["eviction"], phone="1")
    everybody = [region, social, lead, network, here, own]
    assert asked(everybody, NETWORK, LED) == [
        ("own", "own"), ("lead", "lead"), ("social", "social"), ("region", "region")]
    own["phone"] = None
    assert sorted(asked(everybody, NETWORK, LED), key=lambda found: STEPS.index(found[0])) == [
        ("own", "own"), ("here", "here"), ("network", "agency"), ("lead", "lead"), ("social", "social"),
        ("region", "region")]


def test_a_desk_that_cannot_be_called_is_never_the_answer_where_another_can() -> None:
    """A tenant with an eviction notice was sent to a desk without telephone and hours: it stood in the right place."""
    silent = desk("silent", needs=["eviction"], address="via Roma 1")
    assert asked([silent])[0] == ("own", "silent")
    assert asked([silent, desk("old", phone="1", doubts=("old",))])[0] == ("here", "old")
    assert asked([silent, desk("lead", TOWN, kind="municipal_desk", email="a@example.org")], LED)[0] == ("lead", "lead")


def test_of_equals_the_one_of_which_nothing_is_in_doubt_is_first_then_the_nearest_then_the_newest() -> None:
    district, city = ("district", "6", LAKE), ("city", "Lago", LAKE)
    old = desk("old", LAKE, district, needs=["eviction"], phone="1", doubts=("old",))
    whole = desk("whole", LAKE, city, needs=["eviction"], phone="1")
    assert asked([old, whole], district="6")[0] == ("own", "whole")
    near = desk("near", LAKE, district, needs=["eviction"], phone="1")
    assert asked([whole, near], district="6")[0] == ("own", "near")
    newer = desk("newer", LAKE, city, needs=["eviction"], phone="1", fact_date="2026-02")
    assert asked([whole, newer])[0] == ("own", "newer")


def test_what_is_for_another_district_or_another_place_is_no_answer() -> None:
    other = desk("other", LAKE, ("district", "5", LAKE), needs=["eviction"], phone="1")
    building = desk("building", LAKE, ("building", "via Roma 1", LAKE), needs=["eviction"], phone="1")
    elsewhere = desk("elsewhere", TOWN, needs=["eviction"], phone="1")
    assert asked([other, building, elsewhere], district="6") == [("social", "")]


def test_a_line_for_the_region_answers_only_for_what_it_helps_with() -> None:
    assert asked([desk("platform", None, ("region", "R", ""), needs=["other"], phone="1")]) == [("social", "")]


def test_an_office_for_everything_is_no_answer_but_for_the_social_services() -> None:
    hall = desk("hall", LAKE, ("district", "6", LAKE), kind="borough_hall", public=True, phone="1")
    assert asked([hall], district="6") == [("social", "")]


def test_each_answer_names_the_row_that_says_why() -> None:
    own = desk("own", TOWN, ("municipality", "Lago", LAKE), needs=["eviction"])
    lead = desk("lead", TOWN, kind="municipal_desk")
    found = answers("eviction", Place(LAKE), [own, lead], [LED])
    assert [answer.rests for answer in found] == [
        (("desk_areas", "own|municipality|Lago"),), (("network_members", f"{LAKE}|ambito"), ("desks", "lead")), ()]


@pytest.mark.parametrize(("known", "expected"), [
    ({"phone": "1", "email": "a@example.org"}, "call"), ({"email": "a@example.org", "address": "via"}, "write"),
    ({"website": "https://example.org", "appointment": "required", "address": "via"}, "book"),
    ({"website": "https://example.org", "address": "via"}, "go"), ({"website": "https://example.org"}, "site"),
    ({}, "")])
def test_how_a_desk_is_reached(known: dict[str, str], expected: str) -> None:
    assert way(desk("one", **known)) == expected
