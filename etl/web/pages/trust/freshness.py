"""Sources and freshness: which tables refresh themselves, when they were read, and until when they can be trusted."""

from __future__ import annotations

from etl.meta.model import Page, Release
from etl.meta.view import Row, rows
from etl.meta.words import say
from etl.web.pages.addresses import make_page


def pages(release: Release, language: str) -> list[Page]:
    """The one page; none when the release does not say how its tables come."""
    items = [{**row, **about(release, row["dataset"], language)} for row in rows(release, "sources")]
    if not items:
        return []
    return [
        make_page(
            "sources", language, "trust/freshness.html",
            automatic=[item for item in items if item["way"] == "automatic"],
            people=[item for item in items if item["way"] == "people"],
        )
    ]


def about(release: Release, name: str, language: str) -> Row:
    """The words of the declaration: title, why this source, how old facts may be."""
    declared = release.declarations[name]
    fetch = declared["source"].get("fetch")
    return {
        "title": say(declared["title"], language),
        "because": say(fetch["because"], language) if fetch else "",
        "max_age_days": declared.get("freshness", {}).get("max_age_days"),
    }
