"""What was made before is used again, and never changes a byte: whatever changed, however many processes work."""

from __future__ import annotations

import csv
import json
import random
import shutil
from datetime import date
from pathlib import Path

import pytest
from support.repository import SOAK, copy_repository

from etl.commands.build import build
from etl.runtime.cache import read_cache
from etl.runtime.receipt import site_files
from etl.web.rendering import render_site, site_settings

pytestmark = pytest.mark.slow

DAY = date(2026, 11, 25)
EDITS = 40 if SOAK else 3


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with two languages and its first site."""
    folder = copy_repository(tmp_path_factory.mktemp("place") / "place")
    (folder / "build" / "cache").unlink()
    made(folder)
    return folder


def made(place: Path, out: str = "build/site") -> dict[str, str]:
    """Build into a folder of the repository; sha256 of every file."""
    build(place, place / out, None, DAY, lambda _: None)
    return site_files(place / out)


def edit(place: Path, table: str, rng: random.Random) -> str:
    """Change one cell of a table at random; says which."""
    path = place / "datasets" / "source" / f"{table}.csv"
    header, *rows = csv.reader(path.read_text("utf-8").splitlines())
    names = [name for name in ("paid_eur", "admitted_eur", "summary", "note") if name in header]
    column = header.index(rng.choice(names))
    number = rng.choice([number for number, row in enumerate(rows) if row[column]])
    value = rows[number][column]
    rows[number][column] = f"{float(value) + 1:.2f}" if header[column].endswith("_eur") else f"{value} due"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])
    return f"{table} {number} {header[column]}"


@pytest.mark.parametrize("seed", range(EDITS))
def test_a_site_built_on_the_one_before_is_the_one_built_from_nothing(place: Path, seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 - the same edits in every run
    said = edit(place, rng.choice(["funding", "funding", "project_texts", "service_texts"]), rng)
    before = read_cache(place / "build" / "cache" / "pages.json")["pages"]
    again = made(place)
    after = read_cache(place / "build" / "cache" / "pages.json")["pages"]
    rendered = [path for path in after if after[path][0] != before.get(path, [""])[0]]
    # Amounts are shown by few pages; a service stands, with its text, on those of most municipalities.
    assert 0 < len(rendered) < len(after) * (0.2 if said.startswith("funding") else 0.9), (said, len(rendered))
    kept = (place / "build" / "cache").rename(place / "build" / "aside")
    assert again == made(place, "build/fresh"), said
    shutil.rmtree(place / "build" / "cache")
    kept.rename(place / "build" / "cache")  # the caches of the site that stands there


def test_a_site_is_the_same_with_and_without_caches(place: Path) -> None:
    """The first one was built without; this one has no pages before it, and all that does not depend on pages."""
    kept = place / "build" / "cache"
    assert {"expectations.json", "templates.json", "codes.json"} <= {path.name for path in kept.iterdir()}
    assert made(place, "build/with") == site_files(place / "build" / "site")


def test_what_is_spoilt_costs_time_only(place: Path) -> None:
    right = made(place)
    for path in (place / "build" / "site").glob("sportelli/*/index.html"):
        path.write_text("spoilt", "utf-8")
    for path in (place / "build" / "site" / "assets" / "pagefind").glob("*.pf_meta"):
        path.write_bytes(b"")
    assert made(place) == right
    for path in (place / "build" / "cache").glob("*.json"):
        path.write_bytes(path.read_bytes()[:-9] + b"spoilt}")
    (place / "build" / "site" / "index.html").unlink()
    assert made(place) == right


def test_the_number_of_processes_changes_nothing(place: Path, tmp_path: Path) -> None:
    sites = []
    for workers in (1, 3):
        settings = site_settings(place, None)
        render_site(settings, tmp_path / str(workers), place / "datasets" / "release", {"workers": workers})
        sites.append(site_files(tmp_path / str(workers)))
    assert sites[0] == sites[1]
    assert len(sites[0]) > 1000


def test_an_error_in_one_of_many_processes_is_told(place: Path, tmp_path: Path) -> None:
    release = shutil.copytree(place / "datasets" / "release", tmp_path / "release")
    content = json.loads((release / "funding.json").read_text("utf-8"))
    content["records"][-1]["paid_eur"] = "not a number"
    (release / "funding.json").write_text(json.dumps(content), "utf-8")
    with pytest.raises(Exception, match=r"(?i)decimal|conver"):
        render_site(site_settings(place, None), tmp_path / "site", release, {"workers": 2})
