"""The static JSON API: lists and items under api/v1/, each a file at an address that stays.

A list says what it is and holds rows; an item holds the row with everything that other tables say of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from etl.domain.citing import documents, named_within
from etl.exports.datapackage import LICENCE
from etl.exports.model import Files, for_programs
from etl.meta.model import Field, Release
from etl.meta.settings import SiteConfig
from etl.meta.view import Row, as_json, grouped, rows

Answers = dict[str, dict[str, Any]]
ROOT, SOURCES = "api/v1", "sources"
# Collection -> (dataset, key, {name in the item: (dataset of its rows, column that points to the item)}).
COLLECTIONS: Mapping[str, tuple[str, str, Mapping[str, tuple[str, str]]]] = {
    "projects": ("projects", "project_code", {
        "texts": ("project_texts", "project_code"), "funding": ("funding", "project_code"),
        "attachments": ("documents", "project_code"), "milestones": ("milestones", "project_code"),
        "links": ("project_links", "project_code"), "sections": ("project_sections", "project_code"),
    }),
    "desks": ("desks", "desk_id", {
        "texts": ("desk_texts", "desk_id"), "hours": ("desk_hours", "desk_id"),
        "services": ("desk_services", "desk_id"), "areas": ("desk_areas", "desk_id"),
        "referrals": ("referrals", "from_id"),
    }),
    "services": ("services", "service_id", {
        "texts": ("service_texts", "service_id"), "conditions": ("conditions", "service_id"),
        "desks": ("desk_services", "service_id"), "attachments": ("documents", "service_id"),
        "referrals": ("referrals", "from_id"),
    }),
}


def api_files(release: Release, config: SiteConfig) -> Files:
    """What the API says of itself, by path in the site: its state, its faults, its OpenAPI description."""
    import yaml

    from etl.exports.openapi import described

    about = described(release, config)
    text = yaml.safe_dump(about, allow_unicode=True, sort_keys=False, width=100)
    return {**state_files(release, config, ROOT), **FAULTS,
            f"{ROOT}/openapi.json": as_json(about), f"{ROOT}/openapi.yaml": text.encode("utf-8")}


def answers(release: Release, config: SiteConfig) -> Answers:
    """What every list and item of the API holds, by path in the site."""
    made: Answers = {}
    for name in COLLECTIONS:
        if COLLECTIONS[name][0] in release.records:
            made |= collection(release, config, name)
    return made | datasets(release, config) | changes(release, config)


def envelope(release: Release, data: Any) -> dict[str, Any]:
    """What every answer says beside its data: version, day, licence; of a list how many."""
    package = release.package
    meta = {"version": package["version"], "released": package["created"][:10], "licence": LICENCE["name"]}
    count = {"count": len(data)} if isinstance(data, list) else {}
    return {"meta": meta | count, "data": data}


def collection(release: Release, config: SiteConfig, name: str) -> Answers:
    """A list and its items, each with the sources that it and its parts name."""
    dataset, key, joined = COLLECTIONS[name]
    related = {part: grouped(rows(release, other), column) for part, (other, column) in joined.items()
               if other in release.records}
    known = documents(release)
    listed, made = [], {}
    for row in rows(release, dataset):
        item = row[key].lower()  # as in the address of its page
        addresses = {"url": f"{config.site_url}{ROOT}/{name}/{item}.json",
                     "page": config.page(name, item)}
        listed.append(row | addresses)
        whole = row | addresses | {part: found.get(row[key], []) for part, found in related.items()}
        if known:
            whole[SOURCES] = [known[address] for address in named_within(whole) if address in known]
        made[f"{ROOT}/{name}/{item}.json"] = envelope(release, whole)
    return made | {f"{ROOT}/{name}.json": envelope(release, listed)}


def datasets(release: Release, config: SiteConfig) -> Answers:
    """The tables with their files."""
    listed, made = [], {}
    for resource in release.package["resources"]:
        name = resource["name"]
        entry: Row = {key: resource[key] for key in ("name", "title", "title_en", "description", "description_en",
                                                     "rows", "issued", "modified")}
        entry |= {"url": f"{config.site_url}{ROOT}/datasets/{name}.json", "page": config.page("data", name)}
        listed.append(entry)
        files = [{"format": file["format"], "media_type": file["media_type"], "bytes": file["bytes"],
                  "sha256": file["sha256"], "url": f"{config.site_url}dati/{file['path']}"}
                 for file in release.files if file["dataset"] == name]
        columns = [column(Field(field["name"], field["type"], field)) for field in resource["schema"]["fields"]]
        made[f"{ROOT}/datasets/{name}.json"] = envelope(
            release, entry | {"primary_key": resource["schema"]["primaryKey"], "columns": columns, "files": files})
    return made | {f"{ROOT}/datasets.json": envelope(release, listed)}


def column(field: Field) -> Row:
    """A column in words, with what its codes mean."""
    said = {key: field.descriptor[key] for key in ("title", "title_en", "description", "description_en")}
    codes = [{key: code[key] for key in ("value", "label", "label_en")} for code in field.categories]
    return {"name": field.name, "type": field.type, **said, "several": field.several, "categories": codes}


def changes(release: Release, config: SiteConfig) -> Answers:
    """The releases with changes, and the changes of each."""
    by_day = grouped(rows(release, "changes"), "release_date")
    made = {f"{ROOT}/changes/{day}.json": envelope(release, found) for day, found in by_day.items()}
    listed = [{"release_date": day, "changes": len(by_day[day]), "url": f"{config.site_url}{ROOT}/changes/{day}.json"}
              for day in sorted(by_day, reverse=True)]
    return made | {f"{ROOT}/changes.json": envelope(release, listed)}


def state_files(release: Release, config: SiteConfig, root: str) -> Files:
    """Whether the data are there, in the form of problems, as the national guidelines ask of /status.

    Twice: a server that was not told so knows no type for a file without extension.
    """
    said = problem(200, "OK", (
        f"Versione {release.package['version']} del {release.package['created'][:10]}; "
        f"sito rifatto il {config.checked_on}, la prossima volta entro il {config.due_on or 'n.d.'}."))
    return {f"{root}/status": said, f"{root}/status.json": said}


def problem(status: int, title: str, detail: str) -> bytes:
    """An answer in the form of problems (RFC 9457)."""
    return as_json({"type": "about:blank", "title": title, "status": status, "detail": detail})


FAULTS: Files = {
    "api/404.json": problem(404, "Not Found", f"Nessun file qui: /{ROOT}/openapi.json dice quali indirizzi ci sono."),
    "api/500.json": problem(500, "Internal Server Error", "Il server non riesce a rispondere: riprova più tardi."),
}
"""What a server answers below /api/ when it fails (docs/nginx.conf)."""


API = for_programs("api", api_files, answers)
