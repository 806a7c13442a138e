"""The headings that a schema knows: each means one column, and only one."""

from __future__ import annotations

import pytest
from support.catalogs import CATALOG

from etl.meta.words import normal
from etl.spreadsheets.read.importer import import_book
from etl.spreadsheets.read.sheets import read_book

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


@pytest.mark.parametrize("name", ["desks", "services"])
def test_the_day_of_a_check_is_not_the_date_of_a_fact(name: str) -> None:
    """An import merged the two: "Data di verifica" was another word for fact_date."""
    owners = {normal(text): field.name for field in CATALOG[name].fields
              for text in field.descriptor.get("synonyms", [])}
    assert owners[normal("Data di verifica")] == "verified_on"


def test_a_sheet_with_both_dates_keeps_them_apart() -> None:
    data = "Codice,Nome,Tipo,Aggiornato al,Data di verifica\nx,Sportello,housing_desk,2023-09-19,2026-11-25\n"
    (row,) = import_book(read_book("desks.csv", data.encode()), CATALOG, "desks").rows
    assert (row["fact_date"], row["verified_on"]) == ("2023-09-19", "2026-11-25")
