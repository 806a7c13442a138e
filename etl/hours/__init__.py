"""When a desk is open: one timetable per desk, and the forms in which others read it (OSM, schema.org, HSDS)."""

from __future__ import annotations

from etl.hours.forms import hsds, osm, schema_org
from etl.hours.timetable import Band, Timetable, open_days, open_on, timetable

__all__ = ["Band", "Timetable", "hsds", "open_days", "open_on", "osm", "schema_org", "timetable"]
