"""A city's repository without the program in it: what is lent to it, and what of its own takes that place."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import pytest
from support.repository import ROOT, TINY

from etl.meta.catalog import load_catalog
from etl.meta.errors import DeclarationError
from etl.meta.places import COMMAND, find, is_whole, listed
from etl.runtime.receipt import inputs
from etl.web.language import Language


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """A city with its settings, three source tables and nothing else."""
    shutil.copy(ROOT / "city.toml", tmp_path)
    source = tmp_path / "datasets" / "source"
    source.mkdir(parents=True)
    for name in ("municipalities", "desks", "desk_texts"):
        shutil.copy(ROOT / "datasets" / "source" / f"{name}.csv", source)
    return tmp_path


def test_a_clone_and_a_miniature_are_lent_nothing() -> None:
    assert is_whole(ROOT)
    assert is_whole(TINY)
    assert sorted(load_catalog(TINY)) == sorted(path.stem for path in (TINY / "datasets").glob("*.toml"))


def test_a_file_of_the_city_takes_the_place_of_the_programs(city: Path) -> None:
    assert find(city, "schemas/desks.json") == ROOT / "schemas" / "desks.json"
    assert find(city, "site/assets/mark.svg") == city / "site" / "assets" / "mark.svg", "where it would put its own"
    (city / "site" / "assets").mkdir(parents=True)
    (city / "site" / "assets" / "logo.svg").write_text("<svg/>")
    found = listed(city, "site/assets")
    assert found["logo.svg"] == city / "site" / "assets" / "logo.svg"
    assert found["style/tokens.css"] == ROOT / "site" / "assets" / "style" / "tokens.css"


def test_a_dataset_that_the_program_declares_needs_a_table(city: Path) -> None:
    found = load_catalog(city)
    assert {"municipalities", "desks", "desk_texts", "quality", "changes"} <= set(found)
    assert not {"projects", "spending", "operations_2014_2020", "rent_bands"} & set(found)
    for dataset in found.values():
        targets = {key["reference"]["resource"] for key in dataset.schema.get("foreignKeys", [])}
        assert targets <= {"", *found}, f"{dataset.name} points to a table that is not there"


def test_a_table_that_a_dataset_is_made_from_takes_that_with_it(city: Path) -> None:
    (city / "datasets" / "source" / "municipalities.csv").unlink()
    assert "desks" not in load_catalog(city), "its recipe reads the municipalities"


def test_a_dataset_of_the_city_alone_is_never_left_out(city: Path) -> None:
    shutil.copy(ROOT / "datasets" / "rent_bands.toml", city / "datasets")
    assert "rent_bands" in load_catalog(city), "what the city declares itself and has no table for is an error later"
    shutil.copy(ROOT / "datasets" / "rent_rooms.toml", city / "datasets" / "parking.toml")
    with pytest.raises(DeclarationError, match=r"schemas/parking\.json is missing"):
        load_catalog(city)


def test_words_of_the_city_go_before_those_of_the_program(tmp_path: Path) -> None:
    own = tmp_path / "en" / "LC_MESSAGES"
    own.mkdir(parents=True)
    (own / "own.po").write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
                                'msgid "Sportelli per la casa"\nmsgstr "Our desks"\n', "utf-8")
    english = Language("en", "en_GB", [tmp_path, ROOT / "site" / "locale"], {})
    alone = Language("en", "en_GB", [ROOT / "site" / "locale"], {})
    assert english.gettext("Sportelli per la casa") == "Our desks" != alone.gettext("Sportelli per la casa")
    assert english.gettext("Progetti") == alone.gettext("Progetti") == "Projects"


def test_the_receipt_names_the_program_that_stands_elsewhere(city: Path) -> None:
    found = inputs(city)
    program = [name for name in found if name.startswith(f"{COMMAND}==")]
    assert len(program) == 1
    assert "datasets/source/desks.csv" in found
    assert not [name for name in found if name.startswith(("etl/", "schemas/"))]
    assert not [name for name in inputs(ROOT) if name.startswith(f"{COMMAND}==")]


def test_a_wheel_carries_every_package() -> None:
    about = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]
    folders = {path.parent.relative_to(ROOT).as_posix().replace("/", ".") for path in ROOT.glob("etl/**/__init__.py")}
    assert set(about["packages"]) == folders | {"etl.program"}, "write the new folder into `packages` of pyproject.toml"
    carried = {path for package, patterns in about["package-data"].items() for pattern in patterns
               for path in ROOT.joinpath(*package.split(".")).glob(pattern)}
    data = {path for path in ROOT.glob("etl/**/*") if path.is_file() and path.suffix not in (".py", ".pyc")}
    assert data <= carried, "write the new file into package-data of pyproject.toml"
    beside = {path for pattern in about["package-data"]["etl.program"] for path in ROOT.glob(pattern)}
    assert set((ROOT / "site" / "assets").rglob("*.*")) <= beside, "a city would have no stylesheet"
