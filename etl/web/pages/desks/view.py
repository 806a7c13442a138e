"""What is known of a desk, in one place for every form in which it is shown: card, page, leaflet, calendar, vCard."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from etl.domain.helping import FAR, PUBLIC, Place, answers
from etl.domain.hours import Timetable, open_days
from etl.domain.inference import doubts, openings
from etl.meta.model import Release
from etl.meta.view import Row, grouped, in_language, parts, phones, rows, with_texts
from etl.web.inferences import inferred
from etl.web.kinds import N_
from etl.web.lineage import once
from etl.web.pages.desks.areas import of_desk
from etl.web.pages.desks.asking import before_going, known_bodies, referrals, whom_to_ask
from etl.web.pages.desks.geography import city_map, desk_point
from etl.web.pages.desks.networks import memberships

ASSOCIATIONS = ("tenants_union", "trade_union", "owners_association")
"""Kinds of desks that are no office of a public body; schema.org's LocalBusiness is any place of an organisation."""
WEEKDAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
CONTACT = ("desk_id", "name", "kind", "phone", "email", "address", "postal_code", "municipality", "operates_until",
           "fact_date", "source_url", "source_date")
BAKED = 35
"""Days from the build that the finder knows."""
HOURS_CHANGE = N_("Secondo noi, dagli orari di: %(day)s. Gli orari possono cambiare.")
FILES = {"card": "contatto.vcf", "calendar": "aperture.ics", "leaflet": "volantino.pdf", "code": "qr.svg"}
"""What a desk's folder holds beside its page."""


@once
def known_desks(release: Release, language: str) -> list[dict[str, Any]]:
    """What is known of each desk, as every page, card, calendar, leaflet and list shows it.

    One entry per desk: its row; text; phones; public (it is for everything, not for the home); what `trusted` and
    `timed` say; services; needs (of the services that it
    gives, and those that we read in its words, if any service answers them: `read`, with the mark `reading`); point;
    what of_desk says of its areas; ask (whom_to_ask), before (before_going) and instead.
    """
    hours = grouped(rows(release, "desk_hours"), "desk_id")
    given = grouped(rows(release, "desk_services"), "desk_id")
    needs = {row["service_id"]: parts(row["needs"]) for row in rows(release, "services")}
    areas = grouped(({**row, "fact": in_language(row, "fact", language)} for row in rows(release, "desk_areas")),
                    "desk_id")
    sent, bodies = referrals(release, language), known_bodies(release)
    answered, drawn = {need for found in needs.values() for need in found}, city_map(release)
    entries = []
    for desk in with_texts(release, "desks", "desk_texts", "desk_id", language):
        name = desk["desk_id"]
        services = [row["service_id"] for row in given.get(name, [])]
        declared = {need for service in services for need in needs.get(service, [])}
        read = [need for need in parts(desk["needs"]) if need in answered - declared]
        entries.append({
            **desk,
            **trusted(desk, release.today),
            **timed(release, desk, hours.get(name, [])),
            "phones": phones(desk),
            "public": desk["kind"] in PUBLIC,
            "services": services,
            "needs": sorted({*declared, *read}),
            "read": read,
            "reading": inferred("needs", ("desk_texts", name), day=desk["fact_date"]) if read else None,
            "point": desk_point(drawn, desk),
            **of_desk(areas.get(name, [])),
            "ask": whom_to_ask(desk, sent.get(("desk", name), []), bodies),
            "before": before_going(desk),
        })
    networks = memberships(release, language)
    return [{**desk, "instead": instead(desk, entries, networks.get(desk["istat_code"], []))} for desk in entries]


def instead(desk: dict[str, Any], desks: list[dict[str, Any]], networks: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Whom to ask before going to a desk that cannot be reached from afar: the first by the rule for its first need, in
    its place; None where it can be reached or nobody can. Gives the other desk and the mark that we chose it."""
    if desk["ask"]["itself"] or desk["ask"]["sent"] or not desk["istat_code"] or not desk["needs"]:
        return None
    place = Place(desk["istat_code"], str(desk["municipio"] or ""))
    best = answers(desk["needs"][0], place, desks, networks)[0]
    if best.desk is None or best.way not in FAR or best.desk["desk_id"] == desk["desk_id"]:
        return None
    return {"desk": best.desk, "mark": inferred("best", *best.rests, day=best.desk["fact_date"])}


def trusted(desk: Row, today: date) -> dict[str, Any]:
    """doubts: why a desk must not be said to be open today. age: the mark that its fact is too old for it, or None."""
    found = doubts(desk, today)
    return {"doubts": found, "age": inferred("age", ("desks", desk["desk_id"])) if "old" in found else None}


def timed(release: Release, desk: Row, stated: list[Row]) -> dict[str, Any]:
    """The hours of a desk from its rows.

    hours: a table per day of the week, all that is stated; hours_now: without what is over, for lists; answers: when
    its telephone answers (see spans); hours_date: of these rows. closures. table: the timetable that may be told as
    true from today on, or None; open: the next days of it, as the finder reads them; opening: its mark, None where it
    opens on none of them.
    """
    today, table = release.today, openings(release, desk, stated)
    day = max((row["source_date"] or "" for row in stated), default="") or desk["fact_date"]
    return {
        "hours": weekly(stated),
        "hours_now": weekly(row for row in stated
                            if not row["date_to"] or row["date_to"] >= today.isoformat()[:len(row["date_to"])]),
        "answers": spans(weekly(stated, "telephone")),
        "hours_date": day,
        "closures": [row for row in stated if row["kind"] == "closure"],
        "table": table,
        "open": baked(table, today) if table else "",
        "opening": inferred("openings", ("desk_hours", desk["desk_id"]), day=day) if table else None,
    }


def baked(table: Timetable, today: date) -> str:
    """The hours of the next days on one line: "2026-11-26 10:00-18:00;2026-12-01 10:00-12:00 14:00-18:00"."""
    return ";".join(
        " ".join([day.isoformat(), *(f"{opens}-{closes}" for opens, closes in hours)])
        for day, hours in open_days(table, today, BAKED)
    )


def weekly(hours: Iterable[Row], kind: str = "opening") -> list[dict[str, Any]]:
    """Hours of a kind per day of the week, in order; days without a row are left out, never called closed."""
    days = grouped((row for row in hours if row["kind"] == kind), "weekday")
    return [
        {"weekday": day, "bands": sorted(days[day], key=lambda row: (row["week_of_month"] or 0, row["opens"] or ""))}
        for day in WEEKDAYS
        if day in days
    ]


def spans(days: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Days of a week in a row that have the same hours, as one: first and last day, and their bands."""
    found: list[dict[str, Any]] = []
    for day in days:
        bands = [(row["opens"], row["closes"]) for row in day["bands"]]
        before = WEEKDAYS[WEEKDAYS.index(day["weekday"]) - 1]
        if found and found[-1]["bands"] == bands and found[-1]["last"] == before:
            found[-1]["last"] = day["weekday"]
        else:
            found.append({"first": day["weekday"], "last": day["weekday"], "bands": bands})
    return found


def by_place(desks: list[dict[str, Any]]) -> list[tuple[str | None, list[dict[str, Any]]]]:
    """Desks under their municipality, the one with most desks first; desks without a place at the end.

    In a municipality: see rank.
    """
    places = grouped(desks, "municipality")
    order = sorted(places, key=lambda place: (place is None, -len(places[place]), place or ""))
    return [(place, sorted(places[place], key=rank)) for place in order]


def rank(desk: dict[str, Any]) -> tuple[Any, ...]:
    """The order of desks in one place: those for the home first, of them those that surely help, then those that say
    whom they serve, the whole place before its parts, those without a doubt first."""
    parts_of_it = [int(number) for number in desk["districts"]]
    return (desk["public"], desk.get("unsure", False), not desk["areas"], not desk["serves"], not parts_of_it,
            parts_of_it, bool(desk["doubts"]), desk["name"])


def structured(desk: dict[str, Any], hours: dict[str, Any]) -> dict[str, Any]:
    """The desk as schema.org says it, only with what is known; the template adds the address of the page."""
    known = {
        "telephone": next((dial for _, dial in desk["phones"] if dial), None),
        "email": desk["email"],
        "areaServed": [{"@type": "Place", "name": area["area"]} for area in desk["areas"]
                       if area["area_kind"] != "district"],
        "geo": {"@type": "GeoCoordinates", "latitude": float(desk["latitude"]), "longitude": float(desk["longitude"])}
        if desk["latitude"] is not None and desk["longitude"] is not None else None,
        **hours,
    }
    return {
        "@context": "https://schema.org",
        "@type": "LocalBusiness" if desk["kind"] in ASSOCIATIONS else "GovernmentOffice",
        "name": desk["name"],
        **postal_address(desk),
        **{key: value for key, value in known.items() if value},
    }


def postal_address(desk: Row) -> dict[str, Any]:
    """{"address": where a desk is as schema.org says it, with what is known}; empty when nothing is."""
    place = {"streetAddress": desk["address"], "postalCode": desk["postal_code"],
             "addressLocality": desk["municipality"]}
    known = {key: value for key, value in place.items() if value}
    return {"address": {"@type": "PostalAddress", **known, "addressCountry": "IT"}} if known else {}


@once
def contacts(release: Release) -> dict[str, dict[str, Any]]:
    """What pages about something else show of each desk, by its id, and no more: its hours are not part of them."""
    return {desk["desk_id"]: {**{name: desk[name] for name in CONTACT}, "phones": phones(desk),
                              "doubts": doubts(desk, release.today), "before": before_going(desk)}
            for desk in rows(release, "desks")}
