"""The page that documents the static API, with examples that can be copied."""

from __future__ import annotations

from etl.meta.model import Page, Release
from etl.web.pages.addresses import N_, make_page

TITLE = N_("API dei dati")


def pages(release: Release, language: str) -> list[Page]:
    """The one page."""
    desk = next((row["desk_id"] for row in release.records.get("desks", [])), "")
    return [make_page("api", language, "data/api.html", title=TITLE, desk=desk, version=release.package["version"])]
