"""Opening hours as evaluators made by others read them, half hour by half hour of a year."""

from __future__ import annotations

import tomllib
from datetime import date, datetime, timedelta
from typing import Any

from dateutil.rrule import rrulestr
from opening_hours import OpeningHours

from etl.domain.hours import Timetable, hsds, open_on, osm, schema_org, timetable
from support.release import records
from support.repository import ROOT

PATRONS: dict[str, str] = tomllib.loads((ROOT / "city.toml").read_text("utf-8")).get("holidays", {}).get("patron", {})
"""ISTAT code of a municipality -> the subdivision whose patron saint is a holiday there."""
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
    """Timetable of each desk; patron: as if each were where the city's patron saint is a holiday."""
    rows, patron = records("desk_hours"), next(iter(PATRONS.values()), None)
    names = sorted({row["desk_id"] for row in rows})
    return {name: table for name in names
            if (table := timetable([row for row in rows if row["desk_id"] == name], patron=patron))}
