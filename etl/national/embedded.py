"""DuckDB, in this process, with bounded memory."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from typing import Any

import duckdb

from etl.checks.sieve import DUCKDB
from etl.national.engines import Step
from etl.national.header import check_columns
from etl.national.places import Place, is_parquet
from etl.national.recipe import Language, cells, columns
from etl.national.shape import survey, unpacked

MEMORY = "1000MB"
"""What DuckDB may use before it goes on with files on the disk."""
LANGUAGE = Language(**vars(DUCKDB), day="CAST(try_strptime({0}, '%Y%m%d') AS DATE)")
LOOK = 0.5
"""Seconds between two looks at how far it is."""


class Embedded:
    """See Engine."""

    dialect = LANGUAGE

    def __init__(self, work: Path, step: Step) -> None:
        self._work, self._step = work, step
        self._base = duckdb.connect(config={
            "memory_limit": MEMORY, "temp_directory": str(work), "preserve_insertion_order": False,
        })
        self._base.execute("SET enable_progress_bar = true; SET enable_progress_bar_print = false")

    def read(self, source: Place) -> tuple[int, list[str]]:
        """See Engine."""
        if is_parquet(source):
            file = self._base.read_parquet(str(source))
            check_columns(source, file.columns)
            texts = {name: str(kind) == "VARCHAR" for name, kind in zip(file.columns, file.types, strict=True)}
            (rows,), found = file.count("*").fetchall()[0], list[str]()
        else:
            table = unpacked(Path(source), self._work)
            with table.open("rb") as lines:
                rows, found = survey(lines, len(columns()))
            texts = dict.fromkeys(columns(), True)
            file = self._base.read_csv(
                str(table), delimiter=";", header=True, quotechar='"', escapechar='"', auto_detect=False,
                columns=dict.fromkeys(texts, "VARCHAR"), encoding="utf-8",
            )
        file.create_view("file")
        self.define("cells", cells(texts, self.dialect))
        return rows, found

    def define(self, name: str, query: str) -> None:
        """See Engine."""
        self._base.execute(f"CREATE OR REPLACE VIEW {name} AS {query}")

    def keep(self, name: str, query: str) -> None:
        """See Engine."""
        self._base.execute(f"CREATE OR REPLACE TABLE {name} AS {query}")

    def read_parts(self, name: str, folder: Place) -> None:
        """See Engine."""
        if any(Path(folder).glob("*/*.parquet")):
            self.define(name, f"SELECT * FROM read_parquet('{quoted(folder)}/*/*.parquet', hive_partitioning = true, "
                              "hive_types_autocast = false)")

    def rows(self, query: str) -> Iterator[tuple[Any, ...]]:
        """See Engine."""
        found = self._base.execute(query)
        while some := found.fetchmany(10_000):
            yield from some

    def write_parts(self, query: str, folder: Place, by: str) -> None:
        """See Engine."""
        with ThreadPoolExecutor(1) as other:
            working = other.submit(self._base.execute, f"COPY ({query}) TO '{quoted(folder)}' (FORMAT parquet, "
                                                       f"COMPRESSION zstd, PARTITION_BY ({by}))")
            try:
                while not wait([working], LOOK).done:
                    done = max(0, self._base.query_progress())  # -1 as long as it cannot say
                    self._step(f"Controllo e scrittura / Checking and writing: {done:.0f} %")
            except BaseException:
                self._base.interrupt()
                raise
        working.result()

    def move(self, folder: Place, target: Place) -> None:
        """See Engine."""
        Path(folder).rename(target)

    def close(self) -> None:
        """See Engine."""
        self._base.close()


def quoted(path: Place) -> str:
    """A path between quotes of SQL."""
    return str(path).replace("'", "''")
