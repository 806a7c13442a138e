"""The timeline: dated facts about the agency and the projects, all together and by kind."""

from __future__ import annotations

import uuid
from typing import Any

from etl.meta.model import Page, Release
from etl.meta.view import Row, grouped, texts, vocabulary, with_texts
from etl.meta.words import say, slug
from etl.web.kinds import N_, Kind
from etl.web.lineage import Watched

TITLE = {"it": "Attività: {kind}", "en": "Activities: {kind}"}
CALENDAR, FEED = "attivita.ics", "attivita.atom"
"""Names of the files beside the page, the same in all languages."""


def pages(kind: Kind, release: Watched, language: str) -> list[Page]:
    """The whole timeline."""
    facts = known_facts(release, language)
    return [kind.page(language, years=by_year(facts), chosen=None, **choices(release, language, facts))]


def by_kind(kind: Kind, release: Watched, language: str) -> list[Page]:
    """A page for each kind of fact that there is."""
    facts, words = known_facts(release, language), vocabulary(release, "milestones", "kind")
    shared = choices(release, language, facts)
    return [
        kind.page(language, code, slug(say(words[code], language)), chosen=code,
                  title=say(TITLE, language).format(kind=say(words[code], language)),
                  years=by_year([fact for fact in facts if fact["kind"] == code]), **shared)
        for code, count in shared["kinds"] if count
    ]


def choices(release: Release, language: str, facts: list[Row]) -> dict[str, Any]:
    """What the timeline can be narrowed to: the kinds of facts with how many there are, and the projects by title."""
    named = texts(release, "project_texts", "project_code", language)
    codes = {fact["project_code"] for fact in facts if fact["project_code"]}
    return {
        "kinds": [(code, sum(fact["kind"] == code for fact in facts))
                  for code in vocabulary(release, "milestones", "kind")],
        "projects": {code: named.get(code, {}).get("title") or code for code in sorted(codes)},
    }


def known_facts(release: Release, language: str) -> list[dict[str, Any]]:
    """Every fact with its words, the newest first; those without a date at the end."""
    facts = with_texts(release, "milestones", "milestone_texts", "milestone_id", language)
    return [{**fact, "year": fact["date"] and fact["date"][:4]}
            for fact in sorted(facts, key=lambda fact: fact["date"] or "", reverse=True)]


def by_year(facts: list[Row]) -> list[tuple[str | None, list[Row]]]:
    """Facts under their year, the newest first; those without a date at the end."""
    years = grouped(facts, "year")
    return [(year, years[year]) for year in sorted(years, key=lambda year: year or "", reverse=True)]


def feed(release: Release, language: str, place: str) -> Page:
    """The Atom feed of the timeline, beside its page, which is at `place`.

    A fact counts from its date or, when only a part of it is known, its first day.
    """
    released = release.package["created"][:10]
    space = uuid.uuid5(uuid.NAMESPACE_URL, f"{release.package['name']}/activities")
    facts = [
        {**fact, "id": uuid.uuid5(space, f"{fact['milestone_id']}/{language}").urn,
         "day": first_day(fact["date"]) or released}
        for fact in known_facts(release, language)
    ]
    return Page(f"feed/activities/{language}", language, place + FEED, "money/activities.atom", {
        "feed_id": uuid.uuid5(space, language).urn, "facts": facts, "updated": released,
    })


def first_day(value: str | None) -> str | None:
    """The first day that a partial date can mean: 2024-05 -> 2024-05-01."""
    return f"{value}-01-01"[:10] if value else None


KINDS = (
    Kind("activities", {"it": "attivita", "en": "activities"}, N_("Attività"), pages, ("money/activities.html",),
         requires=("milestones",), words=N_("attività"), under="home", foot=3),
    Kind("facts", {"it": "attivita/tipo", "en": "activities/kind"}, "", by_kind, ("money/activities.html",),
         requires=("milestones",), words=N_("attività per tipo"), under="activities"),
)
