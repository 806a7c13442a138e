"""Put build/site in place for a web server, in one step."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from etl.commands import ROOT, TO, working
from etl.meta.errors import PublishError
from etl.releases.server import (
    PARTIAL,
    RELEASES,
    carry,
    copy,
    current,
    locked,
    next_id,
    point,
    prune,
    releases,
    same,
    sync,
    tidy,
)
from etl.runtime.receipt import verify


@click.command("publish")
@ROOT
@TO
@click.option("--keep", default=5, show_default=True, type=click.IntRange(2), help="Releases that stay, to go back to.")
def command(root: Path, to: Path, keep: int) -> None:
    """Put build/site in place for a web server whose root is DIR/current. Whatever fails, the site before stays."""
    with working() as step:
        step("Copia del sito / Copying the site")
        name = publish(root.resolve() / "build" / "site", to.absolute(), keep)
    click.echo(f"{to / 'current'}: {name}")


def publish(site: Path, to: Path, keep: int = 5) -> str:
    """Put a finished site in place and give the id of its release; at least the `keep` newest ones stay.

    Nothing is done when the same site is current already.
    """
    faults = verify(site)
    if faults:
        raise PublishError(f"{site}: not whole ({faults[0]}; {len(faults)} in all). Build it again: abitare build")
    with locked(to):
        before = current(to)
        if before and same(site, to / RELEASES / before):
            tidy(to)  # what a stopped publication left is of no use any more
            prune(to, keep)
            return before
        name = next_id(to, site)
        partial = to / RELEASES / f"{PARTIAL}{name}"
        try:
            tidy(to)
            copy(site, partial)
            carry(partial, [to / RELEASES / name for name in releases(to)])
            faults = verify(partial)
            if faults:
                raise PublishError(f"{partial}: the copy is not whole ({faults[0]}). Check the disk and publish again.")
            partial.rename(to / RELEASES / name)
            sync(to / RELEASES)
            point(to, name)
        except OSError as error:
            shutil.rmtree(partial, ignore_errors=True)
            raise PublishError(
                f"{to}: cannot be written ({error.strerror or error}). The site that was there still is. Check the "
                "disk and who may write there, then publish again."
            ) from error
        try:
            prune(to, keep)
        except OSError as error:
            raise PublishError(f"{name} is published, but an older release could not be removed ({error}).") from error
        return name
