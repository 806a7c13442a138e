"""What a person with the usual tools finds in a file: another reading than the program's, to hold it to."""

from __future__ import annotations

import gzip
import io
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path


def unpacked(data: bytes) -> Iterator[bytes]:
    """The bytes of a file, and those of what is in it."""
    yield data
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for item in archive.infolist():
                yield from unpacked(archive.read(item))
    elif data.startswith(b"\x1f\x8b"):
        yield from unpacked(gzip.decompress(data))
    elif data.startswith(b"SQLite format 3"):
        database = sqlite3.connect(":memory:")
        database.deserialize(data)
        yield "\n".join(database.iterdump()).encode()
    elif data.startswith(b"PAR1"):
        import pyarrow.parquet

        yield str(pyarrow.parquet.read_table(io.BytesIO(data)).to_pylist()).encode()
    elif data.startswith(b"%PDF"):
        from pypdf import PdfReader

        yield "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).encode()


def files_that_say(folder: Path, *words: str) -> list[str]:
    """The files below a folder that say one of these words in any byte, or in their name. Of ASCII letters alone, they
    are written alike in every spelling, in lower case here."""
    wanted = [word.encode() for word in words]

    def says(text: bytes) -> bool:
        return any(word in text for word in wanted)

    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file() and (
            says(path.name.lower().encode()) or any(says(part.lower()) for part in unpacked(path.read_bytes()))))
