"""GeoJSON (RFC 7946) of the tables whose rows have a place: a point of their own, or the border of a municipality."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from etl.domain.map import DIGITS, SOURCE, geometries
from etl.exports.model import Format, tables
from etl.meta.model import Dataset, Draft
from etl.meta.view import Row, as_json, key_of
from etl.runtime.tables import typed

PLACE = ("longitude", "latitude")
Geometry = Mapping[str, Any]


def geojson_files(draft: Draft) -> dict[str, bytes]:
    """One file per dataset of which a row at least has a place; a row whose place is not known has no geometry there.

    Rows have a place by their columns longitude and latitude, or by a key that is the ISTAT code of a municipality.
    """
    made = {}
    for dataset, table in tables(draft):
        if not (placed(dataset) or bordered(dataset)):
            continue
        records = [{field.name: typed(cell, field.type) for field, cell in zip(dataset.fields, row, strict=True)}
                   for row in table.rows]
        places, about = ([point(row) for row in records], {}) if placed(dataset) else outlined(dataset, records)
        if any(places):
            made[GEOJSON.path_of(dataset.name)] = as_bytes(records, dataset.key, places, about)
    return made


def outlined(dataset: Dataset, records: Iterable[Row]) -> tuple[list[Geometry | None], dict[str, Any]]:
    """The border of each municipality, and whose borders they are."""
    codes = [row[dataset.key[0]] for row in records]
    found = geometries(codes)
    return [found.get(code) for code in codes], {"borders": SOURCE}


def placed(dataset: Dataset) -> bool:
    """Whether a table has columns for a point."""
    return set(PLACE) <= set(dataset.columns)


def bordered(dataset: Dataset) -> bool:
    """Whether each row of a table is a municipality."""
    return [field.kind for field in dataset.fields if field.name in dataset.key] == ["istat"]


def as_bytes(
    records: Iterable[Row], key: list[str], places: Iterable[Geometry | None], about: Mapping[str, Any],
) -> bytes:
    """A FeatureCollection with the box around its places. about: what else it says (foreign members, RFC 7946, 6.1)."""
    features: list[dict[str, Any]] = [
        {"type": "Feature", "id": key_of(row, key), "geometry": place, "properties": row}
        for row, place in zip(records, places, strict=True)
    ]
    points = [found for feature in features if feature["geometry"]
              for found in positions(feature["geometry"]["coordinates"])]
    box = [*map(min, zip(*points, strict=True)), *map(max, zip(*points, strict=True))]
    return as_json({"type": "FeatureCollection", "bbox": box, **about, "features": features}, indent=None)


def positions(coordinates: Any) -> list[Any]:
    """Every (longitude, latitude) of a geometry."""
    if isinstance(coordinates[0], list | tuple):
        return [found for part in coordinates for found in positions(part)]
    return [coordinates]


def point(row: Row) -> Geometry | None:
    """Longitude first, as the standard asks; None when either is missing."""
    if any(row[name] is None for name in PLACE):
        return None
    return {"type": "Point", "coordinates": [round(row[name], DIGITS) for name in PLACE]}


GEOJSON = Format(
    "geojson", {"it": "GeoJSON", "en": "GeoJSON"},
    {"it": "Per le mappe (WGS 84). I punti sono quelli delle fonti, i confini dei Comuni sono di ISTAT (CC BY 4.0). "
           "Una riga senza luogo noto c’è, ma senza geometria.",
     "en": "For maps (WGS 84). Points are those of the sources, borders of municipalities are ISTAT’s (CC BY 4.0). "
           "A row without a known place is there, but without a geometry."},
    "{name}.geojson", "application/geo+json", "GEOJSON", geojson_files, names={"desks": "sportelli"},
)
