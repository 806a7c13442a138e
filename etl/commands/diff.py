"""Say what changed between two releases."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

import click

from etl.commands import ROOT, working
from etl.meta.catalog import load_catalog
from etl.meta.errors import DeclarationError
from etl.releases.comment import as_markdown
from etl.releases.diff import FORMATS, changes


@click.command("diff")
@ROOT
@click.argument("old", type=click.Path(path_type=Path, file_okay=False))
@click.argument("new", type=click.Path(path_type=Path, file_okay=False))
@click.option("--format", "style", type=click.Choice(["json", "markdown", "text"]), default="text", show_default=True)
@click.option("--findings", type=click.File("r", encoding="utf-8"), help="What the checks say, to go in the comment.")
@click.option("--preview", default="", help="Where the site of the proposal can be looked at, to go in the comment.")
def command(root: Path, old: Path, new: Path, style: str, findings: TextIO | None, preview: str) -> None:
    """What changed between the releases in two folders: rows added, changed, removed."""
    for folder in (old, new):
        if not (folder / "datapackage.json").is_file():
            raise DeclarationError(f"{folder}: no release is in it. Example: datasets/release, or build/site/dati")
    with working() as step:
        step("Confronto / Comparing")
        found = changes(old, new)
        if style != "markdown":
            click.echo(FORMATS[style](found))
            return
        derived = {name for name, dataset in load_catalog(root.resolve()).items() if dataset.derived}
        click.echo(as_markdown(old, new, found, derived, findings.read() if findings else "", preview), nl=False)
