"""A project told point by point: every statement stands above its own source, what we infer says so."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from etl.meta.model import Release
from etl.web.pages.money.story import named_links, stories

A, B = ("https://example.org/a", None), ("https://example.org/b", "2018-04")
LABELS = [{"value": "actions", "label": "Azioni"}, {"value": "objectives", "label": "Obiettivi"}]


def statement(section: str, position: int, language: str = "it", source: tuple[str, str | None] = A) -> dict[str, Any]:
    return {"project_code": "P1", "section": section, "position": position, "language": language,
            "title": f"{section} {position}", "text": f"{language} {position}", "source_url": source[0],
            "source_date": source[1]}


def link(kind: str, target: str, section: str | None = None, basis: str = "named",
         source: tuple[str, str | None] = A) -> dict[str, Any]:
    return {"project_code": "P1", "kind": kind, "target": target, "basis": basis, "words": "parole", "section": section,
            "source_url": source[0], "source_date": source[1], "other_sources": None}


def release(sections: list[dict[str, Any]], links: list[dict[str, Any]]) -> Release:
    """A release with these rows, a desk, a service and a fact."""
    fields = [{"name": "section", "categories": LABELS}]
    return Release({
        "project_sections": sections, "project_links": links, "desks": [{"desk_id": "uno", "name": "Sportello uno"}],
        "service_texts": [{"service_id": "aiuto", "language": "it", "title": "Aiuto"}],
        "milestone_texts": [{"milestone_id": "corso", "language": "it", "title": "Corso"}],
    }, {"resources": [{"name": "project_sections", "schema": {"fields": fields}}]},
        today=date(2026, 11, 29))


def told(sections: list[dict[str, Any]], *links: dict[str, Any], language: str = "it") -> list[dict[str, Any]]:
    """The story of the one project."""
    made = release(sections, list(links))
    return stories(made, language, named_links(made, language)).get("P1", [])


def test_every_statement_stands_above_its_own_source() -> None:
    rows = [statement("objectives", 3, source=B), statement("objectives", 1), statement("objectives", 2),
            statement("objectives", 4)]
    part, = told(rows)
    assert [[row["position"] for row in found] for _, found in part["groups"]] == [[1, 2], [3], [4]]
    for source, found in part["groups"]:
        assert {(row["source_url"], row["source_date"]) for row in found} == {
            (source["source_url"], source["source_date"])}


def test_the_parts_come_in_the_order_of_the_vocabulary_and_without_statements_there_is_none() -> None:
    rows = [statement("objectives", 1), statement("actions", 1)]
    assert [part["section"] for part in told(rows)] == ["actions", "objectives"]
    assert told([], link("desk", "uno", "actions")) == []


@pytest.mark.parametrize(("language", "said"), [("it", ["it 1", "it 2"]), ("en", ["en 1", "it 2"])])
def test_what_a_language_lacks_stays_italian(language: str, said: list[str]) -> None:
    rows = [statement("actions", 1, "en"), statement("actions", 1), statement("actions", 2)]
    part, = told(rows, language=language)
    assert [row["text"] for _, found in part["groups"] for row in found] == said


def test_links_stand_in_their_part_and_show_their_own_source_where_it_is_another() -> None:
    part, = told([statement("actions", 1)], link("desk", "uno", "actions"), link("desk", "altro"),
                 link("service", "aiuto", "actions", "inferred"), link("milestone", "corso", "actions", source=B))
    assert [(item["name"], item["apart"], bool(item["inferred"])) for item in part["links"]] == [
        ("Sportello uno", False, False), ("Aiuto", False, True), ("Corso", True, False)]


def test_a_link_has_a_name_and_a_page() -> None:
    links = [link("desk", "uno"), link("service", "aiuto"), link("milestone", "corso"), link("partner", "ente"),
             link("project", "P2"), link("document", "atto")]
    assert [(row["name"], row["page"], row["place"]) for row in named_links(release([], links), "it")] == [
        ("Sportello uno", ("desks", "uno"), ""), ("Aiuto", ("services", "aiuto"), ""),
        ("Corso", ("activities", None), "corso"), ("ente", ("", "ente"), ""), ("P2", ("projects", "P2"), ""),
        ("atto", ("", "atto"), ""),
    ]
