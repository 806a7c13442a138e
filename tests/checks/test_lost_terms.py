"""What `check` says of a translation that loses a term of the glossary."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from support.catalogs import CATALOG
from support.drafts import ABOUT

from etl.checks.recall import Recalled
from etl.checks.terms import check_terms
from etl.meta.model import Draft, Table

NOTHING = Recalled(Path("nothing-is-kept.json"))


def draft(tables: dict[str, list[dict[str, str]]]) -> Draft:
    """A release in the making with some tables; columns that a row does not name are empty."""
    datasets = {name: CATALOG[name] for name in tables}
    made = {
        name: Table([[row.get(column, "") for column in datasets[name].columns] for row in rows],
                    list(range(2, len(rows) + 2)))
        for name, rows in tables.items()
    }
    return Draft(ABOUT, datasets, made, [], date(2026, 11, 29))


TEXTS = [
    {"service_id": "fondo", "language": "it", "title": "Il fondo", "summary": "Per contratti a canone concordato."},
    {"service_id": "fondo", "language": "en", "title": "The fund", "summary": "For contracts with a subsidised rent."},
]
TERMS = [
    {"term_id": "c", "language": "it", "word": "canone concordato", "italian_name": "canone concordato",
     "forms": "concordat"},
    {"term_id": "c", "language": "en", "word": "agreed rent", "italian_name": "canone concordato"},
]


def test_a_translation_that_loses_a_term_is_told_with_the_words_to_write() -> None:
    [found] = check_terms(draft({"service_texts": TEXTS, "terms": TERMS}), NOTHING)
    assert (found.check, found.severity, found.column) == ("term-lost", "warning", "summary")
    assert [(row.line, row.key) for row in found.rows] == [(3, "fondo|en")]
    assert "agreed rent (canone concordato)" in found.message["en"]


def test_without_a_glossary_nothing_is_asked_of_texts() -> None:
    assert check_terms(draft({"service_texts": TEXTS}), NOTHING) == []
    assert check_terms(draft({"service_texts": TEXTS, "terms": TERMS[:1]}), NOTHING) == []
