"""From a need to help: a page per need, with who can help and what may concern you."""

from __future__ import annotations

from etl.meta.model import Page, Release
from etl.meta.view import codes, parts, rows
from etl.web.kinds import N_, Kind
from etl.web.lineage import Watched
from etl.web.pages.desks.answers import where
from etl.web.pages.desks.areas import anchors
from etl.web.pages.desks.view import by_place, known_desks
from etl.web.pages.services.emergency import card
from etl.web.pages.services.view import by_code, known_services, words_of


def pages(kind: Kind, release: Watched, language: str) -> list[Page]:
    """A page for each need that a service answers."""
    entries = known_services(release, language)
    desks = known_desks(release, language)
    helped = [desk for desk in desks if desk["region"]]
    made = []
    for group in by_code(release, entries, "needs"):
        title, place = words_of(release, "needs", group["code"], language)
        # A desk for the home of which nobody says with what it helps may still help: it is shown, and marked.
        fitting = [
            {**desk, "unsure": group["code"] not in desk["needs"]}
            for desk in desks
            if (group["code"] in desk["needs"] or not desk["services"]) and not desk["region"] and not desk["public"]
        ]
        places = by_place(fitting)
        made.append(kind.page(
            language, group["code"].replace("_", "-"), place, title=title, group=group,
            where=where(release, language), emergency=card(release, language), places=places, helped=helped,
            municipi=anchors([desk for _, there in places for desk in there]),
        ))
    return made


def known_needs(release: Release) -> list[str]:
    """The needs that a service answers, in the order of the vocabulary."""
    found = {need for row in rows(release, "services") for need in parts(row["needs"])}
    return [need for need in codes(release, "services", "needs") if need in found]


KINDS = (
    Kind("needs", {"it": "servizi/bisogni", "en": "services/needs"}, N_("Di che cosa hai bisogno?"), pages,
         ("services/need.html",), requires=("services",), words=N_("bisogni"), under="services", on_the_path=True),
)
