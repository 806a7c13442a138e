"""A release of one table, to look at what is made of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from etl.exports.alone import DATA
from etl.exports.manifest import export
from etl.meta.model import Dataset, Draft, Table
from etl.meta.settings import SiteConfig
from etl.web.pages import folders

ABOUT = {"name": "citta-abitare", "title": {"it": "Prova", "en": "Trial"},
         "description": {"it": "Una prova.", "en": "A trial."}}


def draft_of(dataset: Dataset, rows: list[list[str]]) -> Draft:
    table = Table(rows, [None] * len(rows))
    return Draft(ABOUT, {dataset.name: dataset}, {dataset.name: table}, [], date(2026, 11, 25))


def downloads(release: Draft) -> dict[str, bytes]:
    """What people can download of a release with its descriptor, by path in dati/."""
    with TemporaryDirectory() as place:
        folder = Path(place)
        made = export(release, SiteConfig("https://example.org/", {"it": {}}, folders=folders("it")), folder)
        return {**release.files, **{path.removeprefix(DATA): (folder / path).read_bytes()
                                    for path in made if path.startswith(DATA)}}


def row_of(dataset: Dataset, **cells: str) -> list[str]:
    """A row with these cells and, where a cell must not be empty, the example of its column; all others are empty."""
    return [cells.get(field.name, str(field.descriptor.get("example") or "x") if field.required else "")
            for field in dataset.fields]
