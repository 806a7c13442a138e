"""The headings that a schema knows: each means one column, and only one."""

from __future__ import annotations

import pytest
from support.repository import ROOT

from etl.meta.catalog import load_catalog
from etl.meta.words import normal

CATALOG = load_catalog(ROOT)
TABLES = [name for name, dataset in CATALOG.items() if not dataset.derived]


@pytest.mark.parametrize("name", TABLES)
def test_a_heading_means_one_column_of_a_table(name: str) -> None:
    owners: dict[str, str] = {}
    for field in (field for field in CATALOG[name].fields if not field.computed):
        said = [field.name, field.descriptor["title"], field.descriptor["title_en"]]
        synonyms = field.descriptor.get("synonyms", [])
        assert all(text == text.strip() and normal(text) for text in synonyms), field.name
        for text in {normal(text) for text in (*said, *synonyms)}:
            assert owners.setdefault(text, field.name) == field.name, f"{text}: {owners[text]} or {field.name}?"
    assert any("synonyms" in field.descriptor for field in CATALOG[name].fields)
