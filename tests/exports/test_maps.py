"""Maps as data: GeoJSON by the letter of RFC 7946, borders that hold together, and no file that holds nothing."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import shapely
from support.catalogs import CATALOG
from support.drafts import ABOUT

from etl.exports.geojson import bordered, geojson_files, placed
from etl.meta.model import Draft, Table

AWAY = "999999"


def files_of(name: str, *rows: dict[str, str]) -> dict[str, Any]:
    """The GeoJSON of one table of these rows, by path."""
    dataset = CATALOG[name]
    cells = [[row.get(column, "") for column in dataset.columns] for row in rows]
    draft = Draft(ABOUT, {name: dataset}, {name: Table(cells, [None] * len(cells))}, [], date(2026, 11, 25))
    return {path: json.loads(data) for path, data in geojson_files(draft).items()}


def test_a_table_without_any_known_place_has_no_file() -> None:
    assert files_of("desks", {"desk_id": "a"}) == {}
    assert files_of("municipalities", {"istat_code": AWAY}) == {}
    assert files_of("desks") == {}


def test_a_row_without_a_place_is_there_without_a_point() -> None:
    found = files_of("desks", {"desk_id": "a", "longitude": "9.19", "latitude": "45.4642"}, {"desk_id": "b"})
    content = found["sportelli.geojson"]
    assert content["bbox"] == [9.19, 45.4642, 9.19, 45.4642]
    assert [(item["id"], item["geometry"] and item["geometry"]["coordinates"]) for item in content["features"]] == [
        ("a", [9.19, 45.4642]), ("b", None)]


def test_every_city_has_the_borders_of_its_own_municipalities() -> None:
    content = files_of("municipalities", {"istat_code": "001272", "name": "Torino"}, {"istat_code": AWAY})
    (turin, away) = content["municipalities.geojson"]["features"]
    assert (turin["id"], turin["properties"]["istat_code"], away["geometry"]) == ("001272", "001272", None)
    assert shapely.from_geojson(json.dumps(turin["geometry"])).contains(shapely.Point(7.6869, 45.0703))
    assert {"name", "url", "date", "licence"} <= set(content["municipalities.geojson"]["borders"])


@pytest.mark.parametrize("name", [name for name, dataset in CATALOG.items() if placed(dataset) or bordered(dataset)])
def test_what_is_published_is_geojson_by_the_letter(built_site: Path, name: str) -> None:
    from geojson_validator import validate_geometries, validate_structure

    data = built_site / "dati"
    listed = {item["path"] for item in json.loads((data / "files.json").read_text("utf-8"))["files"]
              if item["format"] == "geojson" and item["dataset"] == name}
    assert {path for path in listed if not (data / path).is_file()} == set()
    for path in listed:
        content = json.loads((data / path).read_text("utf-8"))
        assert validate_structure(content) == {}
        found = [item for item in content["features"] if item["geometry"]]
        assert found
        checked = validate_geometries({**content, "features": found})
        assert (checked["invalid"], checked["problematic"]) == ({}, {})
        rows = json.loads((data / f"{name}.json").read_text("utf-8"))["records"]
        assert [item["properties"] for item in content["features"]] == rows
        assert "crs" not in content
        west, south, east, north = content["bbox"]
        assert 6 < west <= east < 19, "longitude comes first"
        assert 35 < south <= north < 48
        shapes = [shapely.from_geojson(json.dumps(item["geometry"])) for item in found]
        numbers = shapely.get_coordinates(shapes).ravel().tolist()
        assert max(len(str(number).partition(".")[2]) for number in numbers) <= 6


def test_borders_are_whole_and_leave_no_gap(built_site: Path) -> None:
    content = json.loads((built_site / "dati" / "municipalities.geojson").read_text("utf-8"))
    shapes = [shapely.from_geojson(json.dumps(item["geometry"])) for item in content["features"]]
    assert len(shapes) == len(json.loads((built_site / "dati" / "municipalities.json").read_text("utf-8"))["records"])
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)
    assert all(part.exterior.is_ccw for shape in shapes for part in shapely.get_parts(shape))
    assert [item["id"] for item in content["features"]] == [item["properties"]["istat_code"]
                                                           for item in content["features"]]
