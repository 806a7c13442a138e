"""GeoJSON (RFC 7946) of the tables whose rows have a place."""

from __future__ import annotations

from typing import Any

from etl.exports.model import Format, tables
from etl.meta.model import Draft
from etl.meta.view import as_json, key_of
from etl.runtime.tables import typed

PLACE = ("longitude", "latitude")
DIGITS = 6


def geojson_files(draft: Draft) -> dict[str, bytes]:
    """One file per dataset with the columns longitude and latitude; a row whose place is not known has no geometry."""
    return {
        GEOJSON.path_of(dataset.name): as_bytes(
            [{field.name: typed(value, field.type) for field, value in zip(dataset.fields, row, strict=True)}
             for row in table.rows],
            dataset.key,
        )
        for dataset, table in tables(draft) if set(PLACE) <= set(dataset.columns)
    }


def as_bytes(records: list[dict[str, Any]], key: list[str]) -> bytes:
    """A FeatureCollection; with the box around its points where there are some."""
    features: list[dict[str, Any]] = [
        {"type": "Feature", "id": key_of(row, key), "geometry": point(row), "properties": row}
        for row in records
    ]
    places = [feature["geometry"]["coordinates"] for feature in features if feature["geometry"]]
    box = {"bbox": [*map(min, zip(*places, strict=True)), *map(max, zip(*places, strict=True))]} if places else {}
    collection = {"type": "FeatureCollection", **box, "features": features}
    return as_json(collection)


def point(row: dict[str, Any]) -> dict[str, Any] | None:
    """Longitude first, as the standard asks; None when either is missing."""
    if any(row[name] is None for name in PLACE):
        return None
    return {"type": "Point", "coordinates": [round(row[name], DIGITS) for name in PLACE]}


GEOJSON = Format(
    "geojson", {"it": "GeoJSON", "en": "GeoJSON"},
    {"it": "Per le mappe. Una riga senza coordinate c’è, ma senza punto.",
     "en": "For maps. A row without coordinates is there, but without a point."},
    "{name}.geojson", "application/geo+json", "GEOJSON", geojson_files, names={"desks": "sportelli"},
)
