"""Declarations -> Dataset. A declaration that does not hold together is refused with the file to mend."""

from __future__ import annotations

import importlib.util
import inspect
import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any

from etl.meta import places
from etl.meta.city import City, load_city, merged, settled
from etl.meta.errors import DeclarationError
from etl.meta.model import LANGUAGES, Dataset, natural_key
from etl.meta.schemas import read_schema

WORDS = ("title", "description", "row")
THEMES: Mapping[str, str] = tomllib.loads(Path(__file__).with_name("themes.toml").read_text("utf-8"))
"""Theme -> its words in Italian. http://publications.europa.eu/resource/authority/data-theme"""
FREQUENCIES = frozenset(
    "DAILY WEEKLY BIWEEKLY MONTHLY BIMONTHLY QUARTERLY ANNUAL_3 ANNUAL_2 ANNUAL IRREG UPDATE_CONT NEVER "
    "UNKNOWN OTHER".split()
)  # http://publications.europa.eu/resource/authority/frequency
ABOUT_KEYS = frozenset(
    "theme frequency licence publisher keywords title description row source rows freshness expectations "
    "privacy holidays permanent headings".split()
)

MADE_BY_THE_PROGRAM = frozenset({"quality", "sources", "changes"})
"""What a run found, when it read which source, and what differs from the release before."""
MERGES = frozenset({"update", "observe", "replace", "propose"})
MAY_BE_ALLOWED = frozenset({"email", "mobile", "name"})
FETCH_NEEDS = {"hosts": list, "rows": list, "because": dict}


def load_catalog(root: Path) -> dict[str, Dataset]:
    """All datasets of a repository by name, each after the datasets that it is made from.

    root: the folder that holds datasets/, schemas/ and etl/recipes/, or stands before those of the program (see
    meta/places.py). Raises DeclarationError with the file to mend.
    """
    names = sorted(Path(name).stem for name in places.listed(root, "datasets", "*.toml"))
    if not names or not (root / "datasets").is_dir():
        raise DeclarationError(f"{root / 'datasets'}: no declaration found; a dataset needs datasets/NAME.toml")
    city = load_city(root)
    strange = sorted(set(city.get("datasets") or {}) - set(names))
    if strange:
        raise DeclarationError(f"{root / 'city.toml'}: [datasets.{strange[0]}]: there is no datasets/{strange[0]}.toml")
    datasets = at_home(root, {name: load_dataset(root, name, city) for name in names})
    for dataset in datasets.values():
        check_references(dataset, datasets)
    return {name: datasets[name] for name in dependency_order(datasets)}


def at_home(root: Path, datasets: Mapping[str, Dataset]) -> dict[str, Dataset]:
    """The datasets that a city has: of those that the program declares, the ones whose source tables are there."""
    if places.is_whole(root):
        return dict(datasets)
    own = root / "datasets"
    lent = {name for name in datasets if not (own / f"{name}.toml").exists()}
    absent = {name for name in lent if not datasets[name].derived and not (own / "source" / f"{name}.csv").exists()}
    while made := {name for name in lent - absent if absent.intersection(needed(datasets[name]))}:
        absent |= made
    kept = {name: dataset for name, dataset in datasets.items() if name not in absent}
    return {name: without_keys(dataset, absent) for name, dataset in kept.items()}


def needed(dataset: Dataset) -> tuple[str, ...]:
    """The inputs that a dataset cannot be made without: its recipe has no default for them."""
    return dataset.inputs[: len(dataset.inputs) - len(getattr(dataset.recipe, "__defaults__", None) or ())]


def without_keys(dataset: Dataset, absent: set[str]) -> Dataset:
    """A dataset that is made without the absent ones, and whose columns point to none of them."""
    keys = [key for key in dataset.schema.get("foreignKeys", []) if key["reference"]["resource"] not in absent]
    inputs = tuple(name for name in dataset.inputs if name not in absent)
    schema = {key: value for key, value in dataset.schema.items() if key != "foreignKeys"}
    # Data Package 2.0 has no empty list of references.
    schema |= {"foreignKeys": keys} if keys else {}
    return replace(dataset, schema=schema, inputs=inputs) if absent else dataset


def load_about(root: Path) -> dict[str, Any]:
    """release.toml: name, title and description of the release as a whole."""
    about = read_toml(root / "release.toml")
    if not re.fullmatch(r"[a-z0-9._-]+", str(about.get("name", ""))):
        raise DeclarationError(f"{root / 'release.toml'}: name must be lower-case, such as torino-casa")
    if not re.fullmatch(r"(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)", str(about.get("version", "0.1"))):
        raise DeclarationError(f'{root / "release.toml"}: version is MAJOR.MINOR, such as version = "1.0"')
    if not isinstance(about.get("every_days", 1), int):
        raise DeclarationError(f"{root / 'release.toml'}: every_days is a number of days, such as 1")
    for key in ("title", "description"):
        require_words(root / "release.toml", about, key)
    return about


def read_toml(path: Path) -> dict[str, Any]:
    """A TOML file of this repository; an unreadable one is refused by name."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise DeclarationError(f"{path}: not valid TOML: {error}") from error


def load_dataset(root: Path, name: str, city: City) -> Dataset:
    """Join the schema, the declaration and the recipe of one name, with the settings of the city in them."""
    path = places.find(root, f"datasets/{name}.toml")
    about = read_declaration(path, city)
    schema = read_schema(places.find(root, f"schemas/{name}.json"), city)
    check_privacy(path, about.get("privacy"), schema)
    if "fetch" in about["source"]:
        check_fetch(path, about["source"]["fetch"], schema)
    recipe, inputs = load_recipe(places.recipes(root) / f"{name}.py", name)
    derived = about["source"]["kind"] == "derived"
    computed = any(f.get("computed") and not f.get("rule") for f in schema["fields"])
    if (derived or computed) and recipe is None and name not in MADE_BY_THE_PROGRAM:
        raise DeclarationError(f"etl/recipes/{name}.py is missing: {name} has columns that no source table holds")
    if not derived and recipe is not None and name not in inputs:
        raise DeclarationError(f"etl/recipes/{name}.py: recipe() must take its own source table `{name}`")
    return Dataset(name, schema, about, recipe, inputs or (() if derived else (name,)))


def read_declaration(path: Path, city: City) -> dict[str, Any]:
    """One datasets/NAME.toml with what the city adds to it, its keys and closed values checked."""
    about = settled(city, merged(read_toml(path), city.get(f"datasets.{path.stem}") or {}))
    unknown = sorted(set(about) - ABOUT_KEYS)
    if unknown:
        raise DeclarationError(f"{path}: unknown key `{unknown[0]}`; known keys: {', '.join(sorted(ABOUT_KEYS))}")
    for key in WORDS:
        require_words(path, about, key)
    for key, allowed in (("theme", THEMES), ("frequency", FREQUENCIES)):
        values = about.get(key) or []
        for value in [values] if isinstance(values, str) else values or [""]:
            if value not in allowed:
                raise DeclarationError(f"{path}: {key} `{value}` is not one of {', '.join(sorted(allowed))}")
    if about.get("source", {}).get("kind") not in ("table", "derived"):
        raise DeclarationError(f'{path}: [source] needs kind = "table" or kind = "derived"')
    for block in [about.get("rows"), about.get("freshness"), *about.get("expectations", [])]:
        if block is not None:
            require_words(path, block, "because")
    if not all(isinstance(rule.get("type"), str) and isinstance(rule.get("args"), dict)
               for rule in about.get("expectations", [])):
        raise DeclarationError(f"{path}: [[expectations]] needs type and args; other files in datasets/ show them")
    return about


def check_fetch(path: Path, fetch: Mapping[str, Any], schema: Mapping[str, Any]) -> None:
    """Refuse a [source.fetch] that cannot be followed: who reads it, where, how it goes into which columns."""
    if fetch.get("merge") not in MERGES:
        raise DeclarationError(f"{path}: [source.fetch] merge must be one of {', '.join(sorted(MERGES))}")
    for key, kind in FETCH_NEEDS.items():
        if not isinstance(fetch.get(key), kind) or not fetch[key]:
            raise DeclarationError(f"{path}: [source.fetch] needs `{key}`; docs/sources.md shows an example")
    require_words(path, fetch, "because")
    if not fetch.get("address") and not fetch.get("addresses_from"):
        raise DeclarationError(f"{path}: [source.fetch] needs `address`, or `addresses_from` = a column of the table")
    if not 0 <= int(fetch.get("least_percent", 0)) <= 100:
        raise DeclarationError(f"{path}: [source.fetch] least_percent must be a number from 0 to 100")
    columns = [column["name"] for column in schema["fields"] if not column.get("computed")]
    for block in fetch["rows"]:
        strange = sorted(set(block) - {*columns, "where"})
        missing = [name for name in natural_key(schema) if name not in block]
        if strange or missing:
            raise DeclarationError(
                f"{path}: [[source.fetch.rows]] "
                + (f"names `{strange[0]}`, not a column" if strange else f"must fill the key column `{missing[0]}`")
            )


def check_privacy(path: Path, block: Mapping[str, Any] | None, schema: Mapping[str, Any]) -> None:
    """Refuse a [privacy] that allows what may never be published, or speaks of columns that are not there."""
    if block is None:
        return
    require_words(path, block, "because")
    columns = {column["name"] for column in schema["fields"]}
    if strange := set(block) - {"allow", "because"}:
        raise DeclarationError(f"{path}: [privacy] has `{sorted(strange)[0]}`: it says `allow` and `because`")
    for name in block.get("allow", {}):
        if name not in columns:
            raise DeclarationError(f"{path}: [privacy] names `{name}`, not a column")
    for name, kinds in block.get("allow", {}).items():
        if not set(kinds) <= MAY_BE_ALLOWED:
            raise DeclarationError(f"{path}: [privacy] allow {name}: only {', '.join(sorted(MAY_BE_ALLOWED))}")


def require_words(path: Path, block: Mapping[str, Any], key: str) -> None:
    """Refuse a block whose `key` is not said in every language."""
    missing = [lang for lang in LANGUAGES if not block.get(key, {}).get(lang)]
    if missing:
        raise DeclarationError(
            f"{path}: `{key}` has no text in {', '.join(missing)}; write {key} = {{ it = …, en = … }}"
        )


def load_recipe(path: Path, name: str) -> tuple[Any, tuple[str, ...]]:
    """The function `recipe` of one file and the datasets that its parameters name; (None, ()) without a file."""
    if not path.exists():
        return None, ()
    spec = importlib.util.spec_from_file_location(f"etl.recipes.{name}", path)
    if spec is None or spec.loader is None:
        raise DeclarationError(f"{path}: cannot be imported")
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise DeclarationError(f"{path}: cannot be imported ({type(error).__name__}: {error})") from error
    if not callable(getattr(module, "recipe", None)):
        raise DeclarationError(f"{path}: must define recipe(…), whose parameter names are its inputs")
    return module.recipe, tuple(inspect.signature(module.recipe).parameters)


def check_references(dataset: Dataset, datasets: Mapping[str, Dataset]) -> None:
    """Every input of a recipe and every foreign key must name a dataset of this catalogue."""
    for name in dataset.inputs:
        if name not in datasets:
            raise DeclarationError(f"etl/recipes/{dataset.name}.py: input `{name}` is not a dataset")
    for key in dataset.schema.get("foreignKeys", []):
        target = key["reference"]["resource"]
        if target and target not in datasets:
            raise DeclarationError(f"schemas/{dataset.name}.json: foreign key names `{target}`, not a dataset")


def dependency_order(datasets: Mapping[str, Dataset]) -> list[str]:
    """Names in an order in which each recipe finds its inputs ready."""
    graph = {name: sorted(set(d.inputs) - {name}) for name, d in sorted(datasets.items())}
    try:
        return list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        raise DeclarationError(f"recipes need each other in a circle: {' -> '.join(error.args[1])}") from error
