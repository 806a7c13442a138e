"""The releases of the data: the list, and a page for each with its files, at an address that stays."""

from __future__ import annotations

from typing import Any

from etl.meta.model import Page, Release
from etl.meta.words import say
from etl.web.pages.addresses import N_, make_page

TITLE = N_("Versioni dei dati")


def pages(release: Release, language: str) -> list[Page]:
    """None in a preview without a build."""
    if not release.versions:
        return []
    return [
        make_page("releases", language, "data/releases.html", title=TITLE, versions=release.versions,
                  current=release.package["version"]),
        *(version_page(release, language, line) for line in release.versions if line["kept"]),
    ]


def version_page(release: Release, language: str, line: Any) -> Page:
    """One release: its tables as they were."""
    tables = [
        {**table, "title": say(about["title"], language) if (about := release.declarations.get(table["name"]))
         else table["name"], "kilobytes": max(1, round(table["bytes"] / 1000))}
        for table in line["tables"]
    ]
    return make_page("releases", language, "data/version.html", line["version"], title=line["version"], line=line,
                     tables=tables, current=release.package["version"])
