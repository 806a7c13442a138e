"""The two lists of operations that the regulations ask for, each on a page, with what is missing."""

from __future__ import annotations

from typing import Any

from etl.meta.model import LANGUAGES, Page, Release
from etl.meta.view import resources, rows
from etl.meta.words import say
from etl.web.kinds import N_, Kind
from etl.web.lineage import Watched
from etl.web.pages.data.data import written
from etl.web.pages.paging import chunks, numbered, turn

PER_PAGE = 100
"""Operations on one page: each has 30 lines."""
LISTS = {"2014-2020": "operations_2014_2020", "2021-2027": "operations_2021_2027"}


def pages(kind: Kind, release: Watched, language: str) -> list[Page]:
    """The pages of each programming period of which the release has operations."""
    return [page for period, name in LISTS.items() if rows(release, name)
            for page in pages_of(kind, release, period, name, language)]


def pages_of(kind: Kind, release: Release, period: str, name: str, language: str) -> list[Page]:
    """The pages of one list."""
    about = listed(release, name, language)
    parts = chunks(about.pop("records"), size=PER_PAGE)
    return [
        kind.page(language, numbered(period, number), dataset=name,
                  period=period, title=say(release.declarations[name]["title"], language), records=records, **about,
                  turn=turn(kind.name, period, number, len(parts)))
        for number, (records,) in enumerate(parts, 1)
    ]


def listed(release: Release, name: str, language: str) -> dict[str, Any]:
    """The columns in both languages with their share of empty cells, and the rows as the file writes them."""
    resource = resources(release.package)[name]
    records = rows(release, name)
    columns = [
        {**field, "description": field["description" if language == LANGUAGES[0] else "description_en"],
         "missing": sum(row[field["name"]] is None for row in records)}
        for field in resource["schema"]["fields"]
    ]
    return {
        "columns": columns, "total": len(records),
        "heads": {column["name"]: column["title" if language == LANGUAGES[0] else "title_en"] for column in columns},
        "updated": max((row["ultimo_aggiornamento"] or "" for row in records), default=None),
        "records": [[(column["name"], written(column["name"], row[column["name"]])) for column in columns]
                    for row in records],
    }


KINDS = (
    Kind("operations", {"it": "trasparenza/operazioni", "en": "transparency/operations"}, "", pages,
         ("money/operations.html",), words=N_("elenchi delle operazioni"), under="transparency"),
)
