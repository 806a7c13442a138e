"""NAME.it-header.csv, NAME.en-header.csv: the same table under headings in words, where the law asks for it."""

from __future__ import annotations

from etl.exports.model import Format, tables
from etl.meta.model import Draft
from etl.runtime.tables import csv_bytes


def headings_files(draft: Draft) -> dict[str, bytes]:
    """Two files for each dataset with `headings = true` in its declaration."""
    return {
        f"{dataset.name}.{language}-header.csv": csv_bytes(
            [field.descriptor[title] for field in dataset.fields], table.rows
        )
        for dataset, table in tables(draft) if dataset.about.get("headings")
        for language, title in (("it", "title"), ("en", "title_en"))
    }


HEADINGS = Format(
    "headings", {"it": "CSV con intestazioni in parole", "en": "CSV with headings in words"},
    {"it": "Le intestazioni in italiano, come chiede il regolamento. C’è anche in inglese.",
     "en": "Headings in Italian, as the regulation asks. There is one in English too."},
    "{name}.it-header.csv", "text/csv", "CSV", headings_files, kept=True,
)
