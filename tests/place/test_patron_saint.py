"""Opening hours in Milan: Saint Ambrose's day is a holiday there, and the rules say so."""

from __future__ import annotations

from datetime import date

from support.hours import FIRST, LAST, PATRONS

from etl.domain.hours import Band, Timetable, open_on, osm

AMBROSE = date(2026, 12, 7)


def test_desks_of_milan_are_closed_on_7_december() -> None:
    monday = (Band(0, "09:00", "12:00"),)
    assert open_on(Timetable(monday, patron=PATRONS["015146"]), AMBROSE) == []
    assert open_on(Timetable(monday), AMBROSE) == [("09:00", "12:00")]
    assert "2026 Dec 07 off" in osm(Timetable(monday, patron=PATRONS["015146"]), FIRST, LAST)
