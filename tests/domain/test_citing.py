"""Sources as people read them."""

from __future__ import annotations

import pytest

from etl.domain.citing import addresses, cited, named_within, others, said
from etl.meta.view import Alike

KNOWN = {"https://www.comune.example/casa": {
    "source_url": "https://www.comune.example/casa", "title": "Agenzia per la casa", "issuer": "Comune di Esempio",
    "kind": "page", "source_date": "2026-07-09", "read_in": None, "licence": None}}


@pytest.mark.parametrize(("cell", "found"), [
    (None, []), ("", []),
    ("https://a.example", [("https://a.example", None)]),
    ("https://a.example (2024-05) | https://b.example/x ", [("https://a.example", "2024-05"),
                                                            ("https://b.example/x", None)]),
])
def test_a_cell_holds_several_sources(cell: str | None, found: list[tuple[str, str | None]]) -> None:
    assert others(cell) == found


def test_every_column_with_a_source_is_read() -> None:
    row = {"name": "x", "website": "https://w.example", "source_url": "https://a.example", "network_source_url": None,
           "other_sources": "https://b.example (2023)"}
    assert list(addresses(row)) == ["https://a.example", "https://b.example"]


@pytest.mark.parametrize(("address", "day", "words"), [
    ("https://www.comune.example/casa", None, "Comune di Esempio, Agenzia per la casa (2026-07-09)"),
    ("https://www.comune.example/casa", "2025", "Comune di Esempio, Agenzia per la casa (2025)"),
    ("https://www.nobody.example/x", None, "nobody.example"),
])
def test_a_source_is_named_by_who_says_it(address: str, day: str | None, words: str) -> None:
    assert said(cited(KNOWN, address, day)) == words


def test_sources_are_found_wherever_rows_stand() -> None:
    dated = {"source_url": "https://a.example", "source_date": "2025", "text": {"source_url": "https://b.example"}}
    content = {"places": [("x", [{"source_url": "https://a.example", "source_date": None}, dated])],
               "one": {"network_source_url": "https://c.example"}, "declared": {"source_url": "@url"},
               "near": Alike([{"source_url": "https://d.example", "source_date": "2024"}])}
    assert named_within(content) == {
        "https://a.example": "2025", "https://b.example": None, "https://d.example": "2024"}
