"""A file of one table is made of it alone; the next site has it from the one before while the table stays."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from support.repository import TINY

from etl.exports import FORMATS
from etl.exports.alone import DATA, Alone, Written, only
from etl.exports.manifest import files_of, in_site
from etl.meta.catalog import load_catalog
from etl.meta.model import Draft
from etl.releases.draft import draft_release
from etl.releases.printed import with_history
from etl.runtime.files import write_into
from etl.runtime.receipt import write_receipt
from etl.runtime.standing import Standing

pytestmark = pytest.mark.slow
FORMS = [form for form in FORMATS if form.alone]


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Draft:
    """The miniature release, with its descriptor."""
    folder = tmp_path_factory.mktemp("release")
    tiny = shutil.copytree(TINY, folder / "tiny")
    return with_history(draft_release(tiny, load_catalog(tiny), date(2026, 11, 25)), folder / "none")


def made(release: Draft, site: Path, alone: Alone) -> dict[str, Written]:
    """Write the files of single tables into a site that is not finished yet, and keep what they were made from."""
    found = in_site({form.name: files_of(form, release, site, alone)[1] for form in FORMS}, DATA)
    told = {f"{name}.json": {"rows": [*map(list, table.rows)], "of": Decimal("1.50")}
            for name, table in release.tables.items()}
    found |= {path: alone.told(path, content, site) for path, content in told.items()}
    alone.save(found)
    write_receipt(site, {})
    return found


def without_first_row(release: Draft, name: str, previous: Path) -> Draft:
    """The release with one row of a table less."""
    table = release.tables[name]
    shorter = {name: replace(table, rows=table.rows[1:], lines=table.lines[1:])}
    return with_history(replace(release, tables={**release.tables, **shorter}, files={}, package={}), previous)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_a_file_depends_on_its_table_alone(form, release: Draft) -> None:  # type: ignore[no-untyped-def]
    apart = {path: data for name in release.tables for path, data in form.write(only(release, name)).items()}
    assert apart == form.write(release)
    assert set(apart) <= {form.path_of(name) for name in release.tables}


def test_what_stays_is_another_name_of_the_same_file(release: Draft, tmp_path: Path) -> None:
    first, kept = tmp_path / "first", tmp_path / "exports.json"
    made(release, first, Alone(kept))
    name = max(release.tables, key=lambda one: len(release.tables[one].rows))
    later = without_first_row(release, name, tmp_path / "none")
    found = made(later, tmp_path / "second", Alone(kept, Standing(first)))
    anew = made(later, tmp_path / "anew", Alone())
    assert {path: item[:2] for path, item in found.items()} == {path: item[:2] for path, item in anew.items()}
    written = {path for path in found if not (first / path).samefile(tmp_path / "second" / path)}
    assert written == {f"{name}.json", *(DATA + form.path_of(name) for form in FORMS)}


@pytest.mark.parametrize("spoil", [
    lambda site, _kept, path: (site / path).write_bytes(b"spoilt"),
    lambda site, _kept, path: (site / path).unlink(),
    lambda _site, kept, _path: kept.write_bytes(b"spoilt"),
    lambda _site, kept, _path: kept.unlink(),
])
def test_what_is_spoilt_is_made_again(release: Draft, tmp_path: Path, spoil) -> None:  # type: ignore[no-untyped-def]
    first, kept = tmp_path / "first", tmp_path / "exports.json"
    right = made(release, first, Alone(kept))
    spoil(first, kept, next(iter(right)))
    assert made(release, tmp_path / "second", Alone(kept, Standing(first))) == right
    assert write_into(tmp_path, "copy", (tmp_path / "second" / next(iter(right))).read_bytes()) == (
        right[next(iter(right))].sha256)
