"""Check the data and build the whole site; with errors in the data nothing is replaced."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import click

from etl.commands import DATE, FORMAT, ROOT, Step, in_style, working
from etl.commands.check import CHECKING, check
from etl.exports.manifest import DATA, export
from etl.meta.errors import PublishError
from etl.meta.model import Draft
from etl.meta.view import rows_of
from etl.releases.archive import releases
from etl.releases.freshness import due_on
from etl.releases.gate import InvalidReleaseError, gate
from etl.releases.printed import with_history
from etl.runtime.cache import write_cache
from etl.runtime.clock import release_date
from etl.runtime.files import finish_writing, may_replace, restore, swap, write_if_changed, write_together
from etl.runtime.receipt import RECEIPT, fingerprint, holds_release, identity, is_current, write_receipt
from etl.runtime.workers import meanwhile, uncollected
from etl.web.rendering import render_site, settings_of, site_settings
from etl.web.theme import stylesheet_files

STANDING = Path("build", "cache", "standing.json")
FRESH = ("newest_fact", "checked_on", "due_on")
"""What the receipt says of the freshness of each table."""


@click.command("build")
@ROOT
@DATE
@FORMAT
@click.option("--out", type=click.Path(path_type=Path), help="Folder of the finished site (default: build/site).")
@click.option("--base-url", help="Public address of the site (default: the one in city.toml).")
def command(root: Path, today: str | None, style: str, out: Path | None, base_url: str | None) -> None:
    """Check the data and build the whole site. On errors in the data nothing is replaced (exit 1)."""
    try:
        with working() as step:
            draft = build(root.resolve(), out and out.resolve(), base_url, release_date(today), step)
    except InvalidReleaseError as error:
        click.echo(in_style(style, error.findings, "datasets"), err=True)
        raise
    if draft is None:
        click.echo(f"{out or root / 'build' / 'site'}: niente è cambiato / nothing has changed")
        return
    rows = sum(len(table.rows) for table in draft.tables.values())
    click.echo(
        f"{out or root / 'build' / 'site'}: {len(draft.tables)} dataset, {rows} righe / rows, "
        f"{len(draft.findings)} avvisi / warnings (abitare check)"
    )


@uncollected()
def build(root: Path, out: Path | None, base_url: str | None, today: date, step: Step) -> Draft | None:
    """Build everything. Raises InvalidReleaseError, and leaves `out` untouched, on critical findings.

    out: the folder for the finished site. None means build/site, and then datasets/release is brought up to
    date as well; with another folder the build is a trial and leaves the repository alone.
    Gives None when the site that stands was made from the same files on the same date: nothing is done then.
    """
    finish_writing(root / "datasets")
    target = out or root / "build" / "site"
    restore(target)
    may_replace(target, RECEIPT)
    staged, made_from = target.with_name(f".{target.name}.next"), identity(root, base_url, today)
    if is_current(target, made_from, root / STANDING) and (out or holds_release(root, target)):
        return None

    step(CHECKING)
    with meanwhile(stylesheet_files, root, root / "build" / "cache"):
        draft = check(root, today)  # read, derive, print, check: see releases/draft.py
    gate(draft.findings)
    release = with_history(draft, root / "datasets" / "release")

    step("Formati / Formats")
    settings, due = site_settings(root, base_url), days(release)
    past, published = releases(root, release)
    kept = {f"{DATA}{path}": content for path, content in {**release.files, **published}.items()}
    data = stage(staged, kept | export(release, settings_of(settings, **due)))

    step("Pagine / Pages")
    render_site(settings, staged, data / DATA, {**due, "build": made_from["release"], "previous": str(target)})

    step("Dati e ricevuta / Data and receipt")
    place(data, staged, target, {**made_from, **due, "datasets": freshness(release)})
    if out is None:
        remember(root, release, past)
    write_cache(root / STANDING, fingerprint(target))
    return release


def stage(staged: Path, files: Mapping[str, bytes]) -> Path:
    """An empty folder for the site in the making, and beside it the folder given back, which holds its data files."""
    data = staged.with_suffix(".data")
    try:
        shutil.rmtree(staged, ignore_errors=True)
        staged.mkdir(parents=True)
        shutil.rmtree(data, ignore_errors=True)
        write_if_changed(data, files)
    except OSError as error:
        raise PublishError(f"{staged}: cannot be written ({error}). Check the folder and the disk.") from error
    return data


def days(draft: Draft) -> dict[str, str]:
    """The day of a build, and the last day on which the next one is to come."""
    today = draft.date.isoformat()
    return {"checked_on": today, "due_on": due_on({"every_days": draft.about.get("every_days", 1)}, today)}


def freshness(release: Draft) -> dict[str, dict[str, str]]:
    """What the receipt says of each table."""
    return {row["dataset"]: {key: row[key] for key in FRESH} for row in rows_of(release, "sources")}


def place(data: Path, staged: Path, target: Path, receipt: Mapping[str, Any]) -> None:
    """Put the data beside the pages, with the receipt of all, and the finished site in its place in one step."""
    shutil.copytree(data, staged, copy_function=os.replace, dirs_exist_ok=True)
    shutil.rmtree(data)
    write_receipt(staged, receipt)
    swap(staged, target)


def remember(root: Path, release: Draft, past: Mapping[str, bytes]) -> None:
    """Keep the release, and those before it, in the repository: all of it or, after a crash, none yet."""
    write_together(root / "datasets", {"release": release.files, "versions": past})
