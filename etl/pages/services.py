"""The service directory and one sheet per service."""

from __future__ import annotations

from typing import Any

from etl.model import Page, Release
from etl.pages.addresses import make_page
from etl.pages.rows import Row, by_key, codes, parts, rows, texts

AVAILABLE = frozenset({"active", "on_call", "experimental"})
"""Only these may be offered: the others are announced, closed, or too old to be sure."""


def pages(release: Release, language: str) -> list[Page]:
    """The directory by need, and a sheet for each service."""
    words = texts(release, "service_texts", "service_id", language)
    entries = [{**row, **shown(row, words)} for row in rows(release, "services")]
    return [
        make_page("services", language, "services.html", groups=by_need(release, entries)),
        *(sheet(release, language, entry) for entry in entries),
    ]


def shown(service: Row, words: dict[str, Row]) -> dict[str, Any]:
    """What a list shows of a service: its words, and whether people can use it."""
    text = words.get(service["service_id"], {})
    return {"text": text, "title": text.get("title") or service["service_id"], "available": is_available(service)}


def is_available(service: Row) -> bool:
    """Whether a service may be presented as available."""
    return service["status"] in AVAILABLE


def by_need(release: Release, entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Services under each need of the vocabulary, those that people can use apart from the others."""
    groups = []
    for need in codes(release, "services", "needs"):
        fitting = sorted((e for e in entries if need in parts(e["needs"])), key=lambda e: e["title"].casefold())
        if fitting:
            groups.append(
                {
                    "need": need,
                    "available": [entry for entry in fitting if entry["available"]],
                    "other": [entry for entry in fitting if not entry["available"]],
                }
            )
    return groups


def sheet(release: Release, language: str, service: dict[str, Any]) -> Page:
    """The sheet of one service, with the desks that give it and its documents."""
    name = service["service_id"]
    desks = by_key(rows(release, "desks"), "desk_id")
    given = [row["desk_id"] for row in rows(release, "desk_services") if row["service_id"] == name]
    about = texts(release, "document_texts", "document_id", language)
    return make_page(
        "services",
        language,
        "service.html",
        name,
        title=service["title"],
        description=service["text"].get("summary") or "",
        service=service,
        text=service["text"],
        desks=[desks[desk] for desk in given if desk in desks],
        documents=[
            {**row, "text": about.get(row["document_id"], {})}
            for row in rows(release, "documents")
            if row["service_id"] == name
        ],
        structured=structured(service),
    )


def structured(service: dict[str, Any]) -> dict[str, Any]:
    """The service as schema.org says it; the template adds words, address and channel."""
    return {
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        "name": service["title"],
        "description": service["text"].get("summary") or service["title"],
    }
