"""Every descriptor that is published follows its profile, those of the past too."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.repository import ROOT, run_tool
from support.standards import STANDARDS, needs_shapes

from etl.exports.hsds.files import package
from etl.exports.hsds.tables import UNKNOWN, Directory, location
from etl.meta.model import Release
from etl.meta.settings import SiteConfig

PROFILE = STANDARDS / "datapackage" / "2.0"


def desk(**known: Any) -> dict[str, Any]:
    names = ("address", "municipality", "postal_code", "phone", "languages", "wheelchair_access", "latitude",
             "longitude", "fact_date", "source_date", "recent_until", "operates_until", "verified_on", "istat_code")
    return dict.fromkeys(names) | {"desk_id": "a", "name": "A", "kind": "housing_desk", "status": "operating"} | known


def located(**known: Any) -> dict[str, list[dict[str, Any]]]:
    """The tables of HSDS of one desk."""
    release = Release({"desks": [desk(**known)]}, {"resources": []}, today=date(2026, 11, 30))
    config = SiteConfig("https://example.org/", {"it": {}}, province="BG", folders={"desks": "sportelli/"})
    made = Directory(release, config)
    location(made, release.records["desks"][0])
    return made.tables


@needs_shapes
@pytest.mark.parametrize("site", ["built_site", "town"])
def test_every_data_package_follows_its_profile(site: str, request: pytest.FixtureRequest) -> None:
    made = request.getfixturevalue(site)
    folder = made / "build" / "site" if site == "town" else made
    found = sorted(folder.rglob("datapackage.json"))
    assert {path.parent.relative_to(folder).parts[:2] for path in found} >= {("dati",), ("dati", "releases")}
    run = run_tool("check-jsonschema", "--schemafile", PROFILE / "datapackage.json", *found)
    assert run.returncode == 0, run.stdout
    run = run_tool("check-jsonschema", "--schemafile", PROFILE / "tableschema.json",
                   *sorted((folder / "dati" / "schemas").glob("*.json")))
    assert run.returncode == 0, run.stdout


@pytest.mark.parametrize("path", sorted((ROOT / "datasets").glob("*/*/datapackage.json")), ids=lambda p: p.parent.name)
def test_examples_of_the_past_are_texts(path: Path) -> None:
    """What the profile of Data Package 2.0 asks, for those who have no copy of it."""
    fields = [field for item in json.loads(path.read_text("utf-8"))["resources"] for field in item["schema"]["fields"]]
    assert [field["name"] for field in fields if not isinstance(field.get("example", ""), str)] == []


def test_a_table_that_points_nowhere_has_no_list_of_references() -> None:
    found = located(address="via del Forno 12", municipality="Borgo", phone="02 1")
    release = Release({}, {"version": "1.0.0", "title": "T", "licenses": []}, today=date(2026, 11, 30))
    schemas = {item["name"]: item["schema"] for item in package(release, found)["resources"]}
    assert "foreignKeys" not in schemas["location"]
    assert schemas["phone"]["foreignKeys"] == [
        {"fields": ["location_id"], "reference": {"resource": "location", "fields": ["id"]}}]


def test_an_address_that_lacks_the_postal_code_is_carried_and_says_so() -> None:
    found = located(address="via del Forno 12", municipality="Borgo")
    (address,), (place,) = found["address"], found["location"]
    assert (address["address_1"], address["city"], address["postal_code"]) == ("via del Forno 12", "Borgo", UNKNOWN)
    assert place["description"].startswith("CAP non indicato dalla fonte")
    (whole,) = located(address="via del Forno 12", municipality="Borgo", postal_code="00100")["address"]
    assert whole["postal_code"] == "00100"


def test_without_a_street_there_is_no_address() -> None:
    found = located(municipality="Selva")
    assert found["address"] == []
    assert found["location"][0]["description"].startswith("Selva")


def test_every_desk_with_a_street_has_an_address(built_site: Path) -> None:
    data = built_site / "dati"
    streets = {row["desk_id"] for row in json.loads((data / "desks.json").read_text("utf-8"))["records"]
               if row["address"] and row["municipality"]}
    package = json.loads((data / "hsds" / "datapackage.json").read_text("utf-8"))
    assert "address" in {item["name"] for item in package["resources"]} or not streets
    lines = (data / "hsds" / "addresses.csv").read_text("utf-8").splitlines() if streets else [""]
    assert len(lines) - 1 == len(streets)
