"""Check the data and build the whole site; with errors in the data nothing is replaced."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import click

from etl.commands import DATE, FORMAT, ROOT, Step, in_style, working
from etl.commands.check import CHECKING, check
from etl.exports.manifest import DATA, export
from etl.meta.errors import PublishError
from etl.meta.model import Draft
from etl.meta.settings import SiteConfig
from etl.meta.view import digest, rows_of
from etl.releases.archive import DESCRIPTOR, charts_before, releases
from etl.releases.freshness import due_on
from etl.releases.gate import InvalidReleaseError, gate
from etl.releases.owned import refuse_others
from etl.releases.printed import with_history
from etl.releases.versions import refuse_backwards
from etl.runtime import staging
from etl.runtime.cache import sweep, write_cache
from etl.runtime.clock import release_date
from etl.runtime.files import write_if_changed, write_together
from etl.runtime.lock import repository
from etl.runtime.receipt import (
    RECEIPT,
    fingerprint,
    holds_release,
    identity,
    inputs,
    is_current,
    is_ours,
    write_receipt,
)
from etl.runtime.tables import release_of
from etl.runtime.workers import meanwhile, uncollected
from etl.web.rendering import render_site, settings_of, site_settings
from etl.web.theme import stylesheet_files

STANDING, PACKED = Path("build", "cache", "standing.json"), Path("build", "cache", "packed")
CLOCK = 2
"""Seconds by which the clock of the disk may be behind that of the machine."""
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
            draft = build(root.resolve(), out, base_url, release_date(today), step)
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


def build(root: Path, out: Path | None, base_url: str | None, today: date, step: Step) -> Draft | None:
    """Build everything. Raises InvalidReleaseError, and leaves `out` untouched, on critical findings.

    out: the folder for the finished site. None means build/site, and then datasets/release is brought up to
    date as well; with another folder the build is a trial and leaves the repository alone.
    Gives None when the site that stands was made from the same files on the same date: nothing is done then.
    """
    staging.settle(root, "build")
    target = staging.place(out or root / "build" / "site")
    with repository(root, "build", shared=out is not None), staging.lock(target, "build"):
        staging.sweep(target)
        if out is None:
            refuse_others(root / "datasets")
            refuse_before_release(root, today)
        made_from = identity(root, base_url, today)
        if is_current(target, made_from, root / STANDING) and (out or holds_release(root, target)):
            return None
        staging.may_replace(target, RECEIPT, is_ours(target))
        begun = time.time() - CLOCK
        with staging.staged(target) as folder:
            release, past = make(root, folder, target, made_from, today, step)
        sweep(root / PACKED, begun)
        if out is None:
            remember(root, release, past)
        write_cache(root / STANDING, fingerprint(target))
        return release


def refuse_before_release(root: Path, today: date) -> None:
    """Refuse the site of a day before that of the release that stands, also where nothing changed: to readers without
    JavaScript it would show what has closed since as open. A trial of such a day is what somebody asked for."""
    path = root / "datasets" / "release" / DESCRIPTOR
    if path.exists():
        refuse_backwards(json.loads(path.read_text("utf-8")), f"{today.isoformat()}T00:00:00Z")


@uncollected()
def make(
    root: Path, folder: Path, target: Path, made_from: Mapping[str, Any], today: date, step: Step,
) -> tuple[Draft, Mapping[str, bytes]]:
    """Make the site in a folder of its own and put it in the place of `target`; gives the release and past ones."""
    step(CHECKING)
    with meanwhile(stylesheet_files, root, root / "build" / "cache"):
        draft = check(root, today)  # read, derive, print, check: see releases/draft.py
    gate(draft.findings)
    release = with_history(draft, root / "datasets" / "release")

    step("Formati / Formats")
    settings, due = site_settings(root, made_from["base_url"]), days(release)
    whole = with_charts(root, release)
    past, published = releases(root, whole)
    kept = {f"{DATA}{path}": content for path, content in {**whole.files, **published}.items()}
    data, site = folder / "data", folder / staging.NEW
    signed = stage(data, kept, replace(release, cache=root / PACKED), settings_of(settings, **due))
    del kept  # they stand in the folder now; the pages need the memory

    step("Pagine / Pages")
    extra = {**due, "build": made_from["release"], "previous": str(target), "typed": release.typed}
    planned = render_site(settings, site, data / DATA, extra) | signed

    step("Dati e ricevuta / Data and receipt")
    shutil.copytree(data, site, copy_function=os.replace, dirs_exist_ok=True)
    refuse_changed(root, made_from["inputs"])
    write_receipt(site, {**made_from, **due, "datasets": freshness(release)}, planned)
    staging.swap(folder, target)
    return whole, past


def with_charts(root: Path, release: Draft) -> Draft:
    """A release with the charts of its story. They name the address that the city declares, whatever this build is for:
    what is kept for good must not lead to a trial."""
    kept = charts_before(root, release)
    if not kept:
        from etl.web.release_charts import charts_of_release  # loads all kinds of pages

        config = settings_of(site_settings(root, None), **days(release))
        kept = dict(charts_of_release(release_of(release.files, release.date.isoformat(), release.typed), config, root))
    return replace(release, files={**release.files, **kept})


def refuse_changed(root: Path, before: Mapping[str, str]) -> None:
    """Refuse a site whose sources were changed while it was made: half of it would say what they said before."""
    now = inputs(root)
    if other := sorted(name for name in {*before, *now} if before.get(name) != now.get(name)):
        raise PublishError(
            f"{root}: {other[0]} è cambiato mentre il sito si faceva: riprova / changed while the site was made "
            f"({len(other)} files in all). Nothing was replaced. Build it again."
        )


def stage(data: Path, kept: Mapping[str, bytes], release: Draft, config: SiteConfig) -> dict[str, str]:
    """Put the data files, those that are kept and those made from them, in a folder beside the pages, which are made
    from them; gives their sha256 by path."""
    try:
        write_if_changed(data, kept)
        return {path: digest(content) for path, content in kept.items()} | export(release, config, data)
    except OSError as error:
        raise PublishError(f"{data}: cannot be written ({error}). Check the folder and the disk.") from error


def days(draft: Draft) -> dict[str, str]:
    """The day of a build, and the last day on which the next one is to come."""
    today = draft.date.isoformat()
    return {"checked_on": today, "due_on": due_on({"every_days": draft.about.get("every_days", 1)}, today)}


def freshness(release: Draft) -> dict[str, dict[str, str]]:
    """What the receipt says of each table."""
    return {row["dataset"]: {key: row[key] for key in FRESH} for row in rows_of(release, "sources")}


def remember(root: Path, release: Draft, past: Mapping[str, bytes]) -> None:
    """Keep the release, and those before it, in the repository: all of it or, after a crash, none yet."""
    write_together(root / "datasets", {"release": release.files, "versions": past})
