"""The static API and CPSV-AP: validators made by others, and that they say what the tables say."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
import requests
from support import release as tables
from support.pages import base_of
from support.release import example
from support.repository import run_tool
from support.standards import STANDARDS, needs_shapes

COLLECTIONS = {"projects": "project_code", "desks": "desk_id", "services": "service_id"}


def read(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def records(site: Path, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = read(site / "dati" / f"{name}.json")["records"]
    return found


@pytest.fixture(scope="session")
def api(built_site: Path) -> Path:
    return built_site / "api" / "v1"


@pytest.mark.parametrize("end", ["yaml", "json"])
def test_the_description_follows_openapi(api: Path, end: str) -> None:
    run = run_tool("openapi-spec-validator", api / f"openapi.{end}")
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("name", ["v1", "hsds"])
def test_the_description_follows_the_italian_rules(built_site: Path, name: str) -> None:
    """The list of the guidelines (AgID 547/2021): what the national checker asks beyond the standard."""
    said = read(built_site / "api" / name / "openapi.json")
    info = said["info"]
    assert said["openapi"] == "3.0.3"
    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", info["x-api-id"])
    for key in ("x-summary", "termsOfService", "contact", "license", "description", "version"):
        assert info[key], key
    for server in said["servers"]:
        assert server["description"]
        assert server["url"].startswith("https://")
    operations = {path: item["get"] for path, item in said["paths"].items()}
    assert set(operations["/status"]["responses"]["200"]["content"]) == {"application/problem+json"}
    assert len({item["operationId"] for item in operations.values()}) == len(operations)
    tags = {tag["name"] for tag in said["tags"]}
    for path, item in operations.items():
        assert item["summary"], path
        assert item["description"], path
        assert not re.match("get|list|read|fetch", item["operationId"]), path
        assert set(item["tags"]) <= tags, path
        assert {"404", "default"} <= set(item["responses"]), path
    answers = said["components"]["responses"].values()
    assert all(set(answer["content"]) == {"application/problem+json"} for answer in answers)
    assert integers_without_bounds(said) == []
    assert numbers_without_format(said) == []


RULES = Path(os.environ.get("OAS_RULES", STANDARDS / "agid" / "spectral.yml"))
"""Italian Guidelines Full, as builder.py of italia/api-oas-checker-rules puts them together; not ours to keep here."""


@pytest.mark.skipif(not RULES.is_file(), reason="the rules of the national checker are not here (OAS_RULES)")
@pytest.mark.parametrize("name", ["v1", "hsds"])
def test_the_national_checker_finds_nothing(built_site: Path, tools: Path, tmp_path: Path, name: str) -> None:
    spectral = tools / ".bin" / "spectral"
    if not spectral.exists():
        pytest.skip("Spectral is not installed: npm ci in tests/tools")
    description = built_site / "api" / name / "openapi.json"
    run = run_tool(spectral, "lint", "--fail-severity", "hint", "--ruleset", RULES, description)
    assert run.returncode == 0, run.stdout
    (tmp_path / "openapi.json").write_text(description.read_text("utf-8").replace('"x-summary"', '"x-words"'), "utf-8")
    assert run_tool(spectral, "lint", "--ruleset", RULES, tmp_path / "openapi.json").returncode == 1


def integers_without_bounds(value: Any, where: str = "") -> list[str]:
    if isinstance(value, list):
        return [found for item in value for found in integers_without_bounds(item, f"{where}[]")]
    if not isinstance(value, dict):
        return []
    wrong = [where] if value.get("type") == "integer" and not {"format", "minimum", "maximum"} <= set(value) else []
    return wrong + [found for key, item in value.items() for found in integers_without_bounds(item, f"{where}/{key}")]


def numbers_without_format(value: Any, where: str = "") -> list[str]:
    if isinstance(value, list):
        return [found for item in value for found in numbers_without_format(item, f"{where}[]")]
    if not isinstance(value, dict):
        return []
    wrong = [where] if value.get("type") == "number" and value.get("format") not in ("double", "decimal128") else []
    return wrong + [found for key, item in value.items() for found in numbers_without_format(item, f"{where}/{key}")]


def test_amounts_are_decimal_numbers(api: Path) -> None:
    said = read(api / "openapi.json")["components"]["schemas"]
    project, desk = (said[f"{name}Item"]["properties"]["data"]["properties"] for name in ("Projects", "Desks"))
    assert project["funding"]["items"]["properties"]["admitted_eur"]["format"] == "decimal128"
    assert desk["latitude"]["format"] == "double"


def test_an_error_is_a_problem_where_the_server_knows_our_settings(built_site: Path, served_site: str) -> None:
    answer = requests.get(f"{served_site}/api/v1/nothing.json", timeout=5)
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")
    assert answer.json() == read(built_site / "api" / "404.json")
    assert (answer.json()["status"], read(built_site / "api" / "500.json")["status"]) == (404, 500)


def test_what_is_served_is_what_is_described(api: Path, served_site: str) -> None:
    """schemathesis asks for every path, list and item, and holds each answer against its schema."""
    run = run_tool("schemathesis", "run", api / "openapi.yaml", "--url", f"{served_site}/api/v1",
                   "--checks", "response_schema_conformance,status_code_conformance,content_type_conformance",
                   "--phases", "examples,coverage", "--max-examples", "20", "--no-color")
    assert run.returncode == 0, run.stdout[-4000:]


def test_every_file_of_the_api_follows_its_schema(api: Path) -> None:
    """All of them, not only those that a tool happens to ask for."""
    from jsonschema import Draft4Validator

    said = read(api / "openapi.json")
    schemas = nullable(said["components"]["schemas"])
    checked = 0
    for name in ("projects", "desks", "services", "datasets", "changes"):
        for kind, paths in (("List", [api / f"{name}.json"]), ("Item", sorted((api / name).glob("*.json")))):
            schema = {"$ref": f"#/components/schemas/{name.capitalize()}{kind}", "components": {"schemas": schemas}}
            validator = Draft4Validator(schema)
            for path in paths:
                found = [f"{path.name} {list(error.path)}: {error.message}"
                         for error in validator.iter_errors(read(path))]
                assert found == []
                checked += 1
    assert checked > 5 + len(tables.records("projects")) + len(tables.records("services"))


def nullable(schema: Any) -> Any:
    """OpenAPI 3.0's `nullable` in the words of JSON Schema."""
    if isinstance(schema, list):
        return [nullable(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: nullable(item) for key, item in schema.items()}
    return made | {"type": [made["type"], "null"]} if made.pop("nullable", False) else made


@pytest.mark.parametrize("name", COLLECTIONS)
def test_the_api_says_what_the_tables_say(api: Path, built_site: Path, name: str) -> None:
    key, base = COLLECTIONS[name], base_of(built_site)
    listed = read(api / f"{name}.json")
    rows = records(built_site, name)
    assert [{column: item[column] for column in rows[0]} for item in listed["data"]] == rows
    assert listed["meta"]["count"] == len(rows)
    assert {path.name for path in (api / name).iterdir()} == {f"{row[key].lower()}.json" for row in rows}
    for item in listed["data"]:
        whole = read(built_site / item["url"].removeprefix(base))["data"]
        assert {column: whole[column] for column in item} == item
        assert (built_site / item["page"].removeprefix(base) / "index.html").is_file()


def test_an_item_holds_what_other_tables_say_of_it(api: Path, built_site: Path) -> None:
    code = example("funding")["project_code"]
    project = read(api / "projects" / f"{code.lower()}.json")["data"]
    for part, name in (("funding", "funding"), ("texts", "project_texts"), ("milestones", "milestones")):
        assert project[part] == [row for row in records(built_site, name) if row["project_code"] == code]
    assert project["funding"]


def test_a_table_says_what_its_codes_mean_and_which_types_it_has(api: Path) -> None:
    columns = {item["name"]: item for item in read(api / "datasets" / "desks.json")["data"]["columns"]}
    assert {"operating"} <= {code["value"] for code in columns["status"]["categories"]}
    assert (columns["needs"]["several"], columns["status"]["several"]) == (True, False)
    assert all(code["label"] and code["label_en"] for item in columns.values() for code in item["categories"])
    desk = read(api / "openapi.json")["components"]["schemas"]["DesksItem"]["properties"]["data"]["properties"]
    said = desk["hours"]["items"]["properties"]
    assert (said["date_from"]["format"], said["opens"]["pattern"]) == ("date", "^([01][0-9]|2[0-3]):[0-5][0-9]$")


def test_the_state_is_said_twice_for_hosts_that_know_no_type(api: Path) -> None:
    assert (api / "status").read_bytes() == (api / "status.json").read_bytes()
    assert read(api / "status")["status"] == 200


def test_the_page_of_the_api_shows_addresses_that_exist(built_site: Path) -> None:
    base = base_of(built_site)
    for path in ("dati/api", "en/data/api"):
        html = (built_site / path / "index.html").read_text("utf-8")
        shown = set(re.findall(rf"{re.escape(base)}(api/v1/[\w./-]+\.json)", html))
        assert len(shown) >= 3
        assert [name for name in shown if not (built_site / name).is_file()] == []
        for language in ("curl", "Python", "R", "Power Query"):
            assert language in html


@needs_shapes
def test_the_services_follow_cpsv_ap(built_site: Path, tmp_path: Path) -> None:
    shapes = STANDARDS / "cpsv-ap" / "3.2.0" / "cpsv-ap-SHACL.ttl"
    run = run_tool("pyshacl", "-s", shapes, built_site / "dati" / "servizi.ttl")
    assert run.returncode == 0, run.stdout[-3000:]
    text = (built_site / "dati" / "servizi.ttl").read_text("utf-8")
    (tmp_path / "spoilt.ttl").write_text(re.sub(r"cv:hasCompetentAuthority <[^>]+> ;", "", text, count=1), "utf-8")
    assert run_tool("pyshacl", "-s", shapes, tmp_path / "spoilt.ttl").returncode == 1


def test_every_service_is_in_the_graph(built_site: Path) -> None:
    from rdflib import Graph
    from rdflib.namespace import DCTERMS, RDF

    from etl.exports.rdf.vocabularies import CPSV, CV

    graph = Graph().parse(built_site / "dati" / "servizi.ttl")
    services = list(graph.subjects(RDF.type, CPSV.PublicService))
    assert {str(graph.value(node, DCTERMS.identifier)) for node in services} == {
        row["service_id"] for row in records(built_site, "services")}
    assert sum(1 for _ in graph.triples((None, CV.hasChannel, None))) == len(records(built_site, "desk_services"))
