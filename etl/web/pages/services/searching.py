"""The page of the search: where to begin, the words that it knows, and every page from A to Z."""

from __future__ import annotations

from etl.meta.model import Page
from etl.web.kinds import N_, Kind
from etl.web.lineage import Watched
from etl.web.pages.desks.view import known_desks
from etl.web.pages.services.needs import known_needs


def pages(kind: Kind, release: Watched, language: str) -> list[Page]:
    """The one page, with the needs and whom everybody may call; the writer adds words and pages."""
    helped = [desk for desk in known_desks(release, language) if desk["region"]]
    return [kind.page(language, needs=known_needs(release), helped=helped)]


KINDS = (
    Kind("search", {"it": "cerca", "en": "search"}, N_("Cerca nel sito"), pages, ("layout/search.html",),
         words=N_("ricerca"), under="home", on_the_path=True, searched=False),
)
