"""What may be inferred from a fact, and until when: one that is old, undated or of a closed notice promises nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from etl.domain.hours import hsds, open_days, osm, schema_org, timetable
from etl.domain.inference import LIMIT, doubts, openings, promised, recent_until
from etl.meta.model import Release

TODAY = date(2026, 11, 29)
DESK = {"desk_id": "prova", "istat_code": None, "status": "operating", "operates_until": None, "fact_date": "2026-03",
        "source_date": None}
HOURS = {"kind": "opening", "weekday": "mo", "week_of_month": None, "opens": "14:00", "closes": "18:00",
         "date_from": None, "date_to": None, "source_date": None}


def test_a_partial_date_counts_from_its_first_day() -> None:
    assert recent_until("2024-11-30") == date(2024, 11, 30) + LIMIT == date(2026, 11, 30)
    assert [recent_until("2025-04"), recent_until("2025")] == [date(2027, 4, 1), date(2027, 1, 1)]
    assert [recent_until(None), recent_until("")] == [None, None]


@pytest.mark.parametrize(("row", "expected"), [
    ({}, ()),
    ({"fact_date": "2024-11-30"}, ()),
    ({"fact_date": "2024-11-28"}, ("old",)),
    ({"fact_date": None}, ("undated",)),
    ({"fact_date": None, "source_date": "2026-01"}, ()),
    ({"status": "continuation_not_stated", "fact_date": "2022-08"}, ("continuation", "old")),
    ({"status": "with_notice"}, ("ended",)),
    ({"status": "with_notice", "operates_until": "2026-11-28"}, ("ended",)),
    ({"status": "with_notice", "operates_until": "2026-11"}, ()),
    ({"operates_until": "2025"}, ("ended",)),
])
def test_why_a_desk_must_not_be_said_to_be_open(row: dict[str, Any], expected: tuple[str, ...]) -> None:
    assert doubts({**DESK, **row}, TODAY) == expected
    assert bool(promised({**DESK, **row}, [HOURS], TODAY)) is not bool(expected)


@pytest.mark.parametrize("row", [
    {"fact_date": "2022-08"}, {"fact_date": None}, {"status": "continuation_not_stated"}, {"status": "with_notice"}])
def test_no_form_of_the_hours_is_made_of_a_fact_in_doubt(row: dict[str, Any]) -> None:
    assert openings(Release({}, {}, {}, today=TODAY), {**DESK, **row}, [HOURS]) is None


def test_hours_older_than_their_desk_go_alone() -> None:
    old, new = {**HOURS, "source_date": "2022-08"}, {**HOURS, "weekday": "tu", "source_date": "2026-01-10"}
    assert [(row["weekday"], row["date_to"]) for row in promised(DESK, [old, new], TODAY)] == [("tu", "2028-01-10")]


def test_no_form_says_more_than_the_limit_of_the_fact() -> None:
    """A row without an end was said to hold until 2099."""
    last = date(2025, 1, 6) + LIMIT
    table = timetable(promised({**DESK, "fact_date": "2025-01-06"}, [{**HOURS, "date_from": "2025-01-06"}], TODAY))
    assert table is not None
    assert max(day for day, _ in open_days(table, TODAY, 800)) <= last
    written = osm(table, TODAY, date(2027, 11, 29))
    assert "2027 Jan 06" in written
    assert "2099" not in written
    machines = schema_org(table, TODAY, date(2027, 11, 29))["openingHoursSpecification"]
    assert [item["validThrough"] for item in machines] == [last.isoformat()]
    assert {row["valid_to"] for row in hsds(table, TODAY, date(2027, 1, 5)) if row["opens_at"]} == {last.isoformat()}


def test_closures_stay_as_they_are() -> None:
    closed = {**HOURS, "kind": "closure", "weekday": None, "date_from": "2026-12-24", "date_to": None}
    assert promised(DESK, [closed], TODAY) == [closed]
