"""Make the whole site in a folder of its own and put it in the place of the one before: the steps of `abitare build`.

What only looks whether anything has changed does without this module: to load it takes as long as to look.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from etl.commands import Step
from etl.commands.check import CHECKING, check
from etl.exports.alone import DATA, Alone
from etl.exports.manifest import export
from etl.meta.errors import PublishError
from etl.meta.model import Draft
from etl.meta.settings import SiteConfig
from etl.meta.view import digest, rows_of
from etl.releases.archive import charts_before, releases
from etl.releases.freshness import due_on
from etl.releases.gate import gate
from etl.releases.printed import with_history
from etl.runtime import staging
from etl.runtime.aside import aside
from etl.runtime.files import write_if_changed, write_together
from etl.runtime.receipt import Look, inputs, look, write_receipt
from etl.runtime.standing import Standing, note_standing
from etl.runtime.tables import release_of
from etl.runtime.workers import meanwhile, uncollected
from etl.web.rendering import render_site, settings_of, site_settings
from etl.web.theme import stylesheet_files

CACHE = Path("build", "cache")
FRESH = ("newest_fact", "checked_on", "due_on")
"""What the receipt says of the freshness of each table."""


def make(
    root: Path, before: Standing, made_from: Mapping[str, Any], today: date, step: Step, trial: bool
) -> Draft:
    """Make the site in the place of the one before and, unless this is a trial, bring datasets/release up to date. Hold
    the locks of both."""
    with staging.staged(before.site) as folder:
        release, past, looks = make_in(folder, root, before, made_from, today, step)
    if not trial:
        remember(root, release, past)
    note_standing(root, before.site, looks, trial)
    return release


@uncollected()
def make_in(
    folder: Path, root: Path, before: Standing, made_from: Mapping[str, Any], today: date, step: Step,
) -> tuple[Draft, Mapping[str, bytes], Mapping[str, Look]]:
    """Make the site in a folder of its own and put it in the place of the one before; gives the release, past ones,
    and how the files of the site look."""
    step(CHECKING)
    with meanwhile(stylesheet_files, root, root / CACHE):
        draft = check(root, today)  # read, derive, print, check: see releases/draft.py
    gate(draft.findings)
    release = with_history(draft, root / "datasets" / "release")

    step("Formati / Formats")
    settings, due = site_settings(root, made_from["base_url"]), days(release)
    whole = with_charts(root, release)
    past, published = releases(root, whole)
    files = aside(whole.files, published)
    kept = files.moved({path: f"{DATA}{path}" for path in files})
    data, site = folder / "data", folder / staging.NEW
    signed = stage(data, kept, replace(release, cache=root / CACHE / "packed"), settings_of(settings, **due),
                   Alone(root / CACHE / "exports.json", before))

    step("Pagine / Pages")
    extra = {**due, "previous": before, "typed": release.typed}
    planned = render_site(settings, site, data / DATA, extra) | signed

    step("Dati e ricevuta / Data and receipt")
    shutil.copytree(data, site, copy_function=os.replace, dirs_exist_ok=True)
    refuse_changed(root, made_from["inputs"])
    write_receipt(site, {**made_from, **due, "datasets": freshness(release)}, planned, before.known)
    found = staging.swap(folder, before.site)
    return whole, past, {path: look(about) for path, about in found.items()}


def with_charts(root: Path, release: Draft) -> Draft:
    """A release with the charts of its story. They name the address that the city declares, whatever this build is for:
    what is kept for good must not lead to a trial."""
    kept = charts_before(root, release)
    if not kept:
        from etl.web.release_charts import charts_of_release  # loads all kinds of pages

        config = settings_of(site_settings(root, None), **days(release))
        kept = dict(charts_of_release(release_of(release.files, release.date.isoformat(), release.typed), config, root))
    return replace(release, files=aside(release.files, kept))


def refuse_changed(root: Path, before: Mapping[str, str]) -> None:
    """Refuse a site whose sources were changed while it was made: half of it would say what they said before."""
    now = inputs(root)
    if other := sorted(name for name in {*before, *now} if before.get(name) != now.get(name)):
        raise PublishError(
            f"{root}: {other[0]} è cambiato mentre il sito si faceva: riprova / changed while the site was made "
            f"({len(other)} files in all). Nothing was replaced. Build it again."
        )


def stage(
    data: Path, kept: Mapping[str, bytes], release: Draft, config: SiteConfig, alone: Alone,
) -> dict[str, str]:
    """Put the data files, those that are kept and those made from them, in a folder beside the pages, which are made
    from them; gives their sha256 by path."""
    try:
        write_if_changed(data, kept)
        return {path: digest(content) for path, content in kept.items()} | export(release, config, data, alone)
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
