"""What single checks do with any bytes, cells and numbers."""

from __future__ import annotations

import string

from support.catalogs import MINIATURE
from support.properties import given, st

from etl.checks.structure import LONGEST, check_structure, hostile, may_harm
from etl.checks.values import SPELLING
from etl.runtime.tables import csv_bytes, parse_csv

ROOMS = MINIATURE["rooms"]
HEADER = ",".join(ROOMS.source_columns).encode() + b"\n"


@given(st.binary(max_size=300))
def test_any_bytes_give_records_or_findings_never_a_traceback(data: bytes) -> None:
    for given_bytes in (data, HEADER + data):
        records, findings = check_structure(ROOMS, given_bytes)
        assert records or findings
        assert all(item.remedy["it"] and item.remedy["en"] and item.message["it"] for item in findings)
        assert all(len(cells) == len(ROOMS.source_columns) for _, cells in records or ())


@given(st.lists(st.text(st.sampled_from("ab1<!/=+-@ \t\r\n\0\x85\u200b\u202e\ufeff"), max_size=3), max_size=5))
def test_a_column_passes_as_a_whole_only_where_each_of_its_cells_does(cells: list[str]) -> None:
    for signed in (True, False):
        assert may_harm(cells) or not any(list(hostile(cell, signed)) for cell in cells)
    assert may_harm([*cells, "a" * (LONGEST + 1)])


text_cell = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\r\x00"), max_size=30)


@given(st.lists(st.lists(text_cell, min_size=2, max_size=2), max_size=8))
def test_the_canonical_csv_reads_back_what_was_written(rows: list[list[str]]) -> None:
    again = parse_csv(csv_bytes(["a", "b"], rows).decode())
    assert [cells for _, cells in again] == [["a", "b"], *rows]


@given(st.text(string.digits + "_.,-+e \u0663", max_size=12))
def test_numbers_are_spelled_one_way_only(value: str) -> None:
    if SPELLING["number"].fullmatch(value):
        assert float(value) == float(value.replace("_", ""))
        assert "_" not in value
        assert value.isascii()
