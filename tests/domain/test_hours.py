"""Opening hours: one timetable, and three forms that say the same for every hour of a year."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from dateutil.rrule import rrulestr
from opening_hours import OpeningHours
from support.properties import given, settings, st
from support.repository import ROOT

from etl.domain.hours import Band, Timetable, hsds, open_on, osm, schema_org, timetable

FIRST = date(2026, 1, 1)
LAST = date(2026, 12, 31)
YEAR = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]
HALF_HOURS = [f"{hour:02}:{minute}" for hour in range(24) for minute in ("00", "30")]


def inside(hours: list[tuple[str, str]], moment: str) -> bool:
    return any(opens <= moment < closes for opens, closes in hours)


def by_timetable(table: Timetable) -> list[bool]:
    return [inside(hours, moment) for day in YEAR for hours in [open_on(table, day)] for moment in HALF_HOURS]


def by_osm(value: str) -> list[bool]:
    """What an evaluator made by others reads in the OpenStreetMap form."""
    hours = OpeningHours(value, country="IT")
    states = []
    for day in YEAR:
        spans = [(start.strftime("%H:%M"), end.strftime("%H:%M") if end and end.date() == day else "24:00")
                 for start, end, state, _ in hours.intervals(datetime(day.year, day.month, day.day),
                                                             datetime(day.year, day.month, day.day, 23, 59))
                 if str(state) == "open"]
        states += [inside(spans, moment) for moment in HALF_HOURS]
    return states


def by_schema_org(found: dict[str, list[dict[str, Any]]]) -> list[bool]:
    """As schema.org defines it: the special hours of a day, where there are any, stand in place of the weekly ones."""
    special: dict[str, list[tuple[str, str]]] = {}
    for item in found.get("specialOpeningHoursSpecification", []):
        assert item["validFrom"] == item["validThrough"]
        special.setdefault(item["validFrom"], []).append((item["opens"][:5], item["closes"][:5]))
    weekly = found.get("openingHoursSpecification", [])
    states = []
    for day in YEAR:
        iso = day.isoformat()
        hours = special.get(iso) or [
            (item["opens"][:5], item["closes"][:5])
            for item in weekly
            if item["dayOfWeek"].endswith(day.strftime("/%A"))
            and item.get("validFrom", iso) <= iso <= item.get("validThrough", iso)
        ]
        states += [inside(hours, moment) for moment in HALF_HOURS]
    return states


def by_hsds(rows: list[dict[str, Any]]) -> list[bool]:
    """HSDS takes its rules from iCalendar: they are expanded with dateutil, and rows without hours close their days."""
    hours: dict[date, list[tuple[str, str]]] = {day: [] for day in YEAR}
    closed = set()
    for row in rows:
        start = max(date.fromisoformat(row["valid_from"] or "2000-01-01"), FIRST)
        end = min(date.fromisoformat(row["valid_to"] or "2099-12-31"), LAST)
        if not row["opens_at"]:
            closed |= {day for day in YEAR if start <= day <= end}
            continue
        rule = rrulestr(f"FREQ={row['freq']};BYDAY={row['byday']}", dtstart=datetime(FIRST.year, 1, 1))
        for moment in rule.between(datetime(FIRST.year, 1, 1), datetime(LAST.year, 12, 31), inc=True):
            if start <= moment.date() <= end:
                hours[moment.date()].append((row["opens_at"][:5], row["closes_at"][:5]))
    return [inside([] if day in closed else hours[day], moment) for day in YEAR for moment in HALF_HOURS]


def assert_all_agree(table: Timetable) -> None:
    expected = by_timetable(table)
    assert by_schema_org(schema_org(table, FIRST, LAST)) == expected
    assert by_hsds(hsds(table, FIRST, LAST)) == expected
    assert by_osm(osm(table, FIRST, LAST)) == expected, osm(table, FIRST, LAST)


def desk_timetables() -> dict[str, Timetable]:
    rows = json.loads((ROOT / "datasets" / "release" / "desk_hours.json").read_text("utf-8"))["records"]
    names = sorted({row["desk_id"] for row in rows})
    return {name: table for name in names
            if (table := timetable([row for row in rows if row["desk_id"] == name], patron="MI"))}


@pytest.mark.parametrize(("name", "table"), desk_timetables().items())
def test_the_three_forms_agree_on_every_half_hour_of_a_year_for_every_desk(name: str, table: Timetable) -> None:
    assert name
    assert_all_agree(table)


times = st.sampled_from(HALF_HOURS[12:44])
days = st.dates(date(2025, 6, 1), date(2027, 6, 1))
bands = st.builds(
    lambda weekday, hours, week, ends: Band(weekday, min(hours), max(hours), week, *sorted(ends) if ends else ()),
    st.integers(0, 6), st.tuples(times, times).filter(lambda hours: hours[0] != hours[1]),
    st.sampled_from([None, None, None, 1, 2, 3, 4, -1]), st.none() | st.tuples(days, days),
)
closures = st.tuples(days, st.integers(0, 20)).map(lambda found: (found[0], found[0] + timedelta(days=found[1])))


@settings(max_examples=25)
@given(st.lists(bands, min_size=1, max_size=6), st.lists(closures, max_size=3), st.sampled_from([None, "MI"]))
def test_the_three_forms_agree_whatever_the_hours(
    some: list[Band], shut: list[tuple[date, date]], patron: str | None
) -> None:
    assert_all_agree(Timetable(tuple(some), tuple(sorted(shut)), patron=patron))


def test_it_is_closed_on_holidays_and_in_milan_on_7_december() -> None:
    monday = (Band(0, "09:00", "12:00"),)
    ambrose = date(2026, 12, 7)
    assert open_on(Timetable(monday, patron="MI"), ambrose) == []
    assert open_on(Timetable(monday), ambrose) == [("09:00", "12:00")]
    assert open_on(Timetable((Band(4, "09:00", "12:00"),)), date(2026, 12, 25)) == []
    assert "2026 Dec 07 off" in osm(Timetable(monday, patron="MI"), FIRST, LAST)
    assert open_on(Timetable(monday), date(2026, 4, 6)) == []  # Easter Monday


def test_bands_that_touch_are_one() -> None:
    table = Timetable((Band(0, "09:00", "12:00"), Band(0, "12:00", "13:00"), Band(0, "15:00", "16:00")))
    assert open_on(table, date(2026, 11, 23)) == [("09:00", "13:00"), ("15:00", "16:00")]


def test_the_last_day_of_a_month_of_its_kind() -> None:
    last = Band(5, "09:00", "13:00", week=-1)
    days = [day for day in YEAR if last.holds_on(day)]
    expected = rrulestr("FREQ=MONTHLY;BYDAY=-1SA", dtstart=datetime(2026, 1, 1))
    found = expected.between(datetime(2026, 1, 1), datetime(2026, 12, 31), inc=True)
    assert days == [moment.date() for moment in found]


def test_rows_without_hours_make_no_timetable() -> None:
    row = {"kind": "opening", "weekday": "mo", "week_of_month": None, "opens": None, "closes": None,
           "date_from": None, "date_to": None}
    assert timetable([row]) is None
    closure = {**row, "kind": "closure", "weekday": None, "date_from": "2026-08-10", "date_to": None}
    full = {**row, "opens": "09:00", "closes": "10:00"}
    table = timetable([full, closure])
    assert table is not None
    assert open_on(table, date(2026, 8, 10)) == []
    assert open_on(table, date(2026, 8, 17)) == [("09:00", "10:00")]


def test_partial_dates_hold_for_all_of_their_month_or_year() -> None:
    row = {"kind": "opening", "weekday": "mo", "week_of_month": None, "opens": "09:00", "closes": "10:00",
           "date_from": "2026-08", "date_to": "2026-09"}
    closed = {**row, "kind": "closure", "date_from": "2026-09", "date_to": None}
    table = timetable([row, closed])
    assert table is not None
    assert (table.bands[0].first, table.bands[0].last) == (date(2026, 8, 1), date(2026, 9, 30))
    assert table.closures == ((date(2026, 9, 1), date(2026, 9, 30)),)
    year = timetable([{**row, "date_from": "2026", "date_to": "2026"}])
    assert year is not None
    assert (year.bands[0].first, year.bands[0].last) == (FIRST, LAST)
