"""The home page."""

from __future__ import annotations

from collections import Counter
from operator import itemgetter
from typing import Any

from etl.meta.model import Page, Release
from etl.meta.view import Row, rows
from etl.web.kinds import N_, Kind
from etl.web.lineage import Watched
from etl.web.pages.money.money import known_projects
from etl.web.pages.money.stages import of_project
from etl.web.pages.services.emergency import card
from etl.web.pages.services.needs import known_needs
from etl.web.pages.services.notices import closing_soon, known_notices
from etl.web.pages.services.situations import known_situations
from etl.web.pages.services.view import is_available
from etl.web.pages.trust.changes import changed_on

TOLD_AT_HOME = 3
"""Projects retold point by point to which the home page leads."""
BELOW = "services/home_more.html"
"""The end of the page in languages that have all pages: the others need no words for it."""
NEARBY = 6
"""Municipalities that the home page names: those with the most desks."""


def pages(kind: Kind, release: Watched, language: str) -> list[Page]:
    """The home page: what happens to people, what closes soon, who helps, whom to call now; money, data."""
    return [kind.page(
        language, situations=known_situations(release, language), emergency=card(release, language),
        needs=known_needs(release), available=sum(map(is_available, rows(release, "services"))),
        closing=closing_soon(release, language),
        open_notices=sum(notice["state"] == "open" for notice in known_notices(release, language)),
        desks=len(rows(release, "desks")), telephoned=sum(bool(desk["phone"]) for desk in rows(release, "desks")),
        nearby=nearby(release), told=told_in_full(release, language),
        projects=len(rows(release, "projects")), funded=len({row["project_code"] for row in rows(release, "funding")}),
        datasets=len(release.package["resources"]), changed=changed_on(release),
        below=None if release.config.is_partial(language) else BELOW,
    )]


def nearby(release: Release) -> list[Row]:
    """The municipalities with the most desks, A–Z; none without desks."""
    known = sorted(rows(release, "municipalities"), key=itemgetter("name"))
    desks = Counter(desk["istat_code"] for desk in rows(release, "desks"))
    most = sorted(known, key=lambda row: -desks[row["istat_code"]])[:NEARBY]
    return [{name: row[name] for name in ("istat_code", "name")} for row in known if row in most and
            desks[row["istat_code"]]]


def told_in_full(release: Watched, language: str) -> list[dict[str, Any]]:
    """The first projects whose source is retold point by point, each with its text, its money and its chart."""
    codes = {row["project_code"] for row in rows(release, "project_sections")}
    told = [project for project in known_projects(release, language) if project["project_code"] in codes]
    return [{**project, "chart": of_project(project)} for project in told[:TOLD_AT_HOME]]


KINDS = (
    Kind("home", {"it": ""}, N_("Dati e servizi per la casa"), pages, ("services/home.html",), short=N_("Home"),
         words=N_("prima pagina"), on_the_path=True),
)
