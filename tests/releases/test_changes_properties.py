"""Undoing the changes of a day gives the day before, whatever the tables are."""

from __future__ import annotations

from datetime import date

from support.properties import given, st
from support.repository import ROOT

from etl.meta.catalog import load_catalog
from etl.releases.changes import change_rows
from etl.releases.history import Row, Table, undone

DATASET = load_catalog(ROOT)["projects"]  # only its name and columns without stamps matter
cells = st.text("ab|\n\"", max_size=2)
tables = st.dictionaries(st.text("kl|", min_size=1, max_size=2), st.fixed_dictionaries({"x": cells, "y": cells}),
                         max_size=4)


@given(tables, tables)
def test_undoing_a_day_gives_the_day_before(before: dict[str, Row], after: dict[str, Row]) -> None:
    old, new = ({"projects": Table(["x", "y"], rows), "changes": Table([], {})} for rows in (before, after))
    rows = change_rows({"projects": DATASET}, old, new, date(2026, 1, 1))
    back = undone(new, rows)["projects"]
    assert back == old["projects"]
    assert (rows == []) == (before == after)
