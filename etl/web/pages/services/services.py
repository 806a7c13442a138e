"""The service directory, by need, by reader and A–Z, and one sheet per service."""

from __future__ import annotations

from typing import Any

from etl.meta.model import LANGUAGES, Page, Release
from etl.meta.view import NOT_TRANSLATED, Row, grouped, rows, with_texts
from etl.meta.words import slug
from etl.web.kinds import N_, Kind
from etl.web.lineage import Watched, once
from etl.web.pages.desks.asking import referrals
from etl.web.pages.desks.view import contacts, postal_address
from etl.web.pages.services.glossary import terms_in
from etl.web.pages.services.notices import notices_of
from etl.web.pages.services.sheet import first_screen
from etl.web.pages.services.view import by_code, conditions, known_services, structured


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


def sheet(kind: Kind, release: Release, language: str, service: dict[str, Any]) -> Page:
    """The sheet of one service, with the desks that give it and its documents."""
    name = service["service_id"]
    known = contacts(release)
    desks = [{**known[row["desk_id"]], "fact": row} for row in rows(release, "desk_services")
             if row["service_id"] == name and row["desk_id"] in known]
    italian, sent = original(release, name), referrals(release, language).get(("service", name), [])
    notices, asked = notices_of(release, language, name), conditions(release, language).get(name, [])
    papers, text = documents_of(release, "documents", "document_texts", "document_id", language), service["text"]
    return kind.page(
        language,
        name,
        title=service["title"],
        description=text.get("summary") or "",
        service=service,
        text=text,
        conditions=asked,
        desks=desks,
        sent=sent,
        notices=notices,
        documents=[paper for paper in papers if paper["service_id"] == name],
        terms=terms_in(release, language, italian.values()),
        first=first_screen(service, notices, asked, italian, desks, sent, release.today),
        structured=structured(service),
        location=location(desks),
    )


documents_of = once(with_texts)


def original(release: Release, service: str) -> Row:
    """The Italian words of a service, by column; none where it has no text."""
    said = next((row for row in rows(release, "service_texts")
                 if (row["service_id"], row["language"]) == (service, LANGUAGES[0])), {})
    return {name: said[name] for name in said if name not in NOT_TRANSLATED}


def location(desks: list[Row]) -> dict[str, Any]:
    """Where the service is given, as schema.org says it: the first desk of whose address most is known; only with what
    is known of it. Empty without a desk."""
    if not desks:
        return {}
    desk = max(desks, key=lambda desk: (bool(desk["address"]), bool(desk["postal_code"])))
    return {"@type": "Place", "name": desk["name"], **postal_address(desk)}


KINDS = (
    Kind("services", {"it": "servizi", "en": "services"}, N_("Servizi per la casa"), pages,
         ("services/services.html", "services/service.html"), requires=("services",), short=N_("Servizi"),
         words=N_("servizi"), under="home", menu=3, on_the_path=True, permanent=True),
    Kind("audiences", {"it": "servizi/per-chi", "en": "services/for"}, N_("Servizi per chi sei"), by_reader,
         ("services/audiences.html",), requires=("services",), words=N_("servizi per chi sei"), under="services"),
    Kind("services-az", {"it": "servizi/a-z", "en": "services/a-z"}, N_("Servizi dalla A alla Z"), from_a_to_z,
         ("services/services_az.html",), requires=("services",), words=N_("servizi dalla A alla Z"), under="services"),
)
