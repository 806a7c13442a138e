"""Spark: the machines of its master, or the processors of this one.

Settings are Spark's own, in its order: `--conf`, then `spark-defaults.conf` (in SPARK_CONF_DIR), then what stands here.
SPARK_MASTER is another word for `--conf spark.master`.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from etl.meta.errors import DeclarationError, PublishError, SourceError
from etl.national.header import check_columns, check_header
from etl.national.places import Place, is_parquet
from etl.national.recipe import Language, cells, columns

SPARK_FOLDER = str(Path(sys.prefix, "spark"))
SPARK = Language(
    "`", "{0} RLIKE concat('^(?:', {1}, ')\\\\z')", backslash="\\\\",
    day="try_cast(concat(substr({0}, 1, 4), '-', substr({0}, 5, 2), '-', substr({0}, 7, 2)) AS DATE)",
)
MEMORY = "2g"
"""Of the driver, which its Java has to know before it reads any setting of ours."""
DEFAULTS = {
    "spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "8",
    # Two hundred columns make more code than one Java method can hold.
    "spark.sql.codegen.wholeStage": "false",
}
"""Settings of ours, where nobody asks for others."""
ON_ONE_MACHINE = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
"""Without a cluster, because the name of a machine may lead nowhere; with one, Spark finds the address itself."""
ALWAYS = {
    "spark.ui.showConsoleProgress": "false", "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.sources.partitionColumnTypeInference.enabled": "false",
}
"""Settings that decide what the results are, and who writes on the terminal: never another's."""


def spark_is_here() -> bool:
    """Whether Spark can be used.

    `make spark` puts it in a folder of its own: other libraries load it where they see it, and take seconds longer.
    """
    found = Path(SPARK_FOLDER, "pyspark").is_dir() or find_spec("pyspark") is not None
    return found and shutil.which("java") is not None


class Distributed:
    """See Engine."""

    dialect = SPARK

    def __init__(self, work: Path, settings: Mapping[str, str]) -> None:
        if not spark_is_here():
            raise DeclarationError("The engine spark is not installed. Run: make spark (it needs Java 17 or newer)")
        sys.path.append(SPARK_FOLDER)
        from py4j.protocol import Py4JError
        from pyspark import SparkConf, SparkContext
        from pyspark.errors import PySparkException
        from pyspark.java_gateway import launch_gateway
        from pyspark.sql import SparkSession

        named = {"spark.master": master} if (master := os.environ.get("SPARK_MASTER")) else {}
        os.environ.setdefault("SPARK_DRIVER_MEMORY", MEMORY)
        try:
            self._gateway = launch_gateway(SparkConf().setAll(list({**named, **settings}.items())))
            known = self._gateway.jvm.SparkConf()
            master = str(known.get("spark.master"))
            here = ON_ONE_MACHINE | {"spark.local.dir": str(work)} if master.startswith("local") else {}
            chosen = {name: value for name, value in (DEFAULTS | here).items() if not known.contains(name)} | ALWAYS
            context = SparkContext(appName="abitare national", conf=SparkConf().setAll(list(chosen.items())),
                                   gateway=self._gateway)
            context.setLogLevel("ERROR")
            self._session = SparkSession(context)
        except (Py4JError, PySparkException) as error:
            raise SourceError(
                f"Spark does not start ({' '.join(str(error).split())[:300]}). Check SPARK_MASTER or --conf "
                "spark.master, and that the machines reach this one (--conf spark.driver.host=ADDRESS)."
            ) from error

    def read(self, source: Place) -> tuple[int, list[str]]:
        """See Engine."""
        if str(source).lower().endswith(".zip"):
            raise DeclarationError(f"{source}: Spark does not open .zip. Unpack it first, or leave --engine spark out.")
        place, texts = address(source), dict.fromkeys(columns(), True)
        if is_parquet(source):
            file = self._session.read.parquet(place)
            check_columns(source, file.columns)
            texts = {field.name: field.dataType.typeName() == "string" for field in file.schema.fields}
        else:
            fields = ", ".join(f"{self.dialect.name(name)} STRING" for name in texts)
            file = self._session.read.csv(place, schema=fields, sep=";", header=True, quote='"', escape='"',
                                          mode="FAILFAST", encoding="UTF-8", enforceSchema=True)
        file.createOrReplaceTempView("file")
        self.define("cells", cells(texts, self.dialect))
        return (file.count(), []) if is_parquet(source) else self._survey(source)

    def _survey(self, source: Place) -> tuple[int, list[str]]:
        lines = self._session.read.text(address(source)).toDF("line")
        lines.createOrReplaceTempView("lines")
        if isinstance(source, str):  # on this machine the header was looked at before
            check_header(source, str(first[0]).encode() if (first := lines.first()) else b"")
        (rows,), = self.rows("SELECT count(*) FROM lines WHERE line <> ''")
        return max(rows - 1, 0), [line for line, in self.rows(misshapen(len(columns())))]

    def define(self, name: str, query: str) -> None:
        """See Engine."""
        self._session.sql(query).createOrReplaceTempView(name)

    def keep(self, name: str, query: str) -> None:
        """See Engine."""
        self._session.sql(query).persist().createOrReplaceTempView(name)

    def read_parts(self, name: str, folder: Place) -> None:
        """See Engine."""
        columns = self._session.table(name).schema
        self._session.read.schema(columns).parquet(address(folder)).createOrReplaceTempView(name)

    def rows(self, query: str) -> Iterator[tuple[Any, ...]]:
        """See Engine."""
        yield from map(tuple, self._session.sql(query).toLocalIterator())

    def write_parts(self, query: str, folder: Place, by: str) -> None:
        """See Engine."""
        self._session.sql(query).write.partitionBy(by).option("compression", "zstd").parquet(address(folder))

    def move(self, folder: Place, target: Place) -> None:
        """See Engine."""
        if isinstance(folder, Path):
            folder.rename(target)
        else:
            self.storage().move(folder, str(target))

    def storage(self) -> Storage:
        """The files at the addresses that this cluster opens."""
        return Storage(self._gateway.jvm)

    def close(self) -> None:
        """See Engine."""
        self._session.stop()


def misshapen(count: int) -> str:
    """The first lines that do not have so many cells, or a quote that is not closed on the line (see shape.survey)."""
    outside = """regexp_replace(line, '"[^"]*"', '')"""
    separators = f"length({outside}) - length(replace({outside}, ';', ''))"
    return f"""SELECT line FROM lines WHERE line <> '' AND ({separators} <> {count - 1}
        OR {outside} LIKE '%"%') ORDER BY 1 LIMIT 3"""


def address(place: Place) -> str:
    """How Spark is told a place: a path as one of a file system, whatever system its settings name first."""
    return place if isinstance(place, str) else f"file://{place.resolve()}"


class Storage:
    """Files at addresses (s3a://, hdfs://, abfss:// …), through Hadoop, with the settings of the running Spark."""

    def __init__(self, jvm: Any) -> None:
        self._path = jvm.org.apache.hadoop.fs.Path
        self._settings = jvm.org.apache.spark.SparkContext.getOrCreate().hadoopConfiguration()

    def names(self, folder: str) -> list[str]:
        """The paths of all files below a folder, from it on; none where there is no folder."""
        top, system = self._of(folder)
        if not system.exists(top):
            return []
        start, found, files = f"{system.makeQualified(top).toString().rstrip('/')}/", [], system.listFiles(top, True)
        while files.hasNext():
            found.append(str(files.next().getPath().toString()).removeprefix(start))
        return sorted(found)

    def put(self, file: Path, target: str) -> None:
        """Copy a file of this machine to an address."""
        path, system = self._of(target)
        system.copyFromLocalFile(False, True, self._path(address(file)), path)

    def move(self, folder: str, target: str) -> None:
        """Give a folder another address, which must be free."""
        path, system = self._of(folder)
        system.mkdirs(self._path(target).getParent())
        if not system.rename(path, self._path(target)):
            raise PublishError(f"{target}: cannot be put in place. Look who may write there, and run it again.")

    def remove(self, folder: str) -> None:
        """Remove a folder, if it is there."""
        path, system = self._of(folder)
        system.delete(path, True)

    def _of(self, place: str) -> tuple[Any, Any]:
        path = self._path(place)
        return path, path.getFileSystem(self._settings)
