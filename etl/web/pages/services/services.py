"""The service directory, by need, by reader and A–Z, and one sheet per service."""

from __future__ import annotations

from typing import Any

from etl.meta.model import Page, Release
from etl.meta.view import Row, by_key, codes, grouped, meaning, parts, phones, rows, texts
from etl.meta.words import slug
from etl.web.kinds import N_, Kind
from etl.web.lineage import Watched

AVAILABLE = frozenset({"active", "on_call", "experimental"})
"""Only these may be offered: the others are announced, closed, or too old to be sure."""


def pages(kind: Kind, release: Watched, language: str) -> list[Page]:
    """The directory by need, and a sheet for each service."""
    entries = known_services(release, language)
    return [
        kind.page(language, groups=by_code(release, entries, "needs"),
                  audiences=[group["code"] for group in by_code(release, entries, "audiences")]),
        *(sheet(kind, release, language, entry) for entry in entries),
    ]


def by_reader(kind: Kind, release: Watched, language: str) -> list[Page]:
    """The same services by reader."""
    return [kind.page(language, groups=by_code(release, known_services(release, language), "audiences"))]


def from_a_to_z(kind: Kind, release: Watched, language: str) -> list[Page]:
    """The same services A–Z."""
    ordered = sorted(known_services(release, language), key=lambda entry: slug(entry["title"]))
    letters = grouped(({**entry, "letter": slug(entry["title"])[:1].upper()} for entry in ordered), "letter")
    return [kind.page(language, letters=list(letters.items()), total=len(ordered))]


def known_services(release: Release, language: str) -> list[dict[str, Any]]:
    """One entry per service: its row, its words, its title and whether people can use it."""
    words = texts(release, "service_texts", "service_id", language)
    return [{**row, **shown(row, words)} for row in rows(release, "services")]


def shown(service: Row, words: dict[str, Row]) -> dict[str, Any]:
    """What a list shows of a service: its words, and whether people can use it."""
    text = words.get(service["service_id"], {})
    return {"text": text, "title": text.get("title") or service["service_id"], "available": is_available(service)}


def is_available(service: Row) -> bool:
    """Whether a service may be presented as available."""
    return service["status"] in AVAILABLE


def split(entries: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Services A–Z, those that people can use apart from the others."""
    ordered = sorted(entries, key=lambda entry: slug(entry["title"]) or entry["title"])
    return {
        "available": [entry for entry in ordered if entry["available"]],
        "other": [entry for entry in ordered if not entry["available"]],
    }


def by_code(release: Release, entries: list[dict[str, Any]], column: str) -> list[dict[str, Any]]:
    """Services under each code of a column that holds several (needs, audiences); codes without a service left out."""
    groups = []
    for code in codes(release, "services", column):
        fitting = [entry for entry in entries if code in parts(entry[column])]
        if fitting:
            groups.append({"code": code, **split(fitting)})
    return groups


def words_of(release: Release, column: str, code: str, language: str) -> tuple[str, str]:
    """(title, place in the address) of the page of a need or a reader.

    A language without words of its own has the Italian ones, which the translations of the site turn into its own.
    """
    said = meaning(release, "services", column, code, language)
    return said[:1].upper() + said[1:], slug(said)


def sheet(kind: Kind, release: Release, language: str, service: dict[str, Any]) -> Page:
    """The sheet of one service, with the desks that give it and its documents."""
    name = service["service_id"]
    desks = by_key(({**desk, "phones": phones(desk)} for desk in rows(release, "desks")), "desk_id")
    given = [row for row in rows(release, "desk_services") if row["service_id"] == name]
    about = texts(release, "document_texts", "document_id", language)
    text = service["text"]
    return kind.page(
        language,
        name,
        title=service["title"],
        description=text.get("summary") or "",
        service=service,
        text=text,
        desks=[{**desks[row["desk_id"]], "fact": row} for row in given if row["desk_id"] in desks],
        agency=next((desk for desk in desks.values() if desk["kind"] == "rental_agency" and desk["phone"]), None),
        documents=[
            {**row, "text": about.get(row["document_id"], {})}
            for row in rows(release, "documents")
            if row["service_id"] == name
        ],
        unknown=[name for name in ASKED if not text.get(name)],
        structured=structured(service),
        location=location([desks[row["desk_id"]] for row in given if row["desk_id"] in desks]),
    )


ASKED = ("requirements", "how_to_apply", "documents", "deadlines", "cost")
"""What readers ask of a sheet, besides its title and summary."""


def location(desks: list[Row]) -> dict[str, Any]:
    """Where the service is given, as schema.org says it: the first desk whose address is known, else the first; only
    with what is known of it. Empty without a desk."""
    desk = next((desk for desk in desks if desk["address"]), desks[0] if desks else None)
    if desk is None:
        return {}
    parts = {"streetAddress": desk["address"], "postalCode": desk["postal_code"],
             "addressLocality": desk["municipality"]}
    address = {name: value for name, value in parts.items() if value}
    return {"@type": "Place", "name": desk["name"],
            **({"address": {"@type": "PostalAddress", **address}} if address else {})}


def structured(service: dict[str, Any]) -> dict[str, Any]:
    """The service as schema.org says it; the template adds words, address and channel."""
    return {
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        "name": service["title"],
        "description": service["text"].get("summary") or service["title"],
    }


KINDS = (
    Kind("services", {"it": "servizi", "en": "services"}, N_("Servizi per la casa"), pages,
         ("services/services.html", "services/service.html"), requires=("services",), short=N_("Servizi"),
         words=N_("servizi"), under="home", menu=1, on_the_path=True, permanent=True),
    Kind("audiences", {"it": "servizi/per-chi", "en": "services/for"}, N_("Servizi per chi sei"), by_reader,
         ("services/audiences.html",), requires=("services",), words=N_("servizi per chi sei"), under="services"),
    Kind("services-az", {"it": "servizi/a-z", "en": "services/a-z"}, N_("Servizi dalla A alla Z"), from_a_to_z,
         ("services/services_az.html",), requires=("services",), words=N_("servizi dalla A alla Z"), under="services"),
)
