"""Settings of a place: what is right, what is refused, and how they get into schemas and declarations."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from etl.meta.catalog import load_catalog
from etl.meta.city import City, load_city, merged
from etl.meta.errors import DeclarationError
from tests.support.repository import ROOT, TINY

SETTINGS = """
name = { it = "Valdoro", en = "Goldvale" }
istat = "001234"
body = "comune-valdoro"
province = { istat = "001", letters = "TO" }
limits = { west = 6, east = 8 }
site = { name = "Casa a Valdoro" }
owner = { name = { it = "Comune di Valdoro" }, website = "https://valdoro.example/" }
programmes = { a = { it = "Programma A", en = "Programme A" }, b = { it = "Programma B", en = "Programme B" } }
"""


def city(folder: Path, settings: str = SETTINGS) -> City:
    (folder / "city.toml").write_text(settings, "utf-8")
    return load_city(folder)


def test_a_setting_alone_keeps_its_type_and_within_a_text_it_is_written(tmp_path: Path) -> None:
    filled = city(tmp_path).fill({
        "minimum": "{city.limits.west}", "pattern": "{city.province.istat}[0-9]{3}", "plain": "{name}",
        "categories": "{city.programmes}",
    })
    assert filled == {
        "minimum": 6, "pattern": "001[0-9]{3}", "plain": "{name}",
        "categories": [{"value": "a", "label": "Programma A", "label_en": "Programme A"},
                       {"value": "b", "label": "Programma B", "label_en": "Programme B"}],
    }


def test_words_come_in_the_language_of_the_place_where_they_stand(tmp_path: Path) -> None:
    words = {"title": "Case a {city.name}", "title_en": "Homes in {city.name}", "because": {"en": "{city.name}"}}
    assert city(tmp_path).fill(words) == {
        "title": "Case a Valdoro", "title_en": "Homes in Goldvale", "because": {"en": "Goldvale"},
    }


def test_a_setting_that_is_not_there_takes_its_limit_away(tmp_path: Path) -> None:
    place = city(tmp_path)
    assert place.fill({"minimum": 1, "maximum": "{city.districts.count}"}) == {"minimum": 1}
    assert place.lacks({"args": {"value": "{city.municipalities}"}})
    assert not City().fill({"categories": "{city.programmes}", "pattern": "{city.postal_codes}"})


@pytest.mark.parametrize(("line", "said"), [
    ("colour = 'red'", "unknown key `colour`"),
    ("municipalities = '133'", "`municipalities` is not right; example: municipalities = 312"),
    ("postal_codes = '20['", "`postal_codes` is not right"),
    ("notice = { en = 'Hello' }", "`notice` is not right"),
    ("catalogue = { box = [9, 45, 8, 46] }", "`catalogue.box` is not right"),
    ("floors = { desks = -1 }", "`floors.desks` is not right"),
    ("holidays = { patron = 'TO' }", "`holidays.patron` is not right"),
    ("x = [", "not valid TOML"),
])
def test_a_wrong_setting_is_refused_in_one_line_with_an_example(tmp_path: Path, line: str, said: str) -> None:
    with pytest.raises(DeclarationError, match=r"city\.toml: .+") as refused:
        city(tmp_path, SETTINGS + line + "\n")
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("key", ["name", "istat", "body"])
def test_a_city_must_say_who_it_is(tmp_path: Path, key: str) -> None:
    without = "\n".join(line for line in SETTINGS.splitlines() if not line.startswith(f"{key} "))
    with pytest.raises(DeclarationError, match=f"`{key}` is missing; example: {key} = "):
        city(tmp_path, without)


def test_tables_of_the_city_go_over_a_declaration() -> None:
    base = {"row": {"it": "una riga", "en": "a row"}, "theme": ["SOCI"], "expectations": [{"type": "A"}]}
    more = {"row": {"it": "un comune"}, "theme": ["GOVE"], "expectations": [{"type": "B"}]}
    assert merged(base, more) == {
        "row": {"it": "un comune", "en": "a row"}, "theme": ["GOVE"], "expectations": [{"type": "A"}, {"type": "B"}],
    }


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TINY, tmp_path / "tiny"))


def test_a_city_adds_floors_and_limits_to_the_declarations_of_all(tiny: Path) -> None:
    schema = json.loads((tiny / "schemas/rooms.json").read_text("utf-8"))
    schema["fields"][0]["constraints"] = {"pattern": "{city.province.letters}.*", "minLength": "{city.zones_of_none}"}
    (tiny / "schemas/rooms.json").write_text(json.dumps(schema), "utf-8")
    city(tiny, SETTINGS + '[datasets.rooms]\nrows = { min = 7 }\n')
    rooms = load_catalog(tiny)["rooms"]
    assert rooms.about["rows"]["min"] == 7
    assert rooms.fields[0].descriptor["constraints"] == {"pattern": "TO.*", "required": True}


def test_a_declaration_of_a_dataset_that_is_not_there_is_refused(tiny: Path) -> None:
    city(tiny, SETTINGS + "[datasets.roms]\nrows = { min = 7 }\n")
    with pytest.raises(DeclarationError, match=r"\[datasets\.roms\]: there is no datasets/roms\.toml"):
        load_catalog(tiny)


def test_without_its_settings_no_table_has_a_limit_of_this_place(tmp_path: Path) -> None:
    """The schemas and declarations of all, with the settings of another city."""
    for part in ("datasets", "schemas", "etl/recipes"):
        shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("source", "release", "__pycache__"))
    city(tmp_path)
    catalog = load_catalog(tmp_path)
    limits = {field.name: field.descriptor.get("constraints") for field in catalog["desks"].fields}
    assert (limits["latitude"], limits["municipio"]) == ({}, {"minimum": 1})
    assert limits["longitude"] == {"minimum": 6, "maximum": 8}
    assert not [name for name, item in catalog.items() if item.about.get("rows", {}).get("min")]
    assert {item.about["publisher"] for item in catalog.values()} == {"comune-valdoro"}
    assert "ExpectTableRowCountToEqual" not in {
        rule["type"] for item in catalog.values() for rule in item.about.get("expectations", [])
    }
