"""The finder of desks, and a page for each."""

from __future__ import annotations

from datetime import date
from typing import Any

from etl.domain.hours import YEAR, open_days, osm, patron_days, schema_org
from etl.meta.model import Page, Release
from etl.meta.view import by_key, grouped, parts, rows
from etl.web.kinds import N_, Kind
from etl.web.lineage import Watched
from etl.web.pages.desks.geography import desk_map
from etl.web.pages.desks.view import AGENCIES, FILES, agency_of, by_place, known_desks, structured
from etl.web.pages.services.view import known_services

FORTNIGHT = 14
"""Days from the build that a desk's page lists."""


def pages(kind: Kind, release: Watched, language: str) -> list[Page]:
    """The finder, and a page for each desk."""
    desks = known_desks(release, language)
    near = grouped(desks, "istat_code")
    agency = agency_of(desks)
    return [
        kind.page(language, places=by_place(desks), total=len(desks), map=desk_map(release, desks),
                  choices=choices(desks)),
        *(desk_page(kind, release, language, desk, who_knows(desk, near[desk["istat_code"]], agency))
          for desk in desks),
    ]


def choices(desks: list[dict[str, Any]]) -> dict[str, list[Any]]:
    """What the filters of the finder offer: only values that a desk has."""
    places = {desk["istat_code"]: desk["municipality"] for desk in desks if desk["istat_code"]}
    return {
        "needs": sorted({need for desk in desks for need in desk["needs"]}),
        "places": sorted(places.items(), key=lambda place: place[1]),
        "municipi": sorted({desk["municipio"] for desk in desks if desk["municipio"]}),
        "languages": sorted({code for desk in desks for code in parts(desk["languages"])}),
        "appointment": sorted({desk["appointment"] for desk in desks if desk["appointment"]}),
    }


def who_knows(
    desk: dict[str, Any], near: list[dict[str, Any]], agency: dict[str, Any] | None
) -> dict[str, Any] | None:
    """Whom to ask about what is not known of a desk: itself, else an agency of its municipality, else another desk
    there, else the rental agency that keeps the network. near: the desks of its municipality."""
    agencies = [other for other in near if other["kind"] in AGENCIES] if desk["istat_code"] else []
    others = near if desk["istat_code"] else []
    return next((other for other in (desk, *agencies, *others) if other["phones"]), agency)


def desk_page(
    kind: Kind, release: Release, language: str, desk: dict[str, Any], who: dict[str, Any] | None
) -> Page:
    """The page of one desk, with its services, the body that runs it and `who` to ask what is not known."""
    services = by_key(known_services(release, language), "service_id")
    bodies = by_key(rows(release, "organisations"), "organisation_id")
    today, table = release.today, desk["table"]
    end = date.fromordinal(today.toordinal() + YEAR)
    return kind.page(
        language,
        desk["desk_id"],
        title=desk["name"],
        description=desk["text"].get("description") or "",
        desk=desk,
        text=desk["text"],
        services=[services[name] for name in desk["services"] if name in services],
        organisation=bodies.get(desk["organisation"], {}).get("name") or desk["organisation"],
        manager=bodies.get(desk["manager"], {}).get("name") or desk["manager"],
        upcoming=open_days(table, today, FORTNIGHT) if table else [],
        calendar=bool(table and open_days(table, today, YEAR)),
        patron_day=next(patron_days(table, today, end), None) if table else None,
        osm=osm(table, today, end) if table else "",
        who=who,
        files={kind: f"{desk['desk_id'].lower()}/{name}" for kind, name in FILES.items()},
        structured=structured(desk, schema_org(table, today, end) if table else {}),
    )


KINDS = (
    Kind("desks", {"it": "sportelli", "en": "desks"}, N_("Sportelli per la casa"), pages,
         ("desks/desks.html", "desks/desk.html"), requires=("desks",), short=N_("Sportelli"), words=N_("sportelli"),
         under="home", menu=2, on_the_path=True, permanent=True),
)
