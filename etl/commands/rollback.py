"""Go back to the release before."""

from __future__ import annotations

from pathlib import Path

import click

from etl.commands import TO, working
from etl.meta.errors import PublishError
from etl.meta.view import as_json
from etl.releases.server import RELEASES, WITHDRAWN, carry, current, locked, point, releases, withdrawn
from etl.runtime.files import write_whole
from etl.runtime.receipt import verify


@click.command("rollback")
@TO
def command(to: Path) -> None:
    """Make DIR/current point to the release before."""
    with working() as step:
        step("Controllo della pubblicazione di prima / Checking the release before")
        name = rollback(to.absolute())
    click.echo(f"{to / 'current'}: {name}")


def rollback(to: Path) -> str:
    """Point to the release before the current one and give its id. The one left is never pointed to again."""
    with locked(to):
        now = current(to)
        left = withdrawn(to)
        before = [name for name in releases(to) if name not in left and (now is None or name < now)]
        if now is None or not before:
            raise PublishError(f"{to}: there is no release before {now or 'the first one'} to go back to.")
        faults = verify(to / RELEASES / before[-1])
        if faults:
            raise PublishError(f"{to / RELEASES / before[-1]}: not whole any more ({faults[0]}). Publish a new site.")
        try:
            write_whole(to / WITHDRAWN, as_json(sorted(left | {now})))
            carry(to / RELEASES / before[-1], [to / RELEASES / now])
            point(to, before[-1])
        except OSError as error:
            raise PublishError(f"{to}: cannot be written ({error.strerror or error}). Nothing has changed.") from error
        return before[-1]
