"""The state of a notice at a moment: to the minute, by the clock of the city, and never open after its end."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from etl.domain.notices import ZONE, State, begins, ends, state, urgency

NOON = "2026-11-30T12:00"


def notice(kind: str = "window", opens: str | None = None, closes: str | None = None) -> dict[str, Any]:
    return {"kind": kind, "opens_at": opens, "closes_at": closes}


def rome(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(("row", "at", "expected"), [
    (notice(opens="2026-09-23T09:00", closes=NOON), "2026-09-23T08:59", State("opens", 0)),
    (notice(opens="2026-09-23T09:00", closes=NOON), "2026-09-21T23:59", State("opens", 2)),
    (notice(opens="2026-09-23T09:00", closes=NOON), "2026-09-23T09:00", State("open", 68)),
    (notice(closes=NOON), "2026-11-29T00:00", State("open", 1)),
    (notice(closes=NOON), "2026-11-30T11:59", State("open", 0)),
    (notice(closes=NOON), "2026-11-30T12:00", State("closed")),
    (notice(closes="2026-12-31"), "2026-12-31T23:59", State("open", 0)),
    (notice(closes="2026-12-31"), "2027-01-01T00:00", State("closed")),
    (notice("ranking"), "2020-01-01", State("closed")),
    (notice("ranking", closes="2026-09-16"), "2026-09-01", State("closed")),
    (notice("none_open"), "2026-11-29", State("none")),
    (notice("no_stated_end"), "2090-01-01", State("undated")),
    (notice("until_funds_end"), "2026-11-29", State("maybe")),
    (notice("until_funds_end", closes="2026-11-30"), "2026-12-01", State("closed")),
    (notice("use_by", "2026-11-04", "2026-12-16"), "2026-12-16T18:00", State("use_by", 0)),
    (notice("use_by", "2026-11-04", "2026-12-16"), "2026-12-17", State("closed")),
    (notice(closes="2026-12-01T00:00"), "2026-11-30T12:00", State("open", 0)),
])
def test_the_state_at_a_moment(row: dict[str, Any], at: str, expected: State) -> None:
    assert state(row, rome(at)) == expected


def test_the_hour_is_that_of_the_city_whatever_the_clock_of_the_reader() -> None:
    assert state(notice(closes=NOON), datetime(2026, 11, 30, 10, 59, tzinfo=UTC)) == State("open", 0)
    assert state(notice(closes=NOON), datetime(2026, 11, 30, 11, 0, tzinfo=UTC)) == State("closed")
    assert state(notice(closes=NOON), datetime(2026, 11, 29, 23, 30, tzinfo=UTC)) == State("open", 0)
    # The night on which clocks are put back has 25 hours: the last day is over at its own midnight.
    assert ends(notice(closes="2026-10-25")) == datetime(2026, 10, 25, 23, 0, tzinfo=UTC)
    assert begins(notice(opens="2026-10-25")) == datetime(2026, 10, 24, 22, 0, tzinfo=UTC)


def test_what_is_soon_and_what_one_can_try() -> None:
    def at(code: Any, days: int | None = None) -> tuple[bool, bool]:
        found = State(code, days)
        return found.closes_soon, found.can_apply

    assert [at("open", 14), at("open", 15), at("use_by", 3)] == [(True, True), (False, True), (True, False)]
    assert [at("maybe"), at("undated"), at("closed"), at("opens", 1)] == [
        (False, True), (False, True), (False, False), (False, False)]


def test_what_one_loses_by_waiting_comes_first() -> None:
    at = rome("2026-11-29")
    rows = [notice("none_open"), notice(closes="2026-03-25"), notice(closes="2026-09-30T12:00"),
            notice("no_stated_end"), notice("until_funds_end"), notice(closes="2026-12-31"), notice(closes=NOON)]
    ordered = sorted(rows, key=lambda row: urgency(row, at))
    assert ordered == [rows[6], rows[5], rows[4], rows[3], rows[0], rows[2], rows[1]]
