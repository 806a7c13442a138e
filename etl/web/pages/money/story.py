"""What the source of a project says of it: its parts, statement by statement, and what belongs to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any

from etl.meta.model import LANGUAGES, Release
from etl.meta.view import Row, grouped, key_of, rows, texts, vocabulary
from etl.web.inferences import inferred

KEY = ("project_code", "kind", "target")
INFERRED = "inferred"
"""Basis of a link whose kind of thing the source names, while it is we who say which thing it is."""


def named_links(release: Release, language: str) -> list[Row]:
    """What belongs to projects: each row with its name, the id of its page, its address elsewhere.

    page: (kind, item) of a page, None where the thing has none. place: the anchor on that page. inferred: the mark
    where it is we who say that it is this thing, else None.
    """
    known = things(release, language)
    found = []
    for row in rows(release, "project_links"):
        name, page = known[row["kind"]]
        target = row["target"]
        ours, mark = row["basis"] == INFERRED, inferred("project-links", ("project_links", key_of(row, KEY)))
        found.append({**row, "name": name(target) or target, "page": (page, None if page == "activities" else target),
                      "place": target if page == "activities" else "", "inferred": mark if ours else None})
    return found


def things(release: Release, language: str) -> dict[str, tuple[Callable[[str], str | None], str]]:
    """Kind of a link -> what names a thing of it, and the kind of its page ("" where it has none)."""
    def titles(table: str, key: str) -> Callable[[str], str | None]:
        said = texts(release, table, key, language)
        return lambda target: said.get(target, {}).get("title")

    def names(table: str, key: str) -> Callable[[str], str | None]:
        said = {row[key]: row["name"] for row in rows(release, table)}
        return said.get

    return {
        "partner": (names("organisations", "organisation_id"), ""),
        "desk": (names("desks", "desk_id"), "desks"),
        "service": (titles("service_texts", "service_id"), "services"),
        "project": (titles("project_texts", "project_code"), "projects"),
        "milestone": (titles("milestone_texts", "milestone_id"), "activities"),
        "document": (titles("document_texts", "document_id"), ""),
    }


def stories(release: Release, language: str, links: Iterable[Row]) -> dict[str, list[dict[str, Any]]]:
    """The parts of each project that has any, by its code, in the order of the vocabulary.

    section: its code. count: of its statements. groups: statements in their order, [(source row, statements)] so that
    each stands above its own source. links: what belongs to the part, each with `apart` where its source is not that
    of a statement before it.
    """
    order = list(vocabulary(release, "project_sections", "section"))
    belonging = {code: grouped(found, "section") for code, found in grouped(links, "project_code").items()}
    return {
        code: [part(section, statements[section], belonging.get(code, {}).get(section, []))
               for section in order if section in statements]
        for code, found in grouped(told(release, language), "project_code").items()
        for statements in [grouped(found, "section")]
    }


def told(release: Release, language: str) -> list[Row]:
    """The statements in a language, in their order; those that it lacks stay Italian."""
    said: dict[tuple[Any, ...], Row] = {}
    for row in rows(release, "project_sections"):
        place = (row["project_code"], row["section"], row["position"])
        if row["language"] == language or (row["language"] == LANGUAGES[0] and place not in said):
            said[place] = row
    return [said[place] for place in sorted(said)]


def part(section: str, statements: list[Row], links: list[Row]) -> dict[str, Any]:
    """One part of a story as a page shows it; see stories."""
    def source(row: Row) -> tuple[Any, ...]:
        return row["source_url"], row["source_date"]

    groups = [items for _, found in groupby(statements, source) for items in [list(found)]]
    shown = {source(row) for row in statements}
    return {
        "section": section, "count": len(statements), "groups": [(items[0], items) for items in groups],
        "links": [{**link, "apart": source(link) not in shown} for link in links],
    }
