"""HSDS as files: a Data Package of CSVs under dati/hsds/, and the pages of its API under api/hsds/."""

from __future__ import annotations

from typing import Any

from etl.exports.hsds.tables import PROFILE, TABLES, VERSION, Tables, nested, tables
from etl.exports.json_api import state_files
from etl.exports.model import Files, for_programs
from etl.meta.model import Release
from etl.meta.settings import SiteConfig
from etl.meta.view import as_json
from etl.runtime.tables import csv_bytes

DATA, API = "dati/hsds", "api/hsds"
DESCRIPTION = f"Human Services Data Specification {VERSION} (Open Referral), {PROFILE}"
NEEDED = {"services", "desks"}
MADE_OF = (
    "services", "service_texts", "desks", "desk_texts", "desk_hours", "desk_areas", "desk_services", "conditions",
    "organisations", "organisation_texts",
)
TAG = {"name": "hsds", "description": "Servizi con sedi e orari"}
FORMATS = ("uuid", "email", "uri")
OWNERS = {"service_id": "service", "location_id": "location", "organization_id": "organization",
          "service_at_location_id": "service_at_location"}


def hsds_files(release: Release, config: SiteConfig) -> Files:
    """Every file of both by path in the site; none without what it is made of, or without `catalogue`."""
    if not config.catalogue or not tables_of(release):
        return {}
    found = tables(release, config)
    return csv_files(found) | {f"{DATA}/datapackage.json": as_json(package(release, found))} | json_files(
        found, release, config)


def tables_of(release: Release) -> list[str]:
    """The datasets that the directory is made of; none where there are no services or no desks."""
    return [name for name in MADE_OF if name in release.records] if NEEDED.issubset(release.records) else []


def columns(name: str) -> list[tuple[str, str, bool]]:
    """(name, type or format, required) of each column of a table of HSDS."""
    said = (word.partition(":") for word in TABLES[name]["columns"].split())
    return [(column.rstrip("*"), kind or "string", column.endswith("*")) for column, _, kind in said]


def csv_files(found: Tables) -> Files:
    """One CSV per table that has rows, with all columns of the standard."""
    return {
        f"{DATA}/{TABLES[name]['file']}": csv_bytes(
            [column for column, _, _ in columns(name)],
            [[str(row.get(column, "")) for column, _, _ in columns(name)] for row in content],
        )
        for name, content in found.items() if content
    }


def package(release: Release, found: Tables) -> dict[str, Any]:
    """The descriptor of the tables that have rows."""
    return {
        "profile": "tabular-data-package", "name": "human_services_data", "version": release.package["version"],
        "title": f"{release.package['title']} (HSDS {VERSION})", "homepage": PROFILE,
        "licenses": release.package["licenses"],
        "resources": [
            {"name": name, "path": TABLES[name]['file'], "profile": "tabular-data-resource", "encoding": "utf-8",
             "schema": {"fields": [field(*column) for column in columns(name)], "primaryKey": ["id"],
                        **keys(name, found)}}
            for name, content in found.items() if content
        ],
    }


def field(name: str, kind: str, required: bool) -> dict[str, Any]:
    """A column as a Table Schema says it."""
    made: dict[str, Any] = {"name": name, "type": "string" if kind in FORMATS else kind}
    if kind in FORMATS:
        made["format"] = kind
    return made | ({"constraints": {"required": True}} if required else {})


def keys(name: str, found: Tables) -> dict[str, Any]:
    """The references of a table to others that are there; a table without any has no list of them."""
    present = {column for column, _, _ in columns(name)}
    made = [{"fields": [column], "reference": {"resource": target, "fields": ["id"]}}
            for column, target in OWNERS.items() if column in present and found[target]]
    return {"foreignKeys": made} if made else {}


def json_files(found: Tables, release: Release, config: SiteConfig) -> Files:
    """The root, the one page of services, and each service whole."""
    services = found["service"]
    page = {"total_items": len(services), "total_pages": 1, "page_number": 1, "size": len(services),
            "first_page": True, "last_page": True, "empty": not services, "contents": services}
    root = {"version": VERSION, "profile": PROFILE, "openapi_url": f"{config.site_url}{API}/openapi.json"}
    return {
        f"{API}/index.json": as_json(root),
        f"{API}/services/index.json": as_json(page),
        f"{API}/openapi.json": as_json(described(release, config, [row["id"] for row in services])),
        **state_files(release, config, API),
        **{f"{API}/services/{row['id']}.json": as_json(nested(found, row)) for row in services},
    }


def described(release: Release, config: SiteConfig, ids: list[str]) -> dict[str, Any]:
    """The paths that really exist: a static host knows neither `?page=` nor filters."""
    from etl.exports.openapi import SAID, STATE, head, operation

    def get(name: str, summary: str, **more: Any) -> dict[str, Any]:
        return {"get": operation(name, TAG["name"], summary, DESCRIPTION, {"type": "object"}) | more}

    parameter = {"name": "id", "in": "path", "required": True, "description": "UUID del servizio",
                 "schema": {"type": "string", "enum": ids}}
    title = f"HSDS {VERSION}: {release.package['title']}"
    return {
        **head(release, config, API, title, "Servizi e sportelli come file JSON statici", DESCRIPTION),
        "tags": [TAG, STATE],
        "paths": {
            "/status": {"get": SAID["status"]},
            "/index.json": get("root", "Versione e profilo"),
            "/services/index.json": get("services", "Tutti i servizi, in una pagina"),
            "/services/{id}.json": get("service", "Un servizio con sedi e orari", parameters=[parameter]),
        },
        "components": {"responses": SAID["responses"], "schemas": {"Problem": SAID["schemas"]["Problem"]}},
    }


HSDS = for_programs("hsds", hsds_files)
