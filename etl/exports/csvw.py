"""CSV on the Web: NAME.csv-metadata.json, found by programs beside each CSV."""

from __future__ import annotations

import re
from typing import Any

from etl.exports.model import Format, tables
from etl.meta.model import Dataset, Draft, Field
from etl.meta.view import as_json

BASES = {"integer": "integer", "number": "decimal", "boolean": "boolean", "date": "date", "time": "time",
         "datetime": "dateTime", "year": "gYear"}
FORMATS = {"boolean": "true|false", "time": "HH:mm", "datetime": "yyyy-MM-ddTHH:mm"}
"""How our files write what XML Schema, whose types these are, may write in several ways."""
LIMITS = ("minimum", "maximum", "minLength", "maxLength")


def csvw_files(draft: Draft) -> dict[str, bytes]:
    """One file per dataset, from its Table Schema."""
    return {f"{dataset.name}.csv-metadata.json": as_json(metadata(draft, dataset)) for dataset, _ in tables(draft)}


def metadata(draft: Draft, dataset: Dataset) -> dict[str, Any]:
    """The description of one CSV, in the vocabulary of the W3C."""
    words = dataset.about
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "it"}],
        "url": f"{dataset.name}.csv",
        "dc:title": {"@value": words["title"]["it"], "@language": "it"},
        "dc:description": {"@value": words["description"]["it"], "@language": "it"},
        "dc:license": {"@id": draft.package["licenses"][0]["path"]},
        "dialect": {"delimiter": ",", "encoding": "utf-8", "header": True, "lineTerminators": ["\n"]},
        "tableSchema": {
            "columns": [column(field) for field in dataset.fields],
            "primaryKey": dataset.schema["primaryKey"],
        },
    }


def column(field: Field) -> dict[str, Any]:
    """One column: both titles after the name that stands in the file, and its datatype."""
    about = field.descriptor
    return {
        "name": field.name,
        "titles": {"und": [field.name], "it": [about["title"]], "en": [about["title_en"]]},
        "dc:description": {"@value": about["description"], "@language": "it"},
        "datatype": datatype(field),
        "required": field.required,
    }


def datatype(field: Field) -> dict[str, Any]:
    """Base, pattern and limits; allowed values become a pattern."""
    limits = field.descriptor.get("constraints", {})
    made: dict[str, Any] = {"base": BASES.get(field.type, "string"),
                            **{name: limits[name] for name in LIMITS if name in limits}}
    if field.type in FORMATS:
        made["format"] = FORMATS[field.type]
    elif made["base"] == "string" and "enum" in limits:
        made["format"] = "|".join(re.escape(str(value)) for value in limits["enum"])
    elif made["base"] == "string" and "pattern" in limits:
        made["format"] = limits["pattern"]
    return made


CSVW = Format(
    "csvw", {"it": "Descrizione CSVW", "en": "CSVW description"},
    {"it": "Descrive il CSV per i programmi (W3C CSV on the Web).",
     "en": "Describes the CSV for programs (W3C CSV on the Web)."},
    "{name}.csv-metadata.json", "application/csvm+json", "", csvw_files,
)
