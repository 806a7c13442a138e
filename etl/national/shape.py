"""The lines of a text file before an engine reads them: engines forgive some faults in their shape, each in its way."""

from __future__ import annotations

import gzip
import re
import shutil
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

from etl.meta.errors import InvalidDataError

QUOTED = re.compile(rb'"[^"]*"')
MOST_TOLD = 3
ZIPPED = (".zip", ".gz")


def survey(lines: Iterable[bytes], columns: int) -> tuple[int, list[str]]:
    """How many rows follow the header, and the first lines without as many cells or with a quote that stays open.

    A cell that goes on on the next line is refused too: Spark gives parts of a file to several machines. Twice as fast
    as the same in SQL (recipe.misshapen), and nothing is kept in the memory.
    """
    rows, wrong = -1, list[str]()
    for line in lines:
        ended = line.rstrip(b"\r\n")
        if not ended:
            continue
        rows += 1
        outside = QUOTED.sub(b"", ended) if b'"' in ended else ended
        if outside.count(b";") != columns - 1 or b'"' in outside or b"\r" in ended:
            wrong = sorted([*wrong, ended.decode("utf-8", "replace")])[:MOST_TOLD]
    return max(rows, 0), wrong


def first_line(source: Path) -> bytes:
    """The first line of a text file, zipped or not."""
    with opened(source) as file:
        return file.readline()


def unpacked(source: Path, work: Path) -> Path:
    """A file that is zipped as it was before, in a folder; any other one as it is."""
    if source.suffix.lower() not in ZIPPED:
        return source
    target = work / "table.csv"
    with opened(source) as packed, target.open("wb") as plain:
        shutil.copyfileobj(packed, plain, 2**20)
    return target


@contextmanager
def opened(source: Path) -> Iterator[IO[bytes] | gzip.GzipFile]:
    """The bytes of a table: of a .gz, of the one in a .zip, or as they are."""
    kind = source.suffix.lower()
    try:
        with ExitStack() as stack:
            if kind == ".zip":
                archive = stack.enter_context(zipfile.ZipFile(source))
                yield stack.enter_context(archive.open(only_table(source, archive)))
            elif kind == ".gz":
                yield stack.enter_context(gzip.open(source))
            else:
                yield stack.enter_context(source.open("rb"))
    except (zipfile.BadZipFile, gzip.BadGzipFile, zlib.error, EOFError, RuntimeError) as error:
        raise InvalidDataError(f"{source}: cannot be unpacked ({error}). Take it again from its publisher.") from error


def only_table(source: Path, archive: zipfile.ZipFile) -> str:
    """The name of the one CSV file in an archive."""
    found = [name for name in archive.namelist() if name.lower().endswith(".csv")]
    if len(found) != 1:
        raise InvalidDataError(f"{source}: {len(found)} CSV files in it ({', '.join(found[:3]) or '-'}), and one is "
                               "wanted. Unpack it, and name the table.")
    return found[0]
