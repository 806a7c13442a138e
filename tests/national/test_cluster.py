"""The national table on several machines: what Spark is told, and a cluster of which one machine dies."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import cast

import pytest
from click.testing import CliRunner
from support.cluster import HOSTS, Cluster, can_be_made, cluster, kill, until
from support.namespaces import Host, hosts, why_not
from support.national import SOON, told, write_rows
from support.repository import ROOT, SOON_OVER

from etl.commands import main
from etl.meta.errors import DeclarationError, PublishError
from etl.national.distributed import SPARK_FOLDER, Storage, address, spark_is_here
from etl.national.places import place
from etl.national.publish import publish
from etl.national.remote import may_replace

TASKS = "spark.*.work/written/_temporary/0/_temporary/attempt*"
"""What machines are writing, beside the folder of the results."""
DEFAULTS = f"""
spark.executor.memory 512m
spark.executor.extraJavaOptions {" ".join(SOON_OVER)}
spark.sql.files.openCostInBytes 0
spark.sql.shuffle.partitions 2
spark.sql.codegen.factoryMode NO_CODEGEN
"""
"""What suits a small table: several parts of it, and no code made for each of two hundred columns."""
OVERLOADED = "org.apache.hadoop.fs.viewfs.ViewFileSystemOverloadScheme"
"""Hadoop's own way to let addresses of any scheme name files of another: it refuses those that are not as they were."""
CLOUDS = {"hdfs": "name.example", "s3a": "bucket", "abfss": "box@account.dfs.example"}
"""Scheme -> what follows it in its addresses, without a port."""


@pytest.mark.parametrize(("words", "found"), [
    ("progetti.csv", Path("progetti.csv")), ("/a/b c.csv", Path("/a/b c.csv")), ("a:b.csv", Path("a:b.csv")),
    ("file:///a/b%20c.csv", Path("/a/b c.csv")), ("file:/a/b.csv", Path("/a/b.csv")),
    ("file://localhost/a.csv", Path("/a.csv")),
    *((words, words) for words in ("s3a://b%20k/è ü.csv", "hdfs://name:8020/a", "abfss://c@a.dfs.core.example/x")),
])
def test_what_is_a_path_and_what_an_address(words: str, found: Path | str) -> None:
    assert place(words) == found
    assert address(found) == (found if isinstance(found, str) else f"file://{found.resolve()}")


@pytest.mark.parametrize("words", ["file://elsewhere/a.csv", "file:///"])
def test_a_file_of_another_machine_is_refused(words: str) -> None:
    with pytest.raises(DeclarationError, match="Example: file:///shared"):
        place(words)


@pytest.mark.parametrize(("words", "said"), [
    (["s3a://bucket/x.csv", "--out", "out"], "s3a://bucket/x.csv: only Spark opens addresses"),
    (["{file}", "--out", "hdfs://name/out"], "hdfs://name/out: only Spark opens addresses"),
    (["{file}", "--out", "out", "--conf", "spark.executor.memory"], "example: --conf spark.executor.memory=4g"),
    (["{file}", "--out", "out", "--conf", "spark.x=1"], "a setting of Spark. Add --engine spark"),
])
def test_what_only_spark_understands(tmp_path: Path, words: list[str], said: str,
                                     monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    file = write_rows(tmp_path / "progetti.csv")
    done = CliRunner().invoke(main, ["national", *(word.format(file=file) for word in words)])
    assert done.exit_code == DeclarationError.exit_code
    assert said in done.output


class Kept:
    """Addresses that hold these files."""

    def __init__(self, *names: str) -> None:
        self.found = list(names)

    def names(self, _folder: str) -> list[str]:
        """All of them."""
        return self.found


def test_an_address_with_other_files_is_not_replaced() -> None:
    ours = (".summary.json.crc", "faults.csv", "projects/area=012/part-0.zstd.parquet", "summary.json", "totals.csv")
    for names in ((), ours):
        may_replace(cast("Storage", Kept(*names)), "s3a://bucket/out")
    for names in (("mine.txt", *ours), ours[:3]):
        with pytest.raises(PublishError, match="Name a new folder"):
            may_replace(cast("Storage", Kept(*names)), "s3a://bucket/out")


def spark_folder() -> Path:
    """Where pyspark is."""
    found = find_spec("pyspark")
    return Path(found.origin).parent if found and found.origin else Path(SPARK_FOLDER, "pyspark")


@contextmanager
def started(source: str, out: str, running: Cluster, shared: Path) -> Iterator[subprocess.Popen[str]]:
    """The command on a cluster, ended with the test; what is not about this run stands in spark-defaults.conf.

    Addresses of these schemes name files of the shared folder here; without that Hadoop would look for them in a cloud.
    """
    linked = "".join(
        f"spark.hadoop.fs.{scheme}.impl {OVERLOADED}\n"
        f"spark.hadoop.fs.viewfs.mounttable.{host}.link./shared file://{shared}\n" for scheme, host in CLOUDS.items())
    conf = shared.parent / "conf"
    conf.mkdir(exist_ok=True)
    (conf / "spark-defaults.conf").write_text(
        f"{DEFAULTS}spark.master {running.master}\nspark.driver.host {running.driver.address}\n"
        f"spark.driver.bindAddress {running.driver.address}\n{linked}", "utf-8")
    command = [*running.driver.inside, sys.executable, "-m", "etl", "national", source, "--out", out,
               "--engine", "spark", "--conf", "spark.sql.files.maxPartitionBytes=128k"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                               env=os.environ | SOON | {"SPARK_CONF_DIR": str(conf)}, start_new_session=True)
    try:
        yield process
    finally:
        kill(process)


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """Storage that every machine sees, with the table and what DuckDB makes of it."""
    folder = tmp_path / "shared"
    folder.mkdir()
    publish(write_rows(folder / "progetti.csv"), folder / "duckdb", "duckdb", {})
    return folder


@contextmanager
def loopback() -> Iterator[Sequence[Host]]:
    """Four addresses of this machine."""
    yield HOSTS


NO_NAMESPACES = why_not()
NETS = [
    pytest.param(loopback, "hdfs://name.example:8020/shared", "s3a://bucket/shared", id="loopback",
                 marks=pytest.mark.skipif(not can_be_made(), reason="127.0.0.2 is not this machine's own")),
    pytest.param(partial(hosts, 4), "s3a://bucket/shared", "abfss://box@account.dfs.example/shared", id="namespaces",
                 marks=pytest.mark.skipif(bool(NO_NAMESPACES), reason=NO_NAMESPACES)),
]
"""The hosts; where the table lies; where results go."""


@pytest.mark.slow
@pytest.mark.skipif(not spark_is_here(), reason="Spark is not installed: make spark, and Java")
@pytest.mark.parametrize(("net", "source", "out"), NETS)
def test_a_cluster_gives_the_same_also_when_a_machine_dies(
        shared: Path, tmp_path: Path, net: Callable[[], AbstractContextManager[Sequence[Host]]], source: str, out: str,
) -> None:
    expected = told(shared / "duckdb")
    with (net() as machines, cluster(spark_folder(), tmp_path, machines) as running,
          started(f"{source}/progetti.csv", f"{out}/spark", running, shared) as run):
        until(lambda: run.poll() is not None or (running.at_work(0) and any(shared.glob(TASKS))), "tasks")
        assert run.poll() is None, run.communicate()[0]
        kill(running.workers[0])
        assert not (shared / "spark").exists()
        said, _none = run.communicate()
        assert run.returncode == 0, said
        assert "Removing worker" in (tmp_path / "master.log").read_text("utf-8")
    found = told(shared / "spark")
    assert {name: found[name] == expected[name] for name in expected} == dict.fromkeys(expected, True)
    assert sorted(path.name for path in shared.iterdir() if not path.name.startswith(".")) == [
        "duckdb", "progetti.csv", "spark"]
