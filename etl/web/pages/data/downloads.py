"""The files that can be downloaded, as pages offer them: what each is good for, its size, rows and checksum."""

from __future__ import annotations

from typing import Any

from etl.meta.model import Release
from etl.meta.words import say

MAIN = ("csv", "xlsx", "excel-csv", "json")
"""Formats that most people want; the others are for programs."""


def downloads(release: Release, language: str, dataset: str = "") -> dict[str, list[dict[str, Any]]]:
    """The files of a dataset, or of the whole release: {"main": …, "other": …}; none in a preview without a build."""
    files = [shown(file, language) for file in release.files if file["dataset"] == dataset]
    return {"main": [file for file in files if file["format"] in MAIN],
            "other": [file for file in files if file["format"] not in MAIN]}


def shown(file: Any, language: str) -> dict[str, Any]:
    """A file with its words in a language."""
    return {**file, "title": say(file["title"], language), "note": say(file["note"], language),
            "kilobytes": max(1, round(file["bytes"] / 1000))}
