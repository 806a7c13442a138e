"""Milan's public offices, unions and associations as desks: no more than their sources state."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from pathlib import Path

import pytest
from pypdf import PdfReader
from support.repository import ROOT

ALER = "aler-uog-rho"


def source(name: str) -> list[dict[str, str]]:
    with (ROOT / "datasets" / "source" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


DESKS = {row["desk_id"]: row for row in source("desks")}
SOCIAL = sorted(name for name, row in DESKS.items() if row["kind"] == "social_service")


def test_every_office_of_the_sources_is_a_desk_of_its_kind() -> None:
    kinds = Counter(row["kind"] for row in DESKS.values())
    assert {kind: kinds[kind] for kind in (
        "social_service", "registry_office", "borough_hall", "welfare_space", "public_office", "trade_union")} == {
        "social_service": 19, "registry_office": 13, "borough_hall": 9, "welfare_space": 11, "public_office": 2,
        "trade_union": 1}


def test_the_hours_of_the_social_services_are_those_of_their_telephone_line() -> None:
    kinds = {(row["kind"], row["opens"], row["closes"]) for row in source("desk_hours") if row["desk_id"] in SOCIAL}
    assert kinds == {("telephone", "08:00", "18:00")}
    assert {DESKS[name]["phone"] for name in SOCIAL} == {"020202"}


def test_a_point_that_the_source_gives_twice_is_given_to_nobody() -> None:
    assert [name for name in SOCIAL if DESKS[name]["latitude"] == ""] == [
        "servizio-sociale-via-adolfo-consolini", "servizio-sociale-via-antonio-aldini",
        "servizio-sociale-via-augusto-anfossi", "servizio-sociale-via-santarnaldo"]


def test_an_office_with_two_districts_has_none_and_its_page_says_why(built_site: Path) -> None:
    name = "servizio-sociale-via-cesare-brivio"
    assert DESKS[name]["municipio"] == ""
    assert [row for row in source("desk_areas") if row["desk_id"] == name] == []
    html = (built_site / "sportelli" / name / "index.html").read_text("utf-8")
    assert "nel nome scrive Municipio 9, nella colonna della zona 8" in html


def test_programs_are_told_where_an_office_is_and_what_kind_of_body_it_is(built_site: Path) -> None:
    told = {}
    for name in ("servizio-sociale-viale-tibaldi", "servizio-sociale-via-adolfo-consolini", "sunia-milano"):
        html = (built_site / "sportelli" / name / "index.html").read_text("utf-8")
        told[name] = json.loads(html.split('<script type="application/ld+json">')[1].split("</script>")[0])
    assert [(about["@type"], about.get("geo", {}).get("latitude")) for about in told.values()] == [
        ("GovernmentOffice", 45.44447), ("GovernmentOffice", None), ("LocalBusiness", None)]
    assert "openingHoursSpecification" not in str(told)
    points = json.loads((built_site / "dati" / "sportelli.geojson").read_text("utf-8"))["features"]
    there = {point["id"]: point["geometry"] for point in points}
    assert there["servizio-sociale-viale-tibaldi"]["coordinates"] == [9.183877, 45.44447]
    assert there["servizio-sociale-via-adolfo-consolini"] is None


def test_a_union_whose_seat_is_not_verified_has_no_address() -> None:
    assert DESKS["cisl-milano"]["address"] == "via Valassina 22"
    assert {DESKS[name]["address"] for name in ("unione-inquilini-milano", "asppi-milano", "assoedilizia")} == {""}
    assert not any(row["address"] == "via Valassina 22" for row in DESKS.values() if "icet" in row["name"])


@pytest.mark.parametrize("form", ["list", "page", "leaflet"])
def test_a_card_a_page_and_a_leaflet_say_the_same_hours(built_site: Path, form: str) -> None:
    """The card said "Orari: non disponibile", the page telephone hours, the leaflet both."""
    folder = built_site / "sportelli"
    if form == "leaflet":
        text = " ".join(page.extract_text() for page in PdfReader(folder / ALER / "volantino.pdf").pages)
    else:
        text = ((folder if form == "list" else folder / ALER) / "index.html").read_text("utf-8")
        text = text[text.index('data-desk="aler-uog-rho"' if form == "list" else "<h1>"):]
        text = text.split('class="desk-entry"')[0]
    said = " ".join(re.sub(r"<[^>]+>", "", text).split())
    assert ("Al telefono rispondevano (7 marzo 2024): lunedì–giovedì 09:00–12:30, 14:30–16:00; venerdì 09:00–12:30"
            in said)
    hours = said[said.index("Al telefono") - 12:said.index("Al telefono") + 200]
    assert "non disponibile" not in hours
