"""Opening hours: one timetable, and three forms that say the same for every hour of a year."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from dateutil.rrule import rrulestr
from support.hours import FIRST, LAST, YEAR, assert_all_agree, desk_timetables

from etl.domain.hours import Band, Timetable, open_on, osm, timetable


@pytest.mark.slow
@pytest.mark.parametrize(("name", "table"), desk_timetables().items())
def test_the_three_forms_agree_on_every_half_hour_of_a_year_for_every_desk(name: str, table: Timetable) -> None:
    assert name
    assert_all_agree(table)


def test_it_is_closed_on_holidays_and_on_the_day_of_the_patron_saint() -> None:
    monday = (Band(0, "09:00", "12:00"),)
    saint_john = (Band(2, "09:00", "12:00"),)  # 24 June 2026 is a Wednesday
    day = date(2026, 6, 24)
    assert open_on(Timetable(saint_john, patron="TO"), day) == []
    assert open_on(Timetable(saint_john), day) == [("09:00", "12:00")]
    assert open_on(Timetable((Band(4, "09:00", "12:00"),)), date(2026, 12, 25)) == []
    assert "2026 Jun 24 off" in osm(Timetable(saint_john, patron="TO"), FIRST, LAST)
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
