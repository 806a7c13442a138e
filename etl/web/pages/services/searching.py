"""The page of the search: where to begin, the words that it knows, and every page from A to Z."""

from __future__ import annotations

from etl.meta.model import Page
from etl.web.kinds import N_, Kind
from etl.web.lineage import Watched
from etl.web.pages.desks.view import known_desks
from etl.web.pages.services.needs import known_needs
from etl.web.pages.services.situations import known_situations


def pages(kind: Kind, release: Watched, language: str) -> list[Page]:
    """The one page, with situations, needs and whom everybody may call; the writer adds words and pages."""
    helped = [desk for desk in known_desks(release, language) if desk["region"]]
    # Their names only: the page states none of their facts, and so names no source of them.
    situations = [(row["situation_id"], row["title"], row["text"]["language"])
                  for row in known_situations(release, language)]
    return [kind.page(language, situations=situations, needs=known_needs(release), helped=helped)]


KINDS = (
    Kind("search", {"it": "cerca", "en": "search"}, N_("Cerca nel sito"), pages, ("layout/search.html",),
         words=N_("ricerca"), under="home", on_the_path=True, searched=False),
)
