"""The bounds of a date that says little, for any date."""

from __future__ import annotations

from datetime import date, datetime

from hypothesis import given
from hypothesis import strategies as st

from etl.meta.model import Dataset
from etl.meta.schemas import spelled_out
from etl.releases.computed import filled

WORDS = {"title": "T", "title_en": "T", "description": "D", "description_en": "D", "type": "string"}
DATED = Dataset("trials", spelled_out({
    "fields": [{**WORDS, "name": "code"}, {**WORDS, "name": "on", "kind": "partial-date"},
               {**WORDS, "name": "at", "kind": "moment"}],
    "primaryKey": ["code"]}), {}, None, ())


@given(st.dates(date(1000, 1, 1)), st.sampled_from([4, 7, 10]))
def test_the_bounds_are_days_of_the_calendar_and_hold_all_that_the_text_may_mean(day: date, length: int) -> None:
    text = day.isoformat()[:length]
    row = {name: cells[0] for name, cells in filled(DATED, {"code": ["a"], "on": [text], "at": [text]}).items()}
    first, last = date.fromisoformat(row["on_from"]), date.fromisoformat(row["on_to"])
    assert first <= day <= last
    assert row["on_from"].startswith(text)
    assert row["on_to"].startswith(text)
    assert datetime.fromisoformat(row["at_from"]) == datetime.combine(first, datetime.min.time())
    assert row["at_to"] == f"{row['on_to']}T23:59"
