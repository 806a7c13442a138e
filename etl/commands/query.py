"""Ask the tables of a finished site in SQL: one table per dataset, with its types."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from etl.meta.errors import DeclarationError
from etl.runtime.tables import csv_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence

EXAMPLE = "SELECT kind, count(*) FROM desks GROUP BY kind"
SITE = click.Path(path_type=Path, file_okay=False)
FORMATS = click.Choice(["table", "csv", "markdown"])
Lines = list[list[str]]


@click.command("query")
@click.argument("sql")
@click.option("--site", type=SITE, default=Path("build", "site"), show_default=True, help="Folder of a finished site.")
@click.option("--format", "style", type=FORMATS, default="table", show_default=True, help="How the answer is printed.")
def command(sql: str, site: Path, style: str) -> None:
    """Ask the tables of a finished site in SQL, for example "SELECT kind, count(*) FROM desks GROUP BY kind"."""
    files = sorted((site / "dati").glob("*.parquet"))
    if not files:
        raise DeclarationError(f"{site}: no finished site is here. Make one first: abitare build")
    lines = asked(files, sql)
    widths = [max(map(len, cells)) for cells in zip(*lines, strict=True)]
    if style == "csv":
        click.echo(csv_bytes(lines[0], lines[1:]), nl=False)
    elif style == "markdown":
        for line in [lines[0], ["---"] * len(widths), *lines[1:]]:
            click.echo(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |")
    else:
        for line in lines:
            click.echo("  ".join(map(str.ljust, line, widths)).rstrip())


def asked(files: Sequence[Path], sql: str) -> Lines:
    """The columns of an answer, then its rows as text. The question itself can open no file."""
    import duckdb

    with duckdb.connect() as engine:
        for path in files:
            engine.read_parquet(str(path)).create(path.stem)
        engine.execute("SET enable_external_access = false")
        try:
            found = engine.execute(sql)
            rows = [["" if value is None else str(value) for value in row] for row in found.fetchall()]
        except duckdb.Error as error:
            raise DeclarationError(f"{error}. Example: {EXAMPLE}") from error
        return [[column[0] for column in found.description or ()], *rows]
