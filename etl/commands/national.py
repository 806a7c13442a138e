"""Check and publish OpenCoesione's table of all projects: added up, as Parquet; on DuckDB or Spark."""

from __future__ import annotations

from typing import Any

import click

from etl.commands import RegularFile, working
from etl.national.places import Place, place
from etl.national.publish import in_words, publish, wanted


class Table(RegularFile):
    """A file, or an address that Spark opens."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path or the address."""
        found = place(str(value))
        return found if isinstance(found, str) else super().convert(found, param, ctx)


class Folder(click.Path):
    """A folder, or the address of one."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path or the address."""
        found = place(str(value))
        return found if isinstance(found, str) else super().convert(found, param, ctx)


def setting(_context: click.Context, _option: click.Parameter, words: tuple[str, ...]) -> dict[str, str]:
    """NAME=VALUE, … as name -> value."""
    if wrong := [word for word in words if not word.partition("=")[0].startswith("spark.") or "=" not in word]:
        raise click.BadParameter(f"{wrong[0]}: example: --conf spark.executor.memory=4g")
    return {name: value for name, _sign, value in (word.partition("=") for word in words)}


@click.command("national")
@click.argument("source", type=Table())
@click.option("--out", required=True, type=Folder(file_okay=False), help="Folder of the results, or its address.")
@click.option("--engine", type=click.Choice(["duckdb", "spark"]), default="duckdb", envvar="ABITARE_ENGINE",
              show_default=True, help="Who does the work (or ABITARE_ENGINE). SPARK_MASTER names Spark's machines.")
@click.option("--only", multiple=True, metavar="COLUMN=VALUE", help="Publish these rows only; may be repeated.")
@click.option("--conf", "settings", multiple=True, metavar="NAME=VALUE", callback=setting,
              help="A setting of Spark, before those of spark-defaults.conf; may be repeated.")
def command(source: Place, out: Place, engine: str, only: tuple[str, ...], settings: dict[str, str]) -> None:
    """Check and publish OpenCoesione's table of all projects: Parquet by region, totals, and the rows left out.

    SOURCE: a CSV file, as it is or zipped (.gz, with DuckDB .zip too), or .parquet with the same columns. SOURCE and
    --out are paths, or with Spark addresses that all its machines reach: file://, s3a://, hdfs://, abfss://.
    """
    with working() as step:
        counts = publish(source, out, engine, wanted(only), settings, step)
    click.echo(f"{out}: {in_words(counts)}")
