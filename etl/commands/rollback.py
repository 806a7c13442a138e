"""Go back to the release before."""

from __future__ import annotations

from pathlib import Path

import click

from etl.commands import TO, working
from etl.meta.errors import PublishError
from etl.releases.server import (
    CURRENT,
    RELEASES,
    behind,
    carry,
    current,
    erasures,
    leave,
    lock,
    releases,
    settle,
    stage,
    withdrawn,
)
from etl.runtime.files import readable
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
    if current(to) is None:
        raise PublishError(f"{to}: there is no release before the first one to go back to.")
    with lock(to, "rollback"):
        settle(to)
        now, left = current(to), withdrawn(to)
        before = [name for name in releases(to) if name not in left and (now is None or name < now)]
        if now is None or not before:
            raise PublishError(f"{to}: there is no release before {now or 'the first one'} to go back to.")
        if before[-1] in behind(to, erasures(to / CURRENT)):
            raise PublishError(
                f"{to}: la release di prima dice ciò che è stato cancellato per un motivo di legge: non si torna "
                "indietro, pubblica un sito nuovo / the release before says what was erased for a legal reason. "
                "Publish a new site.")
        faults = verify(to / RELEASES / before[-1])
        if faults:
            raise PublishError(f"{to / RELEASES / before[-1]}: not whole any more ({faults[0]}). Publish a new site.")
        try:
            with stage(to) as beside:
                carry(to / RELEASES / before[-1], [to / RELEASES / now], beside)
            readable(to / RELEASES / before[-1])
            leave(to, now, before[-1])
        except OSError as error:
            raise PublishError(f"{to}: cannot be written ({error.strerror or error}). See where {to / CURRENT} leads "
                               "before you go on.") from error
        return before[-1]
