"""A table to work with, and the same table for the page of somebody else: their rows, and what their scripts know."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from etl.domain.doubts import FINDINGS, about_column
from etl.meta.model import LANGUAGES, Page
from etl.meta.schemas import SPANS
from etl.meta.view import meanings, rows
from etl.meta.words import say
from etl.web.kinds import N_, Kind
from etl.web.lineage import Watched
from etl.web.pages.data.data import common, known_datasets, values

FIRST_ROWS = 50
"""Rows that stand in a page before its script runs, and without it."""
TABLE = {"it": "tabella", "en": "table"}
"""The part of the address of a table to work with."""


def tables(kind: Kind, release: Watched, language: str) -> list[Page]:
    """A table to work with for each dataset."""
    return [
        kind.page(language, item["name"], f"{item['name']}/{TABLE.get(language, TABLE['it'])}", title=item["title"],
                  description=item["description"], **seen(release, language, item))
        for item in known_datasets(release, language)
    ]


def embedded(kind: Kind, release: Watched, language: str) -> list[Page]:
    """Each dataset for the page of somebody else."""
    return [kind.page(language, item["name"], label=item["title"], **seen(release, language, item))
            for item in known_datasets(release, language)]


def seen(release: Watched, language: str, item: Mapping[str, Any]) -> dict[str, Any]:
    """What both show: the first rows, and the settings of the script."""
    return {"first": values(item["resource"]["schema"], rows(release, item["name"])[:FIRST_ROWS]),
            "settings": settings(item, language), **common(release, language, item["name"])}


def settings(item: Mapping[str, Any], language: str) -> dict[str, Any]:
    """What the script of a table needs to know: the columns with what can be asked of them, and what codes mean.

    odd: the findings (etl/domain/doubts.py) of a row that are about the amount in this column. hidden: not shown until
    somebody asks for it, as it follows from other columns by a rule that databases want (etl/releases/computed.py).
    """
    fields = item["resource"]["schema"]["fields"]
    codes = [code for field in fields if field["name"] in FINDINGS for code in meanings(field)]
    return {"name": item["name"], "title": item["title"], "columns": [
        {"name": field["name"], "title": field["title" if language == LANGUAGES[0] else "title_en"],
         "type": asked(field), "money": field.get("kind") == "money", "coded": bool(meanings(field)),
         "several": "itemCategories" in field,
         "labels": {code: say(words, language) for code, words in meanings(field).items()},
         "odd": about_column(codes, field["name"]) if field.get("kind") == "money" else [],
         "finds": field["name"] in FINDINGS, "hidden": "rule" in field}
        for field in fields
    ]}


def asked(field: Mapping[str, Any]) -> str:
    """What a column is asked for: days too where its text may be a month or a moment, else values of its type."""
    return "date" if field.get("kind") in SPANS or field["type"] == "datetime" else str(field["type"])


KINDS = (
    Kind("table", {"it": "dati", "en": "data"}, "", tables, ("data/table.html",), words=N_("tabelle"), under="data",
         listed=False),
    Kind("embed", {"it": "incorpora", "en": "embed"}, "", embedded, ("data/embed_table.html",),
         words=N_("tabelle da incorporare"), listed=False, indexed=False),
)
