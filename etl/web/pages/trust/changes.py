"""What changed from release to release, the corrections, and the pages of what is no longer there."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterable, Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any

from etl.domain.pinned import pinned_on, reasons
from etl.meta.model import Page, Release
from etl.meta.view import Row, grouped, in_language, rows
from etl.meta.words import say
from etl.web.kinds import N_, Kind
from etl.web.lineage import Watched, once
from etl.web.pages.trust.told import amounts, changed_amounts, said, titles

PROJECT_KEYS = frozenset({"projects", "project_texts", "funding", "spending", "project_links", "operations_2014_2020",
                          "operations_2021_2027"})
"""Datasets whose key begins with the code of a project."""
SHOWN, ENTRIES = 20, 100
"""Changes shown of one dataset in one release; entries of a feed. The dataset `changes` holds them all."""
FEED = {"it": "novita.atom"}
FEED_ELSEWHERE = "changes.atom"
NOTHING_LEFT = N_("Questa pagina non c’è più")
GONE = "trust/gone.html"
Address = Callable[[str, str, str | None], str]


def pages(kind: Kind, release: Watched, language: str) -> list[Page]:
    """The releases with their changes."""
    begins = min((row["release_date"] for row in rows(release, "changes")), default=release.package["created"][:10])
    return [kind.page(language, releases=releases(release, language), begins=begins, changed=changed_on(release),
                      erasures=len(rows(release, "erasures")),
                      reasons={version: say(why, language) for version, why in reasons(release).items()})]


def days(kind: Kind, release: Watched, language: str) -> list[Page]:
    """A page for each day with changes, at an address that stays: the list shows those of the last one only."""
    return [kind.page(language, day["day"], title=day["day"], day=day) for day in releases(release, language)]


def changed_on(release: Release) -> str:
    """The day on which the data last changed; that of the release where nothing has changed since the first one. The
    home page and the list of changes say it alike, whenever what is around the data was published."""
    return max((row["release_date"] for row in rows(release, "changes")), default=str(release.package["created"][:10]))


def register(kind: Kind, release: Watched, language: str) -> list[Page]:
    """The register of corrections, removals and erasures."""
    corrections = sorted(rows(release, "corrections"), key=lambda row: row["asked_on"], reverse=True)
    return [kind.page(language,
                      corrections=[{**row, "reason": in_language(row, "reason", language)} for row in corrections],
                      removals=[removal(row, language) for row in rows(release, "removals")],
                      erasures=erasures(release, language))]


def erasures(release: Release, language: str) -> list[Row]:
    """What was erased, the newest first: its table and column by title, its reason in a language."""
    words = titles(release, language)
    return [{**row, "reason": in_language(row, "reason", language),
             "table": words.get((row["dataset"], ""), row["dataset"]),
             "column": words.get((row["dataset"], row["field"]), "") if row["field"] else ""}
            for row in sorted(rows(release, "erasures"), key=itemgetter("erased_on"), reverse=True)]


def gone(kind: Kind, release: Watched, language: str) -> list[Page]:
    """A page for each row or dataset with a page of this kind that was published and is no longer there."""
    return [
        kind.page(language, row["key"] or row["dataset"], template=GONE, title=NOTHING_LEFT,
                  removal=removal(row, language))
        for row in rows(release, "removals") if kind_of(row) == kind.name
    ]


def kind_of(row: Row) -> str:
    """The kind of page that a removed row had, if it had one: that of its dataset."""
    return str(row["dataset"]) if row["key"] else "data"


def removal(row: Row, language: str) -> Row:
    """A removed row, with its reason in a language and the page that it moved to."""
    kind, target = kind_of(row), row["moved_to"]
    return {**row, "reason": in_language(row, "reason", language), "page": kind,
            "target": (kind, target) if target else None}


@once
def releases(release: Release, language: str) -> list[dict[str, Any]]:
    """The days with changes, the newest first; for each its datasets, those that people write before the derived."""
    by_day = grouped(rows(release, "changes"), "release_date")
    return [day_of(release, day, by_day[day], language) for day in sorted(by_day, reverse=True)]


def day_of(release: Release, day: str, items: list[Row], language: str) -> dict[str, Any]:
    """The changes of one release: `datasets`, all of them, which stand in four lists, `written`, `wider` (columns were
    added, and nothing else), `fresh` (new as a whole) and `following` (derived, so that they change when others do).
    amounts: [(title, how many amounts that were published before say something else)] of what people write."""
    made = sorted((group(release, name, list(found), language)
                   for name, found in groupby(items, key=itemgetter("dataset"))), key=itemgetter("derived"))
    old = [item for item in made if not item["fresh"]]
    return {
        "day": day, "total": len(items), "datasets": made, "fresh": [item for item in made if item["fresh"]],
        "written": [item for item in old if not item["derived"] and not item["wider"]],
        "wider": [item for item in old if not item["derived"] and item["wider"]],
        "following": [item for item in old if item["derived"]],
        "amounts": [(item["title"], item["amounts"]) for item in old if item["amounts"] and not item["derived"]],
    }


def group(release: Release, name: str, items: list[Row], language: str) -> dict[str, Any]:
    """The changes of one dataset in one release; what is no longer there is named by its last title."""
    about, words = release.declarations.get(name), titles(release, language)
    return {
        "name": name,
        "title": say(about["title"], language) if about else words.get((name, ""), name),
        "exists": about is not None,
        "derived": bool(about and about["source"]["kind"] == "derived"),
        "fresh": {item["kind"] for item in items} == {"dataset_added"},
        "wider": {item["kind"] for item in items} == {"column_added"},
        "file": pinned_on(release, items[0]["release_date"], name),
        "total": len(items), "said": said(items, words), "amounts": changed_amounts(items, amounts(release)),
        "changes": [shown(item, words) for item in items[:SHOWN]],
    }


def shown(item: Row, words: Mapping[tuple[str, str], str]) -> Row:
    """A change as pages show it: its column by title (None where it never had one), the cells of a row that was removed
    apart from each other; of a column, what it was called is a name for programs, and stays in the file."""
    name, removed = item["dataset"], item["key"] and not item["field"] and item["before"]
    cells = json.loads(item["before"]) if removed else {}
    return {**item, "column": words.get((name, item["field"])), "named": item["kind"] == "column_renamed",
            "cells": {words.get((name, field), field): value for field, value in cells.items()}}


def feeds(release: Release, languages: Iterable[str], address: Address) -> list[Page]:
    """The Atom feeds in each language: of everything, of each dataset, of each project. One entry per release.

    address: of the page of a kind in a language, for an item.
    """
    made = []
    for language in languages:
        all_of = releases(release, language)
        entries = [(day["day"], item) for day in all_of for item in day["datasets"]]
        made.append(feed(release, language, "home", None, address, entries))
        made += [
            feed(release, language, "data", name, address, [entry for entry in entries if entry[1]["name"] == name])
            for name in release.declarations
        ]
        by_project = changes_of_projects(release)
        for row in rows(release, "projects"):
            code = row["project_code"]
            own = [(day, group(release, name, items, language)) for day, name, items in by_project.get(code, [])]
            made.append(feed(release, language, "projects", code, address, own))
    return made


def changes_of_projects(release: Release) -> dict[str, list[tuple[str, str, list[Row]]]]:
    """Project code -> (day, dataset, changes) of every release in which something about it changed."""
    found: dict[str, dict[tuple[str, str], list[Row]]] = {}
    for row in rows(release, "changes"):
        if row["dataset"] in PROJECT_KEYS and row["key"]:
            groups = found.setdefault(row["key"].split("|")[0], {})
            groups.setdefault((row["release_date"], row["dataset"]), []).append(row)
    # The newest day first, and the datasets of a day in order of name.
    ordered = {code: sorted(sorted(groups, key=itemgetter(1)), key=itemgetter(0), reverse=True)
               for code, groups in found.items()}
    return {code: [(day, name, found[code][day, name]) for day, name in keys] for code, keys in ordered.items()}


def feed(
    release: Release, language: str, kind: str, item: str | None, address: Address, entries: list[tuple[str, Any]]
) -> Page:
    """One feed, beside the page that it is about. Ids depend on what an entry is about, never on its address."""
    place = address(kind, language, item)
    subject = f"{kind}/{item or ''}/{language}"
    updated = max((day for day, _ in entries), default=release.package["created"][:10])
    about = release.declarations.get(item or "") if kind == "data" else None
    space = uuid.uuid5(uuid.NAMESPACE_URL, f"{release.package['name']}/changes")
    return Page(f"feed/{subject}", language, place + feed_name(language), "trust/feed.atom", {
        "feed_id": uuid.uuid5(space, subject).urn, "updated": updated, "page": place,
        "subject": say(about["title"], language) if about else item or "",
        "entries": [{"id": uuid.uuid5(space, f"{subject}/{day}/{made['name']}").urn, "day": day, **made}
                    for day, made in entries[:ENTRIES]],
    })


def feed_name(language: str) -> str:
    """The name of a feed beside its page: novita.atom in Italian."""
    return FEED.get(language, FEED_ELSEWHERE)


KINDS = (
    Kind("changes", {"it": "trasparenza/novita", "en": "transparency/changes"}, N_("Che cosa è cambiato"), pages,
         ("trust/changes.html",), requires=("changes",), empty=True, words=N_("cambiamenti"), under="transparency"),
    Kind("changes_of", {"it": "trasparenza/novita", "en": "transparency/changes"}, "", days,
         ("trust/changes_day.html",), requires=("changes",), words=N_("cambiamenti"), under="changes", listed=False,
         searched=False),
    Kind("corrections", {"it": "trasparenza/rettifiche", "en": "transparency/corrections"}, N_("Rettifiche"), register,
         ("trust/corrections.html",), requires=("corrections",), empty=True, words=N_("rettifiche"),
         under="transparency"),
)
