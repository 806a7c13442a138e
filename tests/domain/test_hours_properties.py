"""The forms of a timetable agree, whatever the hours."""

from __future__ import annotations

from datetime import date, timedelta

from support.hours import HALF_HOURS, assert_all_agree
from support.properties import given, settings, st

from etl.domain.hours import Band, Timetable

times = st.sampled_from(HALF_HOURS[12:44])
days = st.dates(date(2025, 6, 1), date(2027, 6, 1))
bands = st.builds(
    lambda weekday, hours, week, ends: Band(weekday, min(hours), max(hours), week, *sorted(ends) if ends else ()),
    st.integers(0, 6), st.tuples(times, times).filter(lambda hours: hours[0] != hours[1]),
    st.sampled_from([None, None, None, 1, 2, 3, 4, -1]), st.none() | st.tuples(days, days),
)
closures = st.tuples(days, st.integers(0, 20)).map(lambda found: (found[0], found[0] + timedelta(days=found[1])))


@settings(max_examples=25)
@given(st.lists(bands, min_size=1, max_size=6), st.lists(closures, max_size=3), st.sampled_from([None, "TO"]))
def test_the_three_forms_agree_whatever_the_hours(
    some: list[Band], shut: list[tuple[date, date]], patron: str | None
) -> None:
    assert_all_agree(Timetable(tuple(some), tuple(sorted(shut)), patron=patron))
