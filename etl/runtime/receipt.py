"""The receipt of a finished site: what it was made from, the sha256 of every file; and the check against it."""

from __future__ import annotations

import json
import os
import stat
import subprocess
from collections.abc import Callable, Mapping
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from etl.meta import places
from etl.meta.errors import PublishError
from etl.meta.view import as_json, digest
from etl.runtime.files import digest_of, entries
from etl.runtime.workers import in_parts, processors

RECEIPT, SIGNATURE = "release.json", "release.json.minisig"
"""The receipt, and who vouches for it (runtime/signature.py): neither is in the receipt."""
Look = tuple[int, int, int, int, int]
"""What the system says of a file without reading it: size, time of its last change, number, disk, mode."""
MANY = 5_000
"""Files above which several processes read them faster than one."""


def site_files(site: Path, known: Mapping[Look, str] | None = None) -> dict[str, str]:
    """sha256 of every file of a site by relative path, in path order, without the receipt and its signature.

    known: that of files that have been read already, by how they look.
    """
    found = {name: (known or {}).get(look, "") for name, look in looks_of(site).items()
             if name not in (RECEIPT, SIGNATURE)}
    unread = [name for name, sign in found.items() if not sign]

    def part(number: int, parts: int) -> list[tuple[str, str]]:
        return [(name, sign_of(f"{site}/{name}")) for name in unread[number::parts]]

    for items in in_parts(part, processors() if len(unread) > MANY else 1):
        found.update(items)
    return found


def looks_of(site: Path) -> dict[str, Look]:
    """How every file of a site looks, by path, in path order."""
    return {name: look(entry.stat(follow_symlinks=False)) for name, entry in entries(site)}


def look(about: os.stat_result) -> Look:
    """How a file looks, from what the system says of it."""
    return about.st_size, about.st_mtime_ns, about.st_ino, about.st_dev, about.st_mode


def sign_of(path: str) -> str:
    """The sha256 of a file. What only leads to one, or is a pipe, is nothing that a receipt can vouch for."""
    regular = stat.S_ISREG(os.lstat(path).st_mode)
    return digest_of(path) if regular else "not a file"


def write_receipt(
    site: Path, about: Mapping[str, Any], planned: Mapping[str, str] | None = None,
    known: Mapping[Look, str] | None = None,
) -> None:
    """release.json: what the site was made from (`about`) and the sha256 of every other file.

    planned: the sha256 of every file that was meant to be there, "" where only its name is known. Raises PublishError
    where anything else is there: then somebody else has written into the site. None vouches for what is there.
    known: see site_files.
    """
    files = site_files(site, known)
    if planned is not None:
        expected = {name: sign or files.get(name, "") for name, sign in planned.items()}
        if faults := differences(expected, files, "the plan"):
            raise PublishError(
                f"{site}: un altro programma ci ha scritto mentre il sito si faceva, niente è cambiato: riprova / not "
                f"what this build wrote ({faults[0]}; {len(faults)} in all). Nothing has changed. Build it again."
            )
    receipt = {**about, "files": files}
    (site / RECEIPT).write_bytes(as_json(receipt))


def read_receipt(site: Path) -> dict[str, Any] | None:
    """The receipt of a finished site; None where there is none that can be read."""
    try:
        receipt = json.loads((site / RECEIPT).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    parts = (receipt.get("files"), receipt.get("carried", {})) if isinstance(receipt, dict) else (None,)
    return receipt if all(isinstance(part, dict) for part in parts) else None


def differences(expected: Mapping[str, str], found: Mapping[str, str], by: str) -> list[str]:
    """One line per file that is missing, changed or not `by` what is expected."""
    faults = [f"missing: {name}" for name in expected if name not in found]
    faults += [f"changed: {name}" for name in expected if name in found and found[name] != expected[name]]
    return sorted(faults + [f"not in {by}: {name}" for name in found if name not in expected])


def is_ours(site: Path) -> Callable[[str], bool]:
    """Whether a path below a finished site is one that its receipt names."""
    receipt = read_receipt(site) or {"files": {}}
    known = {SIGNATURE, *receipt["files"], *receipt.get("carried", {})}
    return lambda name: name in known


def verify(site: Path) -> list[str]:
    """One line per file that is missing, changed or not in the receipt; empty when the site is whole."""
    receipt = read_receipt(site)
    if receipt is None:
        raise PublishError(f"{site / RECEIPT}: no readable receipt. Build the site again.")
    found = site_files(site)
    # Assets carried from other releases (releases/server.py): one that is not there yet is no fault, a changed one is.
    carried = {name: sign for name, sign in receipt.get("carried", {}).items() if name in found}
    return differences(receipt["files"] | carried, found, "the receipt")


def fingerprint(site: Path, looks: Mapping[str, Look] | None = None) -> str:
    """A key of how all files of a folder look: as long as it stays, nobody has touched them. looks: see looks_of."""
    return digest(repr((str(site), looks_of(site) if looks is None else looks)))


def identity(root: Path, base_url: str | None, today: date) -> dict[str, Any]:
    """What a site is made from: date, address and inputs; `release` stands for them in twelve signs, `commit` helps."""
    made_from = {"date": today.isoformat(), "base_url": base_url, "inputs": inputs(root)}
    signs = digest(json.dumps(made_from, sort_keys=True))[:12]
    return made_from | {"release": signs, "commit": commit(root)}


def commit(root: Path) -> str | None:
    """The commit that the repository stands on, None outside a git checkout."""
    try:
        answer = subprocess.run(
            ["git", "rev-parse", "HEAD"], cwd=root, capture_output=True, text=True, check=False, timeout=10
        )
    except OSError:
        return None
    return answer.stdout.strip() if answer.returncode == 0 else None


def inputs(root: Path) -> dict[str, str]:
    """sha256 of everything that a build reads: data, declarations, program, theme, texts, locks.

    A program that does not stand in the repository is one entry, with its name and version.
    """
    found = signs(root, "*.toml", "mkdocs.yml", "datasets/*.toml", "datasets/source/*", "schemas/*", "etl/**/*",
                  "site/**/*", "requirements/site.txt")
    if places.is_whole(root):
        return found
    beside = signs(places.PROGRAM, "datasets/*.toml", "schemas/*", "site/**/*", "requirements/site.txt")
    whole = json.dumps([beside, signs(places.PACKAGE, "**/*")]).encode()
    return {**found, f"{places.COMMAND}=={version(places.DISTRIBUTION)}": digest(whole)}


def signs(folder: Path, *patterns: str) -> dict[str, str]:
    """sha256 of the files of a folder that match, by path."""
    paths = {path for pattern in patterns for path in folder.glob(pattern)}
    kept = sorted(path for path in paths if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(folder).as_posix(): digest_of(path) for path in kept}


def holds_release(root: Path, site: Path) -> bool:
    """Whether datasets/release is what a whole site publishes: every file of it stands in dati/."""
    published = (read_receipt(site) or {"files": {}})["files"]
    return all(published.get(f"dati/{name}") == sign
               for name, sign in site_files(root / "datasets" / "release").items())
