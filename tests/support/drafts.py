"""A release of one table, to look at what is made of it."""

from __future__ import annotations

from datetime import date

from etl.meta.model import Dataset, Draft, Table

ABOUT = {"name": "citta-abitare", "title": {"it": "Prova", "en": "Trial"},
         "description": {"it": "Una prova.", "en": "A trial."}}


def draft_of(dataset: Dataset, rows: list[list[str]]) -> Draft:
    table = Table(rows, [None] * len(rows))
    return Draft(ABOUT, {dataset.name: dataset}, {dataset.name: table}, [], date(2026, 11, 25))
