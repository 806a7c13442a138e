"""What is made beside a folder that it is to replace: in a folder of its own with a new name, which says whose it is.

Whoever works on the folder that is replaced, `target`, holds its lock: what another run has left behind can then be
told by its mark, and be swept; nothing else beside the target is ever touched.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

from etl.meta.errors import PublishError
from etl.meta.view import digest
from etl.runtime.files import LONGEST_NAME, MARK, STAGED, finish_writing, make_folder, names, readable, remove_marked
from etl.runtime.lock import locked, repository

NEW, OLD = "new", "old"
"""In such a folder: what comes, and what went. Its mark (MARK) names the target."""


def place(path: Path) -> Path:
    """Where a path leads, its links followed; a link that leads nowhere, or in circles, is refused later.

    Raises PublishError for a name that no system can keep.
    """
    found = Path(os.path.realpath(path))
    if long := [part for part in found.parts if len(os.fsencode(part)) > LONGEST_NAME]:
        raise PublishError(f"{long[0][:60]}…: un nome troppo lungo, al massimo {LONGEST_NAME} byte / a name that is "
                           "too long. Choose a shorter one.")
    return found


def lock(target: Path, doing: str, shared: bool = False) -> AbstractContextManager[None]:
    """The lock of a folder that is replaced (runtime/lock.py)."""
    return locked(target.with_name(f"{begins(target)}.lock"), doing, target, shared)


def begins(target: Path) -> str:
    """With what names beside a target begin: of one length, and others for each target."""
    return f".abitare-{digest(target.name)[:12]}"


def settle(root: Path, doing: str) -> None:
    """Finish in a repository what a run that was stopped left half done; `doing` as for its lock."""
    if (root / "datasets" / STAGED).exists():
        with repository(root, doing):
            finish_writing(root / "datasets")


def may_replace(
    target: Path, mark: str, ours: Callable[[str], bool], found: Iterable[str] | None = None,
) -> None:
    """Refuse a folder that is to be replaced as a whole and holds anything that this program did not put there.

    mark: the file that each of our folders holds. ours: whether the program knows a path below the folder as its own.
    found: the paths below the folder, where they are known.
    """
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise PublishError(f"{target}: non è una cartella, scegline una / is a file or a link that leads nowhere. "
                           "Name a folder.")
    try:
        found = names(target) if found is None else list(found)
    except OSError as error:
        raise PublishError(f"{target}: cannot be read ({error.strerror or error}). Nothing has changed.") from error
    others = found if mark not in found else [name for name in found if name != mark and not ours(name)]
    if others:
        lacking = f" ({mark} is not there)" if mark not in found else ""
        raise PublishError(
            f"{target}: contiene file che questo programma non ha scritto, e che andrebbero persi: spostali o scegli "
            f"una cartella nuova / holds other files{lacking}, and would be replaced as a whole: {others[0]}, "
            f"{len(others)} in all. Name a new folder, or move them away."
        )


@contextmanager
def staged(target: Path) -> Iterator[Path]:
    """An empty folder of our own beside `target`, of which nothing stays at the end. Hold the lock of `target`."""
    sweep(target)
    try:
        make_folder(target.parent)
        folder = Path(tempfile.mkdtemp(prefix=f"{begins(target)}-", dir=target.parent))
        (folder / MARK).write_text(target.name, "utf-8")
    except OSError as error:
        raise PublishError(
            f"{target.parent}: cannot be written ({error.strerror or error}). The site that was there still is. Check "
            "the disk and who may write there."
        ) from error
    try:
        yield folder
    finally:
        remove(folder, target)


def sweep(target: Path) -> None:
    """Remove what runs that were stopped left beside a target, and put the folder back that one had taken away."""
    for folder in target.parent.glob(f"{begins(target)}-*"):
        if is_marked(folder, target):
            remove(folder, target)
        else:
            with suppress(OSError):
                folder.rmdir()  # stopped before it could be marked; with anything inside it is not ours


def is_marked(folder: Path, target: Path) -> bool:
    """Whether a folder says that it was made for a target."""
    mark = folder / MARK
    try:
        return not folder.is_symlink() and mark.is_file() and mark.read_text("utf-8") in ("", target.name)
    except (OSError, ValueError):
        return False


def remove(folder: Path, target: Path) -> None:
    """Remove a folder of ours; an old site in it goes back first where there is no other."""
    with suppress(OSError):
        if (folder / OLD).exists() and not target.exists():
            (folder / OLD).replace(target)
        remove_marked(folder)


def swap(folder: Path, target: Path) -> dict[str, os.stat_result]:
    """Put `folder`/new, finished, in the place of `target`; the old one is removed only after the new one stands. Gives
    what the system says of each of its files, by path.

    Two renames: between them there is no target for an instant, and the next run puts the old one back if this one is
    stopped there. A public server uses `abitare publish`'s pointer instead of this folder.
    """
    try:
        found = readable(folder / NEW)
        if target.exists():
            target.replace(folder / OLD)
        (folder / NEW).replace(target)
        return found
    except OSError as error:
        if (folder / OLD).exists() and not target.exists():
            (folder / OLD).replace(target)
        raise PublishError(f"{target}: cannot be replaced ({error}). The site before is still there.") from error
