"""The data: the catalogue, and the pages of each dataset, read off the Data Package and the declarations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from etl.domain.pinned import pinned
from etl.meta.catalog import THEMES
from etl.meta.model import LANGUAGES, Page, Release, natural_key
from etl.meta.view import Row, by_key, grouped, meanings, number_text, resources, rows
from etl.meta.words import say
from etl.web.kinds import N_, Kind
from etl.web.lineage import Watched, once
from etl.web.pages.data import linked_data
from etl.web.pages.data.cautions import cautions
from etl.web.pages.data.downloads import downloads
from etl.web.pages.data.sketches import empty_cells, sketches
from etl.web.pages.trust.changes import releases
from etl.web.pages.trust.checks import by_rule, declared

VERSIONS_SHOWN, CHANGES_SHOWN = 5, 10


def pages(kind: Kind, release: Watched, language: str) -> list[Page]:
    """The catalogue, and a page for each dataset."""
    entries = known_datasets(release, language)
    return [
        kind.page(
            language, subjects=by_subject(entries), package=release.package, released=released(release),
            whole=downloads(release, language), catalogue=bool(release.scores),
            linked=linked_data.catalogue(release, language, entries),
        ),
        *(dataset_page(kind, release, language, item) for item in entries),
    ]


def known_datasets(release: Release, language: str) -> list[dict[str, Any]]:
    """What the catalogue shows of each dataset."""
    return [entry(release, language, name) for name in resources(release.package)]


def by_subject(entries: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]], list[dict[str, Any]]]]:
    """[(subject in Italian, tables, tables of words with a row per language)], the subject being the last theme that a
    table declares, which tells more than the first; subjects with most tables first."""
    found = grouped([{**item, "subject": THEMES[item["about"]["theme"][-1]],
                      "worded": "language" in natural_key(item["resource"]["schema"])} for item in entries], "subject")
    return sorted(
        ((subject, [item for item in items if not item["worded"]], [item for item in items if item["worded"]])
         for subject, items in found.items()), key=lambda part: (-len(part[1]), part[0]))


def released(release: Release) -> str:
    """The day of the release."""
    return str(release.package["created"][:10])


@once
def entry(release: Release, language: str, name: str) -> dict[str, Any]:
    """What the catalogue shows of a dataset."""
    about = release.declarations[name]
    return {
        **{words: say(about[words], language) for words in ("title", "description", "row")},
        "name": name, "resource": resources(release.package)[name], "about": about,
        "files": downloads(release, language, name),
    }


@once
def common(release: Release, language: str, name: str) -> dict[str, Any]:
    """What the three pages of a dataset show."""
    item, missing = entry(release, language, name), empty_cells(release, name)
    schema, count = item["resource"]["schema"], len(rows(release, name))
    return {
        "dataset": item, "version": release.package["version"], "released": released(release),
        "source": say(item["about"]["source"]["title"], language),
        "pinned": pinned(release, name),
        "columns": [column(field, schema, language, missing[field["name"]] / count if count else None)
                    for field in schema["fields"]],
    }


def dataset_page(kind: Kind, release: Watched, language: str, item: dict[str, Any]) -> Page:
    """The page of one dataset: files, what a row is, columns, first rows, how values are spread, history."""
    name, about, schema = item["name"], item["about"], item["resource"]["schema"]
    publisher = by_key(rows(release, "organisations"), "organisation_id").get(about["publisher"], {})
    records = rows(release, name)
    changed = [(day["day"], made) for day in releases(release, language) for made in day["datasets"]
               if made["name"] == name]
    return kind.page(
        language, name,
        title=item["title"],
        description=item["description"],
        keywords=say(about["keywords"], language) if about.get("keywords") else [],
        publisher=publisher.get("name") or about["publisher"],
        sketches=sketches(release, name, language), cautions=cautions(schema, records),
        checks=[{**check, "check": "", "columns": by_titles(check["columns"], schema, language)}
                for check in declared(about, language)],
        database=next((file["path"] for file in release.files if file["format"] == "sqlite"), ""),
        fresh=by_key(rows(release, "sources"), "dataset").get(name),
        findings=len(by_rule([row for row in rows(release, "quality") if row["dataset"] == name])),
        score=release.scores.get(name),
        versions=versions_of(release, name),
        changed=[{**made, "day": day, "changes": made["changes"][:CHANGES_SHOWN]} for day, made in changed[:1]],
        linked=linked_data.dataset(release, language, item["resource"]),
        **common(release, language, name),
    )


def values(schema: dict[str, Any], records: Sequence[Row]) -> list[list[Any]]:
    """The values of rows in the order of the columns of their table."""
    return [[row[field["name"]] for field in schema["fields"]] for row in records]


def by_titles(names: str, schema: Mapping[str, Any], language: str) -> str:
    """Names of columns with a comma between them as the titles of these columns."""
    fields = by_key(schema["fields"], "name")
    title = "title" if language == LANGUAGES[0] else "title_en"
    return ", ".join(fields[name][title] if name in fields else name for name in names.split(", "))


def versions_of(release: Release, name: str) -> list[dict[str, Any]]:
    """The releases that hold a dataset, the newest first; only those that are kept can be downloaded."""
    return [{**line, "table": table} for line in release.versions[:VERSIONS_SHOWN] for table in line["tables"]
            if table["name"] == name]


def column(
    field: dict[str, Any], schema: dict[str, Any], language: str, missing: float | None,
) -> dict[str, Any]:
    """One line of the dictionary: names in both languages, type, allowed values, share of missing cells."""
    name = field["name"]
    return {
        "computed": False, "example": None, **field,
        "description": field["description" if language == LANGUAGES[0] else "description_en"],
        "key": name in schema["primaryKey"], "hidden": "rule" in field,
        "required": bool(field.get("constraints", {}).get("required")),
        "allowed": [(code, say(words, language)) for code, words in meanings(field).items()],
        "missing": missing,
        "refers_to": next(
            (key["reference"]["resource"] for key in schema.get("foreignKeys", []) if name in key["fields"]), None
        ),
    }


def written(column: str, value: Any) -> Any:
    """A number in plain digits, as a CSV holds it, euro to the cent; any other value as it is."""
    if not isinstance(value, Decimal):
        return value
    if column.endswith("_eur"):
        return f"{value:.2f}"
    return number_text(value).removesuffix(".0")


KINDS = (
    Kind("data", {"it": "dati", "en": "data"}, N_("Dati aperti"), pages, ("data/data.html", "data/dataset.html"),
         short=N_("Dati"), words=N_("dati"), under="home", menu=7, permanent=True),
)
