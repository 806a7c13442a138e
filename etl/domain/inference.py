"""What may be inferred from a fact, and until when: pages, script, map, calendar and exports ask this room alone.

A row says what was true on its day. That it is true today, or will be on Monday, no row says: we infer it, for a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from etl.domain.hours import Timetable, first_day, last_day, timetable
from etl.meta.model import Release

Row = Mapping[str, Any]
LIMIT = timedelta(days=730)
"""How long after its date a fact about a desk may be told as true today: docs/decisions/data.md says why."""


@dataclass(frozen=True)
class Inferred:
    """Something that we say and no row does. Pages print it with the macro `inferred`, so that readers know.

    name: of the inference, one of etl/web/inferences.py. why: from what we infer it, in Italian, marked with N_.
    rows: (dataset, key) of each row that it rests on. day: of these, a partial date; None where they have none.
    """

    name: str
    why: str
    rows: tuple[tuple[str, str], ...]
    day: str | None = None


def recent_until(day: str | None) -> date | None:
    """The last day on which a fact of this date may be told as true today; None where it is undated.

    A date that is only a month or a year counts from its first day: the fact may be as old as that.
    """
    first = first_day(day)
    return first + LIMIT if first else None


def doubts(desk: Row, today: date) -> tuple[str, ...]:
    """Why a desk must not be said to be open today, from its row; empty when nothing speaks against it.

    continuation: its source does not say whether it goes on. ended: it was there for a notice, or until a day, that is
    past or not known. undated, old: what is known of it has no date, or one beyond the limit.
    """
    end, recent = last_day(desk["operates_until"]), recent_until(desk["fact_date"] or desk["source_date"])
    over = end < today if end else desk["status"] == "with_notice"
    known = {"continuation": desk["status"] == "continuation_not_stated", "ended": over, "undated": recent is None,
             "old": recent is not None and recent < today}
    return tuple(name for name, holds in known.items() if holds)


def promised(desk: Row, hours: Iterable[Row], today: date) -> list[Row]:
    """The rows of desk_hours of a desk that may be told as true from today on; none where there is a doubt about it.

    Each opening ends with what it rests on: the last day of the desk, and the limit of its own date.
    """
    if doubts(desk, today):
        return []
    kept: list[Row] = []
    for row in hours:
        ends = (last_day(row["date_to"]), last_day(desk["operates_until"]),
                recent_until(row["source_date"] or desk["fact_date"] or desk["source_date"]))
        last = min(end for end in ends if end)
        if row["kind"] != "opening":
            kept.append(row)
        elif last >= today:
            kept.append({**row, "date_to": last.isoformat()})
    return kept


def openings(release: Release, desk: Row, hours: Iterable[Row]) -> Timetable | None:
    """The timetable of a desk that may be told as true from the day of the release on; None where none may.

    It is closed on the holidays that the declaration of desk_hours names for its place.
    """
    about = release.declarations.get("desk_hours", {}).get("holidays", {})
    patron = about.get("patron", {}).get(desk["istat_code"])
    return timetable(promised(desk, hours, release.today), about.get("country", "IT"), patron)
