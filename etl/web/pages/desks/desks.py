"""The desks as pages need them, one entry each with words, phones, hours and needs; the finder; a page per desk."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from etl.domain.hours import YEAR, Timetable, hours_of, open_days, osm, patron_days, schema_org
from etl.meta.model import Page, Release
from etl.meta.view import Row, by_key, grouped, parts, phones, rows, texts
from etl.web.kinds import N_, Kind
from etl.web.lineage import Watched
from etl.web.pages.desks.geography import city_map, desk_map, desk_point
from etl.web.pages.services.services import shown

WEEKDAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
AGENCIES = ("rental_agency", "housing_agency")
FORTNIGHT, BAKED = 14, 35
"""Days from the build: those that a desk's page lists, those that the finder knows."""


HOURS_CHANGE = N_("Gli orari possono cambiare: telefona prima di andare.")


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


def known_desks(release: Release, language: str) -> list[dict[str, Any]]:
    """One entry per desk: its row; text; phones; hours (weekly table), closures; table (its timetable or None);
    open (the hours of the next days as the finder reads them); needs (of the services it gives); point."""
    words = texts(release, "desk_texts", "desk_id", language)
    hours = grouped(rows(release, "desk_hours"), "desk_id")
    given = grouped(rows(release, "desk_services"), "desk_id")
    needs = {row["service_id"]: parts(row["needs"]) for row in rows(release, "services")}
    today, drawn = release.today, city_map(release)
    entries = []
    for desk in rows(release, "desks"):
        name = desk["desk_id"]
        table = hours_of(release, desk, hours.get(name, []))
        services = [row["service_id"] for row in given.get(name, [])]
        entries.append({
            **desk,
            "text": words.get(name, {}),
            "phones": phones(desk),
            "hours": weekly(hours.get(name, [])),
            # Lists show only hours that are not over; the page of the desk shows all, with their dates.
            "hours_now": weekly(row for row in hours.get(name, [])
                                if not row["date_to"] or row["date_to"] >= today.isoformat()[:len(row["date_to"])]),
            "closures": [row for row in hours.get(name, []) if row["kind"] == "closure"],
            "table": table,
            "open": baked(table, today) if table else "",
            "services": services,
            "needs": sorted({need for service in services for need in needs.get(service, [])}),
            "point": desk_point(drawn, desk),
        })
    return entries


def baked(table: Timetable, today: date) -> str:
    """The hours of the next days on one line: "2026-11-26 10:00-18:00;2026-12-01 10:00-12:00 14:00-18:00"."""
    return ";".join(
        " ".join([day.isoformat(), *(f"{opens}-{closes}" for opens, closes in hours)])
        for day, hours in open_days(table, today, BAKED)
    )


def weekly(hours: Iterable[Row]) -> list[dict[str, Any]]:
    """Opening hours per day of the week, in order; days without a row are left out, never called closed."""
    days = grouped((row for row in hours if row["kind"] == "opening"), "weekday")
    return [
        {"weekday": day, "bands": sorted(days[day], key=lambda row: (row["week_of_month"] or 0, row["opens"] or ""))}
        for day in WEEKDAYS
        if day in days
    ]


def by_place(desks: list[dict[str, Any]]) -> list[tuple[str | None, list[dict[str, Any]]]]:
    """Desks under their municipality, the one with most desks first; desks without a place at the end.

    In a municipality: those of the whole city before those of a borough, recent facts first.
    """
    places = grouped(desks, "municipality")
    order = sorted(places, key=lambda place: (place is None, -len(places[place]), place or ""))
    return [
        (place, sorted(places[place], key=rank))
        for place in order
    ]


def rank(desk: dict[str, Any]) -> tuple[Any, ...]:
    """The order of desks in one place: those that surely help first, whole city before boroughs, recent facts first."""
    return (desk.get("unsure", False), desk["municipio"] or 0, desk["status"], desk["name"])


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


def agency_of(desks: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The rental agency that keeps the network, when its telephone is known."""
    return next((desk for desk in desks if desk["kind"] == AGENCIES[0] and desk["phones"]), None)


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
    words = texts(release, "service_texts", "service_id", language)
    services = by_key(rows(release, "services"), "service_id")
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
        services=[{**services[name], **shown(services[name], words)} for name in desk["services"] if name in services],
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


FILES = {"card": "contatto.vcf", "calendar": "aperture.ics", "leaflet": "volantino.pdf", "code": "qr.svg"}
"""What a desk's folder holds beside its page."""


def structured(desk: dict[str, Any], hours: dict[str, Any]) -> dict[str, Any]:
    """The desk as schema.org says it, only with what is known; the template adds the address of the page."""
    place = {
        "streetAddress": desk["address"],
        "postalCode": desk["postal_code"],
        "addressLocality": desk["municipality"],
    }
    known = {
        "telephone": next((dial for _, dial in desk["phones"] if dial), None),
        "email": desk["email"],
        **hours,
    }
    address = {key: value for key, value in place.items() if value}
    return {
        "@context": "https://schema.org",
        "@type": "GovernmentOffice",
        "name": desk["name"],
        **({"address": {"@type": "PostalAddress", **address, "addressCountry": "IT"}} if address else {}),
        **{key: value for key, value in known.items() if value},
    }


KINDS = (
    Kind("desks", {"it": "sportelli", "en": "desks"}, N_("Sportelli per la casa"), pages,
         ("desks/desks.html", "desks/desk.html"), requires=("desks",), short=N_("Sportelli"), words=N_("sportelli"),
         under="home", menu=2, on_the_path=True, permanent=True),
)
