"""The pages around services and desks: home, rent, network, activities, search."""

from __future__ import annotations

from typing import Any

from etl.model import Page, Release
from etl.pages.addresses import make_page
from etl.pages.rows import Row, codes, grouped, parts, rows, texts
from etl.pages.services import is_available


def pages(release: Release, language: str) -> list[Page]:
    """The five pages in one language."""
    return [
        make_page("home", language, "home.html", **home(release)),
        make_page("rent", language, "rent.html", **rent(release)),
        make_page("network", language, "network.html", **network(release, language)),
        make_page("activities", language, "activities.html", **activities(release, language)),
        make_page("search", language, "search.html"),
    ]


def home(release: Release) -> dict[str, Any]:
    """The counts that the four blocks of the home page show."""
    services = rows(release, "services")
    needs = {need for row in services for need in parts(row["needs"])}
    desks = rows(release, "desks")
    paid = {row["project_code"] for row in rows(release, "funding")}
    resources = release.package["resources"]
    return {
        "needs": [need for need in codes(release, "services", "needs") if need in needs],
        "available": sum(is_available(row) for row in services),
        "desks": len(desks),
        "places": len({desk["istat_code"] for desk in desks if desk["istat_code"]}),
        "projects": len(rows(release, "projects")),
        "funded": len(paid),
        "datasets": len(resources),
        "data_rows": sum(len(items) for items in release.records.values()),
        "released": release.package["created"][:10],
    }


def rent(release: Release) -> dict[str, Any]:
    """The bands and rooms of the local agreement, per zone."""
    bands = grouped(rows(release, "rent_bands"), "zone")
    return {
        "zones": [{"zone": zone, "bands": {row["sub_band"]: row for row in bands[zone]}} for zone in sorted(bands)],
        "sub_bands": sorted({row["sub_band"] for row in rows(release, "rent_bands")}),
        "rooms": rows(release, "rent_rooms"),
        "sources": distinct([*rows(release, "rent_bands"), *rows(release, "rent_rooms")]),
    }


def distinct(items: list[Row]) -> list[Row]:
    """The rows that name their sources in different words: one for each way."""
    return list({(row["source_url"], row["source_date"], row["other_sources"]): row for row in items}.values())


def network(release: Release, language: str) -> dict[str, Any]:
    """Municipalities with their housing agency, and the bodies of the network by kind."""
    notes = texts(release, "municipality_texts", "istat_code", language)
    roles = texts(release, "organisation_texts", "organisation_id", language)
    bodies = grouped(rows(release, "organisations"), "kind")
    municipalities = sorted(rows(release, "municipalities"), key=lambda row: row["name"].casefold())
    return {
        "municipalities": [{**row, "note": notes.get(row["istat_code"], {})} for row in municipalities],
        "covered": sum(1 for row in municipalities if row["network_id"]),
        "organisations": [
            (kind, [{**row, "text": roles.get(row["organisation_id"], {})} for row in bodies[kind]])
            for kind in codes(release, "organisations", "kind")
            if kind in bodies
        ],
    }


def activities(release: Release, language: str) -> dict[str, Any]:
    """Dated facts by year, the newest first; those without a date at the end."""
    words = texts(release, "milestone_texts", "milestone_id", language)
    facts = sorted(rows(release, "milestones"), key=lambda row: row["date"] or "", reverse=True)
    entries = [
        {**row, "text": words.get(row["milestone_id"], {}), "year": row["date"] and row["date"][:4]} for row in facts
    ]
    years = grouped(entries, "year")
    return {"years": [(year, years[year]) for year in sorted(years, key=lambda year: year or "", reverse=True)]}
