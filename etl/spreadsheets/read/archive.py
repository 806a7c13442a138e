"""Spreadsheets are zip archives: what is in one, and whether it can be opened without harm.

zipfile gives no more of a part than the archive declares of it, so that all limits are met before anything is unpacked.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

PART = 60_000_000  # bytes of a part, unpacked: a table of 100,000 rows has a third of it
RATIO = 500  # times that a part may grow; XML of empty cells reaches a hundred
ENTRIES = 2_000  # parts of an archive; each sheet, picture and comment is one
ENTRY = b"PK\x01\x02"


class RefusedFileError(Exception):
    """Why a file is not read. check: its message; found, expected: words for it, in both languages."""

    def __init__(self, check: str, found: str = "", expected: str = "") -> None:
        super().__init__(check, found, expected)
        self.check, self.found, self.expected = check, found, expected


@contextmanager
def opened(data: bytes) -> Iterator[zipfile.ZipFile]:
    """The archive; damaged, locked and monstrous ones are refused, and so are parts that prove damaged later."""
    if data.count(ENTRY) > ENTRIES:
        raise RefusedFileError("file-too-big", f"> {ENTRIES} parti / parts", f"{ENTRIES} parti / parts")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if any(entry.flag_bits & 1 for entry in archive.infolist()):
                raise RefusedFileError("file-locked")
            yield archive
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError) as error:
        # NotImplementedError is zipfile's own word for a part packed in a way that it does not know.
        raise RefusedFileError("file-broken", f"zip: {error}") from error


def part(archive: zipfile.ZipFile, name: str, most: int = PART) -> IO[bytes]:
    """One part of at most so many bytes, to be read piece by piece; KeyError when there is none."""
    entry = archive.getinfo(name)
    if entry.file_size > most:
        found = f"«{name}»: {entry.file_size // 1_000_000} MB"
        raise RefusedFileError("file-too-big", found, f"{most // 1_000_000} MB")
    if entry.file_size > max(entry.compress_size, 1024) * RATIO:
        raise RefusedFileError("file-broken", "si gonfia troppo / it swells too much")
    return archive.open(entry)


def members(data: bytes, start: str, end: str) -> Iterator[bytes]:
    """What an archive holds under names that start and end so, one at a time."""
    with opened(data) as archive:
        for name in archive.namelist():
            if name.startswith(start) and name.endswith(end):
                yield part(archive, name).read()
