"""Which version comes next, what is refused, and that the releases of the past stay as they were."""

from __future__ import annotations

import copy
import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.repository import ROOT

from etl.commands.check import check
from etl.meta.errors import DeclarationError
from etl.releases import archive as past
from etl.releases.forget import ALWAYS, Forgotten
from etl.releases.gate import gate
from etl.releases.printed import with_history
from etl.releases.versions import MAJOR, MINOR, PATCH, next_version, rank_between, schema_changes, transition
from etl.runtime.files import write_if_changed

HERE = Path(__file__).parents[1]
FIELD = {"name": "a", "type": "string", "constraints": {"enum": ["x", "y"]}}


def resources(*fields: dict[str, Any], key: str = "a", name: str = "t") -> list[dict[str, Any]]:
    return [{"name": name, "schema": {"fields": list(fields), "primaryKey": [key]}}]


OTHER = {"name": "b", "type": "number", "kind": "money"}


@pytest.mark.parametrize(
    ("after", "rank", "words"),
    [
        (resources(FIELD, OTHER, {"name": "c", "type": "string"}), MINOR, "a new column c"),
        (resources(FIELD), MAJOR, "column b is gone"),
        (resources(FIELD, OTHER | {"name": "c", "renamed_from": "b"}), MAJOR, "column b is now c"),
        (resources(FIELD, OTHER | {"type": "string"}), MAJOR, "column b: type was number, is string"),
        (resources(FIELD, OTHER | {"kind": "share"}), MAJOR, "column b: kind was money, is share"),
        (resources(FIELD, OTHER, key="b"), MAJOR, "the key is now b"),
        (resources(FIELD | {"constraints": {"enum": ["x"]}}, OTHER), MAJOR, "column a: y is no longer allowed"),
        (resources(FIELD | {"constraints": {"enum": ["x", "y", "z"]}}, OTHER), MINOR, "column a: z is allowed now"),
        (resources(FIELD, OTHER) + resources(FIELD, name="u"), MINOR, "a new table"),
        ([], MAJOR, "the table is gone"),
    ],
)
def test_what_changed_in_a_schema_has_its_rank(after: list[dict[str, Any]], rank: int, words: str) -> None:
    found = schema_changes(resources(FIELD, OTHER), after)
    assert [item[0] for item in found] == [rank]
    assert words in found[0][1]


def test_other_words_are_no_change() -> None:
    assert schema_changes(resources(FIELD, OTHER), resources(FIELD | {"description": "new"}, OTHER)) == []


@pytest.mark.parametrize(("rank", "version"), [(PATCH, "1.2.4"), (MINOR, "1.3.0"), (MAJOR, "2.0.0")])
def test_each_rank_moves_its_number(rank: int, version: str) -> None:
    assert next_version("1.2.3", rank) == version
    assert rank_between("1.2.3", version) == rank


def step(
    previous: dict[str, Any], after: list[dict[str, Any]], day: str, declared: str, *reasoned: str
) -> tuple[str, str, str]:
    reasons = [{"version": version, "it": "perché", "en": "why"} for version in reasoned]
    return transition(previous, after, day, {"version": declared, "reasons": reasons}, after != previous["resources"])


BEFORE = {"version": "1.2.3", "created": "D1", "replaces": "1.2.2", "resources": resources(FIELD, OTHER)}
WIDER = resources(FIELD, OTHER, {"name": "c", "type": "string"})
VALUES = [resources(FIELD, OTHER)[0] | {"hash": "other"}]


def test_a_first_release_has_the_declared_version() -> None:
    assert transition(None, [], "D1", {"version": "1.0"}, True) == ("1.0.0", "D1", "")


def test_nothing_new_is_no_new_version() -> None:
    assert step(BEFORE, BEFORE["resources"], "D2", "1.2") == ("1.2.3", "D1", "1.2.2")


def test_versions_follow_what_changed() -> None:
    assert step(BEFORE, VALUES, "D2", "1.2") == ("1.2.4", "D2", "1.2.3")
    assert step(BEFORE, WIDER, "D2", "1.3") == ("1.3.0", "D2", "1.2.3")
    assert step(BEFORE, resources(FIELD), "D2", "2.0") == ("2.0.0", "D2", "1.2.3")


def test_all_changes_of_a_day_are_one_release() -> None:
    assert step(BEFORE, VALUES, "D1", "1.2") == ("1.2.3", "D1", "1.2.2")
    assert step(BEFORE, WIDER, "D1", "1.3") == ("1.3.0", "D1", "1.2.2")
    wider = BEFORE | {"version": "1.3.0", "resources": WIDER}
    assert step(wider, [WIDER[0] | {"hash": "other"}], "D1", "1.3") == ("1.3.0", "D1", "1.2.2")


def test_a_release_is_never_dated_before_the_one_that_it_follows() -> None:
    before = BEFORE | {"created": "2027-03-01T00:00:00Z"}
    with pytest.raises(DeclarationError, match=r"^2020-01-01: prima dell'ultima release, 1.2.3 del 2027-03-01.*clock"):
        step(before, VALUES, "2020-01-01T00:00:00Z", "1.2")
    assert step(before, BEFORE["resources"], "2020-01-01T00:00:00Z", "1.2")[0] == "1.2.3"
    assert step(before, VALUES, "2027-03-02T00:00:00Z", "1.2")[0] == "1.2.4"


@pytest.mark.parametrize(
    ("after", "declared", "right"),
    [(WIDER, "1.2", "1.3"), (resources(FIELD), "1.3", "2.0"), (VALUES, "1.5", "1.2"), (WIDER, "1.1", "1.3")],
)
def test_a_declared_version_that_disagrees_is_refused(
    after: list[dict[str, Any]], declared: str, right: str
) -> None:
    with pytest.raises(DeclarationError, match=f'Write version = "{right}"'):
        step(BEFORE, after, "D2", declared)


def test_people_may_declare_a_larger_step_for_a_change_of_meaning() -> None:
    assert step(BEFORE, VALUES, "D2", "2.0", "2.0") == ("2.0.0", "D2", "1.2.3")
    assert step(BEFORE, BEFORE["resources"], "D2", "1.3", "1.3") == ("1.3.0", "D2", "1.2.3")


class City:
    """A miniature repository that publishes day after day."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def publish(self, day: int) -> dict[str, bytes]:
        """What the site publishes of the past; the repository is brought up to date."""
        draft = check(self.root, date(2026, 12, day))
        gate(draft.findings)
        release = with_history(draft, self.root / "datasets" / "release")
        kept, published = past.releases(self.root, release)
        write_if_changed(self.root / "datasets" / "versions", kept)
        write_if_changed(self.root / "datasets" / "release", release.files)
        return published

    def edit(self, path: str, old: str, new: str) -> None:
        text = (self.root / path).read_text("utf-8")
        assert old in text
        (self.root / path).write_text(text.replace(old, new, 1), "utf-8")


@pytest.fixture
def city(tmp_path: Path) -> City:
    return City(Path(shutil.copytree(HERE / "tiny", tmp_path / "tiny", ignore=shutil.ignore_patterns("__pycache__"))))


@pytest.mark.slow
def test_releases_stay_as_they_were(city: City) -> None:
    first = city.publish(1)
    assert {path for path in first if "/0.1.0/" in path} >= {"releases/0.1.0/rooms.csv"}
    city.edit("datasets/source/rooms.csv", ",20,", ",21,")
    second = city.publish(2)
    for path in (path for path in first if "/0.1.0/" in path):
        assert second[path] == first[path], path
    assert b",21," in second["releases/0.1.1/rooms.csv"]
    index = json.loads(second["releases/index.json"])
    assert [(line["version"], line["kept"], line["replaces"]) for line in index] == [
        ("0.1.1", True, "0.1.0"), ("0.1.0", True, "")]
    assert city.publish(3) == second


@pytest.mark.slow
def test_a_new_column_asks_for_a_new_version_and_a_renamed_one_is_in_the_crosswalk(city: City) -> None:
    city.publish(1)
    schema = json.loads((city.root / "schemas/rooms.json").read_text("utf-8"))
    field = next(item for item in schema["fields"] if item["name"] == "seats")
    (city.root / "schemas/rooms.json").write_text(json.dumps(
        schema | {"fields": [*schema["fields"], copy.deepcopy(field) | {"name": "desks"}]}), "utf-8")
    source = city.root / "datasets/source/rooms.csv"
    lines = source.read_text("utf-8").splitlines()
    source.write_text("\n".join([f"{lines[0]},desks", *(f"{line}," for line in lines[1:])]) + "\n", "utf-8")
    with pytest.raises(DeclarationError, match=r'a new column desks.*Write version = "0.2"'):
        city.publish(2)
    about = city.root / "release.toml"
    about.write_text('version = "0.2"\n' + about.read_text("utf-8"), "utf-8")
    assert "releases/0.2.0/rooms.csv" in city.publish(2)


def test_the_crosswalk_names_both_columns() -> None:
    from types import SimpleNamespace

    columns = ["release_date", "dataset", "key", "field", "kind", "before", "after", "correction_id"]
    rows = [["2026-12-02", "desks", "", "phones", "column_renamed", "phone", "phones", ""],
            ["2026-12-02", "desks", "a", "name", "changed", "x", "y", ""]]
    draft: Any = SimpleNamespace(tables={"changes": SimpleNamespace(rows=rows)},
                                 datasets={"changes": SimpleNamespace(columns=columns)})
    assert past.crosswalk(draft) == b"release_date,dataset,before,after\n2026-12-02,desks,phone,phones\n"


@pytest.mark.slow
def test_the_oldest_go_when_there_is_no_room_and_the_list_still_names_them(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    city.publish(1)
    size = sum(path.stat().st_size for path in (city.root / "datasets/release").glob("*.csv"))
    size += (city.root / "datasets/release/datapackage.json").stat().st_size
    whole = past.within_budget
    monkeypatch.setattr(past, "within_budget", lambda packages: whole(packages, round(size * 1.5)))
    published = {}
    for day, seats in ((2, 21), (3, 22), (4, 23)):
        city.edit("datasets/source/rooms.csv", f",{seats - 1},", f",{seats},")
        published = city.publish(day)
    index = json.loads(published["releases/index.json"])
    assert [(line["version"], line["kept"]) for line in index] == [
        ("0.1.3", True), ("0.1.2", True), ("0.1.1", False), ("0.1.0", False)]
    assert not [path for path in published if "/0.1.0/" in path or "/0.1.1/" in path]
    assert not (city.root / "datasets/versions/0.1.0").exists() or not any(
        (city.root / "datasets/versions/0.1.0").iterdir())


@pytest.mark.slow
def test_a_row_that_must_be_forgotten_leaves_every_release(city: City) -> None:
    city.publish(1)
    files = past.read(city.root / "datasets/release")
    left = past.without(files, Forgotten({("rooms", key, ""): ALWAYS for key in ("sala-blu", "nobody")}))
    assert b"sala-blu" in files["rooms.csv"]
    assert b"sala-blu," not in left["rooms.csv"]
    item = next(item for item in json.loads(left["datapackage.json"])["resources"] if item["name"] == "rooms")
    assert (item["erased"], item["bytes"]) == (1, len(left["rooms.csv"]))
    assert past.without(files, Forgotten({("rooms", "nobody", ""): ALWAYS})) is files


def test_the_site_serves_every_release_that_it_lists(built_site: Path) -> None:
    folder = built_site / "dati" / "releases"
    index = json.loads((folder / "index.json").read_text("utf-8"))
    package = json.loads((built_site / "dati" / "datapackage.json").read_text("utf-8"))
    assert index[0]["version"] == package["version"]
    for line in index:
        if line["kept"]:
            assert (folder / line["version"] / "index.html").is_file()
            assert (built_site / "en/data/releases" / line["version"] / "index.html").is_file()
            for table in line["tables"]:
                assert (folder / line["version"] / table["path"]).stat().st_size == table["bytes"]
    for item in package["resources"]:
        now = (built_site / "dati" / item["path"]).read_bytes()
        assert (folder / package["version"] / item["path"]).read_bytes() == now
    assert (folder / "crosswalk.csv").read_text("utf-8").startswith("release_date,dataset,before,after\n")
    total = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    assert total < 2 * past.BUDGET


def test_the_declared_version_is_that_of_the_release() -> None:
    import tomllib

    declared = tomllib.loads((ROOT / "release.toml").read_text("utf-8"))["version"]
    package = json.loads((ROOT / "datasets/release/datapackage.json").read_text("utf-8"))
    assert package["version"].rpartition(".")[0] == declared
