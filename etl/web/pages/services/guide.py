"""The addresses of the guide that there was: each leads to the questions that took its place."""

from __future__ import annotations

from etl.meta.model import Page
from etl.meta.view import codes
from etl.web.kinds import N_, Kind
from etl.web.lineage import Watched
from etl.web.pages.services.needs import known_needs
from etl.web.pages.services.view import words_of


def pages(kind: Kind, release: Watched, language: str) -> list[Page]:
    """A page that leads on for the guide, for each need, and for each reader of a need."""
    made = [kind.page(language)]
    for need in known_needs(release):
        place = words_of(release, "needs", need, language)[1]
        made.append(kind.page(language, need.replace("_", "-"), place))
        made += [kind.page(language, f"{need}/{reader}".replace("_", "-"),
                           f"{place}/{words_of(release, 'audiences', reader, language)[1]}")
                 for reader in codes(release, "services", "audiences")]
    return made


KINDS = (
    Kind("guide", {"it": "servizi/guida", "en": "services/guide"}, N_("Quale servizio fa per me?"), pages,
         ("services/moved.html",), requires=("services",), words=N_("guida"), under="services", listed=False,
         indexed=False, searched=False),
)
