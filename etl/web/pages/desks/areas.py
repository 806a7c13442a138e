"""Whom a desk serves, as a row of desk_areas states it. Where a desk stands says nothing of this."""

from __future__ import annotations

from typing import Any

from etl.meta.view import Row

WHOLE = ("city", "municipality")
"""Areas that are all of one municipality."""


def of_desk(areas: list[Row]) -> dict[str, Any]:
    """What filters and headings read of the areas of one desk.

    areas: its rows. serves: ISTAT codes of the municipalities that it serves whole. districts: numbers of the parts of
    the city. region: whether it is for all municipalities.
    """
    return {
        "areas": areas,
        "serves": [area["istat_code"] for area in areas if area["area_kind"] in WHOLE],
        "districts": [area["area"] for area in areas if area["area_kind"] == "district"],
        "region": any(area["area_kind"] == "region" for area in areas),
    }


def from_elsewhere(desks: list[dict[str, Any]], code: str) -> list[dict[str, Any]]:
    """The desks that serve a municipality and stand outside it, each with the row that says so as `why`."""
    return [
        {**desk, "why": next(area for area in desk["areas"] if area["istat_code"] == code)}
        for desk in desks
        if code in desk["serves"] and desk["istat_code"] != code
    ]


def anchors(desks: list[dict[str, Any]]) -> dict[str, str]:
    """Number of a part of the city -> the first desk of a list that serves it, in the order of the numbers."""
    found: dict[str, str] = {}
    for desk in desks:
        for number in desk["districts"]:
            found.setdefault(number, desk["desk_id"])
    return dict(sorted(found.items(), key=lambda item: int(item[0])))
