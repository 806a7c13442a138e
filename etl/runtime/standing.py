"""The finished site that stands: its files that are as its receipt says, for the next site to have them too.

A file that stays the same is not written again: the next site gets another name of it (a hard link). That is safe
because no file of a site is ever written in place: each comes under a new name (files.write_into, files.write_whole),
and a site goes as a whole.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from etl.runtime.cache import read_cache, write_cache
from etl.runtime.files import make_above
from etl.runtime.receipt import Look, fingerprint, holds_release, looks_of, read_receipt, site_files, verify

NOTED = Path("build", "cache", "standing.json")
"""The fingerprints of the last site and of the release that it publishes: while they stay, nobody has touched them, and
no byte needs to be read."""
RELEASE = Path("datasets", "release")


class Standing:
    """The files of a finished site that nobody has touched. An empty one where no site stands.

    site: its folder. signs: their sha256 by path. known: the same by what the system says of each, whatever its path.
    """

    def __init__(
        self, site: Path | None = None, root: Path | None = None, looks: Mapping[str, Look] | None = None,
    ) -> None:
        """root: the repository that may have made it; without it every byte is read. looks: see looks_of."""
        self.site = site or Path()
        self.signs: Mapping[str, str] = {}
        self.known: Mapping[Look, str] = {}
        self._made: set[str] = set()
        if site is None or (receipt := read_receipt(site)) is None:
            return
        looks, files = looks_of(site) if looks is None else looks, receipt["files"]
        if root is None or noted(root, "site") != fingerprint(site, looks):
            files = {path: sign for path, sign in site_files(site).items() if files.get(path) == sign}
        self.signs = {path: sign for path, sign in files.items() if path in looks}
        self.known = {looks[path]: sign for path, sign in self.signs.items()}

    def put(self, path: str, folder: Path | str) -> None:
        """Give a file of the site another name in `folder`, where nothing stands in its place. Where a file has one
        name only, as on another disk, it is copied."""
        source, target = f"{self.site}/{path}", f"{folder}/{path}"
        if (above := target.rpartition("/")[0]) not in self._made:  # nearly every page has a folder of its own
            make_above(target)
            self._made.add(above)
        try:
            os.link(source, target)
        except FileExistsError:
            raise
        except OSError:
            shutil.copyfile(source, target)


def seen(site: Path) -> dict[str, Look] | None:
    """How the files of a folder look; None where it cannot be looked into (staging.may_replace says why)."""
    try:
        return looks_of(site)
    except OSError:
        return None


def is_current(
    root: Path, site: Path, made_from: Mapping[str, Any], trial: bool, looks: Mapping[str, Look] | None,
) -> bool:
    """Whether a site is whole and was made from exactly these files, commit, address and date; and, where it is no
    trial, datasets/release is what it publishes. looks: see seen."""
    if looks is None:
        return False
    receipt = read_receipt(site)
    if receipt is None or not made_from.items() <= receipt.items():
        return False
    try:
        same = noted(root, "site") == fingerprint(site, looks)
        if not same and verify(site):
            return False
        held = same and noted(root, "release") == fingerprint(root / RELEASE)
    except OSError:
        return False  # whoever replaces it says what cannot be read (staging.may_replace)
    return trial or held or holds_release(root, site)


def note_standing(root: Path, site: Path, looks: Mapping[str, Look], trial: bool) -> None:
    """Note a site that was just made, and the release that it publishes. looks: see looks_of."""
    release = {} if trial else {"release": fingerprint(root / RELEASE)}
    write_cache(root / NOTED, {"site": fingerprint(site, looks)} | release)


def noted(root: Path, name: str) -> str | None:
    """What `note_standing` noted; None where it did not."""
    known = read_cache(root / NOTED)
    found: str | None = known.get(name) if isinstance(known, dict) else None
    return found
