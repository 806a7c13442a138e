"""Check the data and build the whole site; with errors in the data nothing is replaced."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import click

from etl.commands import DATE, FORMAT, ROOT, Step, in_style, working
from etl.meta.model import Draft
from etl.releases.gate import InvalidReleaseError
from etl.releases.owned import DESCRIPTOR, refuse_others
from etl.releases.versions import refuse_backwards
from etl.runtime import staging
from etl.runtime.clock import release_date
from etl.runtime.lock import repository
from etl.runtime.receipt import RECEIPT, identity, is_ours
from etl.runtime.standing import Standing, is_current, seen
from etl.runtime.workers import last


@click.command("build")
@ROOT
@DATE
@FORMAT
@click.option("--out", type=click.Path(path_type=Path), help="Folder of the finished site (default: build/site).")
@click.option("--base-url", help="Public address of the site (default: the one in city.toml).")
def command(root: Path, today: str | None, style: str, out: Path | None, base_url: str | None) -> None:
    """Check the data and build the whole site. On errors in the data nothing is replaced (exit 1)."""
    try:
        with last(), working() as step:
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
        looks, trial = seen(target), out is not None
        if is_current(root, target, made_from, trial, looks):
            return None
        from etl.commands.making import make  # loading it takes longer than all that stands above

        staging.may_replace(target, RECEIPT, is_ours(target), looks)
        return make(root, Standing(target, root, looks), made_from, today, step, trial)


def refuse_before_release(root: Path, today: date) -> None:
    """Refuse the site of a day before that of the release that stands, also where nothing changed: to readers without
    JavaScript it would show what has closed since as open. A trial of such a day is what somebody asked for."""
    path = root / "datasets" / "release" / DESCRIPTOR
    if path.exists():
        refuse_backwards(json.loads(path.read_text("utf-8")), f"{today.isoformat()}T00:00:00Z")
