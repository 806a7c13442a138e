"""A timetable as OpenStreetMap, schema.org and HSDS write it. All three say the same for every hour of a year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from etl.domain.hours.timetable import Band, Timetable, days_from, open_on

OSM_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
SCHEMA_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ICAL_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def osm(table: Timetable, first: date, last: date) -> str:
    """The opening_hours value of OpenStreetMap: "Tu,Th 10:00-18:00; PH off; 2026 Dec 07 off".

    first, last: the days for which it is true. The patron saint's day is written out between them, since "PH" means
    national holidays only; its grammar has no open start, and readers disagree on an open end, so both get these days.
    """
    groups: dict[tuple[Any, ...], list[Band]] = defaultdict(list)
    for band in table.bands:
        groups[band.first, band.last, band.week, band.opens, band.closes].append(band)
    rules = []
    for (start, end, week, opens, closes), bands in groups.items():
        begins, ends = start or min(first, end or first), end or max(last, start or last)
        dates = f"{osm_day(begins)}-{osm_day(ends)} " if start or end else ""
        days = ",".join(OSM_DAYS[band.weekday] + (f"[{week}]" if week else "") for band in bands)
        rules.append(f"{dates}{days} {opens}-{closes}")
    off = ["PH off", *(f"{osm_day(day)} off" for day in patron_days(table, first, last))]
    off += [
        f"{osm_day(start)} off" if start == end else f"{osm_day(start)}-{osm_day(end)} off"
        for start, end in table.closures
    ]
    # A comma adds hours to those of the rules before; a semicolon replaces them on the days that it names.
    return "; ".join([", ".join(rules), *off])


def osm_day(day: date) -> str:
    return f"{day.year} {MONTHS[day.month - 1]} {day.day:02}"


def patron_days(table: Timetable, first: date, last: date) -> Iterator[date]:
    """Holidays of the place that the rest of the country works on."""
    national = Timetable((), country=table.country)
    for year in range(first.year, last.year + 1):
        yield from sorted(day for day in table.holidays(year) - national.holidays(year) if first <= day <= last)


def closed_days(table: Timetable, first: date, last: date) -> list[date]:
    """Days on which a band would count, if a holiday or a closure did not fall on it."""
    return [
        day
        for day in days_from(first, (last - first).days + 1)
        if table.is_closed(day) and any(band.holds_on(day) for band in table.bands)
    ]


def schema_org(table: Timetable, first: date, last: date) -> dict[str, list[dict[str, Any]]]:
    """openingHoursSpecification and specialOpeningHoursSpecification of schema.org, true from `first` to `last`.

    A special day replaces the weekly hours: it is closed when it opens and closes at midnight. The nth day of a
    month has no word in schema.org, so those days are written out with all their hours.
    """
    weekly = [
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": f"https://schema.org/{SCHEMA_DAYS[band.weekday]}",
            "opens": f"{band.opens}:00",
            "closes": f"{band.closes}:00",
            **({"validFrom": band.first.isoformat()} if band.first else {}),
            **({"validThrough": band.last.isoformat()} if band.last else {}),
        }
        for band in table.bands
        if band.week is None
    ]
    special = [special_day(day, "00:00", "00:00") for day in closed_days(table, first, last)]
    for day in days_from(first, (last - first).days + 1):
        if any(band.week is not None and band.holds_on(day) for band in table.bands):
            special += [special_day(day, opens, closes) for opens, closes in open_on(table, day)]
    found = {"openingHoursSpecification": weekly, "specialOpeningHoursSpecification": special}
    return {name: items for name, items in found.items() if items}


def special_day(day: date, opens: str, closes: str) -> dict[str, Any]:
    return {
        "@type": "OpeningHoursSpecification",
        "opens": f"{opens}:00",
        "closes": f"{closes}:00",
        "validFrom": day.isoformat(),
        "validThrough": day.isoformat(),
    }


def hsds(table: Timetable, first: date, last: date) -> list[dict[str, Any]]:
    """Rows of `schedules` of HSDS 3.1 without their ids, true from `first` to `last`.

    One row per band; a closed day is a row with that day as valid_from and valid_to and no hours.
    """
    rows = [
        {
            "valid_from": band.first.isoformat() if band.first else "",
            "valid_to": band.last.isoformat() if band.last else "",
            "freq": "WEEKLY" if band.week is None else "MONTHLY",
            "byday": f"{band.week or ''}{ICAL_DAYS[band.weekday]}",
            "opens_at": f"{band.opens}:00",
            "closes_at": f"{band.closes}:00",
            "description": "",
        }
        for band in table.bands
    ]
    closed = [*closed_days(table, first, last)]
    for start, end in runs(closed):
        rows.append({"valid_from": start.isoformat(), "valid_to": end.isoformat(), "freq": "", "byday": "",
                     "opens_at": "", "closes_at": "", "description": "closed"})
    return rows


def runs(days: list[date]) -> Iterator[tuple[date, date]]:
    """First and last day of each run of days that follow each other."""
    start = None
    for number, day in enumerate(days):
        start = start or day
        if number + 1 == len(days) or days[number + 1] != day + timedelta(days=1):
            yield start, day
            start = None
