"""Publishing on a plain web server: DIR/releases/ID holds each site, the symlink DIR/current is the server's root.

A release is copied beside the others, checked against its receipt, written to the disk, and only then the pointer
moves, in one step. Whatever stops a publication, the site that was there stays.
"""

from __future__ import annotations

import fcntl
import json
import os
import platform
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from etl.meta.errors import PublishError
from etl.meta.view import as_json
from etl.runtime.files import digest_of, write_whole
from etl.runtime.receipt import RECEIPT, read_receipt, verify

RELEASES, CURRENT, LOCK, WITHDRAWN = "releases", "current", ".publish.lock", "withdrawn.json"
ASSETS = "assets/"
PARTIAL = ".partial-"
AT_ONCE = 16


@contextmanager
def locked(to: Path) -> Iterator[None]:
    """Only one publisher at a time. The system itself frees the lock of a process that dies."""
    try:
        (to / RELEASES).mkdir(parents=True, exist_ok=True)
        file = (to / LOCK).open("a+", encoding="utf-8")
    except OSError as error:
        raise PublishError(f"{to}: cannot be written ({error.strerror or error}). Nothing has changed.") from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            file.seek(0)
            raise PublishError(f"{to}: somebody else is publishing ({owner(file.read())}). Try again later.") from error
        file.truncate(0)
        json.dump({"process": os.getpid(), "host": platform.node(), "since": datetime.now(UTC).isoformat()}, file)
        file.flush()
        yield
        file.truncate(0)


def owner(text: str) -> str:
    """Who holds a lock, and for how long."""
    try:
        said = json.loads(text)
        seconds = (datetime.now(UTC) - datetime.fromisoformat(said["since"])).total_seconds()
    except (ValueError, KeyError, TypeError):
        return "unknown process"
    return f"process {said['process']} on {said['host']}, for {seconds:.0f} s"


def releases(to: Path) -> list[str]:
    """The ids of the whole releases, the oldest first."""
    folder = to / RELEASES
    return sorted(path.name for path in folder.iterdir() if path.is_dir() and not path.name.startswith(".")) if (
        folder.is_dir()) else []


def current(to: Path) -> str | None:
    """The id that the pointer names."""
    pointer = to / CURRENT
    return pointer.readlink().name if pointer.is_symlink() and pointer.exists() else None


def withdrawn(to: Path) -> set[str]:
    """The ids that were rolled back from."""
    try:
        return set(json.loads((to / WITHDRAWN).read_text("utf-8")))
    except FileNotFoundError:
        return set()
    except (ValueError, TypeError) as error:
        raise PublishError(f"{to / WITHDRAWN}: not a list of releases ({error}). Write [] into it.") from error


def next_id(to: Path, site: Path) -> str:
    """A number above all others, the date of the site and eight signs of its receipt: 000012-2026-11-27-1a2b3c4d."""
    receipt = read_receipt(site) or {}
    last = max((int(name.split("-")[0]) for name in releases(to) if name.split("-")[0].isdigit()), default=0)
    return f"{last + 1:06}-{receipt.get('date', 'undated')}-{digest_of(site / RECEIPT)[:8]}"


def same(site: Path, release: Path) -> bool:
    """Whether a release was made from exactly this site, and is whole."""
    ours, theirs = read_receipt(site), read_receipt(release)
    return theirs is not None and ours == {k: v for k, v in theirs.items() if k != "carried"} and not verify(release)


def copy(site: Path, target: Path) -> None:
    """Copy a site, each file down to the disk: several at once, because nearly all of the time is waiting for it."""
    files = [path for path in sorted(site.rglob("*")) if path.is_file()]
    for folder in {(target / path.relative_to(site)).parent for path in files}:
        folder.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(AT_ONCE) as copiers:
        list(copiers.map(copy_file, files, [target / path.relative_to(site) for path in files]))
    for folder in [*(path for path in target.rglob("*") if path.is_dir()), target]:
        sync(folder)


def carry(target: Path, others: list[Path]) -> None:
    """Give a release the assets of others: their names hold their content, so a page that was loaded before the pointer
    moved, forwards or back, still finds its own. The receipt names them first: one that is not there is no fault."""
    receipt = read_receipt(target) or {"files": {}}
    found = {name: (known, other) for other in others for name, known in assets(other).items()
             if name not in receipt["files"] and (other / name).exists()}
    if not found:
        return
    carried = receipt.get("carried", {}) | {name: known for name, (known, _) in sorted(found.items())}
    # Prepared beside the release: a run that is killed leaves nothing in it that its receipt does not name.
    prepared = target.with_name(f".{target.name}.receipt")
    write_whole(prepared, as_json({**receipt, "carried": carried}))
    prepared.replace(target / RECEIPT)
    for name, (_, other) in found.items():
        if not (target / name).exists():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            (target / name).hardlink_to(other / name)


def assets(release: Path) -> dict[str, str]:
    """The assets of a release, its own and those that it carries, by path."""
    receipt = read_receipt(release) or {"files": {}}
    known = receipt["files"] | receipt.get("carried", {})
    return {name: signs for name, signs in known.items() if name.startswith(ASSETS)}


def copy_file(source: Path, target: Path) -> None:
    with source.open("rb") as read, target.open("wb") as write:
        shutil.copyfileobj(read, write, 1 << 20)
        write.flush()
        os.fsync(write.fileno())


def sync(folder: Path) -> None:
    """Bring the names in a folder to the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def point(to: Path, name: str) -> None:
    """Move the pointer in one step."""
    temporary = to / f".{CURRENT}.new"
    temporary.unlink(missing_ok=True)
    temporary.symlink_to(Path(RELEASES) / name)
    temporary.replace(to / CURRENT)
    sync(to)


def tidy(to: Path) -> None:
    """Remove what publications that were stopped left behind."""
    for path in (to / RELEASES).glob(f"{PARTIAL}*"):
        if path.is_dir():
            shutil.rmtree(path)
    for path in (to / RELEASES).glob(".*.receipt*"):
        path.unlink()


def prune(to: Path, keep: int) -> None:
    """Remove the oldest releases; never the current one, nor the one before it."""
    known, now = releases(to), current(to)
    kept = {*known[-max(keep, 2):], now, *known[max(known.index(now) - 1, 0):][:1]} if now in known else set(known)
    for name in known:
        if name not in kept:
            doomed = to / RELEASES / f"{PARTIAL}{name}"
            (to / RELEASES / name).rename(doomed)
            shutil.rmtree(doomed)

