"""Whatever is merged into a table, no row and no value is lost."""

from __future__ import annotations

from support.messy import NAMES, ROWS, dataset
from support.properties import given, st

from etl.releases.merge import update

TRIALS = dataset()
TABLE = [dict(zip(NAMES, row, strict=True)) for row in ROWS]
rows = st.lists(st.fixed_dictionaries({"item_id": st.sampled_from(["prova-uno", "x", "y"]),
                                       "name": st.sampled_from(["", "a", "b"]), "seats": st.sampled_from(["", "1"])}))


@given(rows)
def test_no_row_and_no_value_is_ever_lost(new: list[dict[str, str]]) -> None:
    merged = update(TRIALS, TABLE, new)
    assert len(merged.rows) == len(TABLE) + merged.added
    assert merged.added + merged.changed + merged.same == len(new)
    for before, after in zip(TABLE, merged.rows, strict=False):
        assert all(after[name] for name, value in before.items() if value)
    assert update(TRIALS, merged.rows, new[-1:]).added == 0
