"""Every source that a row names has a row of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from support.catalogs import CATALOG

from etl.checks.citations import check_citations
from etl.meta.model import Draft, Table

KNOWN, UNKNOWN = "https://a.example/", "https://b.example/"


def draft_with(other_sources: str) -> Draft:
    """A release of one source, and of one desk that names others."""
    rows = {"source_documents": {"source_url": KNOWN, "kind": "page"},
            "desks": {"desk_id": "uno", "source_url": KNOWN, "other_sources": other_sources}}
    tables = {name: Table([[row.get(column, "") for column in CATALOG[name].columns]], [2])
              for name, row in rows.items()}
    return Draft({}, CATALOG, tables, [], date(2026, 11, 29))


def test_another_source_without_a_row_is_named() -> None:
    (found,) = check_citations(draft_with(f"{KNOWN} (2024) | {UNKNOWN}"))
    assert (found.check, found.dataset, found.column, found.severity) == (
        "unknown-reference", "desks", "other_sources", "critical")
    assert [(row.line, row.key, row.value) for row in found.rows] == [(2, "uno", UNKNOWN)]
    assert "source_documents" in found.message["it"]


@pytest.mark.parametrize("cell", ["", KNOWN, f"{KNOWN} (2024-05-01)"])
def test_known_ones_are_fine(cell: str) -> None:
    assert check_citations(draft_with(cell)) == []


def test_a_city_without_the_table_is_not_asked() -> None:
    draft = draft_with(UNKNOWN)
    assert check_citations(replace(draft, tables={"desks": draft.tables["desks"]})) == []


def test_every_address_of_a_source_is_a_key_into_the_table() -> None:
    free = [f"{name}.{column}" for name, dataset in CATALOG.items() if name != "source_documents"
            for column in dataset.columns if column.endswith(("source_url", "fonte_url"))
            and not any(key["fields"] == [column] and key["reference"]["resource"] == "source_documents"
                        for key in dataset.schema.get("foreignKeys", []))]
    assert free == []
