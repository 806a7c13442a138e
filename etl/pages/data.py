"""The data: the catalogue and one page per dataset, read off the Data Package and the declarations."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from etl.model import LANGUAGES, Page, Release
from etl.pages.addresses import make_page
from etl.pages.checks import declared, say
from etl.pages.rows import Row, by_key, rows

PREVIEW_ROWS = 10


def pages(release: Release, language: str) -> list[Page]:
    """The catalogue, and a page for each dataset."""
    entries = [entry(release, language, resource) for resource in release.package["resources"]]
    return [
        make_page(
            "data", language, "data.html", title="Dati aperti", datasets=entries, package=release.package,
            released=release.package["created"][:10],
        ),
        *(dataset_page(release, language, item) for item in entries),
    ]


def entry(release: Release, language: str, resource: dict[str, Any]) -> dict[str, Any]:
    """What the catalogue shows of a dataset."""
    about = release.declarations[resource["name"]]
    return {
        "name": resource["name"],
        "resource": resource,
        "about": about,
        "title": say(about["title"], language),
        "description": say(about["description"], language),
        "row": say(about["row"], language),
        "kilobytes": max(1, round(resource["bytes"] / 1000)),
    }


def dataset_page(release: Release, language: str, item: dict[str, Any]) -> Page:
    """The page of one dataset: what a row is, columns, checks, first rows, downloads."""
    about = item["about"]
    publisher = by_key(rows(release, "organisations"), "organisation_id").get(about["publisher"], {})
    records = rows(release, item["name"])
    schema = item["resource"]["schema"]
    names = [field["name"] for field in schema["fields"]]
    return make_page(
        "data",
        language,
        "dataset.html",
        item["name"],
        title=item["title"],
        description=item["description"],
        dataset=item,
        keywords=say(about["keywords"], language) if about.get("keywords") else [],
        source=say(about["source"]["title"], language),
        publisher=publisher.get("name") or about["publisher"],
        columns=[column(field, schema, language, records) for field in schema["fields"]],
        preview=[[written(name, row[name]) for name in names] for row in records[:PREVIEW_ROWS]],
        checks=declared(about, language),
        fresh=by_key(rows(release, "sources"), "dataset").get(item["name"]),
        version=release.package["version"],
        released=release.package["created"][:10],
    )


def column(field: dict[str, Any], schema: dict[str, Any], language: str, records: list[Row]) -> dict[str, Any]:
    """One line of the dictionary: names in both languages, type, allowed values, share of missing cells."""
    labels = field.get("labels", {})
    name = field["name"]
    missing = sum(row[name] is None for row in records)
    return {
        "name": name,
        "title": field["title"],
        "title_en": field["title_en"],
        "description": field["description"] if language == LANGUAGES[0] else field["description_en"],
        "type": field["type"],
        "key": name in schema["primaryKey"],
        "computed": bool(field.get("computed")),
        "required": bool(field.get("constraints", {}).get("required")),
        "allowed": [(code, say(words, language)) for code, words in labels.items()],
        "example": field.get("example"),
        "missing": missing / len(records) if records else None,
        "refers_to": next(
            (key["reference"]["resource"] for key in schema.get("foreignKeys", []) if name in key["fields"]), None
        ),
    }


def written(column: str, value: Any) -> Any:
    """A number in plain digits, as a CSV holds it, euro to the cent; any other value as it is."""
    if not isinstance(value, float):
        return value
    exact = Decimal(str(value))
    if column.endswith("_eur"):
        return f"{exact:.2f}"
    return f"{exact.to_integral_value():f}" if exact == exact.to_integral_value() else f"{exact:f}"
