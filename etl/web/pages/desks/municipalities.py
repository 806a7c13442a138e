"""Whom to ask in each municipality: the network page, the list, and a page per municipality."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from etl.meta.model import Page, Release
from etl.meta.view import codes, grouped, rows, texts
from etl.meta.words import slug
from etl.web.pages.addresses import make_page
from etl.web.pages.desks.desks import by_place, known_desks
from etl.web.pages.desks.geography import network_map


def pages(release: Release, language: str) -> list[Page]:
    """The network, the list of municipalities, and a page for each."""
    desks = known_desks(release, language)
    places = known_places(release, language, desks)
    helped = [desk for desk in desks if desk["kind"] == "help_line"]
    return [
        make_page("network", language, "desks/network.html", **network(release, language, places)),
        make_page("municipalities", language, "desks/municipalities.html", municipalities=places),
        *(
            make_page(
                "municipalities", language, "desks/municipality.html", place["istat_code"], slug(place["name"]),
                title=place["name"], municipality=place, desks=place["desks"], near=place["near"], helped=helped,
            )
            for place in places
        ),
    ]


def known_places(release: Release, language: str, desks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One entry per municipality, A–Z: its row, note, desks, and the desks of its network in other municipalities."""
    notes = texts(release, "municipality_texts", "istat_code", language)
    there = grouped(desks, "istat_code")
    members = grouped((row for row in rows(release, "municipalities") if row["network_id"]), "network_id")
    entries = []
    for row in sorted(rows(release, "municipalities"), key=lambda row: row["name"].casefold()):
        others = [m["istat_code"] for m in members.get(row["network_id"], []) if m["istat_code"] != row["istat_code"]]
        own = [desk for _, group in by_place(there.get(row["istat_code"], [])) for desk in group]
        near = [desk for code in others for desk in there.get(code, [])]
        entries.append({**row, "note": notes.get(row["istat_code"], {}), "desks": own, "near": near})
    return entries


def network(release: Release, language: str, places: list[dict[str, Any]]) -> Mapping[str, Any]:
    """Municipalities with their housing agency, and the bodies of the network by kind."""
    roles = texts(release, "organisation_texts", "organisation_id", language)
    bodies = grouped(rows(release, "organisations"), "kind")
    return {
        "municipalities": places,
        "covered": sum(1 for row in places if row["network_id"]),
        "silent": [row for row in places if not row["network_id"] and not row["desks"]],
        "map": network_map(release),
        "organisations": [
            (kind, [{**row, "text": roles.get(row["organisation_id"], {})} for row in bodies[kind]])
            for kind in codes(release, "organisations", "kind")
            if kind in bodies
        ],
    }
