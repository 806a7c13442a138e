"""Spreadsheets are zip archives: whether one can be opened without harm."""

from __future__ import annotations

import io
import re
import zipfile

TOTAL = 200_000_000  # bytes of everything in the archive, really unpacked; office files stay far below
RATIO = 500  # times that a part may grow; XML of empty cells reaches a hundred
MARKUP = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)


class RefusedFileError(Exception):
    """Why a file is not read. check: its message; found: a word for it, in both languages."""

    def __init__(self, check: str, found: str = "") -> None:
        super().__init__(check, found)
        self.check, self.found = check, found


def parts(data: bytes) -> set[str]:
    """The names of what an archive holds, after all of it was unpacked once within the limits."""
    names, total = set(), 0
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for entry in archive.infolist():
                if entry.flag_bits & 1:
                    raise RefusedFileError("file-locked")
                total += unpack(archive, entry, TOTAL - total)
                names.add(entry.filename)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise RefusedFileError("file-broken", f"zip: {error}") from error
    return names


def members(data: bytes, start: str, end: str) -> list[bytes]:
    """What an archive holds under names that start and end so; it was unpacked within the limits before."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [archive.read(name) for name in archive.namelist() if name.startswith(start) and name.endswith(end)]


def unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> int:
    """The bytes of one part, read piece by piece; what a part declares of itself is not believed."""
    size, tail = 0, b""
    with archive.open(entry) as stream:
        while piece := stream.read(1 << 16):
            size += len(piece)
            if size > left or size > max(entry.compress_size, 1024) * RATIO:
                raise RefusedFileError("file-broken", "si gonfia troppo / it swells too much")
            if entry.filename.endswith((".xml", ".rels")) and MARKUP.search(tail + piece):
                raise RefusedFileError("file-broken", "istruzioni XML non ammesse / XML declarations not allowed")
            tail = piece[-16:]
    return size
