"""Conditions for programs: criteria of the graph of services, ages of the directory, items of the API."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from rdflib import Graph
from rdflib.namespace import DCTERMS, RDF

from etl.exports.hsds.tables import ages
from etl.exports.rdf.vocabularies import CV
from etl.meta.model import Release


def conditions(site: Path) -> list[dict[str, Any]]:
    """The rows of the table; none where a city has none."""
    path = site / "dati" / "conditions.json"
    found: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))["records"] if path.is_file() else []
    return found


def test_every_condition_is_a_criterion_of_its_service(built_site: Path) -> None:
    graph = Graph().parse(built_site / "dati" / "servizi.ttl")
    found = {(str(graph.value(node, DCTERMS.identifier)), str(graph.value(service, DCTERMS.identifier)))
             for node in graph.subjects(RDF.type, CV.Criterion)
             for service in graph.subjects(CV.holdsRequirement, node)}
    assert found == {(row["condition_id"], row["service_id"]) for row in conditions(built_site)}


def test_every_condition_is_in_the_item_of_its_service(built_site: Path) -> None:
    said = [rule for path in (built_site / "api" / "v1" / "services").glob("*.json")
            for rule in json.loads(path.read_text("utf-8"))["data"].get("conditions", [])]
    assert sorted(rule["condition_id"] for rule in said) == sorted(
        row["condition_id"] for row in conditions(built_site))


def test_the_ages_of_the_directory_are_those_of_the_conditions() -> None:
    def rule(operator: str, value: str, **more: Any) -> dict[str, Any]:
        return {"service_id": "s", "about": "age_years", "operator": operator, "value": value, "any_of": None,
                "edition": None} | more

    release = Release({"conditions": [rule(">=", "20"), rule("<", "31"), rule("<", "18", any_of="one"),
                                      rule(">", "60", service_id="t")]}, {}, today=date(2026, 11, 29))
    assert ages(release, "s") == {"minimum_age": 20, "maximum_age": 30}
    assert ages(release, "t") == {"minimum_age": 61}
