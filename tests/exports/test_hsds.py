"""Desks and services as HSDS: the standard's own descriptors and schemas, and that they say what the tables say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from support.pages import base_of
from support.repository import run_tool
from support.standards import STANDARDS, needs_shapes


def read(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def records(site: Path, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = read(site / "dati" / f"{name}.json")["records"]
    return found


HSDS = STANDARDS / "hsds" / "3.1"


def test_the_tables_of_hsds_are_valid(built_site: Path) -> None:
    from frictionless import Package, system

    with system.use_context(trusted=True):
        report = Package(str(built_site / "dati" / "hsds" / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "type", "message"])


@needs_shapes
def test_the_tables_follow_the_standard_s_own_descriptor(built_site: Path, tmp_path: Path) -> None:
    """The official schemas on our files: every table that we publish, all columns, required ones and closed lists."""
    from frictionless import Package, system

    ours = {item["name"]: item for item in read(built_site / "dati" / "hsds" / "datapackage.json")["resources"]}
    official = read(HSDS / "datapackage.json")
    official["resources"] = [item for item in official["resources"] if item["name"] in ours]
    assert {item["name"] for item in official["resources"]} == set(ours)
    for item in official["resources"]:
        keys = item["schema"].get("foreignKeys", [])
        item["schema"]["foreignKeys"] = [key for key in keys if key["reference"]["resource"] in ours]
        assert item["path"] == ours[item["name"]]["path"]
        (tmp_path / item["path"]).write_bytes((built_site / "dati" / "hsds" / item["path"]).read_bytes())
    (tmp_path / "datapackage.json").write_text(json.dumps(official), "utf-8")
    with system.use_context(trusted=True):
        report = Package(str(tmp_path / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "type", "message"])


@needs_shapes
def test_the_pages_of_hsds_follow_their_schemas(built_site: Path, tmp_path: Path) -> None:
    api, schemas = built_site / "api" / "hsds", HSDS / "schema"
    services = [path for path in (api / "services").glob("*.json") if path.name != "index.json"]
    run = run_tool("check-jsonschema", "--schemafile", schemas / "service.json", *services)
    assert run.returncode == 0, run.stdout
    page = read(api / "services" / "index.json")
    assert {"total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty",
            "contents"} == set(page)
    assert page["total_items"] == len(page["contents"]) == len(services) == len(records(built_site, "services"))
    for number, item in enumerate(page["contents"]):
        (tmp_path / f"{number}.json").write_text(json.dumps(item), "utf-8")
    run = run_tool("check-jsonschema", "--schemafile", schemas / "compiled" / "service_list.json",
                   *tmp_path.glob("*.json"))
    assert run.returncode == 0, run.stdout
    spoilt = read(services[0]) | {"status": "attivo"}
    (tmp_path / "spoilt.json").write_text(json.dumps(spoilt), "utf-8")
    assert run_tool("check-jsonschema", "--schemafile", schemas / "service.json",
                    tmp_path / "spoilt.json").returncode == 1


def test_hsds_says_what_the_tables_say(built_site: Path) -> None:
    page = read(built_site / "api" / "hsds" / "services" / "index.json")
    whole = [read(built_site / "api" / "hsds" / "services" / f"{item['id']}.json") for item in page["contents"]]
    given = {(row["service_id"], row["desk_id"]) for row in records(built_site, "desk_services")}
    found = {(item["url"].rstrip("/").split("/")[-1], place["location"]["external_identifier"])
             for item in whole for place in item["service_at_locations"]}
    assert found == given
    closed = {row["service_id"] for row in records(built_site, "services") if row["status"] == "closed"}
    assert {item["url"].rstrip("/").split("/")[-1] for item in whole if item["status"] == "defunct"} == closed
    root = read(built_site / "api" / "hsds" / "index.json")
    assert (built_site / root["openapi_url"].removeprefix(base_of(built_site))).is_file()
    assert run_tool("openapi-spec-validator", built_site / "api" / "hsds" / "openapi.json").returncode == 0
