"""Whom to ask: what each body could tell that its rows lack or leave in doubt, as a list and as a file for each."""

from __future__ import annotations

from collections.abc import Iterator

from etl.meta.model import LANGUAGES, Release
from etl.meta.view import Row, resources, rows
from etl.meta.words import say, slug
from etl.runtime.tables import csv_bytes
from etl.web.pages.trust.checks import by_rule
from etl.web.pages.trust.told import titles

COLUMNS = ("dataset", "row_key", "column", "value", "message", "remedy")
NOBODY = "altri"
"""Name of the file with the rows of which no body is known."""


def providers(release: Release) -> list[Row]:
    """Each body with the rows that it is asked about, those with most first; last the rows without a known body, whose
    `name` is empty."""
    found: dict[str, Row] = {}
    for row in rows(release, "quality"):
        name = row["provider"] or ""
        known = found.setdefault(slug(name) or NOBODY, {"name": name, "all": []})
        known["all"].append(row)
    listed = [{**known, "path": f"{place}.csv", "rows": len(known["all"])} for place, known in found.items()]
    return sorted(listed, key=lambda item: (not item["name"], -item["rows"], item["name"]))


def title_of(release: Release, dataset: str, language: str) -> str:
    """The title of a dataset; its name where the release does not declare it."""
    about = release.declarations.get(dataset)
    return say(about["title"], language) if about else dataset


def provider_files(release: Release, language: str) -> Iterator[tuple[str, bytes]]:
    """(file name, CSV in words) of each body: what to send to it."""
    words, tables = titles(release, language), resources(release.package)
    fields = {field["name"]: field for field in tables["quality"]["schema"]["fields"]}
    # In a third language the rows, which have two, are Italian.
    spoken = language if language in LANGUAGES else LANGUAGES[0]
    named = [name if name in fields else f"{name}_{spoken}" for name in COLUMNS]
    key = "title" if spoken == LANGUAGES[0] else "title_en"
    for item in providers(release):
        yield item["path"], csv_bytes([fields[name][key] for name in named], [
            [title_of(release, row["dataset"], language), row["row_key"] or "",
             ", ".join(words.get((row["dataset"], name), name) for name in (row["column"] or "").split(", ") if name),
             *(row[name] or "" for name in named[3:])]
            for found in by_rule(item["all"]) for row in found
        ])
