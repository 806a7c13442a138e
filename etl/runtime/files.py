"""Files in their place: whole, together, swapped in one step."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from etl.meta.errors import DeclarationError, PublishError
from etl.meta.view import digest

STAGED, PLAN = ".next", "plan.json"
"""Where files wait that must come into place together, and the list of what goes where."""


def digest_of(path: Path | str) -> str:
    """The sha256 of a file, read piece by piece."""
    with open(path, "rb") as file:  # noqa: PTH123 - a Path for each of many files takes longer
        return hashlib.file_digest(file, "sha256").hexdigest()


def may_replace(target: Path, mark: str) -> None:
    """Refuse a folder that is to be replaced as a whole and is not one of ours: each of those holds the file `mark`."""
    if target.exists() and not target.is_dir():
        raise PublishError(f"{target}: is a file. Name a folder.")
    if target.is_dir() and any(target.iterdir()) and not (target / mark).is_file():
        raise PublishError(f"{target}: holds other files ({mark} is not there), and would be replaced as a whole. "
                           "Name a new folder.")


def swap(staged: Path, target: Path) -> None:
    """Put a finished folder in the place of `target`; the old one is removed only after the new one stands.

    Two renames: between them there is no target for an instant. A public server uses `abitare publish`'s
    pointer instead of this folder.
    """
    old = restore(target)
    shutil.rmtree(old, ignore_errors=True)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists():
            target.replace(old)
        staged.replace(target)
    except OSError as error:
        if old.exists() and not target.exists():
            old.replace(target)
        raise PublishError(f"{target}: cannot be replaced ({error}). The site before is still there.") from error
    shutil.rmtree(old, ignore_errors=True)


def restore(target: Path) -> Path:
    """Put the old site back when a run was stopped between the two renames; gives where an old site waits."""
    old = target.with_name(f".{target.name}.old")
    if old.exists() and not target.exists():
        old.replace(target)
    return old


def write_whole(path: Path, data: bytes) -> None:
    """Put a file in place in one step: whoever reads it sees the one before or this one, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.tmp")
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
    `finish_writing` can do the rest, now or in the next run.
    """
    finish_writing(folder)
    staged = folder / STAGED
    shutil.rmtree(staged, ignore_errors=True)
    wanted = {f"{part}/{name}": data for part, files in parts.items() for name, data in files.items()} | dict(put or {})
    found = {path.relative_to(folder).as_posix() for part in parts for path in (folder / part).rglob("*")
             if path.is_file()} | {name for name in (*remove, *(put or {})) if (folder / name).is_file()}
    new = {name: data for name, data in wanted.items() if name not in found or (folder / name).read_bytes() != data}
    for name, data in new.items():
        write_whole(staged / name, data)
    if new or found - set(wanted):
        plan = {"put": {name: digest(data) for name, data in new.items()},
                "remove": {name: digest_of(folder / name) for name in sorted(found - set(wanted))}}
        write_whole(staged / PLAN, json.dumps(plan).encode())
    finish_writing(folder)


def finish_writing(folder: Path) -> None:
    """Carry out what a run before planned and did not finish; what it only began to prepare is thrown away."""
    staged = folder / STAGED
    if (staged / PLAN).exists():
        try:
            plan = json.loads((staged / PLAN).read_text("utf-8"))
            put, remove = list(plan["put"]), dict(plan["remove"])
        except (ValueError, LookupError, TypeError) as error:
            raise PublishError(f"{staged / PLAN}: cannot be read ({error}). Remove {staged}.") from error
        for name in put:
            # Absent when the run before had put it in place already.
            if (staged / name).exists():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (staged / name).replace(folder / name)
        for name, before in remove.items():
            # Another file under that name came since: nobody has read it yet.
            if (folder / name).is_file() and digest_of(folder / name) == before:
                (folder / name).unlink()
        (staged / PLAN).unlink()
    shutil.rmtree(staged, ignore_errors=True)


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


def write_into(site_dir: Path, path: str, data: bytes) -> None:
    """Write a file of a site, never outside of it, and its folder where it is the first there."""
    if ".." in path.split("/") or path.startswith("/"):
        raise DeclarationError(f"{path}: not an address of the site. Give the row another identifier.")
    target = f"{site_dir}/{path}"  # a Path for each of many pages takes longer than writing it
    try:
        file = open(target, "wb")  # noqa: PTH123, SIM115
    except FileNotFoundError:
        os.makedirs(os.path.dirname(target), exist_ok=True)  # noqa: PTH103, PTH120
        file = open(target, "wb")  # noqa: PTH123, SIM115
    with file:
        file.write(data)
