"""Sources and freshness: which tables refresh themselves, when they were read, and until when they can be trusted."""

from __future__ import annotations

from etl.meta.model import Page, Release
from etl.meta.view import Row, rows
from etl.meta.words import say
from etl.web.kinds import N_, Kind
from etl.web.lineage import Watched


def pages(kind: Kind, release: Watched, language: str) -> list[Page]:
    """The one page."""
    items = [{**row, **about(release, row["dataset"], language)} for row in rows(release, "sources")]
    return [kind.page(language, automatic=[item for item in items if item["way"] == "automatic"],
                      people=[item for item in items if item["way"] == "people"])]


def about(release: Release, name: str, language: str) -> Row:
    """The words of the declaration: title, what the source is called, why this source, how old facts may be."""
    declared = release.declarations[name]
    fetch = declared["source"].get("fetch")
    return {
        "title": say(declared["title"], language),
        "source": say(declared["source"]["title"], language),
        "because": say(fetch["because"], language) if fetch else "",
        "max_age_days": declared.get("freshness", {}).get("max_age_days"),
    }


KINDS = (
    Kind("sources", {"it": "trasparenza/fonti", "en": "transparency/sources"}, N_("Fonti e freschezza"), pages,
         ("trust/freshness.html",), requires=("sources",), words=N_("fonti"), under="transparency"),
)
