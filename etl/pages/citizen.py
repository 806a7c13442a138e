"""The pages around services and desks: home, activities, search."""

from __future__ import annotations

from typing import Any

from etl.model import Page, Release
from etl.pages.addresses import make_page
from etl.pages.needs import known_needs
from etl.pages.rows import grouped, rows, texts
from etl.pages.services import is_available


def pages(release: Release, language: str) -> list[Page]:
    """The home page."""
    return [make_page("home", language, "home.html", **home(release))]


def more(release: Release, language: str) -> list[Page]:
    """Activities and search."""
    return [
        make_page("activities", language, "activities.html", **activities(release, language)),
        make_page("search", language, "search.html"),
    ]


def home(release: Release) -> dict[str, Any]:
    """The counts that the four blocks of the home page show."""
    services = rows(release, "services")
    desks = rows(release, "desks")
    paid = {row["project_code"] for row in rows(release, "funding")}
    resources = release.package["resources"]
    return {
        "needs": known_needs(release),
        "available": sum(is_available(row) for row in services),
        "desks": len(desks),
        "places": len({desk["istat_code"] for desk in desks if desk["istat_code"]}),
        "projects": len(rows(release, "projects")),
        "funded": len(paid),
        "datasets": len(resources),
        "data_rows": sum(len(items) for items in release.records.values()),
        "released": release.package["created"][:10],
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
