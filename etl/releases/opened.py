"""Every text in a file, whatever it is packed in: archives, workbooks, databases, Parquet, gzip, PDF."""

from __future__ import annotations

import gzip
import io
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

DEEPEST = 6
"""An archive in an archive in an archive: deeper than this nobody packs a table."""
UNREADABLE = (OSError, EOFError, ValueError, KeyError, zlib.error, zipfile.BadZipFile, sqlite3.Error, RuntimeError)


def texts(data: bytes, depth: int = 0) -> Iterator[str]:
    """The text of a file as it stands and of all that is packed in it. What cannot be unpacked is read as it stands;
    the parts of a database that are no longer in use are among its bytes."""
    try:
        yield data.decode("utf-8")
    except UnicodeDecodeError:
        yield from (data.decode(how, "replace") for how in ("utf-8", "latin-1"))
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            yield data.decode("utf-16", "replace")
    if depth < DEEPEST:
        try:
            for _, content in packed(data):
                yield from texts(content, depth + 1)
            yield from written(data)
        except UNREADABLE:
            return


def packed(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The files in an archive or a workbook, with their names and comments; what a gzip holds."""
    if data.startswith(b"\x1f\x8b"):
        yield "gz", gzip.decompress(data)
    elif data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield "", archive.comment
            for item in archive.infolist():
                yield item.filename, archive.read(item)
                yield item.filename, item.filename.encode() + b"\n" + item.comment


def written(data: bytes) -> Iterator[str]:
    """The texts of a database, of a Parquet file and of a PDF, which their bytes do not spell out."""
    if data.startswith(b"SQLite format 3\0"):
        yield "\n".join(" ".join(map(str, row)) for _, _, rows in database(data) for row in rows)
    elif data.startswith(b"PAR1"):
        for batch in parquet(data):
            yield "\n".join(str(value) for column in batch.columns for value in column.to_pylist() if value is not None)
            yield str(batch.schema.metadata)
    elif data.startswith(b"%PDF"):
        from pypdf import PdfReader

        document = PdfReader(io.BytesIO(data))
        yield from (page.extract_text() for page in document.pages)
        yield " ".join(map(str, (document.metadata or {}).values()))
        yield " ".join(str(item.get("/URI", "")) for page in document.pages for item in links(page))


def links(page: Any) -> Iterator[dict[str, Any]]:
    """What a page of a PDF leads to."""
    for note in page.get("/Annots") or ():
        yield note.get_object().get("/A") or {}


def database(data: bytes) -> Iterator[tuple[str, list[str], list[tuple[Any, ...]]]]:
    """Each table of a SQLite database: its name, its columns, its rows."""
    opened = sqlite3.connect(":memory:")
    try:
        opened.deserialize(data)
        for (name,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            found = opened.execute(f'SELECT * FROM "{name}"')  # noqa: S608 - a name of the database itself
            yield name, [item[0] for item in found.description], found.fetchall()
    finally:
        opened.close()


def parquet(data: bytes) -> Iterator[Any]:
    """A Parquet file in pieces."""
    from pyarrow import BufferReader
    from pyarrow.parquet import ParquetFile

    yield from ParquetFile(BufferReader(data)).iter_batches()
