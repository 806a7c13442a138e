"""What the national table may come as: CSV as it is, zipped, Parquet; and files that are none of these."""

from __future__ import annotations

import gzip
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest
from click.testing import CliRunner
from support.national import told, write_rows

from etl.commands import main
from etl.meta.errors import InvalidDataError, PublishError
from etl.national import recipe
from etl.national.embedded import Embedded
from etl.national.publish import publish
from etl.national.shape import survey


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file as it is."""
    return write_rows(tmp_path_factory.mktemp("inputs") / "progetti.csv")


@pytest.fixture(scope="module")
def plain(source: Path) -> dict[str, Any]:
    """What is made of it."""
    publish(source, source.parent / "plain", "duckdb", {})
    return told(source.parent / "plain")


def zipped(source: Path, folder: Path) -> Path:
    """In an archive with a file of words beside it, as the publisher has it."""
    with zipfile.ZipFile(folder / "progetti.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(source, "data/progetti.csv")
        archive.writestr("leggimi.txt", "x")
    return folder / "progetti.zip"


def gzipped(source: Path, folder: Path) -> Path:
    """As .csv.gz."""
    (folder / "progetti.csv.gz").write_bytes(gzip.compress(source.read_bytes(), 1))
    return folder / "progetti.csv.gz"


def with_gaps(source: Path, folder: Path) -> Path:
    """With a mark of its encoding, lines that end as on Windows, and an empty one."""
    found = source.read_bytes().replace(b"\n", b"\r\n")
    (folder / "gaps.csv").write_bytes(b"\xef\xbb\xbf" + found + b"\r\n")
    return folder / "gaps.csv"


def parquet(source: Path, folder: Path) -> Path:
    """As Parquet, all columns texts, in another order."""
    table = duckdb.read_csv(str(source), delimiter=";", quotechar='"', escapechar='"', all_varchar=True)
    table.select(*sorted(recipe.columns())).write_parquet(str(folder / "progetti.parquet"))
    return folder / "progetti.parquet"


@pytest.mark.slow
@pytest.mark.parametrize("packed", [zipped, gzipped, with_gaps, parquet])
def test_the_same_in_another_coat(source: Path, plain: dict[str, Any], tmp_path: Path,
                                  packed: Callable[[Path, Path], Path]) -> None:
    publish(packed(source, tmp_path), tmp_path / "out", "duckdb", {})
    found = told(tmp_path / "out")
    assert {name: found[name] == plain[name] for name in plain} == dict.fromkeys(plain, True)


@pytest.mark.slow
def test_what_was_published_can_be_read_again(plain: dict[str, Any], source: Path, tmp_path: Path) -> None:
    table = duckdb.read_parquet(f"{source.parent}/plain/projects/*/*.parquet")
    table.select(*recipe.columns()).write_parquet(str(tmp_path / "again.parquet"))
    counts = publish(tmp_path / "again.parquet", tmp_path / "out", "duckdb", {})
    assert counts["left_out"] == 0
    found = told(tmp_path / "out")
    assert {name: found[name] == plain[name] for name in ("rows", "types", "totals.csv")} == {
        "rows": True, "types": True, "totals.csv": True}


def cut(source: Path, folder: Path) -> Path:
    packed = gzipped(source, folder)
    packed.write_bytes(packed.read_bytes()[:-2_000])
    return packed


def two_tables(source: Path, folder: Path) -> Path:
    with zipfile.ZipFile(zipped(source, folder), "a") as archive:
        archive.writestr("other.CSV", "x")
    return folder / "progetti.zip"


def no_archive(_source: Path, folder: Path) -> Path:
    (folder / "x.zip").write_bytes(b"x")
    return folder / "x.zip"


def other_columns(_source: Path, folder: Path) -> Path:
    duckdb.sql(f"COPY (SELECT 1 AS mine) TO '{folder}/x.parquet'")
    return folder / "x.parquet"


def no_parquet(_source: Path, folder: Path) -> Path:
    (folder / "x.parquet").write_bytes(b"x")
    return folder / "x.parquet"


@pytest.mark.slow
@pytest.mark.parametrize(("spoilt", "said"), [
    (cut, "cannot be unpacked"), (two_tables, "2 CSV files in it (data/progetti.csv, other.CSV)"),
    (no_archive, "cannot be unpacked"), (other_columns, "Not known: mine"), (no_parquet, "cannot be read"),
])
def test_what_is_no_table_is_told(source: Path, tmp_path: Path, spoilt: Callable[[Path, Path], Path],
                                  said: str) -> None:
    done = CliRunner().invoke(main, ["national", str(spoilt(source, tmp_path)), "--out", str(tmp_path / "out")])
    assert done.exit_code == InvalidDataError.exit_code, done.output
    assert said in done.output
    assert not (tmp_path / "out").exists()
    assert not list(tmp_path.glob(".abitare*-*"))


@pytest.mark.parametrize(("line", "right"), [
    (b"a;b;c", True), (b'"a;x";b;c', True), (b'"a ""x"";";b;c', True), (b'a "x" y;b;c', True), (b"", True),
    (b"a;b", False), (b"a;b;c;d", False), (b'"a;b;c', False), (b'a"b;c"d;e', False), (b'a"b;c;d', False),
    (b"a\rb;c;d", False), (b" ", False),
])
def test_the_shape_of_a_line(line: bytes, right: bool) -> None:
    for end in (b"\n", b"\r\n"):
        rows, wrong = survey([b"x;y;z" + end, line + end], 3)
        assert (rows, wrong) == (int(bool(line)), [] if right else [line.decode()])


@pytest.mark.slow
@pytest.mark.parametrize("lost", ["written", "again"])
def test_a_row_that_gets_lost_on_the_way_publishes_nothing(source: Path, tmp_path: Path, lost: str,
                                                           monkeypatch: pytest.MonkeyPatch) -> None:
    """As when machines write on disks of their own, which the others do not see."""
    write = Embedded.write_parts

    def forgets(self: Embedded, query: str, folder: Path, by: str) -> None:
        write(self, query, folder, by)
        if folder.name == lost:
            next(folder.glob("area=[0-9]*/*.parquet")).unlink()

    monkeypatch.setattr(Embedded, "write_parts", forgets)
    with pytest.raises(PublishError, match="a row was lost"):
        publish(source, tmp_path / "out", "duckdb", {})
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
def test_it_says_how_far_it_is(source: Path, tmp_path: Path) -> None:
    said: list[str] = []
    publish(source, tmp_path / "out", "duckdb", {}, step=said.append)
    assert said[0].endswith("/ Reading it")
    assert said[-1] == "Totali / Totals"
    assert all(re.search(r" / Checking and writing(: \d+ %)?$", words) for words in said[1:-1])
    assert len(said) >= 3


@pytest.mark.slow
def test_a_table_without_rows_gives_a_folder_without_parts(source: Path, tmp_path: Path) -> None:
    with source.open("rb") as file:
        (tmp_path / "empty.csv").write_bytes(file.readline())
    assert set(publish(tmp_path / "empty.csv", tmp_path / "out", "duckdb", {}).values()) == {0}
    assert list((tmp_path / "out" / "projects").iterdir()) == []
