"""Addresses that are new: a row of the table of sources comes with them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.borgo import BORGO

from etl.meta.catalog import load_catalog
from etl.releases.refresh import tables_with

DATASETS = load_catalog(BORGO)
FETCHED = replace(DATASETS["desks"], about={"source": {"fetch": {"document": {"issuer": "Ente", "kind": "dataset"}}}})


def test_a_new_address_of_an_automatic_source_is_what_its_declaration_says() -> None:
    tables = tables_with(BORGO, DATASETS, FETCHED, [{"desk_id": "x", "source_url": "https://new.example/a"}])
    assert tables["source_documents"].decode().endswith("\nhttps://new.example/a,,Ente,dataset,,,\n")


@pytest.mark.parametrize("known", ["https://www.borgofiorito.example/casa", ""])
def test_known_addresses_change_nothing(known: str) -> None:
    assert set(tables_with(BORGO, DATASETS, FETCHED, [{"desk_id": "x", "source_url": known}])) == {"desks"}
