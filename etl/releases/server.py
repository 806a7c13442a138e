"""Publishing on a plain web server: DIR/releases/ID holds each site, the symlink DIR/current is the server's root.

A release is copied beside the others, checked against its receipt, written to the disk, and only then the pointer
moves, in one step. Whatever stops a publication, the site that was there stays. Nothing else in DIR is touched.
"""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
from collections.abc import Set
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path

from etl.meta.errors import PublishError
from etl.meta.view import as_json
from etl.runtime import staging
from etl.runtime.files import FILE, digest_of, make_folder, names, write_whole
from etl.runtime.lock import locked
from etl.runtime.receipt import RECEIPT, read_receipt, verify

RELEASES, CURRENT, LOCK, WITHDRAWN, LEAVING = "releases", "current", ".publish.lock", "withdrawn.json", ".rollback.json"
ASSETS, ERASED = "assets/", "dati/erasures.csv"
ID = re.compile(r"\d{6,}-(\d{4}-\d{2}-\d{2}|undated)-[0-9a-f]{8}")
AT_ONCE = 16


def lock(to: Path, doing: str) -> AbstractContextManager[None]:
    """Only one command at a time works on what is published."""
    return locked(to / LOCK, doing, to)


def stage(to: Path) -> AbstractContextManager[Path]:
    """A folder of our own beside the releases, in which one is made or taken apart. Hold the lock."""
    return staging.staged(to / RELEASES / "release")


def releases(to: Path) -> list[str]:
    """The ids of the whole releases, the oldest first; folders with other names are not ours."""
    folder = to / RELEASES
    return sorted(path.name for path in folder.iterdir() if ID.fullmatch(path.name) and path.is_dir()
                  and not path.is_symlink()) if folder.is_dir() else []


def current(to: Path) -> str | None:
    """The id that the pointer names. Raises PublishError where something else stands in its place."""
    pointer = to / CURRENT
    if not os.path.lexists(pointer):
        return None
    goes = pointer.readlink() if pointer.is_symlink() else Path()
    if not ID.fullmatch(goes.name) or goes.parent.name != RELEASES:
        raise PublishError(f"{pointer}: non l'ha messo questo programma: spostalo o scegli un'altra cartella / is no "
                           "pointer of this program. Move it away or name another folder.")
    return goes.name if pointer.exists() else None


def withdrawn(to: Path) -> set[str]:
    """The ids that were rolled back from."""
    try:
        return set(json.loads((to / WITHDRAWN).read_text("utf-8")))
    except FileNotFoundError:
        return set()
    except (ValueError, TypeError) as error:
        raise PublishError(f"{to / WITHDRAWN}: not a list of releases ({error}). Write [] into it.") from error


def settle(to: Path) -> None:
    """Finish what a rollback that was stopped left half done: the release that was left counts as withdrawn when the
    pointer had moved, and only then. Hold the lock."""
    path = to / LEAVING
    if not path.exists():
        return
    try:
        said = json.loads(path.read_text("utf-8"))
        left, chosen = said["left"], said["to"]
    except (ValueError, LookupError, TypeError) as error:
        raise PublishError(f"{path}: cannot be read ({error}). Remove it.") from error
    if current(to) == chosen:
        write_whole(to / WITHDRAWN, as_json(sorted(withdrawn(to) | {left})))
    path.unlink()


def leave(to: Path, left: str, chosen: str) -> None:
    """Move the pointer back from one release to another, and withdraw the one that is left: both or, after a crash,
    neither (see settle)."""
    write_whole(to / LEAVING, as_json({"left": left, "to": chosen}))
    point(to, chosen)
    settle(to)


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
    files = names(site)
    for folder in sorted({(target / name).parent for name in files}):
        make_folder(folder)
    with ThreadPoolExecutor(AT_ONCE) as copiers:
        list(copiers.map(copy_file, [site / name for name in files], [target / name for name in files]))
    for folder in [*(path for path in target.rglob("*") if path.is_dir()), target]:
        sync(folder)


def carry(target: Path, others: list[Path], beside: Path) -> None:
    """Give a release the assets of others: their names hold their content, so a page that was loaded before the pointer
    moved, forwards or back, still finds its own. The receipt names them first: one that is not there is no fault.

    beside: a folder of our own, where the receipt is prepared: a run that is killed leaves nothing in the release that
    its receipt does not name.
    """
    receipt = read_receipt(target) or {"files": {}}
    found = {name: (known, other) for other in others for name, known in assets(other).items()
             if name not in receipt["files"] and (other / name).exists()}
    if not found:
        return
    carried = receipt.get("carried", {}) | {name: known for name, (known, _) in sorted(found.items())}
    prepared = beside / RECEIPT
    write_whole(prepared, as_json({**receipt, "carried": carried}))
    prepared.chmod(FILE)
    prepared.replace(target / RECEIPT)
    for name, (_, other) in found.items():
        if not (target / name).exists():
            make_folder((target / name).parent)
            (target / name).hardlink_to(other / name)


def assets(release: Path) -> dict[str, str]:
    """The assets of a release, its own and those that it carries, by path."""
    receipt = read_receipt(release) or {"files": {}}
    known = receipt["files"] | receipt.get("carried", {})
    return {name: signs for name, signs in known.items() if name.startswith(ASSETS)}


def copy_file(source: Path, target: Path) -> None:
    with source.open("rb") as read, target.open("wb") as write:
        shutil.copyfileobj(read, write, 1 << 20)
        os.fchmod(write.fileno(), FILE)
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
    if temporary.is_symlink() and ID.fullmatch(temporary.readlink().name):
        temporary.unlink()
    temporary.symlink_to(Path(RELEASES) / name)
    temporary.replace(to / CURRENT)
    sync(to)


def erasures(site: Path) -> set[str]:
    """The erasures that a site knows, by their ids: it was made after each of them."""
    try:
        with (site / ERASED).open(encoding="utf-8", newline="") as file:
            return {row["erasure_id"] for row in csv.DictReader(file)}
    except FileNotFoundError:
        return set()
    except (OSError, ValueError, KeyError, csv.Error) as error:
        raise PublishError(f"{site / ERASED}: cannot be read ({error}). Build and publish a site anew.") from error


def behind(to: Path, known: set[str]) -> set[str]:
    """The ids of the releases that do not know each of these erasures, and say what was erased."""
    return {name for name in releases(to) if known - erasures(to / RELEASES / name)} if known else set()


def prune(to: Path, keep: int, beside: Path) -> None:
    """Remove the oldest releases, and those that say what was erased since; never the current one, nor else the one
    before it. beside: a folder of our own, in which they are taken apart."""
    known, now = releases(to), current(to)
    if now not in known:
        return
    kept = {*known[-max(keep, 2):], *known[max(known.index(now) - 1, 0):][:1]} - behind(to, erasures(to / CURRENT))
    remove(to, set(known) - kept - {now}, beside)


def remove(to: Path, ids: Set[str | None], beside: Path) -> list[str]:
    """Remove releases, and give their ids. Each leaves its place in one step."""
    for name in (gone := sorted(name for name in ids if name)):
        (to / RELEASES / name).rename(beside / name)
        shutil.rmtree(beside / name)
    return gone
