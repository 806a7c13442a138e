"""Whom to ask in each municipality: the network page, the list, and a page per municipality."""

from __future__ import annotations

from typing import Any

from etl.domain.helping import Place
from etl.meta.model import Page, Release
from etl.meta.view import codes, grouped, rows, with_texts
from etl.meta.words import slug
from etl.web.kinds import N_, Kind
from etl.web.lineage import Watched
from etl.web.pages.desks.answers import asked, districts
from etl.web.pages.desks.areas import from_elsewhere
from etl.web.pages.desks.geography import network_map
from etl.web.pages.desks.networks import memberships, networks_by_kind
from etl.web.pages.desks.view import by_place, known_desks
from etl.web.pages.services.needs import known_needs


def network_page(kind: Kind, release: Watched, language: str) -> list[Page]:
    """The network: municipalities with what sources say of theirs, each network, and the bodies by kind."""
    desks = known_desks(release, language)
    places = known_places(release, language, desks)
    bodies = grouped(with_texts(release, "organisations", "organisation_texts", "organisation_id", language), "kind")
    return [kind.page(
        language, municipalities=places, map=network_map(release, language),
        helped=[desk for desk in desks if desk["region"]],
        networks=networks_by_kind(release, language), covered=sum(1 for row in places if row["networks"]),
        silent=[row for row in places if not any(row[name] for name in ("networks", "desks", "near"))],
        organisations=[(code, bodies[code]) for code in codes(release, "organisations", "kind") if code in bodies],
    )]


def pages(kind: Kind, release: Watched, language: str) -> list[Page]:
    """The list of municipalities, a page for each, and one for each part of a city that a desk serves."""
    desks, needs = known_desks(release, language), known_needs(release)
    places, parts_of = known_places(release, language, desks), districts(desks)
    helped, made = [desk for desk in desks if desk["region"]], [kind.page(language, municipalities=places)]
    for place in places:
        code, name = place["istat_code"], place["name"]
        numbers = parts_of.get(code, [])
        made.append(kind.page(
            language, code, slug(name), title=name, municipality=place, desks=place["desks"], near=place["near"],
            helped=helped, answers=asked(release, language, needs, Place(code)), districts=numbers, district="",
        ))
        for number in numbers:
            here = [desk for desk in place["desks"] if number in desk["districts"] or code in desk["serves"]]
            made.append(kind.page(
                language, f"{code}/{number}", f"{slug(name)}/{slug(release.config.district)}-{number}",
                title=f"{name}, {release.config.district} {number}", municipality=place, desks=here, near=[],
                helped=helped, answers=asked(release, language, needs, Place(code, number)), districts=numbers,
                district=number,
            ))
    return made


def known_places(release: Release, language: str, desks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One entry per municipality, A–Z: its row; the desks that stand there; `near`, those elsewhere of which a row says
    that they serve it; the networks that sources put it in."""
    there, told = grouped(desks, "istat_code"), memberships(release, language)
    return [
        {**row, "desks": [desk for _, group in by_place(there.get(row["istat_code"], [])) for desk in group],
         "near": from_elsewhere(desks, row["istat_code"]), "networks": told.get(row["istat_code"], [])}
        for row in sorted(rows(release, "municipalities"), key=lambda row: row["name"].casefold())
    ]


KINDS = (
    Kind("municipalities", {"it": "sportelli/comuni", "en": "desks/municipalities"},
         N_("A chi chiedere nel tuo Comune"), pages, ("desks/municipalities.html", "desks/municipality.html"),
         requires=("municipalities",), short=N_("Comuni"), words=N_("comuni"), under="desks",
         on_the_path=True),
    Kind("network", {"it": "rete", "en": "network"}, N_("La rete metropolitana"), network_page,
         ("desks/network.html",), requires=("municipalities",), words=N_("rete metropolitana"), under="desks", foot=1),
)
