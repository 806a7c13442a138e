"""Say what changed between two releases."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

import click

from etl.commands import working
from etl.meta.errors import DeclarationError
from etl.releases.diff import FORMATS, as_markdown, changes


@click.command("diff")
@click.argument("old", type=click.Path(path_type=Path, file_okay=False))
@click.argument("new", type=click.Path(path_type=Path, file_okay=False))
@click.option("--format", "style", type=click.Choice(["json", "markdown", "text"]), default="text", show_default=True)
@click.option("--findings", type=click.File("r", encoding="utf-8"), help="What the checks say, to go in the comment.")
def command(old: Path, new: Path, style: str, findings: TextIO | None) -> None:
    """What changed between the releases in two folders: rows added, changed, removed."""
    for folder in (old, new):
        if not (folder / "datapackage.json").is_file():
            raise DeclarationError(f"{folder}: no release is in it. Example: datasets/release, or build/site/dati")
    with working() as step:
        step("Confronto / Comparing")
        found = changes(old, new)
    said = findings.read() if findings else ""
    click.echo(as_markdown(found, said) if style == "markdown" else FORMATS[style](found))
