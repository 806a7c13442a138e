"""Rows held by column are the rows that were given, whatever they say and however they are asked for."""

from __future__ import annotations

import pickle
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.runtime.by_column import BLOCK, REPEATED, ByColumn, by_column, moved, packed, texts

CELL = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
ROWS = st.integers(1, 4).flatmap(lambda width: st.lists(st.lists(CELL, min_size=width, max_size=width), max_size=9))


@settings(deadline=None)
@given(ROWS, st.slices(9))
def test_rows_come_back_as_they_were(rows: list[list[str]], some: slice) -> None:
    held = by_column(rows, len(rows[0]) if rows else 2)
    part = slice(some.start, some.stop)
    assert (list(held), len(held), held[part], repr(held)) == (rows, len(rows), rows[part], repr(rows))
    assert [held[place] for place in range(-len(rows), len(rows))] == rows * 2
    assert list(map(list, zip(*held.columns(), strict=True))) == rows
    assert pickle.loads(pickle.dumps(held)) == rows  # noqa: S301 - our own


@settings(deadline=None)
@given(st.lists(CELL, min_size=1, max_size=9).flatmap(lambda cells: st.tuples(
    st.just(cells), st.permutations(range(len(cells))))))
def test_a_column_is_put_in_another_order(given_: tuple[list[str], list[int]]) -> None:
    cells, places = given_
    assert texts(moved(cells, places)) == [cells[place] for place in places] == texts(moved(packed(cells), places))


def test_long_tables_with_many_and_with_few_different_texts() -> None:
    rows = [[f"riga {number}", f"{number % 3}"] for number in range(2 * BLOCK + 1)]
    held = by_column(rows, 2)
    assert len(rows) > REPEATED
    assert list(held) == rows
    assert list(held.only([1])) == [row[1:] for row in rows]
    assert held.column(1) == [row[1] for row in rows]
    assert len({id(text) for text in held.column(1)}) == 3, "equal texts stand in memory once"
    assert (list(ByColumn([], 0)), held == rows[1:], by_column(held, 2) is held) == ([], False, True)


@pytest.mark.parametrize("kind", ["object", "string[pyarrow]", pd.ArrowDtype(pa.large_string())], ids=str)
@pytest.mark.parametrize("cells", [[], ["a", "", "a"]], ids=len)
def test_a_column_of_a_frame_is_packed_whatever_holds_it(cells: list[str], kind: Any) -> None:
    column = packed(pd.Series(cells, dtype=kind))
    assert (texts(column), texts(moved(column, range(len(cells))))) == (cells, cells)


def test_a_column_of_a_frame_without_rows_has_no_kind() -> None:
    assert texts(packed(pd.Series([], dtype="float64"))) == []
