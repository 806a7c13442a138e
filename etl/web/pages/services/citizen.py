"""The home page."""

from __future__ import annotations

from etl.meta.model import Page
from etl.meta.view import Row, rows, with_texts
from etl.web.kinds import N_, Kind
from etl.web.lineage import Watched
from etl.web.pages.services.needs import known_needs
from etl.web.pages.services.notices import closing_soon
from etl.web.pages.services.view import is_available
from etl.web.pages.trust.changes import changed_on

TOLD_AT_HOME = 3
"""Projects retold point by point to which the home page leads."""


def pages(kind: Kind, release: Watched, language: str) -> list[Page]:
    """The home page, with the counts that its four blocks show."""
    desks = rows(release, "desks")
    return [kind.page(
        language, needs=known_needs(release), available=sum(map(is_available, rows(release, "services"))),
        closing=closing_soon(release, language),
        desks=len(desks), places=len({desk["istat_code"] for desk in desks if desk["istat_code"]}),
        told=told_in_full(release, language),
        projects=len(rows(release, "projects")), funded=len({row["project_code"] for row in rows(release, "funding")}),
        datasets=len(release.package["resources"]), data_rows=sum(map(len, release.records.values())),
        changed=changed_on(release),
    )]


def told_in_full(release: Watched, language: str) -> list[Row]:
    """The first projects whose source is retold point by point, each with its text."""
    codes = {row["project_code"] for row in rows(release, "project_sections")}
    projects = with_texts(release, "projects", "project_texts", "project_code", language)
    return [project for project in projects if project["project_code"] in codes][:TOLD_AT_HOME]


KINDS = (
    Kind("home", {"it": ""}, N_("Dati e servizi per la casa"), pages, ("services/home.html",), short=N_("Home"),
         words=N_("prima pagina"), on_the_path=True),
)
