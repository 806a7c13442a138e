"""datapackage.json: the whole release as a Data Package 2.0."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from etl.domain.citing import KEY, TABLE, addresses, cited, names_sources, said
from etl.meta.model import Draft, Table
from etl.meta.view import digest, record, resources, rows_of

LICENCE = {
    "name": "CC-BY-4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
    "title": "Creative Commons Attribuzione 4.0 Internazionale",
}
DESCRIPTOR = "datapackage.json"
READINGS = "sources"  # the dataset that says when each source was read


def resources_of(draft: Draft, previous: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    """The resources of a draft whose tables are printed. previous: datapackage.json of the release before, or None."""
    known = resources(previous) if previous else {}
    return [
        resource(draft, name, table, draft.files[f"{name}.csv"], known.get(name))
        for name, table in draft.tables.items()
    ]


def described(
    about: Mapping[str, Any], resources: list[dict[str, Any]], version: str, created: str, replaces: str
) -> dict[str, Any]:
    """What datapackage.json says of a release: words, resources, version, when it was made and what it replaces."""
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": about["name"],
        "title": about["title"]["it"],
        "title_en": about["title"]["en"],
        "description": about["description"]["it"],
        "description_en": about["description"]["en"],
        "version": version,
        "created": created,
        "replaces": replaces,
        "licenses": [LICENCE],
        "resources": resources,
    }


def facts(resources: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The resources that hold facts: that a source was read once more is no new release."""
    return [item for item in resources if item["name"] != READINGS]


def sources_of(draft: Draft, name: str) -> list[dict[str, str]]:
    """The sources of a table: as its declaration names them, then each document that its rows cite."""
    about = draft.datasets[name].about["source"]
    declared = {"title": about["title"]["it"], **({"path": about["url"]} if about.get("url") else {})}
    known = {row[KEY]: row for row in rows_of(draft, TABLE)} if name != TABLE else {}
    places = [place for place, column in enumerate(draft.datasets[name].columns) if names_sources(column)]
    naming = [draft.datasets[name].columns[place] for place in places]
    said_by = dict.fromkeys(tuple(row[place] for place in places) for row in draft.tables[name].rows)
    found = dict.fromkeys(address for cells in said_by for address in addresses(record(naming, cells))
                          if address in known)
    return [declared, *({"title": said(cited(known, address)), "path": address} for address in found)]


def resource(
    draft: Draft, name: str, table: Table, data: bytes, known: Mapping[str, Any] | None
) -> dict[str, Any]:
    """One resource: where the file is, how it is written, its schema, source, licence and dates.

    known: the same resource in the release before, or None.
    """
    dataset = draft.datasets[name]
    about = dataset.about
    today, sign = draft.date.isoformat(), f"sha256:{digest(data)}"
    same = known is not None and known["hash"] == sign
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
        "hash": sign,
        "issued": (known or {}).get("issued", today),
        "modified": (known or {}).get("modified", today) if same else today,
        "rows": len(table.rows),
        "dialect": {"header": True, "delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True},
        "schema": dict(dataset.schema),
        "sources": sources_of(draft, name),
        "madeFrom": [given for given in dataset.inputs if given != name] if dataset.recipe else [],
        "licenses": [LICENCE],
    }
