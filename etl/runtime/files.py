"""Files in their place: whole, together, swapped in one step."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from operator import attrgetter
from pathlib import Path

from etl.meta.errors import DeclarationError, PublishError
from etl.meta.view import digest

LONGEST_NAME = 255
"""Bytes of the name of a file, on nearly every system."""
FILE, FOLDER = 0o644, 0o755
"""What everybody may do with what is published: read it."""
STAGED, PLAN, MARK = ".abitare-next", "plan.json", ".abitare-staging"
"""Where files wait that must come into place together; the list of what goes where; what says that we made a folder."""


def digest_of(path: Path | str) -> str:
    """The sha256 of a file, read piece by piece."""
    with open(path, "rb") as file:  # noqa: PTH123 - a Path for each of many files takes longer
        return hashlib.file_digest(file, "sha256").hexdigest()


def names(folder: Path | str) -> list[str]:
    """The path of everything below a folder that is no folder, in path order: see entries."""
    return [path for path, _ in entries(folder)]


def entries(folder: Path | str, begin: str = "", folders: bool = False) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Everything below a folder that is no folder, in path order: its path, and what the system says of it without
    another question. A link to a folder is one of them. begin: how the paths begin. folders: each folder too, its path
    with a slash at the end, before what is in it.

    Raises OSError where a folder cannot be looked into; a folder that is not there holds nothing.
    """
    try:
        with os.scandir(folder) as found:  # os.walk asks twice as much of each of many files
            listed = sorted(found, key=attrgetter("name"))
    except FileNotFoundError:
        if begin:
            raise
        return
    for entry in listed:
        if entry.is_dir(follow_symlinks=False):
            if folders:
                yield f"{begin}{entry.name}/", entry
            yield from entries(entry.path, f"{begin}{entry.name}/", folders)
        else:
            yield f"{begin}{entry.name}", entry


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it that are not there, so that others may read what is in it."""
    if not folder.exists():
        make_folder(folder.parent)
        with suppress(FileExistsError):
            folder.mkdir()
            folder.chmod(FOLDER)


def readable(folder: Path) -> dict[str, os.stat_result]:
    """Let everybody read a folder and all that is in it, as a web server must, whatever the umask of who made it; gives
    what the system says then of all that is no folder, by path, in path order."""
    found = {}
    if stat.S_IMODE(folder.stat().st_mode) != FOLDER:
        folder.chmod(FOLDER)
    for name, entry in entries(folder, folders=True):
        about, wanted = entry.stat(follow_symlinks=False), FOLDER if name.endswith("/") else FILE
        if not stat.S_ISLNK(about.st_mode) and stat.S_IMODE(about.st_mode) != wanted:
            os.chmod(entry.path, wanted)  # noqa: PTH101
            about = os.lstat(entry.path)
        if wanted == FILE:
            found[name] = about
    return found


def write_whole(path: Path, data: bytes) -> None:
    """Put a file in place in one step: whoever reads it sees the one before or this one, never a part.

    A link stays one: the file that it leads to is written.
    """
    path = Path(os.path.realpath(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.tmp")
    if len(os.fsencode(temporary.name)) > LONGEST_NAME:
        temporary = path.with_name(f".{digest(path.name)}.tmp")
    with temporary.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def write_together(
    folder: Path, parts: Mapping[str, Mapping[str, bytes]], put: Mapping[str, bytes] | None = None,
    remove: Iterable[str] = (),
) -> None:
    """Make several folders inside `folder` hold exactly these files, all of them or, after a crash, none yet.

    put, remove: files beside them, by path, that come or go in the same step.

    Everything is written beside them first; a plan with what has to go where is put in place last, and from then on
    `finish_writing` can do the rest, now or in the next run. Whoever calls holds the lock of the repository.
    """
    finish_writing(folder)
    staged = folder / STAGED
    given = dict(put or {})
    wanted = {f"{part}/{name}": (files, name) for part, files in parts.items() for name in files}
    wanted |= {name: (given, name) for name in given}
    found = {f"{part}/{name}" for part in parts for name in names(folder / part)}
    found |= {name for name in (*remove, *given) if (folder / name).is_file()}

    def content(name: str) -> bytes:
        files, own = wanted[name]  # read for each use: together they may be large
        return files[own]

    new = {name: "" for name in wanted if name not in found or (folder / name).read_bytes() != content(name)}
    staged.mkdir(parents=True)
    (staged / MARK).touch()
    for name in new:
        data = content(name)
        write_whole(staged / name, data)
        new[name] = digest(data)
    if new or found - set(wanted):
        plan = {"put": new,
                "remove": {name: digest_of(folder / name) for name in sorted(found - set(wanted))}}
        write_whole(staged / PLAN, json.dumps(plan).encode())
    finish_writing(folder)


def finish_writing(folder: Path) -> None:
    """Carry out what a run before planned and did not finish; what it only began to prepare is thrown away.

    Whoever calls holds the lock of the repository.
    """
    staged = folder / STAGED
    if not staged.exists():
        return
    if (staged / PLAN).exists():
        try:
            plan = json.loads((staged / PLAN).read_text("utf-8"))
            put, remove = list(plan["put"]), dict(plan["remove"])
        except (ValueError, LookupError, TypeError) as error:
            raise PublishError(f"{staged / PLAN}: cannot be read ({error}). Remove {staged}.") from error
        for name in put:
            # Absent when the run before had put it in place already.
            if (staged / name).exists():
                bring(staged / name, folder / name)
        for name, before in remove.items():
            # Another file under that name came since: nobody has read it yet.
            if (folder / name).is_file() and digest_of(folder / name) == before:
                (folder / name).unlink()
        (staged / PLAN).unlink()
    elif not (staged / MARK).exists() and names(staged):
        raise PublishError(f"{staged}: non l'ha fatta questo programma: spostala / not made by this program: move it.")
    remove_marked(staged)


def bring(path: Path, target: Path) -> None:
    """Put a file that waits in its place; a link there stays one."""
    if target.is_symlink():
        write_whole(target, path.read_bytes())
        path.unlink()
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    path.replace(target)


def remove_marked(folder: Path) -> None:
    """Remove a folder of ours: its mark goes last, so that the next run can go on with what this one leaves."""
    for path in (path for path in folder.iterdir() if path.name != MARK):
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
    (folder / MARK).unlink(missing_ok=True)
    folder.rmdir()


def write_if_changed(folder: Path, files: Mapping[str, bytes]) -> list[str]:
    """Make a folder, which nobody reads yet, hold exactly `files`. Returns the paths that changed."""
    changed = []
    for name, data in files.items():
        path = folder / name
        if path.exists() and path.read_bytes() == data:
            continue
        write_into(folder, name, data)
        changed.append(name)
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.relative_to(folder).as_posix() not in files:
            path.unlink()
            changed.append(path.relative_to(folder).as_posix())
    return changed


def write_into(site_dir: Path, path: str, data: bytes) -> str:
    """Write a file of a site, never outside of it, and its folder where it is the first there; gives its sha256.

    One that is there already is replaced, not written into: it may be one of the site before too (runtime/standing.py).
    """
    if ".." in path.split("/") or path.startswith("/"):
        raise DeclarationError(f"{path}: not an address of the site. Give the row another identifier.")
    target = f"{site_dir}/{path}"  # a Path for each of many pages takes longer than writing it
    try:
        file = open(target, "xb")  # noqa: PTH123, SIM115
    except FileNotFoundError:
        make_above(target)
        file = open(target, "xb")  # noqa: PTH123, SIM115
    except FileExistsError:
        replace(target, data)
        return digest(data)
    with file:
        file.write(data)
    return digest(data)


def make_above(target: str) -> None:
    """Make the folder of a file; most often only that one is not there."""
    folder = target.rpartition("/")[0]
    try:
        os.mkdir(folder)  # noqa: PTH102
    except FileExistsError:
        return
    except OSError:
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103


def replace(target: str, data: bytes) -> None:
    """Put a file of a folder that nobody reads yet in the place of another, which may have other names."""
    temporary = f"{os.path.dirname(target)}/.{os.getpid()}.tmp"  # noqa: PTH120
    with open(temporary, "xb") as file:  # noqa: PTH123
        file.write(data)
    os.replace(temporary, target)  # noqa: PTH105
