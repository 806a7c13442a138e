"""The pages around services and desks: home and search."""

from __future__ import annotations

from typing import Any

from etl.meta.model import Page, Release
from etl.meta.view import rows
from etl.web.pages.addresses import make_page
from etl.web.pages.services.needs import known_needs
from etl.web.pages.services.services import is_available


def pages(release: Release, language: str) -> list[Page]:
    """The home page."""
    return [make_page("home", language, "services/home.html", **home(release))]


def more(_: Release, language: str) -> list[Page]:
    """Search."""
    return [make_page("search", language, "layout/search.html")]


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
