"""Write an Excel file to fill in, with drop-downs and instructions."""

from __future__ import annotations

from pathlib import Path

import click

from etl.commands import ROOT
from etl.meta.catalog import load_catalog
from etl.meta.errors import DeclarationError
from etl.runtime.files import write_whole
from etl.runtime.source_tables import choices
from etl.spreadsheets.write.template import template


@click.command("template")
@ROOT
@click.argument("name")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Where to write it (default: NAME.xlsx).")
def command(root: Path, name: str, out: Path | None) -> None:
    """Write an Excel file for the people who fill in the table NAME, with drop-downs, hints and instructions."""
    datasets = load_catalog(root.resolve())
    tables = sorted(known for known, dataset in datasets.items() if not dataset.derived)
    if name not in tables:
        raise DeclarationError(f"{name}: there is no such table. Tables: {', '.join(tables)}")
    target = out or Path(f"{name}.xlsx")
    write_whole(target.absolute(), template(datasets[name], choices(root.resolve(), datasets[name], datasets)))
    click.echo(target)
