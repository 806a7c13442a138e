"""Put build/site in place for a web server, in one step."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from etl.commands import ROOT, TO, RegularFile, working
from etl.meta.errors import PublishError
from etl.releases import server
from etl.runtime import staging
from etl.runtime.files import readable, write_whole
from etl.runtime.receipt import SIGNATURE, verify


@click.command("publish")
@ROOT
@TO
@click.option("--keep", default=5, show_default=True, type=click.IntRange(2), help="Releases that stay, to go back to.")
@click.option("--sign", metavar="FILE", envvar="ABITARE_SIGNING_KEY", type=RegularFile(),
              help="Sign the receipt with this secret key of minisign, without password (or ABITARE_SIGNING_KEY).")
def command(root: Path, to: Path, keep: int, sign: Path | None) -> None:
    """Put build/site in place for a web server whose root is DIR/current. Whatever fails, the site before stays."""
    with working() as step:
        step("Copia del sito / Copying the site")
        name = publish(root.resolve() / "build" / "site", to.absolute(), keep, sign)
    click.echo(f"{to / 'current'}: {name}")


def publish(site: Path, to: Path, keep: int = 5, key: Path | None = None) -> str:
    """Put a finished site in place and give the id of its release; at least the `keep` newest ones stay.

    Nothing is done when the same site is current already. key: the file of the secret key that signs its receipt.
    """
    sign = signer(key)
    site = staging.place(site)
    refuse_inside(site, staging.place(to))
    if not site.exists():
        verify(site)  # says what to do
    with staging.lock(site, "publish", shared=True), server.lock(to, "publish"):
        refuse_broken(site, f"{site}: not whole", "Build it again: abitare build")
        server.settle(to)
        with server.stage(to) as beside:
            before = server.current(to)
            refuse_behind(site, to)
            if before and server.same(site, to / server.RELEASES / before):
                name = before
                sign(to / server.RELEASES / name, beside)
                readable(to / server.RELEASES / name)
            else:
                name = put(site, to, beside, sign)
            try:
                server.prune(to, keep, beside)
            except OSError as error:
                said = f"{name} is published, but an older release could not be removed ({error})."
                raise PublishError(said) from error
            return name


def signer(key: Path | None) -> Callable[[Path, Path], None]:
    """What puts the signature of a release beside its receipt (release, folder of our own to prepare it in), if a key
    is given; without one a signature that stands there stays."""
    if key is None:
        return lambda *_: None
    from etl.runtime.signature import secret_key, signature

    secret = secret_key(key)

    def sign(release: Path, beside: Path) -> None:
        write_whole(beside / SIGNATURE, signature(release, secret))
        (beside / SIGNATURE).replace(release / SIGNATURE)

    return sign


def put(site: Path, to: Path, beside: Path, sign: Callable[[Path, Path], None]) -> str:
    """Copy a site beside the releases, into a folder of our own, check and sign it, and point to it; gives its id."""
    name, partial = server.next_id(to, site), beside / staging.NEW
    try:
        server.copy(site, partial)
        late = server.behind(to, server.erasures(site))  # their assets say what was erased since
        server.carry(partial, [to / server.RELEASES / name for name in server.releases(to) if name not in late], beside)
        refuse_broken(partial, f"{partial}: the copy is not whole", "Check the disk and publish again.")
        sign(partial, beside)
        readable(partial)
        partial.rename(to / server.RELEASES / name)
        server.sync(to / server.RELEASES)
        server.point(to, name)
    except OSError as error:
        raise PublishError(
            f"{to}: cannot be written ({error.strerror or error}). The site that was there still is. Check the "
            "disk and who may write there, then publish again."
        ) from error
    return name


def refuse_broken(site: Path, what: str, remedy: str) -> None:
    """Refuse a site that is not as its receipt says."""
    if faults := verify(site):
        raise PublishError(f"{what} ({faults[0]}; {len(faults)} in all). {remedy}")


def refuse_behind(site: Path, to: Path) -> None:
    """Refuse a site that says what was erased before the current one was made."""
    lacking = server.erasures(to / server.CURRENT) - server.erasures(site)
    if lacking:
        raise PublishError(
            f"{site}: fatto prima della cancellazione {min(lacking)}, direbbe di nuovo ciò che è stato tolto: aggiorna "
            "il repository e rifai il sito / made before that erasure, and says what was taken out. Bring the "
            "repository up to date and build again.")


def refuse_inside(site: Path, to: Path) -> None:
    """Refuse to publish a site into itself."""
    if site == to or site in to.parents:
        raise PublishError(f"{to}: è dentro il sito, scegli un'altra cartella / inside the site. Name another folder.")
