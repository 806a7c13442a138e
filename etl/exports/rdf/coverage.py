"""Which time a table speaks of, read off its own rows."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from typing import Any

from etl.meta.model import Release
from etl.meta.view import column

ABOUT_SOURCES = frozenset({"source_date", "verified_on"})
"""Columns that say when a fact was read, not when it was so."""
PARTIAL = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?")


def period(release: Release, resource: Mapping[str, Any]) -> tuple[str, str]:
    """First and last day of the facts in a table.

    Without dates of facts: of their sources; without any date: the days on which the table was published.
    """
    names = [field["name"] for field in resource["schema"]["fields"]
             if field["type"] == "date" or field.get("kind") == "partial-date"]
    records = release.records[resource["name"]]
    for wanted in ([name for name in names if name not in ABOUT_SOURCES], names):
        said = {value for name in wanted for value in column(records, name)}
        found = [limits for value in said if (limits := days(value))]
        if found:
            return min(first for first, _ in found), max(last for _, last in found)
    return resource["issued"], resource["modified"]


def days(value: str | None) -> tuple[str, str] | None:
    """First and last day of a date that may be a month or a year; None for no date."""
    found = PARTIAL.fullmatch(value or "")
    if not found:
        return None
    year, month, day = found.groups()
    if day:
        return found[0], found[0]
    last = calendar.monthrange(int(year), int(month or 12))[1]
    return f"{year}-{month or '01'}-01", f"{year}-{month or '12'}-{last:02}"
