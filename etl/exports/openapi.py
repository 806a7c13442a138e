"""The OpenAPI 3.0.3 description of the static API, by the rules of the Italian guidelines (AgID 547/2021).

Schemas come from the Table Schemas of the release, so the description cannot say less or more than the data.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from etl.domain.citing import TABLE
from etl.exports.datapackage import LICENCE
from etl.exports.json_api import COLLECTIONS, ROOT, SOURCES
from etl.meta.model import Release
from etl.meta.settings import SiteConfig
from etl.meta.view import resources

LARGEST = 2**31 - 1
SAID: Mapping[str, Any] = yaml.safe_load(Path(__file__).with_name("openapi.yaml").read_text("utf-8"))
WORDS, SHAPES = SAID["collections"], SAID["shapes"]
STATE = {"name": "stato", "description": "Stato dei dati"}
"""The tag of /status."""
KINDS: Mapping[str, Mapping[str, str]] = {
    "integer": {"type": "integer", "format": "int32"}, "number": {"type": "number", "format": "double"},
    "boolean": {"type": "boolean"}, "date": {"type": "string", "format": "date"},
    "time": {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"},
    "year": {"type": "string", "pattern": "^[0-9]{4}$"},
}
"""Type of a column -> type here; the others are texts. No format fits hours, nor a moment without its zone."""
AMOUNT = "decimal128"
"""Format of euro: as many decimals as the number has, which a binary one does not hold."""
Schema = dict[str, Any]


def described(release: Release, config: SiteConfig) -> dict[str, Any]:
    """The whole description."""
    names = [name for name in WORDS if name not in COLLECTIONS or COLLECTIONS[name][0] in release.records]
    paths: dict[str, Any] = {"/status": {"get": SAID["status"]}}
    for name in names:
        paths |= paths_of(release, name)
    description = (f"{release.package['description']} File JSON statici: senza chiavi, senza limiti, senza filtri. Gli "
                   "indirizzi restano.")
    return {
        **head(release, config, ROOT, release.package["title"], "Dati aperti come file JSON statici", description),
        "tags": [{"name": WORDS[name][0], "description": WORDS[name][2]} for name in names] + [STATE],
        "paths": paths,
        "components": {"responses": SAID["responses"], "schemas": schemas(release, names)},
    }


def head(release: Release, config: SiteConfig, root: str, title: str, summary: str, description: str) -> dict[str, Any]:
    """What a description says before its paths: what the API is, whom to ask, under which licence, where it is."""
    contact = {"name": config.name, "url": f"{config.site_url}contatti/"}
    if config.owner.get("feedback"):
        contact["email"] = config.owner["feedback"]
    return {
        "openapi": "3.0.3",
        "info": {
            "title": title, "version": release.package["version"], "x-summary": summary,
            "x-api-id": str(uuid.uuid5(uuid.NAMESPACE_URL, f"{config.site_url}{root}")),
            "description": description, "contact": contact, "termsOfService": f"{config.site_url}note-legali/",
            "license": {"name": "CC BY 4.0", "url": LICENCE["path"]},
        },
        "servers": [{"url": f"{config.site_url}{root}", "description": "Sito pubblico (file statici)"}],
        "security": [],
    }


def operation(name: str, tag: str, summary: str, description: str, schema: Schema) -> dict[str, Any]:
    """A GET that answers with one file."""
    return {
        "operationId": name, "summary": summary, "description": description, "tags": [tag],
        "responses": {
            "200": {"description": "Il file", "content": {"application/json": {"schema": schema}}},
            "404": {"$ref": "#/components/responses/NonTrovato"},
            "default": {"$ref": "#/components/responses/Errore"},
        },
    }


def paths_of(release: Release, name: str) -> dict[str, Any]:
    """A list, and the item of each key: the keys that exist are listed, so that any client can try them."""
    tag, of, words = WORDS[name]
    title = name.capitalize()
    made = {f"/{name}.json": {"get": operation(name, tag, f"Elenco: {tag}", words, reference(f"{title}List"))}}
    keys = keys_of(release, name)
    if keys:
        item = operation(f"{name}-item", tag, f"Scheda {of}", words, reference(f"{title}Item"))
        item["parameters"] = [{"name": "id", "in": "path", "required": True, "description": f"Codice {of}",
                               "schema": {"type": "string", "enum": keys}, "example": keys[0]}]
        made[f"/{name}/{{id}}.json"] = {"get": item}
    return made


def keys_of(release: Release, name: str) -> list[str]:
    """The names of all items of a collection, as they stand in addresses."""
    if name == "datasets":
        return list(resources(release.package))
    if name == "changes":
        return sorted({row["release_date"] for row in release.records.get("changes", [])})
    dataset, key, _ = COLLECTIONS[name]
    return [row[key].lower() for row in release.records[dataset]]


def reference(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def whole(properties: Mapping[str, Schema]) -> Schema:
    """An object of which every property is there."""
    return {"type": "object", "required": list(properties), "properties": dict(properties)}


def many(item: Schema) -> Schema:
    return {"type": "array", "items": item}


def schemas(release: Release, names: list[str]) -> dict[str, Schema]:
    """Every schema of the description."""
    tables = {name: item["schema"] for name, item in resources(release.package).items()}
    made: dict[str, Schema] = dict(SAID["schemas"])
    for name in names:
        row, item = shapes(tables, name)
        title = name.capitalize()
        made[f"{title}List"] = whole({"meta": reference("ListMeta"), "data": many(row)})
        made[f"{title}Item"] = whole({"meta": reference("ListMeta" if name == "changes" else "Meta"), "data": item})
    return made


def shapes(tables: Mapping[str, Any], name: str) -> tuple[Schema, Schema]:
    """(what a list holds of an item, the item itself)."""
    if name == "datasets":
        described = whole(SHAPES["column"] | {"categories": many(whole(SHAPES["category"]))})
        more = {"primary_key": many(SHAPES["text"]), "columns": many(described), "files": many(whole(SHAPES["file"]))}
        return whole(SHAPES["dataset"]), whole(SHAPES["dataset"] | more)
    if name == "changes":
        listed = whole(SHAPES["release"])
        return listed, many(whole(columns(tables["changes"]))) if "changes" in tables else listed
    dataset, _, joined = COLLECTIONS[name]
    own = columns(tables[dataset]) | {"url": SHAPES["address"], "page": SHAPES["address"]}
    parts = {part: many(whole(columns(tables[other]))) for part, (other, _) in joined.items() if other in tables}
    if TABLE in tables:
        parts[SOURCES] = many(whole(columns(tables[TABLE])))
    return whole(own), whole(own | parts)


def columns(schema: Mapping[str, Any]) -> dict[str, Schema]:
    return {field["name"]: column(field) for field in schema["fields"]}


def column(field: Mapping[str, Any]) -> Schema:
    """A column: its type, what it means, and null where a cell may be empty."""
    limits = field.get("constraints", {})
    made: Schema = {**KINDS.get(field["type"], {"type": "string"}), "description": field["description"]}
    if made["type"] == "integer":
        made |= {"minimum": limits.get("minimum", -LARGEST), "maximum": limits.get("maximum", LARGEST)}
    if made["type"] == "number" and field.get("kind") == "money":
        made["format"] = AMOUNT
    if not limits.get("required"):
        made["nullable"] = True
    return made
