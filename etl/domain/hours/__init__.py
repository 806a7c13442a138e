"""When a desk is open: one timetable per desk, and the forms in which others read it (OSM, schema.org, HSDS)."""

from __future__ import annotations

from etl.domain.hours.forms import hsds, osm, patron_days, schema_org
from etl.domain.hours.timetable import (
    YEAR,
    Band,
    Timetable,
    first_day,
    last_day,
    open_days,
    open_on,
    timetable,
)

__all__ = ["YEAR", "Band", "Timetable", "first_day", "hsds", "last_day", "open_days", "open_on", "osm", "patron_days",
           "schema_org", "timetable"]
