"""Check and publish OpenCoesione's table of all projects: added up, as Parquet; on DuckDB or Spark."""

from __future__ import annotations

from pathlib import Path

import click

from etl.commands import RegularFile, working
from etl.national.publish import in_words, publish, wanted


@click.command("national")
@click.argument("source", type=RegularFile())
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="Folder of the results.")
@click.option("--engine", type=click.Choice(["duckdb", "spark"]), default="duckdb", envvar="ABITARE_ENGINE",
              show_default=True, help="Who does the work (or ABITARE_ENGINE). SPARK_MASTER names Spark's machines.")
@click.option("--only", multiple=True, metavar="COLUMN=VALUE", help="Publish these rows only; may be repeated.")
def command(source: Path, out: Path, engine: str, only: tuple[str, ...]) -> None:
    """Check and publish OpenCoesione's table of all projects: Parquet by region, totals, and the rows left out."""
    with working() as step:
        step(f"Lettura di {source} / Reading it")
        counts = publish(source, out.resolve(), engine, wanted(only))
    click.echo(f"{out}: {in_words(counts)}")
