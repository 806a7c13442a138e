"""From a need to help: a page per need (who can help, what may concern you), and the guide of a few questions."""

from __future__ import annotations

from typing import Any

from etl.meta.model import Page, Release
from etl.meta.view import codes, parts, rows
from etl.web.kinds import N_, Kind
from etl.web.lineage import Watched
from etl.web.pages.desks.areas import anchors
from etl.web.pages.desks.view import by_place, known_desks
from etl.web.pages.services.view import by_code, known_services, split, words_of


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
            places=places, helped=helped, municipi=anchors([desk for _, there in places for desk in there]),
        ))
    return made


def guide(kind: Kind, release: Watched, language: str) -> list[Page]:
    """The guide: one page that asks for the need, one per need that asks who reads, one per answer with its services.

    A service stands on the page of each need and reader that its row names: there is no other rule.
    """
    entries = known_services(release, language)
    needs = by_code(release, entries, "needs")
    made = [kind.page(language, needs=[group["code"] for group in needs])]
    for group in needs:
        need = group["code"]
        title, place = words_of(release, "needs", need, language)
        fitting = [entry for entry in entries if need in parts(entry["needs"])]
        readers = by_code(release, fitting, "audiences")
        step = {"need": need, "need_title": title}
        made.append(kind.page(
            language, need.replace("_", "-"), place, title=title, readers=readers, **step,
        ))
        for reader in readers:
            name, part = words_of(release, "audiences", reader["code"], language)
            made.append(kind.page(
                language, f"{need}/{reader['code']}".replace("_", "-"),
                f"{place}/{part}", title=f"{title}: {name[:1].lower()}{name[1:]}", reader=reader["code"], **step,
                **by_income(reader),
            ))
    return made


def by_income(group: dict[str, Any]) -> dict[str, Any]:
    """The services of an answer: those with an ISEE limit from the lowest, then those without a known limit."""
    services = group["available"] + group["other"]
    limited = sorted((s for s in services if s["isee_max_eur"] is not None), key=lambda s: s["isee_max_eur"])
    open_to_all = [s for s in services if s["isee_max_eur"] is None]
    return {"limited": limited, "unlimited": open_to_all, **split(services)}


def known_needs(release: Release) -> list[str]:
    """The needs that a service answers, in the order of the vocabulary."""
    found = {need for row in rows(release, "services") for need in parts(row["needs"])}
    return [need for need in codes(release, "services", "needs") if need in found]


KINDS = (
    Kind("needs", {"it": "servizi/bisogni", "en": "services/needs"}, N_("Di che cosa hai bisogno?"), pages,
         ("services/need.html",), requires=("services",), words=N_("bisogni"), under="services", on_the_path=True),
    Kind("guide", {"it": "servizi/guida", "en": "services/guide"}, N_("Quale servizio fa per me?"), guide,
         ("services/guide.html", "services/guide_need.html", "services/guide_result.html"), requires=("services",),
         words=N_("guida"), under="services", searched=False),
)
