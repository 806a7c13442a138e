"""The files that can be downloaded, as pages offer them: what each is good for, its size, rows and checksum."""

from __future__ import annotations

from typing import Any

from etl.meta.model import LANGUAGES, Release
from etl.meta.words import say

WORKBOOKS = {"it": "xlsx", "en": "xlsx-en"}
"""Language -> the workbook in its words; other languages have the Italian one."""


def downloads(release: Release, language: str, dataset: str = "") -> dict[str, list[dict[str, Any]]]:
    """The files of a dataset, or of the whole release: {"main": …, "other": …}; none in a preview without a build."""
    files = [shown(file, language) for file in release.files if file["dataset"] == dataset]
    main = most_wanted(language)
    return {"main": [file for file in files if file["format"] in main],
            "other": [file for file in files if file["format"] not in main]}


def most_wanted(language: str) -> tuple[str, ...]:
    """The formats that most people want who read a language; the others are for programs."""
    return "csv", WORKBOOKS.get(language, WORKBOOKS[LANGUAGES[0]]), "excel-csv", "json"


def shown(file: Any, language: str) -> dict[str, Any]:
    """A file with its words in a language."""
    return {**file, "title": say(file["title"], language), "note": say(file["note"], language),
            "kilobytes": max(1, round(file["bytes"] / 1000))}
