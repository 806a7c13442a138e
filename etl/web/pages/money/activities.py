"""The timeline: dated facts about the agency and the projects, all together and by kind."""

from __future__ import annotations

import uuid
from typing import Any

from etl.meta.model import Page, Release
from etl.meta.view import Row, grouped, rows, texts, vocabulary
from etl.meta.words import say, slug
from etl.web.pages.addresses import address, make_page

TITLE = {"it": "Attività: {kind}", "en": "Activities: {kind}"}
CALENDAR, FEED = "attivita.ics", "attivita.atom"
"""Names of the files beside the page, the same in all languages."""


def pages(release: Release, language: str) -> list[Page]:
    """The whole timeline, and a page for each kind of fact that there is."""
    facts = known_facts(release, language)
    kinds = vocabulary(release, "milestones", "kind")
    there = [(code, sum(fact["kind"] == code for fact in facts)) for code in kinds]
    projects = sorted({fact["project_code"] for fact in facts if fact["project_code"]})
    shared: dict[str, Any] = {"kinds": there, "projects": projects}
    return [
        make_page("activities", language, "money/activities.html", years=by_year(facts), chosen=None, **shared),
        *(
            make_page("facts", language, "money/activities.html", code, place=slug(say(kinds[code], language)),
                      title=say(TITLE, language).format(kind=say(kinds[code], language)), chosen=code,
                      years=by_year([fact for fact in facts if fact["kind"] == code]), **shared)
            for code, count in there if count
        ),
    ]


def known_facts(release: Release, language: str) -> list[dict[str, Any]]:
    """Every fact with its words, the newest first; those without a date at the end."""
    words = texts(release, "milestone_texts", "milestone_id", language)
    facts = sorted(rows(release, "milestones"), key=lambda row: row["date"] or "", reverse=True)
    return [
        {**row, "text": words.get(row["milestone_id"], {}), "year": row["date"] and row["date"][:4]} for row in facts
    ]


def by_year(facts: list[Row]) -> list[tuple[str | None, list[Row]]]:
    """Facts under their year, the newest first; those without a date at the end."""
    years = grouped(facts, "year")
    return [(year, years[year]) for year in sorted(years, key=lambda year: year or "", reverse=True)]


def feed(release: Release, language: str) -> Page:
    """The Atom feed of the timeline. A fact counts from its date or, when only a part of it is known, its first day."""
    released = release.package["created"][:10]
    space = uuid.uuid5(uuid.NAMESPACE_URL, f"{release.package['name']}/activities")
    facts = [
        {**fact, "id": uuid.uuid5(space, f"{fact['milestone_id']}/{language}").urn,
         "day": first_day(fact["date"]) or released}
        for fact in known_facts(release, language)
    ]
    path = address("activities", language) + FEED
    return Page(f"feed/activities/{language}", language, path, "money/activities.atom", {
        "feed_id": uuid.uuid5(space, language).urn, "facts": facts, "updated": released,
    })


def first_day(value: str | None) -> str | None:
    """The first day that a partial date can mean: 2024-05 -> 2024-05-01."""
    return f"{value}-01-01"[:10] if value else None
