"""The pages around services and desks: home and search."""

from __future__ import annotations

from typing import Any

from etl.meta.model import Page, Release
from etl.meta.view import rows
from etl.web.kinds import N_, Kind
from etl.web.lineage import Watched
from etl.web.pages.services.needs import known_needs
from etl.web.pages.services.view import is_available


def pages(kind: Kind, release: Watched, language: str) -> list[Page]:
    """The home page."""
    return [kind.page(language, **home(release))]


def search(kind: Kind, _: Watched, language: str) -> list[Page]:
    """Search; the writer adds what it lists."""
    return [kind.page(language)]


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


KINDS = (
    Kind("home", {"it": ""}, N_("Dati e servizi per la casa"), pages, ("services/home.html",), short=N_("Home"),
         words=N_("prima pagina"), on_the_path=True),
    Kind("search", {"it": "cerca", "en": "search"}, N_("Cerca nel sito"), search, ("layout/search.html",),
         words=N_("ricerca"), under="home", searched=False),
)
