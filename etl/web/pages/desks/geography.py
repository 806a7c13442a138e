"""Where things are: the map of the municipalities with the pins of desks, and the point of each desk."""

from __future__ import annotations

from typing import Any

from etl.domain.map import SOURCE, Map, Shape, map_of
from etl.meta.model import Release
from etl.meta.view import Row, by_key, grouped, rows
from etl.web.charts.inks import DARK, tokens
from etl.web.pages.desks.networks import memberships


def city_map(release: Release) -> Map | None:
    """The map of all municipalities of the release."""
    return map_of(row["istat_code"] for row in rows(release, "municipalities"))


def land_file(release: Release, css: str) -> dict[str, bytes]:
    """map.svg, the outlines of all municipalities: a picture below the pins, which is fetched when somebody comes near
    it. Nothing where there is no map. css: the tokens, for its colours on light and on dark screens."""
    drawn = city_map(release)
    if drawn is None:
        return {}
    light, dark = (f"path{{fill:{inks['surface']};stroke:{inks['line-strong']};stroke-width:1.5}}"
                   for inks in (tokens(css), tokens(css, dark=True)))
    paths = "".join(f'<path d="{shape.path}"/>' for shape in drawn.shapes.values())
    return {"map.svg": f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {drawn.width} {drawn.height}">'
                       f"<style>{light}@media ({DARK}){{{dark}}}</style>{paths}</svg>\n".encode()}


def desk_point(drawn: Map | None, desk: Row) -> dict[str, Any] | None:
    """Where a desk is, for distances: its own point or, less exact, the middle of its municipality on the map."""
    if desk["latitude"] is not None and desk["longitude"] is not None:
        return {"latitude": desk["latitude"], "longitude": desk["longitude"]}
    centre = drawn.centres.get(desk["istat_code"] or "") if drawn else None
    return {"latitude": centre[0], "longitude": centre[1]} if centre else None


def desk_map(release: Release, desks: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The size of the map, and one pin per municipality with desks (code, name, x, y, count).

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
    return {"width": drawn.width, "height": drawn.height, "source": SOURCE,
            "pins": sorted(pins, key=lambda pin: (-pin["count"], pin["name"]))}


def network_map(release: Release, language: str) -> dict[str, Any] | None:
    """Every municipality with its code, name, outline, and its state: "agency", "network" where only another network is
    known of it, or "none".

    agencies: [(number, name, x, y)], the number standing in the municipality that is nearest to the middle of its own.
    Of two agencies of a municipality the newer counts.
    """
    drawn = city_map(release)
    if drawn is None:
        return None
    told = memberships(release, language)
    of = {code: name for code, found in told.items() if code in drawn.shapes
          and (name := next((row["network"]["name"] for row in found if row["network"]["kind"] == "agency"), None))}
    return {
        "width": drawn.width, "height": drawn.height, "source": SOURCE,
        "agencies": [(number, name, *middle([drawn.shapes[code] for code in of if of[code] == name]))
                     for number, name in enumerate(sorted(set(of.values())), 1)],
        "places": [
            {"code": code, "name": row["name"], "path": drawn.shapes[code].path,
             "state": "agency" if code in of else "network" if code in told else "none"}
            for row in rows(release, "municipalities") if (code := row["istat_code"]) in drawn.shapes
        ],
    }


def middle(shapes: list[Shape]) -> tuple[int, int]:
    """The point inside one of some municipalities that is nearest to the middle of them all."""
    x, y = (sum(getattr(shape, axis) for shape in shapes) / len(shapes) for axis in ("x", "y"))
    nearest = min(shapes, key=lambda shape: (shape.x - x) ** 2 + (shape.y - y) ** 2)
    return nearest.x, nearest.y
