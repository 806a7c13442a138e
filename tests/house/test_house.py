"""The rules of the house, read off the files: floors, rooms, sizes, nothing forgotten, nothing that does not belong."""

from __future__ import annotations

import ast
import json
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import pytest
from support.code import FLOORS, house_imports, imports, python_files, relative, tree
from support.repository import ROOT

from etl.meta.catalog import MADE_BY_THE_PROGRAM

FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
ENTRIES = 14
RECIPES_MAY_IMPORT = {"pandas", "etl.domain.bodies", "etl.domain.codes", "etl.domain.doubts", "etl.domain.inference",
                      "etl.domain.operations", "etl.domain.sums", *sys.stdlib_module_names}
# Third parties (and sockets) stand in one room each.
ONLY_IN = {
    "great_expectations": ("etl/checks/",),
    "frictionless": ("etl/checks/",),
    "duckdb": ("etl/checks/", "etl/commands/query.py", "etl/national/embedded.py"),
    "pyspark": ("etl/national/distributed.py",),
    "tinycss2": ("etl/web/stylesheet.py", "etl/web/charts/inks.py"),
    "fontTools": ("etl/web/theme.py", "etl/web/charts/letters.py"),
    "mkdocs": ("etl/web/mkdocs.py", "etl/web/rendering.py"),
    "socket": ("etl/sources/",),
    "urllib.request": ("etl/sources/",),
    "http.client": ("etl/sources/",),
    "requests": ("etl/sources/",),
    "urllib3": ("etl/sources/",),
    "ssl": ("etl/sources/",),
    "openpyxl": ("etl/spreadsheets/",),
    "python_calamine": ("etl/spreadsheets/read/",),
    "stdnum": ("etl/checks/identifiers.py",),
    "holidays": ("etl/domain/hours/",),
    "pyarrow": ("etl/domain/map.py", "etl/exports/parquet.py", "etl/releases/opened.py", "etl/runtime/by_column.py"),
    "xlsxwriter": ("etl/exports/xlsx.py", "etl/exports/sheet_rows.py", "etl/spreadsheets/"),
    "sqlite3": ("etl/exports/sqlite.py", "etl/releases/opened.py"),
    "rdflib": ("etl/exports/rdf/",),
    "shapely": ("etl/domain/map.py",),
    "icalendar": ("etl/web/calendars.py", "etl/web/desk_files.py"),
    "segno": ("etl/web/codes.py",),
    "typst": ("etl/web/typesetting.py",),
}
LINES = {
    "etl/recipes/*.py": 40, "etl/**/*.py": 250, "site/**/*.py": 250, "tests/**/*.py": 250, "site/theme/**/*.html": 120,
}
TEMPLATES, WIDTH = ("layout", "services", "desks", "data", "trust", "money", "charts"), 160
"""Folders of site/theme, and the most characters of a line in them."""
FUNCTION_LINES = 40
DOCS = ("README.md", "CONTRIBUTING.md")
# Written in pieces, so that this file does not hold what it forbids.
HOSTS = [".".join(words) for words in (
    ("pypi", "org"), ("pythonhosted", "org"), ("registry", "npmjs"), ("deb", "debian"), ("proxy", "golang"),
)]
FORBIDDEN = re.compile("|".join([*map(re.escape, HOSTS), r"(?<![\w.:/*-])/(?:root|work|home|Users)/\w"]))


def test_imports_go_down() -> None:
    climbing = []
    for path in sorted(ROOT.glob("etl/**/*.py")):
        room = path.relative_to(ROOT / "etl").with_suffix("").parts[0]
        if room == "__init__":
            assert not list(house_imports(path)), "etl/__init__.py imports nothing"
            continue
        assert room in FLOOR, f"{relative(path)} stands on no floor: add it to FLOORS in tests/house/test_house.py"
        for line, other in house_imports(path):
            if other != room and FLOOR[other] >= FLOOR[room]:
                climbing.append(f"{relative(path)}:{line} imports etl.{other}, which is not on a lower floor")
    assert climbing == []


def test_recipes_import_what_is_true_of_the_field_and_pandas_only() -> None:
    strange = [
        f"{relative(path)}:{line}: {name}"
        for path in ROOT.glob("etl/recipes/*.py")
        for line, name in imports(path)
        if not any(name == allowed or name.startswith(f"{allowed}.") for allowed in RECIPES_MAY_IMPORT)
        and name not in ("etl", "etl.domain", "__future__")
    ]
    assert strange == []


def test_the_house_shows_itself() -> None:
    entries = {path.name for path in (ROOT / "etl").iterdir()} - {"__pycache__"}
    assert len(entries) <= ENTRIES
    assert {name for name in entries if name.endswith(".py")} == {"__init__.py", "__main__.py"}
    assert {path.name for path in ROOT.glob("site/**/*.py")} == {"hooks.py"}
    assert len((ROOT / "site" / "hooks.py").read_text("utf-8").splitlines()) <= 15


@pytest.mark.parametrize("package", ONLY_IN)
def test_third_parties_live_in_one_room(package: str) -> None:
    strangers = [
        f"{relative(path)}:{line}"
        for path in python_files()
        if not relative(path).startswith("tests/")
        for line, name in imports(path)
        if (name == package or name.startswith(f"{package}.")) and not relative(path).startswith(ONLY_IN[package])
    ]
    assert strangers == [], f"{package} belongs in {ONLY_IN[package]}"


@pytest.mark.parametrize("pattern", LINES)
def test_files_are_short(pattern: str) -> None:
    sizes = {relative(path): len(path.read_text("utf-8").splitlines())
             for path in ROOT.glob(pattern) if path.is_file() and "node_modules" not in path.parts}
    assert sizes or pattern.startswith("etl/recipes"), f"{pattern} matches no file"
    assert {name: size for name, size in sizes.items() if size > LINES[pattern]} == {}


@pytest.mark.parametrize("folder", TEMPLATES)
def test_lines_of_templates_fit_beside_each_other(folder: str) -> None:
    found = [path for path in (ROOT / "site" / "theme" / folder).iterdir() if path.suffix != ".svg"]
    wide = {f"{relative(path)}:{number}": len(line) for path in found
            for number, line in enumerate(path.read_text("utf-8").splitlines(), 1) if len(line) > WIDTH}
    assert found
    assert wide == {}


def test_functions_are_short() -> None:
    long = [
        f"{relative(path)}:{node.lineno} {node.name}"
        for path in python_files()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > FUNCTION_LINES
    ]
    assert long == []


def names(pattern: str) -> set[str]:
    return {path.stem for path in ROOT.glob(pattern)} - {"__init__"}


def test_every_dataset_has_its_files_and_every_file_its_dataset() -> None:
    declared = names("datasets/*.toml")
    assert declared
    derived = {name for name in declared
               if tomllib.loads((ROOT / f"datasets/{name}.toml").read_text("utf-8"))["source"]["kind"] == "derived"}
    assert names("schemas/*.json") == declared
    assert names("datasets/source/*.csv") == declared - derived
    schemas = {name: json.loads((ROOT / f"schemas/{name}.json").read_text("utf-8")) for name in declared}
    computed = {name for name in declared
                if any(field.get("computed") and not field.get("rule") for field in schemas[name]["fields"])}
    # What the checks found and when the sources were read: the program itself writes it.
    assert names("etl/recipes/*.py") >= (derived | computed) - MADE_BY_THE_PROGRAM
    assert names("etl/recipes/*.py") <= declared
    # The lists of operations are there under headings in words as well.
    assert {name for name in names("datasets/release/*.csv") if "." not in name} == declared


def code_lines(document: str) -> list[str]:
    """Every line of code in a Markdown file: fenced, indented by four, or between single backticks."""
    text = (ROOT / document).read_text("utf-8")
    fenced = [line for block in re.findall(r"^```.*?\n(.*?)^```", text, re.S | re.M) for line in block.splitlines()]
    return [*fenced, *re.findall(r"^ {4}(\S.*)$", text, re.M), *re.findall(r"(?<!`)`([^`\n]+)`(?!`)", text)]


@pytest.mark.parametrize("document", DOCS)
def test_every_command_in_the_documents_exists(document: str) -> None:
    from etl.commands import main

    context = click.Context(main)

    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    for line in code_lines(document):
        words = shlex.split(line.strip().removeprefix("$ ").removeprefix(".venv/bin/"), comments=True)
        if words[:1] == ["make"] and len(words) > 1:
            assert words[1] in targets, f"{document}: `{line}`: the Makefile has no {words[1]}"
        if words[:1] == ["abitare"] and len(words) > 1 and not words[1].startswith("-"):
            command = main.get_command(context, words[1])
            assert command, f"{document}: `{line}`: there is no such command"
            known = {option for item in command.params for option in item.opts} | {"--help"}
            unknown = {word.split("=")[0].strip("[]") for word in words[2:] if word.startswith(("--", "[--"))} - known
            assert not unknown, f"{document}: `{line}`: unknown {unknown}"


def tracked_files() -> list[Path]:
    """What git holds or would hold; the release and the sources are facts from outside, with their addresses."""
    run = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                         cwd=ROOT, capture_output=True, text=True, check=True)
    return [path for name in run.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def test_no_file_names_a_registry_or_a_folder_of_one_machine() -> None:
    found = []
    for path in tracked_files():
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue  # fonts and images
        found += [f"{relative(path)}: {match.group()}" for match in FORBIDDEN.finditer(text)]
    assert found == []


@pytest.mark.parametrize("name", ["site.txt", "test.txt"])
def test_every_locked_package_has_hashes_and_no_address(name: str) -> None:
    text = (ROOT / "requirements" / name).read_text("utf-8")
    blocks = re.split(r"\n(?=\S)", text.strip())
    assert len(blocks) > 20
    assert [block for block in blocks if "==" not in block or "--hash=sha256:" not in block] == []
    assert "://" not in text
    assert not re.search(r"--(extra-)?index-url|--find-links", text)


def test_everything_locked_for_the_site_is_locked_alike_for_the_tests() -> None:
    site, test = ((ROOT / "requirements" / name).read_text("utf-8") for name in ("site.txt", "test.txt"))
    pins = re.compile(r"^([\w.-]+==\S+)", re.M)
    assert set(pins.findall(site)) <= set(pins.findall(test))


def test_the_node_tools_are_locked_with_hashes_and_without_addresses() -> None:
    lock = json.loads((ROOT / "tests/tools/package-lock.json").read_text("utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert packages
    assert all(entry["integrity"].startswith("sha512-") and "resolved" not in entry for entry in packages.values())
