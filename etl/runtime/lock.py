"""One command at a time on a repository, a site or a server's folder: the lock of the system itself (flock).

The system frees the lock of a process that dies. Copies of this process (runtime/workers.py) do not hold it: one that
outlives its parent keeps nobody waiting.
"""

from __future__ import annotations

import fcntl
import json
import os
import platform
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import UTC, datetime
from errno import EACCES, EROFS
from pathlib import Path

from etl.meta.errors import PublishError
from etl.runtime.files import make_folder

REPOSITORY = Path("build", ".abitare.lock")
UNKNOWN, NOTE = "unknown process", 500
_OPEN: set[int] = set()
"""Handles of the locks of this process, which its copies close."""


class Held(threading.local):
    """The locks that a thread holds already: a command may call another one that asks for the same."""

    def __init__(self) -> None:
        self.paths: set[Path] = set()


_HELD = Held()


def repository(root: Path, doing: str, shared: bool = False) -> AbstractContextManager[None]:
    """The lock of a repository: of one command that writes there or, shared, of many that only read.

    doing: what is told to the command that finds it taken: "build".
    """
    return locked(root / REPOSITORY, doing, root, shared)


@contextmanager
def locked(path: Path, doing: str, about: Path, shared: bool = False) -> Iterator[None]:
    """Hold the lock that stands in the file `path`. Raises PublishError, which says who has it, when another does.

    about: what is locked, for people.
    """
    held = _HELD.paths
    if path in held:
        yield
        return
    try:
        handle = taken(path, about, shared)
    except OSError as error:
        if not shared or error.errno not in (EACCES, EROFS):
            said = error.strerror or error
            raise PublishError(f"{about}: cannot be written ({said}). Nothing has changed.") from error
        yield  # where nobody may write there is nothing to wait for
        return
    _OPEN.add(handle)
    held.add(path)
    try:
        write_note(handle, doing)
        yield
    finally:
        held.discard(path)
        _OPEN.discard(handle)
        free(path, handle)


def taken(path: Path, about: Path, shared: bool) -> int:
    """The handle of the file, locked. A link in its place is not followed."""
    how = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
    while True:
        make_folder(path.parent)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o644)
        said = os.pread(handle, NOTE, 0)
        if said and owner(said) == UNKNOWN:
            os.close(handle)
            raise PublishError(f"{path}: non è un lucchetto di questo programma, spostalo / "
                               "not a lock of this program, move it away.")
        try:
            fcntl.flock(handle, how | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(handle)
            raise PublishError(
                f"{about}: un altro comando è al lavoro / another command is at work ({owner(said)}). "
                "Riprova quando ha finito / Try again when it has ended."
            ) from error
        if is_at(path, handle):
            return handle
        os.close(handle)  # whoever had it has removed it since


def is_at(path: Path, handle: int) -> bool:
    """Whether an open file is the one that stands at a path."""
    try:
        return os.path.samestat(path.lstat(), os.fstat(handle))
    except FileNotFoundError:
        return False


def free(path: Path, handle: int) -> None:
    """Give the lock back, and remove its file when nobody else has it."""
    with suppress(OSError):
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if is_at(path, handle):
            path.unlink()
    os.close(handle)


def write_note(handle: int, doing: str) -> None:
    """Say in the file who holds the lock."""
    note = {"doing": doing, "process": os.getpid(), "host": platform.node(), "since": datetime.now(UTC).isoformat()}
    # In one piece, and always of one length: of several that read together, one writes over the other.
    os.pwrite(handle, json.dumps(note).encode().ljust(NOTE), 0)


def owner(note: bytes) -> str:
    """Who holds a lock, and for how long."""
    try:
        said = json.loads(note)
        seconds = (datetime.now(UTC) - datetime.fromisoformat(said["since"])).total_seconds()
        return f"abitare {said['doing']}, process {said['process']} on {said['host']}, for {seconds:.0f} s"
    except (ValueError, KeyError, TypeError):
        return UNKNOWN


def _forget() -> None:
    """In a copy of this process: leave the locks to it."""
    while _OPEN:
        os.close(_OPEN.pop())
    _HELD.paths.clear()


os.register_at_fork(after_in_child=_forget)
