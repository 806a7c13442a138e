"""The typed rows of a table that is too long to stand in memory as such."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from support.catalogs import MINIATURE
from support.drafts import draft_of, row_of

from etl.exports import canonical
from etl.meta.view import LongRows, column


def test_rows_of_a_long_table_are_made_anew_for_each_who_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    dataset = MINIATURE["rooms"]
    rows = [row_of(dataset, **{dataset.key[0]: f"r-{number}"}) for number in range(5)]
    draft = replace(draft_of(dataset, rows), package={"resources": []})
    held: Any = canonical.as_read(draft).records["rooms"]
    monkeypatch.setattr(canonical, "MANY", 4)
    made: Any = canonical.as_read(draft).records["rooms"]
    assert isinstance(held, list)
    assert isinstance(made, LongRows)
    assert (list(made), len(made), made[-1], made[1:3]) == (held, 5, held[-1], held[1:3])
    assert [column(made, name) for name in dataset.columns] == [column(held, name) for name in dataset.columns]
