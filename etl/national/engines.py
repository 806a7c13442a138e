"""The two engines. Each reads a file into the view `cells`, runs SQL, and writes Parquet in parts."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

from etl.checks.sieve import DUCKDB, Dialect
from etl.meta.errors import DeclarationError

MEMORY = "1500MB"
"""What DuckDB may use before it goes on with files on the disk."""
SPARK_FOLDER = str(Path(sys.prefix, "spark"))
SPARK = Dialect("`", "{0} RLIKE concat('^(?:', {1}, ')\\\\z')", backslash="\\\\")
SPARK_SETTINGS = {
    "spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false",
    "spark.sql.session.timeZone": "UTC", "spark.sql.shuffle.partitions": "8",
    "spark.sql.ansi.enabled": "true", "spark.driver.memory": "2g",
    # Two hundred columns make more code than one Java method can hold.
    "spark.sql.codegen.wholeStage": "false", "spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1",
}


def spark_is_here() -> bool:
    """Whether Spark can be used.

    `make spark` puts it in a folder of its own: other libraries load it where they see it, and take seconds longer.
    """
    found = Path(SPARK_FOLDER, "pyspark").is_dir() or find_spec("pyspark") is not None
    return found and shutil.which("java") is not None


class Engine(Protocol):
    """What the recipe needs of an engine."""

    dialect: Dialect
    unquoted: str
    """The expression for a line without what is between quotes."""

    def read(self, source: Path, columns: Sequence[str]) -> None:
        """Make the view `cells` of a CSV file with these columns, separated by semicolons, and `lines` as they are."""

    def define(self, name: str, query: str) -> None:
        """Make a view of a query."""

    def keep(self, name: str, query: str) -> None:
        """Make a small table of a query, worked out once."""

    def read_parts(self, name: str, folder: Path) -> None:
        """Make a view of what `write_parts` wrote."""

    def rows(self, query: str) -> Iterator[tuple[Any, ...]]:
        """The rows of a query, a few at a time."""

    def write_parts(self, query: str, folder: Path, by: str) -> None:
        """Write the rows of a query as Parquet files, in a folder for each value of the column `by`."""

    def close(self) -> None:
        """Give everything back."""


class Embedded:
    """DuckDB, in this process, with bounded memory."""

    dialect = DUCKDB
    unquoted = """regexp_replace(line, '"[^"]*"', '', 'g')"""

    def __init__(self, work: Path) -> None:
        import duckdb

        self._base = duckdb.connect(config={
            "memory_limit": MEMORY, "temp_directory": str(work), "preserve_insertion_order": False,
        })

    def read(self, source: Path, columns: Sequence[str]) -> None:
        """See Engine."""
        self._base.read_csv(
            str(source), delimiter=";", header=True, quotechar='"', escapechar='"', auto_detect=False,
            columns=dict.fromkeys(columns, "VARCHAR"), encoding="utf-8",
        ).create_view("file")
        cells = ", ".join(f"coalesce({name}, '') AS {name}" for name in map(self.dialect.name, columns))
        self.define("cells", f"SELECT {cells} FROM file")
        self._base.read_csv(
            str(source), delimiter="\x01", quotechar="", escapechar="", header=False, auto_detect=False,
            columns={"line": "VARCHAR"}, encoding="utf-8",
        ).create_view("lines")

    def define(self, name: str, query: str) -> None:
        """See Engine."""
        self._base.execute(f"CREATE OR REPLACE VIEW {name} AS {query}")

    def keep(self, name: str, query: str) -> None:
        """See Engine."""
        self._base.execute(f"CREATE OR REPLACE TABLE {name} AS {query}")

    def read_parts(self, name: str, folder: Path) -> None:
        """See Engine."""
        self._base.read_parquet(f"{folder}/*/*.parquet", hive_partitioning=True).create_view(name, replace=True)

    def rows(self, query: str) -> Iterator[tuple[Any, ...]]:
        """See Engine."""
        found = self._base.execute(query)
        while some := found.fetchmany(10_000):
            yield from some

    def write_parts(self, query: str, folder: Path, by: str) -> None:
        """See Engine."""
        place = str(folder).replace("'", "''")
        self._base.execute(f"COPY ({query}) TO '{place}' (FORMAT parquet, COMPRESSION zstd, PARTITION_BY ({by}))")

    def close(self) -> None:
        """See Engine."""
        self._base.close()


class Distributed:
    """Spark: the machines of its master (SPARK_MASTER), or two threads of this one."""

    dialect = SPARK
    unquoted = """regexp_replace(line, '"[^"]*"', '')"""

    def __init__(self, work: Path) -> None:
        if not spark_is_here():
            raise DeclarationError("The engine spark is not installed. Run: make spark (it needs Java 17 or newer)")
        sys.path.append(SPARK_FOLDER)
        from pyspark.sql import SparkSession

        building = SparkSession.builder.master(os.environ.get("SPARK_MASTER", "local[2]"))
        for name, value in (SPARK_SETTINGS | {"spark.local.dir": str(work)}).items():
            building = building.config(name, value)
        self._session = building.getOrCreate()
        self._session.sparkContext.setLogLevel("ERROR")

    def read(self, source: Path, columns: Sequence[str]) -> None:
        """See Engine."""
        fields = ", ".join(f"{self.dialect.name(name)} STRING" for name in columns)
        file = self._session.read.csv(
            str(source.resolve()), schema=fields, sep=";", header=True, quote='"', escape='"', mode="FAILFAST",
            encoding="UTF-8", enforceSchema=True,
        )
        file.createOrReplaceTempView("file")
        cells = ", ".join(f"coalesce({name}, '') AS {name}" for name in map(self.dialect.name, columns))
        self.define("cells", f"SELECT {cells} FROM file")
        self._session.read.text(str(source.resolve())).toDF("line").createOrReplaceTempView("lines")

    def define(self, name: str, query: str) -> None:
        """See Engine."""
        self._session.sql(query).createOrReplaceTempView(name)

    def keep(self, name: str, query: str) -> None:
        """See Engine."""
        self._session.sql(query).persist().createOrReplaceTempView(name)

    def read_parts(self, name: str, folder: Path) -> None:
        """See Engine."""
        self._session.read.parquet(str(folder.resolve())).createOrReplaceTempView(name)

    def rows(self, query: str) -> Iterator[tuple[Any, ...]]:
        """See Engine."""
        yield from map(tuple, self._session.sql(query).toLocalIterator())

    def write_parts(self, query: str, folder: Path, by: str) -> None:
        """See Engine."""
        self._session.sql(query).write.partitionBy(by).option("compression", "zstd").parquet(str(folder.resolve()))

    def close(self) -> None:
        """See Engine."""
        self._session.stop()


ENGINES: dict[str, Callable[[Path], Engine]] = {"duckdb": Embedded, "spark": Distributed}
