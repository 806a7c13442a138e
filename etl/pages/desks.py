"""The desks: the list by municipality and one page per desk."""

from __future__ import annotations

from typing import Any

from etl.model import Page, Release
from etl.pages.addresses import make_page
from etl.pages.rows import Row, by_key, grouped, parts, rows, texts
from etl.pages.services import shown

WEEKDAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
SCHEMA_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def pages(release: Release, language: str) -> list[Page]:
    """The list of desks, and a page for each."""
    words = texts(release, "desk_texts", "desk_id", language)
    hours = grouped(rows(release, "desk_hours"), "desk_id")
    desks = [
        {
            **desk,
            "text": words.get(desk["desk_id"], {}),
            "phones": phones(desk),
            "hours": weekly(hours.get(desk["desk_id"], [])),
            "closures": [row for row in hours.get(desk["desk_id"], []) if row["kind"] == "closure"],
        }
        for desk in rows(release, "desks")
    ]
    return [
        make_page("desks", language, "desks.html", places=by_place(desks), total=len(desks)),
        *(desk_page(release, language, desk) for desk in desks),
    ]


def phones(desk: Row) -> list[tuple[str, str]]:
    """(number as people write it, number to dial) of a desk; the second is empty when it cannot be dialled."""
    written = parts(desk["phone"])
    dialled = parts(desk.get("phone_e164"))
    if len(dialled) != len(written):
        dialled = [""] * len(written)
    return list(zip(written, dialled, strict=True))


def weekly(hours: list[Row]) -> list[dict[str, Any]]:
    """Opening hours per day of the week, in order; days without a row are left out, never called closed."""
    days = grouped((row for row in hours if row["kind"] == "opening"), "weekday")
    return [
        {"weekday": day, "bands": sorted(days[day], key=lambda row: (row["week_of_month"] or 0, row["opens"] or ""))}
        for day in WEEKDAYS
        if day in days
    ]


def by_place(desks: list[dict[str, Any]]) -> list[tuple[str | None, list[dict[str, Any]]]]:
    """Desks under their municipality, the one with most desks first; desks without a place at the end."""
    places = grouped(desks, "municipality")
    order = sorted(places, key=lambda place: (place is None, -len(places[place]), place or ""))
    return [
        (place, sorted(places[place], key=lambda desk: (desk["status"], desk["kind"], desk["name"]))) for place in order
    ]


def desk_page(release: Release, language: str, desk: dict[str, Any]) -> Page:
    """The page of one desk, with its services and the body that runs it."""
    words = texts(release, "service_texts", "service_id", language)
    services = by_key(rows(release, "services"), "service_id")
    given = [row["service_id"] for row in rows(release, "desk_services") if row["desk_id"] == desk["desk_id"]]
    bodies = by_key(rows(release, "organisations"), "organisation_id")
    return make_page(
        "desks",
        language,
        "desk.html",
        desk["desk_id"],
        title=desk["name"],
        description=desk["text"].get("description") or "",
        desk=desk,
        text=desk["text"],
        services=[{**services[name], **shown(services[name], words)} for name in given if name in services],
        organisation=bodies.get(desk["organisation"], {}).get("name") or desk["organisation"],
        manager=bodies.get(desk["manager"], {}).get("name") or desk["manager"],
        structured=structured(desk),
    )


def structured(desk: dict[str, Any]) -> dict[str, Any]:
    """The desk as schema.org says it, only with what is known; the template adds the address of the page."""
    place = {
        "streetAddress": desk["address"],
        "postalCode": desk["postal_code"],
        "addressLocality": desk["municipality"],
    }
    known = {
        "telephone": next((dial for _, dial in desk["phones"] if dial), None),
        "email": desk["email"],
        "openingHoursSpecification": [
            {
                "@type": "OpeningHoursSpecification",
                "dayOfWeek": f"https://schema.org/{SCHEMA_DAYS[WEEKDAYS.index(day['weekday'])]}",
                "opens": f"{band['opens']}:00",
                "closes": f"{band['closes']}:00",
                **({"validFrom": band["date_from"]} if band["date_from"] else {}),
                **({"validThrough": band["date_to"]} if band["date_to"] else {}),
            }
            for day in desk["hours"]
            for band in day["bands"]
            if band["opens"] and band["closes"] and not band["week_of_month"]
        ],
    }
    address = {key: value for key, value in place.items() if value}
    return {
        "@context": "https://schema.org",
        "@type": "GovernmentOffice",
        "name": desk["name"],
        **({"address": {"@type": "PostalAddress", **address, "addressCountry": "IT"}} if address else {}),
        **{key: value for key, value in known.items() if value},
    }
