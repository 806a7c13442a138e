"""What was made before is used again, and never changes a byte: whatever changed, however many processes work."""

from __future__ import annotations

import csv
import json
import random
import shutil
from datetime import date
from pathlib import Path

import pytest
from support.borgo import CACHE, copy_borgo
from support.repository import SOAK

from etl.commands.build import build
from etl.runtime.cache import read_cache
from etl.runtime.receipt import fingerprint, site_files
from etl.web.rendering import render_site, site_settings

pytestmark = pytest.mark.slow

DAY = date(2026, 11, 25)
SERIES, EDITS = (60, 5) if SOAK else (3, 1)
"""How often a site built on others is held against one built from nothing, after so many edits each."""
OF_THE_DATA = ("pages.json", "search.json", "expectations.json", "findings.json", "standing.json", "exports.json",
               "packed")
"""Caches of what rows say; the others are of the program alone, and the test below does without them."""
COLUMNS = ("desks", "phone"), ("service_texts", "summary"), ("notice_texts", "title")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A city in two languages, and its site, built with no cache."""
    folder = copy_borgo(tmp_path_factory.mktemp("place") / "place", settings={r"(?m)^    fr: .*\n": ""})
    build(folder, None, None, DAY, str)
    return folder


def made(place: Path, out: str = "build/site") -> dict[str, str]:
    """Build into a folder of the repository; sha256 of every file."""
    build(place, place / out, None, DAY, lambda _: None)
    return site_files(place / out)


def edit(place: Path, table: str, column: str, rng: random.Random) -> str:
    """Change the last figure or letter of one cell; says which."""
    path = place / "datasets" / "source" / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    row = rng.choice([row for row in rows if row[column]])
    last = row[column][-1]
    row[column] = row[column][:-1] + (str((int(last) + 1) % 10) if last.isdecimal() else f"{last} due")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return f"{table} {row[column]}"


@pytest.mark.parametrize("seed", range(SERIES))
def test_a_site_built_on_the_one_before_is_the_one_built_from_nothing(place: Path, seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 - the same edits in every run
    for number in range(EDITS):
        said = edit(place, *COLUMNS[(seed + number) % len(COLUMNS)], rng)
        before = read_cache(place / CACHE / "pages.json")["pages"]
        again = made(place)
        assert read_cache(place / CACHE / "standing.json")["site"] == fingerprint(place / "build" / "site")
        after = read_cache(place / CACHE / "pages.json")["pages"]
        rendered = [path for path in after if after[path][0] != before.get(path, [""])[0]]
        assert 0 < len(rendered) < len(after) * 0.5, (said, len(rendered), len(after))
    aside = (place / CACHE).rename(place / "build" / "aside")
    shutil.copytree(aside, place / CACHE, ignore=shutil.ignore_patterns(*OF_THE_DATA))
    assert again == made(place, "build/fresh"), said
    shutil.rmtree(place / CACHE)
    aside.rename(place / CACHE)  # the caches of the site that stands there


def test_a_site_is_the_same_with_and_without_caches(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first one was built without; this one has no pages before it, and all that does not depend on pages.

    Its templates have their words in place, as those of a language with many pages.
    """
    monkeypatch.setattr("etl.web.writer.MANY", 0)
    kept = place / CACHE
    assert {"expectations.json", "templates.json", "codes.json"} <= {path.name for path in kept.iterdir()}
    assert made(place, "build/with") == site_files(place / "build" / "site")


def test_what_is_spoilt_costs_time_only(place: Path) -> None:
    right = made(place)
    for path in (place / "build" / "site").glob("sportelli/*/index.html"):
        path.write_text("spoilt", "utf-8")
    for path in (place / "build" / "site" / "assets" / "pagefind").glob("*.pf_meta"):
        path.write_bytes(b"")
    assert made(place) == right
    for path in (place / CACHE).glob("*.json"):
        path.write_bytes(path.read_bytes()[:-9] + b"spoilt}")
    packed = sorted((place / CACHE / "packed").iterdir())
    for path in packed[::2]:
        path.write_bytes(path.read_bytes()[:-9] + b"spoilt")
    shutil.copyfile(packed[1], packed[3])  # whole, but of another table
    for path in (place / CACHE / "styles").iterdir():
        path.write_bytes(b"spoilt")
    (place / "build" / "site" / "index.html").unlink()
    assert made(place) == right


def test_the_number_of_processes_changes_nothing(place: Path, tmp_path: Path) -> None:
    sites = []
    for workers in (1, 3):
        settings = site_settings(place, None)
        render_site(settings, tmp_path / str(workers), place / "datasets" / "release", {"workers": workers})
        sites.append(site_files(tmp_path / str(workers)))
    assert sites[0] == sites[1]
    assert len(sites[0]) > 300


def test_an_error_in_one_of_many_processes_is_told(place: Path, tmp_path: Path) -> None:
    release = shutil.copytree(place / "datasets" / "release", tmp_path / "release")
    content = json.loads((release / "desks.json").read_text("utf-8"))
    content["records"][-1]["fact_date"] = "not a date"
    (release / "desks.json").write_text(json.dumps(content), "utf-8")
    with pytest.raises(ValueError, match="not"):
        render_site(site_settings(place, None), tmp_path / "site", release, {"workers": 2})
