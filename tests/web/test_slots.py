"""Half days on which a desk is open or answers."""

from __future__ import annotations

from typing import Any

import pytest

from etl.web.pages.desks.opening import days, distinguishing, halves, slots


def desk(**cells: Any) -> dict[str, Any]:
    return {"doubts": (), "hours_now": [], "answers": [], **cells}


def test_opening_and_telephone_hours_are_half_days_of_the_week() -> None:
    bands = [{"opens": "10:00", "closes": "12:00"}, {"opens": "14:00", "closes": "18:00"}]
    opened = [{"weekday": "th", "bands": bands}]
    spoken = [{"first": "fr", "last": "sa", "bands": [("08:00", "13:00")]}]
    assert slots(desk(hours_now=opened, answers=spoken)) == ["th-am", "th-pm", "fr-am", "sa-am"]


def test_a_fact_in_doubt_promises_no_day() -> None:
    opened = [{"weekday": "sa", "bands": [{"opens": "09:00", "closes": "13:00"}]}]
    assert slots(desk(hours_now=opened, doubts=("old",))) == []


@pytest.mark.parametrize(("band", "found"), [
    (("09:00", "12:30"), ["am"]), (("14:00", "16:00"), ["pm"]), (("08:00", "18:00"), ["am", "pm"]),
    (("09:00", "13:00"), ["am"]), (("13:00", "15:00"), ["pm"]), ((None, "12:00"), []),
])
def test_a_band_touches_halves(band: tuple[str | None, str | None], found: list[str]) -> None:
    assert halves(*band) == found


def test_filters_part_desks_and_days_are_in_order() -> None:
    assert days([{"slots": ["sa-am"]}, {"slots": ["mo-pm", "sa-pm"]}]) == ["mo", "sa"]
    assert not distinguishing([None, None])
    assert distinguishing([None, "yes"])
