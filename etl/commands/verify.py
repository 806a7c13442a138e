"""Compare every file of a finished site with its receipt; --rebuild builds it again, --key asks who signed it."""

from __future__ import annotations

import sys
import tempfile
from datetime import date
from pathlib import Path

import click

from etl.commands import ROOT, Step, working
from etl.commands.build import build
from etl.meta.errors import PublishError
from etl.runtime.receipt import RECEIPT, inputs, read_receipt, site_files, verify


@click.command("verify")
@click.argument("site", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--rebuild", is_flag=True, help="Build the same site again from --root, and compare every file.")
@click.option("--key", metavar="KEY", help="Also ask that this public key of minisign (a file, or its line) signed it.")
@ROOT
def command(site: Path, rebuild: bool, key: str | None, root: Path) -> None:
    """Compare every file of a finished SITE with its receipt release.json."""
    with working() as step:
        step("Confronto con la ricevuta / Comparing with the receipt")
        stands = site.resolve()  # a pointer may move meanwhile, and half of each release is none
        comment = signed_by(stands, key) if key else ""
        faults = verify(stands)
        if rebuild and not faults:
            faults = rebuilt(root.resolve(), stands, step)
    for fault in faults:
        click.echo(fault)
    if faults:
        sys.exit(PublishError.exit_code)
    click.echo(f"{site}: {len(site_files(stands))} file, tutti come nella ricevuta / all as in the receipt")
    if comment:
        click.echo(comment)


def signed_by(site: Path, key: str) -> str:
    """What is said of a site that a key has signed."""
    from etl.runtime.signature import check_signature, public_key

    comment = check_signature(site, public_key(key))
    carried = len((read_receipt(site) or {}).get("carried", {}))
    beside = f"; {carried} file di altre pubblicazioni, non firmati / of other releases, not signed" if carried else ""
    return f"firma valida / the signature holds: {comment}{beside}"


def rebuilt(root: Path, site: Path, step: Step) -> list[str]:
    """One line per file in which `site` differs from what this repository gives for the same date and address."""
    receipt = read_receipt(site)
    if receipt is None:
        raise PublishError(f"{site / RECEIPT}: no readable receipt. Build the site again.")
    theirs, ours = receipt.get("inputs", {}), inputs(root)
    other = sorted(name for name in {*theirs, *ours} if theirs.get(name) != ours.get(name))
    if other:
        raise PublishError(f"{root}: not what the site was made from ({', '.join(other[:5])}, {len(other)} in all). "
                           f"Check out commit {receipt.get('commit')}.")
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "site"
        build(root, made, receipt["base_url"], date.fromisoformat(receipt["date"]), step)
        files = site_files(made)
    known = receipt["files"]
    return [f"not the same when built again: {name}" for name in sorted({*known, *files})
            if known.get(name) != files.get(name)]
