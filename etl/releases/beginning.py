"""The beginning of a city: its settings, texts and tables, with one example row each, and the program that it takes.

What a city begins with stands in skeleton/: `city` for every one, `clone` for a clone of the program, `repository` for
a repository that takes the program as a dependency.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from importlib.metadata import distribution
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from etl.meta import places
from etl.meta.catalog import load_catalog
from etl.meta.errors import PublishError
from etl.meta.view import digest
from etl.runtime.files import write_whole
from etl.runtime.source_tables import Rows, example_row, table_bytes

SKELETON = places.PROGRAM / "skeleton"
FORGOTTEN = ("datasets/source", "datasets/release", "datasets/versions", "site/content", "tests/place")
"""Folders of a clone that hold nothing but its city."""
PICTURES = ("docs/home.png", "docs/three-choices.png")
RUNS = (".github/scripts/*.*", ".github/workflows/*.yml")
"""What CI needs of a city."""
INBOX = "datasets/inbox/README.md"
ORGANISATIONS, SOURCES = "organisations", "source_documents"
CITY_BLOCK, END_OF_CITY = "<!-- city -->\n", "<!-- /city -->\n"
NOT_IN_A_WHEEL = shutil.ignore_patterns(
    ".*", "build", "*.egg-info", "__pycache__", "node_modules", "tests", "docs", "source", "release", "versions",
)


def empty_clone(root: Path, about: Mapping[str, Any]) -> None:
    """Take a city out of a clone, and leave the beginning of another. about: what the texts of skeleton/ name."""
    for name in FORGOTTEN:
        shutil.rmtree(root / name, ignore_errors=True)
    for path in [*(root / name for name in PICTURES), *(root / "datasets" / "inbox").glob("*")]:
        if path.name != Path(INBOX).name:
            path.unlink(missing_ok=True)
    kept = {name: (root / name).read_text("utf-8") for name in ("mkdocs.yml", "README.md")}
    for part in ("city", "clone"):
        write_texts(part, root, about)
    # How the site is built stays in mkdocs.yml, and what the program does in README.
    built = kept["mkdocs.yml"].partition("extra:")[0]
    (root / "mkdocs.yml").write_text(built + (root / "mkdocs.yml").read_text("utf-8"), "utf-8")
    rest = kept["README.md"].partition(END_OF_CITY)[2]
    (root / "README.md").write_text((root / "README.md").read_text("utf-8") + rest, "utf-8")
    write_tables(root, about)


def new_repository(folder: Path, about: Mapping[str, Any]) -> None:
    """Make a city's repository that takes the program as a locked dependency."""
    folder.mkdir(parents=True, exist_ok=True)
    wheel = take_program(folder / "wheels")
    for part in ("city", "repository"):
        write_texts(part, folder, {**about, "sha256": digest(wheel.read_bytes()) if wheel else ""})
    for path in sorted(path for name in RUNS for path in places.PROGRAM.glob(name)):
        name = path.relative_to(places.PROGRAM)
        # The tests of the program are run where the program is made.
        text = path.read_text("utf-8").partition("\n  test:\n")[0].rstrip() + "\n"
        write_whole(folder / name, text.encode())
    shutil.copy(places.PROGRAM / "LICENSE", folder)
    write_whole(folder / INBOX, (places.PROGRAM / INBOX).read_bytes())
    write_tables(folder, about)


def write_texts(part: str, root: Path, about: Mapping[str, Any]) -> None:
    """The files of one part of skeleton/, filled in; pages only in the languages that have all of them."""
    env = Environment(
        loader=FileSystemLoader(SKELETON / part), undefined=StrictUndefined, keep_trailing_newline=True,
        trim_blocks=True, lstrip_blocks=True, autoescape=False,  # noqa: S701 - plain texts, no HTML
    )
    # A text between quotes in JSON is one in TOML, too.
    env.filters["text"] = lambda text: json.dumps(text, ensure_ascii=False)
    env.filters["words"] = lambda said: (
        "{ " + ", ".join(f"{code} = {json.dumps(text, ensure_ascii=False)}" for code, text in said.items()) + " }")
    full = {item["code"] for item in about["languages"] if not item["partial"]}
    for name in env.list_templates():
        folder = Path(name).parts
        if folder[:2] != ("site", "content") or folder[2] in full:
            path = root / (f".{name}" if name == "gitignore" else name)
            write_whole(path, env.get_template(name).render(about).encode())


def write_tables(root: Path, about: Mapping[str, Any]) -> None:
    """Every source table with its header and an example row; those of bodies and of sources have the one that
    publishes, too."""
    source = root / "datasets" / "source"
    source.mkdir(parents=True, exist_ok=True)
    for name in places.listed(root, "datasets", "*.toml"):
        # Without its file a table of the program is not there.
        (source / name).with_suffix(".csv").touch()
    for name, dataset in load_catalog(root).items():
        path = source / f"{name}.csv"
        if dataset.derived:
            path.unlink()
            continue
        rows: Rows = [example_row(dataset)]
        if name == ORGANISATIONS:
            rows = [{"organisation_id": about["body"], "name": about["owner"]["it"], "kind": "public_body",
                     "website": about["website"], "source_url": about["website"]}]
        if name == SOURCES:
            rows += [{"source_url": about["website"], "issuer": about["owner"]["it"], "kind": "page"}]
        path.write_bytes(table_bytes(dataset, rows))


def take_program(folder: Path) -> Path | None:
    """Put the wheel of this program into a folder: the one it was installed from or, from a clone, a new one.

    None where it came from a registry: there others find it by its name and version.
    """
    found = json.loads(distribution(places.DISTRIBUTION).read_text("direct_url.json") or "{}")
    if places.PROGRAM != places.CARRIED:
        return built_wheel(folder)
    wheel = Path(unquote(urlsplit(found.get("url", "")).path))
    if "archive_info" not in found or not wheel.is_file():
        return None
    folder.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copy(wheel, folder))


def built_wheel(folder: Path) -> Path:
    """The wheel of this clone, made in a copy of it so that nothing of an earlier one gets in."""
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / "program"
        shutil.copytree(places.PROGRAM, copy, ignore=NOT_IN_A_WHEEL)
        shutil.copytree(places.PROGRAM / ".github", copy / ".github")
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "--quiet", "--no-deps",
               "--no-index", "--no-build-isolation", "--wheel-dir", str(folder), str(copy)]
        run = subprocess.run(pip, capture_output=True, text=True, check=False)  # noqa: S603 - our own command
    if run.returncode:
        raise PublishError(f"{folder}: the wheel of the program cannot be built: {run.stderr.strip()[-300:]}")
    return next(folder.glob("*.whl"))
