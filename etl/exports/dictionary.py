"""What a database or a workbook says of a release beside its rows: how to cite it, its columns, its codes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from etl.domain.pinned import folder_of
from etl.exports.measures import unit
from etl.meta.model import LANGUAGES, Dataset, Draft, Field, Words


def reference(dataset: Dataset, column: str) -> str:
    """The column that another one is a key into, as "desks.desk_id"; "" when it is none."""
    for key in dataset.schema.get("foreignKeys", []):
        if column in key["fields"]:
            target = key["reference"]
            return f"{target['resource'] or dataset.name}.{target['fields'][key['fields'].index(column)]}"
    return ""


def about_column(dataset: Dataset, field: Field) -> dict[str, Any]:
    """One column of a dataset for people and programs, in both languages."""
    about, counted = field.descriptor, unit(field)
    return {
        "dataset": dataset.name, "column": field.name, "title_it": about["title"], "title_en": about["title_en"],
        "description_it": about["description"], "description_en": about["description_en"], "type": field.type,
        "unit_it": counted["it"], "unit_en": counted["en"], "in_key": int(field.name in dataset.schema["primaryKey"]),
        "required": int(field.required), "refers_to": reference(dataset, field.name),
    }


def about_codes(dataset: Dataset, field: Field) -> Iterator[dict[str, str]]:
    """The codes of a column with their words, in the order of the schema; none for a free column."""
    for code in field.categories:
        yield {"dataset": dataset.name, "column": field.name, "value": code["value"], "label_it": code["label"],
               "label_en": code.get("label_en", code["label"])}


def permanent(draft: Draft) -> str:
    """The address of this version of a release, at which nothing changes."""
    return f"{draft.address}{folder_of(draft.package['version'])}"


def citation(draft: Draft, title: Words) -> Words:
    """How to cite a release, or the part of it that has this title, with version, day and permanent address."""
    package, whole = draft.package, draft.about["title"]
    version = {"it": "versione", "en": "version"}
    return {
        language: " ".join((
            f"{title[language]}." if title[language] != whole[language] else "",
            f"{whole[language]}, {version[language]} {package['version']}, {package['created'][:10]}.",
            permanent(draft),
        )).strip()
        for language in LANGUAGES
    }


def about_release(draft: Draft) -> dict[str, str]:
    """Title, version, day, licence, address of a release and how to cite it."""
    package, about, licence = draft.package, draft.about, draft.package["licenses"][0]
    cite = citation(draft, about["title"])
    return {
        "name": about["name"], "title_it": about["title"]["it"], "title_en": about["title"]["en"],
        "description_it": about["description"]["it"], "description_en": about["description"]["en"],
        "version": package["version"], "released_on": package["created"][:10],
        "licence": licence["name"], "licence_title": licence["title"], "licence_url": licence["path"],
        "site": draft.address, "permanent_url": permanent(draft), "cite_it": cite["it"], "cite_en": cite["en"],
    }
