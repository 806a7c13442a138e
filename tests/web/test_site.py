"""The finished site: what it must hold, that two builds are the same, and that the committed release is current."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from markupsafe import escape
from support.release import RELEASE, records

from etl.commands.check import check
from etl.commands.making import with_charts
from etl.meta.catalog import load_catalog
from etl.meta.view import NOT_TRANSLATED, digest
from etl.releases.printed import with_history
from etl.runtime.receipt import verify
from etl.web.pages import KINDS

ROOT = Path(__file__).parents[2]
PARTIAL = ("es", "fr", "ar", "zh", "uk")


@pytest.mark.slow
def test_the_committed_release_is_what_the_sources_give() -> None:
    package = json.loads((RELEASE / "datapackage.json").read_text("utf-8"))
    draft = check(ROOT, date.fromisoformat(package["created"][:10]))
    made = with_charts(ROOT, with_history(draft, RELEASE)).files
    committed = {p.relative_to(RELEASE).as_posix(): p.read_bytes() for p in RELEASE.rglob("*") if p.is_file()}
    differing = sorted(name for name in made.keys() | committed.keys() if made.get(name) != committed.get(name))
    assert differing == [], "run `make site` and commit datasets/release"






def test_every_desk_says_whether_it_is_current_and_every_service_has_a_sheet_in_both_languages() -> None:
    assert {row["status"] for row in records("desks")} <= {"operating", "with_notice", "continuation_not_stated"}
    services = {row["service_id"] for row in records("services")}
    for language in ("it", "en"):
        assert {row["service_id"] for row in records("service_texts") if row["language"] == language} == services


def test_texts_say_the_same_things_in_both_languages() -> None:
    for path in RELEASE.glob("*_texts.json"):
        rows = records(path.stem)
        names = [name for name in (rows or [{}])[0] if name not in NOT_TRANSLATED]
        key, fields = names[0] if names else "", names[1:]
        said = {lang: {row[key]: [bool(row[f]) for f in fields] for row in rows if row["language"] == lang}
                for lang in ("it", "en")}
        assert said["it"] == said["en"], path.stem






def test_the_published_package_is_valid(built_site: Path) -> None:
    from frictionless import Package, system

    with system.use_context(trusted=True):
        report = Package(str(built_site / "dati" / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "type", "message"])


def test_only_available_services_are_offered_as_available(built_site: Path) -> None:
    status = {row["service_id"]: row["status"] for row in records("services")}
    for path, offered in (("servizi", "data-available"), ("en/services", "data-available")):
        html = (built_site / path / "index.html").read_text("utf-8")
        available = set(re.findall(rf'{offered}="([^"]+)"', html))
        assert available == {name for name, s in status.items() if s in ("active", "on_call", "experimental")}


def test_every_page_has_its_translation_and_says_so(built_site: Path) -> None:
    pages = list(built_site.rglob("index.html"))
    assert len(pages) > 2 * len(load_catalog(ROOT))
    for path in pages:
        html = path.read_text("utf-8")
        folder = path.relative_to(built_site).parts[0]
        assert f'<html lang="{folder if folder in ("en", *PARTIAL) else "it"}"' in html, path
        for language in ("it", "en", "x-default"):
            assert f'rel="alternate" hreflang="{language}"' in html, (path, language)


def test_every_page_has_the_whole_menu_and_the_search(built_site: Path) -> None:
    """What a page is about must not stand for what every page is told: `partial` once hid the menu of the money."""
    pages = [path for path in built_site.rglob("index.html")
             if path.relative_to(built_site).parts[0] not in PARTIAL and "incorpora" not in path.parts
             and "embed" not in path.parts]
    assert len(pages) > 4 * len(load_catalog(ROOT))
    menu = [kind for kind in KINDS.values() if kind.menu and (built_site / kind.address("it") / "index.html").exists()]
    assert len(menu) >= 5
    for path in pages:
        html = path.read_text("utf-8")
        assert html.count('class="nav-link"') == len(menu), path
        assert 'role="search"' in html, path


def on_the_path(path: str) -> bool:
    """Whether an Italian page is of a kind on the path of a person in need: that of the longest address above it."""
    folder = path.removesuffix("index.html")
    above = [kind for kind in KINDS.values() if (at := kind.address("it")) == folder or (at and folder.startswith(at))]
    return bool(above) and max(above, key=lambda kind: len(kind.address("it"))).on_the_path


@pytest.mark.parametrize("language", PARTIAL)
def test_the_path_of_a_person_in_need_is_in_every_language(built_site: Path, language: str) -> None:
    """Every page of a kind on the path, and no other; what else a page links to is Italian and says so."""
    every = {path.relative_to(built_site).as_posix() for path in built_site.rglob("index.html")}
    italian = {path for path in every if path.split("/")[0] not in ("en", *PARTIAL) and on_the_path(path)}
    made = {path.relative_to(built_site / language).as_posix() for path in (built_site / language).rglob("*.html")}
    assert len(italian) >= 3 + len(records("services")) + len(records("desks"))
    assert italian - {path for path in italian if "/bisogni/" in path} <= made
    assert len(made) == len(italian)
    for row in records("service_texts"):
        if row["language"] == language:
            html = (built_site / language / "servizi" / str(row["service_id"]) / "index.html").read_text("utf-8")
            for name in ("title", "summary", "audience", "requirements", "documents"):
                assert not row[name] or str(escape(row[name])) in html, (row["service_id"], name)


@pytest.mark.parametrize("section", ["servizi", "sportelli", "progetti", "dati", "en/services", "en/desks"])
def test_the_menu_shows_in_which_section_a_page_is(built_site: Path, section: str) -> None:
    pages = {path.parent.name: path.read_text("utf-8") for path in (built_site / section).glob("*/index.html")}
    place = "../" * (section.count("/") + 2)
    marked = re.compile(rf'<a class="nav-link" href="{place}{section}/"[^>]* aria-current="true"')
    assert pages or not records({"servizi": "services", "sportelli": "desks", "progetti": "projects"}.get(section, ""))
    assert [name for name, page in pages.items() if 'class="nav-link"' in page and not marked.search(page)] == []


def test_the_receipt_fits_the_site(built_site: Path) -> None:
    assert verify(built_site) == []


# Lists every folder from Z to A, as another file system might, and then runs our command line.
FROM_Z_TO_A = """
import os, sys
scandir, listdir = os.scandir, os.listdir
class Listing:
    def __init__(self, path="."):
        with scandir(path) as entries:
            self.entries = iter(sorted(entries, key=lambda entry: entry.name, reverse=True))
    def __iter__(self): return self
    def __next__(self): return next(self.entries)
    def __enter__(self): return self
    def __exit__(self, *error): pass
    def close(self): pass


os.scandir = Listing
os.listdir = lambda path=".": sorted(listdir(path), reverse=True)
from etl.commands import main
main(sys.argv[1:])
"""


def test_anybody_can_build_the_same_site_again_to_the_byte(built_site: Path, tmp_path: Path) -> None:
    """In another folder, time zone, language, order of hashes and of files; of a copy with a changed page, only that
    page differs."""
    other, site = tmp_path / "somewhere" / "else", tmp_path / "published"
    for part in ("datasets", "schemas", "etl", "site", "requirements"):
        shutil.copytree(ROOT / part, other / part, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("mkdocs.yml", "city.toml", "release.toml", "pyproject.toml"):
        shutil.copy(ROOT / name, other)
    shutil.copytree(built_site, site)
    (site / "index.html").write_text("another page", "utf-8")
    receipt = json.loads((site / "release.json").read_text("utf-8"))
    receipt["files"]["index.html"] = digest(b"another page")
    (site / "release.json").write_text(json.dumps(receipt), "utf-8")
    elsewhere = {**os.environ, "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "7"}
    command = [sys.executable, "-c", FROM_Z_TO_A, "verify", str(site), "--rebuild", "--root", str(other)]
    run = subprocess.run(command, cwd=tmp_path, env=elsewhere, capture_output=True, text=True)
    assert run.stdout.splitlines() == ["not the same when built again: index.html"], run.stdout + run.stderr
    assert run.returncode == 4


def test_a_repository_that_is_not_what_the_site_was_made_from_is_named(built_site: Path, tmp_path: Path) -> None:
    from etl.commands.verify import rebuilt
    from etl.meta.errors import PublishError

    (tmp_path / "release.toml").write_text("name = 'x'", "utf-8")
    with pytest.raises(PublishError, match="not what the site was made from"):
        rebuilt(tmp_path, built_site, print)


def test_building_again_with_nothing_changed_does_nothing(built_site: Path) -> None:
    receipt = json.loads((built_site / "release.json").read_text("utf-8"))
    before = (built_site / "release.json").stat().st_mtime_ns
    command = [sys.executable, "-m", "etl", "build", "--out", str(built_site), "--date", receipt["date"]]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "nothing has changed" in run.stdout
    assert (built_site / "release.json").stat().st_mtime_ns == before
