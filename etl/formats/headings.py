"""NAME.it-header.csv, NAME.en-header.csv: the same table under headings in words, where the law asks for it."""

from __future__ import annotations

from etl.model import Draft
from etl.tables import csv_bytes


def headings_files(draft: Draft) -> dict[str, bytes]:
    """Two files for each dataset with `headings = true` in its declaration."""
    return {
        f"{name}.{language}-header.csv": csv_bytes([field.descriptor[title] for field in dataset.fields], table.rows)
        for name, table in draft.tables.items() if (dataset := draft.datasets[name]).about.get("headings")
        for language, title in (("it", "title"), ("en", "title_en"))
    }
