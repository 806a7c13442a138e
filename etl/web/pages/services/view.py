"""What is said of a service, in one place for every page that shows it: entry, groups, and its form for machines."""

from __future__ import annotations

from typing import Any

from etl.domain.conditions import AVAILABLE, CHOICES, askable, fits, old
from etl.meta.model import LANGUAGES, Release
from etl.meta.view import Row, codes, grouped, meaning, parts, with_texts
from etl.meta.words import slug
from etl.web.lineage import once
from etl.web.pages.services.notices import notices_of


@once
def known_services(release: Release, language: str) -> list[dict[str, Any]]:
    """One entry per service: its row, its words, its title, whether people can use it, and its notices."""
    return [{**row, "title": row["text"].get("title") or row["service_id"], "available": is_available(row),
             "notices": notices_of(release, language, row["service_id"])}
            for row in with_texts(release, "services", "service_texts", "service_id", language)]


@once
def conditions(release: Release, language: str) -> dict[str, list[Row]]:
    """Service -> its conditions, each with its text and whether it is `old`: of an edition before the newest.

    First what people know of themselves, in the order in which it is asked; then what nobody can be asked simply.
    """
    known = sorted(with_texts(release, "conditions", "condition_texts", "condition_id", language),
                   key=lambda rule: (not askable(rule), [*CHOICES, rule["about"]].index(rule["about"])))
    found = grouped(known, "service_id")
    return {name: [{**rule, "old": old(rule, rules)} for rule in rules] for name, rules in found.items()}


def is_available(service: Row) -> bool:
    """Whether a service may be presented as available."""
    return service["status"] in AVAILABLE


def split(entries: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Services A–Z, those that people can use apart from the others."""
    ordered = sorted(entries, key=lambda entry: slug(entry["title"]) or entry["title"])
    return {
        "available": [entry for entry in ordered if entry["available"]],
        "other": [entry for entry in ordered if not entry["available"]],
    }


def by_code(release: Release, entries: list[dict[str, Any]], column: str) -> list[dict[str, Any]]:
    """Services under each code of a column that holds several (needs, audiences); codes without a service left out."""
    found = ((code, fitting(release, entries, column, code)) for code in codes(release, "services", column))
    return [{"code": code, **split(there)} for code, there in found if there]


def fitting(release: Release, entries: list[dict[str, Any]], column: str, code: str) -> list[dict[str, Any]]:
    """The services under a code of a column; under a need those, too, whose conditions speak of who has it."""
    rules = conditions(release, LANGUAGES[0])
    return [entry for entry in entries if code in parts(entry[column]) or (
        column == "needs" and fits(code, entry["status"], rules.get(entry["service_id"], [])))]


def structured(service: dict[str, Any]) -> dict[str, Any]:
    """The service as schema.org says it; the template adds words, address and channel."""
    return {
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        "name": service["title"],
        "description": service["text"].get("summary") or service["title"],
    }


def words_of(release: Release, column: str, code: str, language: str) -> tuple[str, str]:
    """(title, place in the address) of the page of a need or a reader.

    A language without words of its own has the Italian ones, which the translations of the site turn into its own.
    """
    said = meaning(release, "services", column, code, language)
    return said[:1].upper() + said[1:], slug(said)
