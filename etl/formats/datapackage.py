"""datapackage.json: the whole release as a Data Package 2.0."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any

from etl.model import Draft, Table

LICENCE = {
    "name": "CC-BY-4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
    "title": "Creative Commons Attribuzione 4.0 Internazionale",
}
FIRST_VERSION = "0.1.0"
READINGS = "sources"  # the dataset that says when each source was read


def datapackage_files(draft: Draft, csv: dict[str, bytes], previous: dict[str, Any] | None) -> dict[str, bytes]:
    """The descriptor of a draft. Version and date move on only when the content does.

    previous: the datapackage.json of the release before, or None.
    """
    resources = [resource(draft, name, table, csv[f"{name}.csv"]) for name, table in draft.tables.items()]
    version, created = transition(resources, previous, draft.date)
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": draft.about["name"],
        "title": draft.about["title"]["it"],
        "title_en": draft.about["title"]["en"],
        "description": draft.about["description"]["it"],
        "description_en": draft.about["description"]["en"],
        "version": version,
        "created": created,
        "licenses": [LICENCE],
        "resources": resources,
    }
    return {"datapackage.json": (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode("utf-8")}


def transition(resources: list[dict[str, Any]], previous: dict[str, Any] | None, today: date) -> tuple[str, str]:
    """(version, created) of the next release: unchanged when no resource changed, else the next patch of today.

    A second change on the same day belongs to that day's release.
    """
    created = f"{today.isoformat()}T00:00:00Z"
    if previous is None:
        return FIRST_VERSION, created
    if facts(previous["resources"]) == facts(resources) or previous["created"] == created:
        return previous["version"], previous["created"]
    major, minor, patch = previous["version"].split(".")
    return f"{major}.{minor}.{int(patch) + 1}", created


def facts(resources: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The resources that hold facts: that a source was read once more is no new release."""
    return [item for item in resources if item["name"] != READINGS]


def resource(draft: Draft, name: str, table: Table, data: bytes) -> dict[str, Any]:
    """One resource: where the file is, how it is written, its schema, source and licence."""
    dataset = draft.datasets[name]
    about = dataset.about
    source = {"title": about["source"]["title"]["it"]}
    if about["source"].get("url"):
        source["path"] = about["source"]["url"]
    return {
        "name": name,
        "type": "table",
        "path": f"{name}.csv",
        "title": about["title"]["it"],
        "title_en": about["title"]["en"],
        "description": about["description"]["it"],
        "description_en": about["description"]["en"],
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "rows": len(table.rows),
        "dialect": {"header": True, "delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True},
        "schema": dict(dataset.schema),
        "sources": [source],
        "madeFrom": [given for given in dataset.inputs if given != name] if dataset.recipe else [],
        "licenses": [LICENCE],
    }
