"""What the recipe needs of an engine, and which engines there are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol

from etl.meta.errors import DeclarationError
from etl.national.places import Place
from etl.national.recipe import Language

Step = Callable[[str], None]
"""Told in words what is being done."""


class Engine(Protocol):
    """Reads a file into the view `cells`, runs SQL, and writes Parquet in parts."""

    dialect: Language

    def read(self, source: Place) -> tuple[int, list[str]]:
        """Make the view `cells` of a table: every column as text, never NULL.

        Gives how many rows it has and the first lines of another shape; these are counted apart from what makes the
        view, so that a row that gets lost is seen. Raises InvalidDataError for a Parquet file with other columns.
        """

    def define(self, name: str, query: str) -> None:
        """Make a view of a query."""

    def keep(self, name: str, query: str) -> None:
        """Make a small table of a query, worked out once."""

    def read_parts(self, name: str, folder: Place) -> None:
        """Let the view of this name be what `write_parts` wrote of it, which is much faster to read."""

    def rows(self, query: str) -> Iterator[tuple[Any, ...]]:
        """The rows of a query, a few at a time."""

    def write_parts(self, query: str, folder: Place, by: str) -> None:
        """Write the rows of a query as Parquet files, in a folder for each value of the column `by`."""

    def move(self, folder: Place, target: Place) -> None:
        """Give a folder that `write_parts` has made another place."""

    def close(self) -> None:
        """Give everything back."""


def embedded(work: Path, settings: Mapping[str, str], step: Step) -> Engine:
    """DuckDB; `work`: a folder for what does not fit into the memory; `step` is told how far it is."""
    from etl.national.embedded import Embedded

    if settings:
        raise DeclarationError(f"--conf {next(iter(settings))}: a setting of Spark. Add --engine spark")
    return Embedded(work, step)


def distributed(work: Path, settings: Mapping[str, str], _step: Step) -> Engine:
    """Spark, with settings as `spark-submit --conf` takes them."""
    from etl.national.distributed import Distributed

    return Distributed(work, settings)


ENGINES: dict[str, Callable[[Path, Mapping[str, str], Step], Engine]] = {"duckdb": embedded, "spark": distributed}
