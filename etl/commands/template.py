"""Write an Excel file to fill in, with drop-downs and instructions."""

from __future__ import annotations

from pathlib import Path

import click

from etl.commands import ROOT
from etl.meta.catalog import load_catalog
from etl.meta.errors import DeclarationError
from etl.runtime.files import write_whole
from etl.runtime.source_tables import choices, example_row
from etl.spreadsheets.write.plan import belonging
from etl.spreadsheets.write.template import template


@click.command("template")
@ROOT
@click.argument("name")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Where to write it (default: NAME.xlsx).")
def command(root: Path, name: str, out: Path | None) -> None:
    """Write an Excel file for the people who fill in the table NAME, with drop-downs, hints and instructions.

    Tables whose rows belong to a row of NAME (the hours of a desk, its texts) have a sheet each in the same file.
    """
    datasets = load_catalog(root.resolve())
    known = sorted(table for table, dataset in datasets.items() if not dataset.derived)
    if name not in known:
        raise DeclarationError(f"{name}: there is no such table. Tables: {', '.join(known)}")
    target = out or Path(f"{name}.xlsx")
    tables = [datasets[name], *belonging(datasets[name], datasets)]
    book = template([(table, choices(root.resolve(), table, datasets)) for table in tables],
                    {table.name: example_row(table) for table in tables})
    write_whole(target.absolute(), book)
    click.echo(target)
