"""datapackage.json: the whole release as a Data Package 2.0."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from etl.model import Draft, Table
from etl.versions import transition

LICENCE = {
    "name": "CC-BY-4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
    "title": "Creative Commons Attribuzione 4.0 Internazionale",
}
FIRST_VERSION = "0.1"
READINGS = "sources"  # the dataset that says when each source was read


def datapackage_files(draft: Draft, csv: Mapping[str, bytes], previous: dict[str, Any] | None) -> dict[str, bytes]:
    """The descriptor of a draft. Version and date move on only when the content does.

    previous: the datapackage.json of the release before, or None.
    """
    known = {item["name"]: item for item in previous["resources"]} if previous else {}
    resources = [
        resource(draft, name, table, csv[f"{name}.csv"], known.get(name)) for name, table in draft.tables.items()
    ]
    changed = previous is None or facts(previous["resources"]) != facts(resources)
    version, created, replaces = transition(
        previous, resources, f"{draft.date.isoformat()}T00:00:00Z", draft.about.get("version", FIRST_VERSION), changed
    )
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": draft.about["name"],
        "title": draft.about["title"]["it"],
        "title_en": draft.about["title"]["en"],
        "description": draft.about["description"]["it"],
        "description_en": draft.about["description"]["en"],
        "version": version,
        "created": created,
        "replaces": replaces,
        "licenses": [LICENCE],
        "resources": resources,
    }
    return {"datapackage.json": (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode("utf-8")}


def facts(resources: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The resources that hold facts: that a source was read once more is no new release."""
    return [item for item in resources if item["name"] != READINGS]


def resource(
    draft: Draft, name: str, table: Table, data: bytes, known: Mapping[str, Any] | None
) -> dict[str, Any]:
    """One resource: where the file is, how it is written, its schema, source, licence and dates.

    known: the same resource in the release before, or None.
    """
    dataset = draft.datasets[name]
    about = dataset.about
    today, digest = draft.date.isoformat(), f"sha256:{hashlib.sha256(data).hexdigest()}"
    same = known is not None and known["hash"] == digest
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
        "hash": digest,
        "issued": (known or {}).get("issued", today),
        "modified": (known or {}).get("modified", today) if same else today,
        "rows": len(table.rows),
        "dialect": {"header": True, "delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True},
        "schema": dict(dataset.schema),
        "sources": [source],
        "madeFrom": [given for given in dataset.inputs if given != name] if dataset.recipe else [],
        "licenses": [LICENCE],
    }
