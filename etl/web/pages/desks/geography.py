"""Where things are: the map of the municipalities with the pins of desks, and the point of each desk."""

from __future__ import annotations

from typing import Any

from etl.domain.map import SOURCE, Map, map_of
from etl.meta.model import Release
from etl.meta.view import Row, by_key, grouped, rows
from etl.web.pages.desks.networks import memberships


def city_map(release: Release) -> Map | None:
    """The map of all municipalities of the release."""
    return map_of(row["istat_code"] for row in rows(release, "municipalities"))


def desk_point(drawn: Map | None, desk: Row) -> dict[str, Any] | None:
    """Where a desk is, for distances: its own point or, less exact, the middle of its municipality on the map."""
    if desk["latitude"] is not None and desk["longitude"] is not None:
        return {"latitude": desk["latitude"], "longitude": desk["longitude"], "exact": True}
    centre = drawn.centres.get(desk["istat_code"] or "") if drawn else None
    return {"latitude": centre[0], "longitude": centre[1], "exact": False} if centre else None


def desk_map(release: Release, desks: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Outlines of all municipalities, and one pin per municipality with desks (code, name, x, y, count).

    Pins are drawn from the largest count to the smallest, so that a small one is never hidden.
    """
    drawn = city_map(release)
    if drawn is None:
        return None
    names = by_key(rows(release, "municipalities"), "istat_code")
    pins = [
        {"code": code, "name": names[code]["name"], "x": drawn.shapes[code].x, "y": drawn.shapes[code].y,
         "count": len(there)}
        for code, there in grouped(desks, "istat_code").items()
        if code in drawn.shapes and code in names
    ]
    return {"width": drawn.width, "height": drawn.height, "shapes": drawn.shapes, "source": SOURCE,
            "pins": sorted(pins, key=lambda pin: (-pin["count"], pin["name"]))}


def network_map(release: Release, language: str) -> dict[str, Any] | None:
    """Every municipality with its outline, name, the number of its agency, and whether any network is known of it.

    agencies: their names, in the order of their numbers. Of two agencies of a municipality the newer has the number.
    """
    drawn = city_map(release)
    if drawn is None:
        return None
    told = memberships(release, language)
    of = {code: next((row["network"]["name"] for row in found if row["network"]["kind"] == "agency"), None)
          for code, found in told.items()}
    agencies = sorted({name for name in of.values() if name})
    return {
        "width": drawn.width, "height": drawn.height, "source": SOURCE, "agencies": agencies,
        "places": [
            {"code": row["istat_code"], "name": row["name"], "shape": drawn.shapes[row["istat_code"]],
             "known": row["istat_code"] in told,
             "number": agencies.index(name) + 1 if (name := of.get(row["istat_code"])) else None}
            for row in rows(release, "municipalities")
            if row["istat_code"] in drawn.shapes
        ],
    }
