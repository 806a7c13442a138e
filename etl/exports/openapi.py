"""The OpenAPI 3.0.3 description of the static API, by the rules of the Italian guidelines (AgID 547/2021).

Schemas come from the Table Schemas of the release, so the description cannot say less or more than the data.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from etl.exports.json_api import COLLECTIONS, ROOT
from etl.meta.model import Release
from etl.meta.settings import SiteConfig
from etl.meta.view import resources

LARGEST = 2**31 - 1
WORDS = {
    "projects": ("progetti", "del progetto", "Progetti con testi, importi, documenti e fatti datati."),
    "desks": ("sportelli", "dello sportello", "Sportelli con testi, orari e servizi."),
    "services": ("servizi", "del servizio", "Servizi con testi, sportelli e documenti."),
    "datasets": ("tabelle", "della tabella", "Tabelle con colonne e file."),
    "changes": ("cambiamenti", "dei cambiamenti di un giorno", "Che cosa è cambiato, giorno per giorno."),
}
KINDS = {"integer": "integer", "number": "number", "boolean": "boolean"}
PROBLEM = "application/problem+json"
Schema = dict[str, Any]


def described(release: Release, config: SiteConfig) -> dict[str, Any]:
    """The whole description."""
    names = [name for name in WORDS if name not in COLLECTIONS or COLLECTIONS[name][0] in release.records]
    paths: dict[str, Any] = {"/status": {"get": status()}}
    for name in names:
        paths |= paths_of(release, name)
    contact = {"name": config.name, "url": f"{config.site_url}contatti/"}
    if config.owner.get("feedback"):
        contact["email"] = config.owner["feedback"]
    return {
        "openapi": "3.0.3",
        "info": {
            "title": release.package["title"], "version": release.package["version"],
            "x-summary": "Dati aperti come file JSON statici",
            "x-api-id": str(uuid.uuid5(uuid.NAMESPACE_URL, f"{config.site_url}{ROOT}")),
            "description": f"{release.package['description']} File JSON statici: senza chiavi, senza limiti, senza "
                           "filtri. Gli indirizzi restano.",
            "contact": contact, "termsOfService": f"{config.site_url}note-legali/",
            "license": {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"},
        },
        "servers": [{"url": f"{config.site_url}{ROOT}", "description": "Sito pubblico (file statici)"}],
        "security": [],
        "tags": [{"name": WORDS[name][0], "description": WORDS[name][2]} for name in names]
        + [{"name": "stato", "description": "Stato dei dati"}],
        "paths": paths,
        "components": {"responses": answers(), "schemas": schemas(release, names)},
    }


def answers() -> dict[str, Any]:
    """Answers that every operation shares."""
    said = {"NonTrovato": "File non trovato: il server può rispondere con la pagina HTML di errore del sito",
            "Errore": "Errore imprevisto del server"}
    content = {PROBLEM: {"schema": reference("Problem")}, "text/html": {"schema": {"type": "string"}}}
    return {name: {"description": words, "content": content} for name, words in said.items()}


def operation(name: str, tag: str, summary: str, description: str, schema: Schema, media_type: str) -> dict[str, Any]:
    """A GET that answers with one file."""
    return {
        "operationId": name, "summary": summary, "description": description, "tags": [tag],
        "responses": {
            "200": {"description": "Il file", "content": {media_type: {"schema": schema}}},
            "404": {"$ref": "#/components/responses/NonTrovato"},
            "default": {"$ref": "#/components/responses/Errore"},
        },
    }


def status() -> dict[str, Any]:
    """The state of the data. A static host names no type for a file without extension: status.json is the same."""
    made = operation("stato", "stato", "Stato dei dati", "Versione e giorno dei dati (RFC 9457). Un server statico può "
                     "dare application/octet-stream: /status.json è lo stesso file.", reference("Problem"), PROBLEM)
    made["responses"]["200"]["content"]["application/octet-stream"] = {"schema": reference("Problem")}
    return made


def paths_of(release: Release, name: str) -> dict[str, Any]:
    """A list, and the item of each key: the keys that exist are listed, so that any client can try them."""
    tag, of, words = WORDS[name]
    title = name.capitalize()
    made = {f"/{name}.json": {"get": operation(
        name, tag, f"Elenco: {tag}", words, reference(f"{title}List"), "application/json")}}
    keys = keys_of(release, name)
    if keys:
        item = operation(f"{name}-item", tag, f"Scheda {of}", words, reference(f"{title}Item"), "application/json")
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


def whole(properties: Mapping[str, Schema], **more: Any) -> Schema:
    """An object of which every property is there."""
    return {"type": "object", "required": list(properties), "properties": dict(properties), **more}


def many(item: Schema) -> Schema:
    return {"type": "array", "items": item}


TEXT: Schema = {"type": "string"}
ADDRESS: Schema = TEXT | {"format": "uri"}
DAY: Schema = TEXT | {"format": "date"}
COUNT: Schema = {"type": "integer", "format": "int32", "minimum": 0, "maximum": LARGEST}
META = {"version": TEXT, "released": DAY, "licence": TEXT}
ENTRY = {"name": TEXT, "title": TEXT, "title_en": TEXT, "description": TEXT, "description_en": TEXT, "rows": COUNT,
         "issued": DAY, "modified": DAY, "url": ADDRESS, "page": ADDRESS}
COLUMN = dict.fromkeys(("name", "type", "title", "title_en", "description", "description_en"), TEXT)
FILE = {"format": TEXT, "media_type": TEXT, "bytes": COUNT, "sha256": TEXT, "url": ADDRESS}


def schemas(release: Release, names: list[str]) -> dict[str, Schema]:
    """Every schema of the description."""
    tables = {name: item["schema"] for name, item in resources(release.package).items()}
    problem: Schema = {"type": {"type": "string", "format": "uri", "default": "about:blank"}, "title": TEXT,
               "status": {"type": "integer", "format": "int32", "minimum": 100, "maximum": 599}, "detail": TEXT}
    made: dict[str, Schema] = {
        "Problem": whole(problem, description="Problem Details, RFC 9457"),
        "Meta": whole(META, description="Versione, giorno e licenza"),
        "ListMeta": whole(META | {"count": COUNT}, description="Come Meta, con il numero di elementi"),
    }
    for name in names:
        row, item = shapes(tables, name)
        title = name.capitalize()
        made[f"{title}List"] = whole({"meta": reference("ListMeta"), "data": many(row)})
        made[f"{title}Item"] = whole({"meta": reference("ListMeta" if name == "changes" else "Meta"), "data": item})
    return made


def shapes(tables: Mapping[str, Any], name: str) -> tuple[Schema, Schema]:
    """(what a list holds of an item, the item itself)."""
    if name == "datasets":
        more = {"primary_key": many(TEXT), "columns": many(whole(COLUMN)), "files": many(whole(FILE))}
        return whole(ENTRY), whole(ENTRY | more)
    if name == "changes":
        listed = whole({"release_date": DAY, "changes": COUNT, "url": ADDRESS})
        return listed, many(whole(columns(tables["changes"]))) if "changes" in tables else listed
    dataset, _, joined = COLLECTIONS[name]
    own = columns(tables[dataset]) | {"url": ADDRESS, "page": ADDRESS}
    parts = {part: many(whole(columns(tables[other]))) for part, (other, _) in joined.items() if other in tables}
    return whole(own), whole(own | parts)


def columns(schema: Mapping[str, Any]) -> dict[str, Schema]:
    return {field["name"]: column(field) for field in schema["fields"]}


def column(field: Mapping[str, Any]) -> Schema:
    """A column: its type, what it means, and null where a cell may be empty."""
    limits = field.get("constraints", {})
    made: Schema = {"type": KINDS.get(field["type"], "string"), "description": field["description"]}
    if made["type"] == "integer":
        made |= {"format": "int32", "minimum": limits.get("minimum", -LARGEST),
                 "maximum": limits.get("maximum", LARGEST)}
    if not limits.get("required"):
        made["nullable"] = True
    return made
