"""The finder of desks, and a page for each."""

from __future__ import annotations

from datetime import date
from typing import Any

from etl.domain.hours import YEAR, open_days, osm, patron_days, schema_org
from etl.meta.model import Page, Release
from etl.meta.view import by_key, parts, rows
from etl.web.inferences import inferred
from etl.web.kinds import N_, Kind
from etl.web.lineage import Watched
from etl.web.pages.desks.areas import anchors
from etl.web.pages.desks.geography import desk_map
from etl.web.pages.desks.opening import days, distinguishing, slots
from etl.web.pages.desks.sheet import actions, gaps
from etl.web.pages.desks.view import FILES, by_place, known_desks, structured
from etl.web.pages.services.view import known_services

FORTNIGHT = 14
"""Days from the build that a desk's page lists."""


def pages(kind: Kind, release: Watched, language: str) -> list[Page]:
    """The finder, and a page for each desk."""
    desks = [{**desk, "slots": slots(desk)} for desk in known_desks(release, language)]
    desks = [{**desk, "found_by": found_by(desk)} for desk in desks]
    return [
        kind.page(language, places=by_place(desks), total=len(desks), map=desk_map(release, desks),
                  choices=choices(release, desks), distance=inferred("distance")),
        *(desk_page(kind, release, language, desk) for desk in desks),
    ]


def found_by(desk: dict[str, Any]) -> dict[str, str]:
    """What the script of the finder reads of a desk, by name; what is not known of it is not there."""
    point = desk["point"]
    said = {
        "needs": desk["needs"], "place": [desk["istat_code"] or ""], "serves": desk["serves"],
        "districts": desk["districts"], "languages": parts(desk["languages"]), "open": [desk["open"]],
        "wheelchair": [desk["wheelchair_access"] or ""], "appointment": [desk["appointment"] or ""],
        "slots": desk["slots"], "at": [str(point["latitude"]), str(point["longitude"])] if point else [],
    }
    return {name: " ".join(values) for name, values in said.items() if any(values)}


def choices(release: Release, desks: list[dict[str, Any]]) -> dict[str, Any]:
    """What the filters of the finder offer: only values that a desk has, and no filter that parts nothing.

    city: the municipality of the districts. open: whether some are known to open in the next days.
    """
    names = {row["istat_code"]: row["name"] for row in rows(release, "municipalities")}
    names |= {desk["istat_code"]: desk["municipality"] for desk in desks if desk["istat_code"]}
    there = {code for desk in desks for code in (desk["istat_code"], *desk["serves"])}
    places = {code: names[code] for code in there if names.get(code)}
    return {
        "needs": sorted({need for desk in desks for need in desk["needs"]}),
        "places": sorted(places.items(), key=lambda place: place[1]),
        "municipi": list(anchors(desks)),
        "city": next((area["istat_code"] for desk in desks for area in desk["areas"]
                      if area["area_kind"] == "district"), ""),
        "days": days(desks),
        "open": any(desk["open"] for desk in desks),
        **{name: sorted({code for desk in desks for code in parts(desk[name])})
           if distinguishing(desk[name] for desk in desks) else []
           for name in ("languages", "appointment", "wheelchair_access")},
    }


def desk_page(kind: Kind, release: Release, language: str, desk: dict[str, Any]) -> Page:
    """The page of one desk, with its services and the body that runs it."""
    services = by_key(known_services(release, language), "service_id")
    given = [row for row in rows(release, "desk_services") if row["desk_id"] == desk["desk_id"]]
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
        actions=actions(desk),
        gaps=gaps(desk),
        services=[{**services[row["service_id"]], "fact": row} for row in given if row["service_id"] in services],
        organisation=bodies.get(desk["organisation"], {}).get("name") or desk["organisation"],
        manager=bodies.get(desk["manager"], {}).get("name") or desk["manager"],
        upcoming=open_days(table, today, FORTNIGHT) if table else [],
        calendar=bool(table and open_days(table, today, YEAR)),
        patron_day=next(patron_days(table, today, end), None) if table else None,
        osm=osm(table, today, end) if table else "",
        files={kind: f"{desk['desk_id'].lower()}/{name}" for kind, name in FILES.items()},
        structured=structured(desk, schema_org(table, today, end) if table else {}),
    )


KINDS = (
    Kind("desks", {"it": "sportelli", "en": "desks"}, N_("Sportelli per la casa"), pages,
         ("desks/desks.html", "desks/desk.html"), requires=("desks",), short=N_("Sportelli"), words=N_("sportelli"),
         under="home", menu=4, on_the_path=True, permanent=True),
)
