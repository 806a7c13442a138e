"""Bytes put aside on disk: what is made long before it is used need not stand in memory meanwhile."""

from __future__ import annotations

import os
import tempfile
import weakref
from collections.abc import Iterator, Mapping
from typing import IO

LARGE = 1 << 20
"""Bytes from which a file is put aside."""


class Stored:
    """Bytes in a file without a name, which goes with the processes that have it open."""

    def __init__(self, data: bytes) -> None:
        self._file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed when nobody can read it any more
        weakref.finalize(self, self._file.close)
        self._file.write(data)
        self._file.flush()
        self._size = len(data)

    def read(self) -> bytes:
        """The bytes. Copies of this process may read at the same time: where the file stands is nobody's business."""
        pieces: list[bytes] = []
        while (at := sum(map(len, pieces))) < self._size:  # the system gives at most 2 GB at once
            pieces.append(os.pread(self._file.fileno(), self._size - at, at))
        return b"".join(pieces)


class Aside(Mapping[str, bytes]):
    """Files by path, the large ones read from the disk by each who asks for one; see `aside`."""

    def __init__(self, held: Mapping[str, bytes | Stored]) -> None:
        self.held = held

    def __getitem__(self, path: str) -> bytes:
        found = self.held[path]
        return found if isinstance(found, bytes) else found.read()

    def __iter__(self) -> Iterator[str]:
        return iter(self.held)

    def __len__(self) -> int:
        return len(self.held)

    def __contains__(self, path: object) -> bool:
        return path in self.held

    def moved(self, places: Mapping[str, str]) -> Aside:
        """Some of these files under other paths. places: path here -> path there."""
        return Aside({there: self.held[here] for here, there in places.items()})


def aside(*parts: Mapping[str, bytes]) -> Aside:
    """The files of several parts, the large ones put aside; of two with one path the later."""
    held: dict[str, bytes | Stored] = {}
    for files in parts:
        held |= files.held if isinstance(files, Aside) else {
            path: Stored(data) if len(data) >= LARGE else data for path, data in files.items()}
    return Aside(held)
