"""Put build/site in place for a web server, in one step."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from etl.commands import ROOT, TO, working
from etl.meta.errors import PublishError
from etl.releases import server
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
    with server.locked(to):
        before = server.current(to)
        if before and server.same(site, to / server.RELEASES / before):
            server.tidy(to)  # what a stopped publication left is of no use any more
            server.prune(to, keep)
            return before
        name = server.next_id(to, site)
        partial = to / server.RELEASES / f"{server.PARTIAL}{name}"
        try:
            server.tidy(to)
            server.copy(site, partial)
            server.carry(partial, [to / server.RELEASES / name for name in server.releases(to)])
            faults = verify(partial)
            if faults:
                raise PublishError(f"{partial}: the copy is not whole ({faults[0]}). Check the disk and publish again.")
            partial.rename(to / server.RELEASES / name)
            server.sync(to / server.RELEASES)
            server.point(to, name)
        except OSError as error:
            shutil.rmtree(partial, ignore_errors=True)
            raise PublishError(
                f"{to}: cannot be written ({error.strerror or error}). The site that was there still is. Check the "
                "disk and who may write there, then publish again."
            ) from error
        try:
            server.prune(to, keep)
        except OSError as error:
            raise PublishError(f"{name} is published, but an older release could not be removed ({error}).") from error
        return name
