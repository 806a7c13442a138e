"""Pages of the site before that need not be rendered again, because nothing that they show has changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

from etl.domain.citing import TABLE
from etl.meta.model import Page, Release
from etl.meta.places import listed, words
from etl.meta.settings import SiteConfig
from etl.meta.view import digest
from etl.runtime.cache import cache_key, code_of, read_cache, write_cache
from etl.web.sharing import crowded

Made = tuple[str, str, str, list[str]]
"""Of one page: the key of what it was made from, its sign, sha256 of what search reads of it or "", and the ids of
pages that it would link to if they were there."""
STAMP = '<meta name="release" content="{}">'
"""What differs on every page of every build (base.html, frame.html): a kept page gets that of the new one."""


def shared_key(
    config: SiteConfig, release: Release, addresses: Mapping[str, Mapping[str, str]], assets: Mapping[str, str],
    root: Path,
) -> str:
    """A key of everything that no single page knows: program, theme, words, settings, titles of columns, sections,
    sources.

    root: the repository.
    """
    ours = [(name, path.read_bytes()) for name, path in listed(root, "site/theme").items()]
    said = [(path.name, path.read_bytes()) for folder in words(root) for path in sorted(folder.rglob("*.po"))]
    schemas = [(item["name"], item["schema"]) for item in release.package["resources"]]
    libraries = [version(name) for name in ("jinja2", "markupsafe", "babel")]
    sections = [found for name, found in addresses.items() if "/" not in name]
    # A page of a language with few pages links to Italian ones where it has none: another page changes that.
    partial = sorted(name for name, found in addresses.items() if any(map(config.is_partial, found)))
    about = replace(config, build=""), release.package["version"]
    sources, alike = release.records.get(TABLE), crowded(addresses)
    return cache_key(
        code_of("**/*.py"), ours, said, about, schemas, sections, partial, assets, libraries, sources, alike)


class KeptPages:
    """The finished pages of `site` by what each was made from.

    cache: the file that says what each was made from. site: None where pages are not kept. build: the twelve signs of
    this build. shared: see shared_key. addresses: of all pages of this build by id and language.
    A page is taken only when its bytes are those that were written: a site or a cache that is gone or spoilt costs
    time, nothing else.
    """

    def __init__(
        self, cache: Path, site: Path | None, shared: str, build: str, addresses: Mapping[str, Mapping[str, str]]
    ) -> None:
        self._cache, self.site, self._shared, self._build = cache, site, shared.encode(), build
        before = (read_cache(cache) if site else None) or {"build": "", "pages": {}}
        self._stamps = STAMP.format(before["build"]).encode(), STAMP.format(build).encode()
        self._before = before["pages"]
        self._addresses = addresses
        self.made: dict[str, Made] = {}
        self.signs: dict[str, str] = {}

    def begin(self, paths: Collection[str]) -> None:
        """Say which pages this build has. Where one has gone nothing is kept: others may have linked to it."""
        if not self._before.keys() <= set(paths):
            self._before = {}

    def add(self, made: Mapping[str, tuple[Made, str]]) -> None:
        """Note pages that are written, each with its sha256."""
        self.made |= {path: about for path, (about, _) in made.items()}
        self.signs |= {path: sign for path, (_, sign) in made.items()}

    def key(self, page: Page) -> str:
        """A key of everything that a page is made from; "" when it cannot be told, and then the page is not kept.

        Where no page is kept nobody asks for one: it takes a tenth of the time of a page.
        """
        if self.site is None:
            return ""
        place = tuple(self._addresses.get(page.id, {}).items())
        parts = (page.id, page.language, page.path, page.template, page.context, place)
        try:
            # Amounts, dates and our own small classes say all that they hold; anything else where it is in memory.
            about = json.dumps(parts, default=repr)
        except TypeError:  # a key that is no text
            about = repr(parts)
        if " object at 0x" in about:
            return ""
        return hashlib.blake2b(about.encode(), key=self._shared[:64], digest_size=12).hexdigest()

    def sign(self, data: bytes) -> str:
        """sha256 of a page of this build without its stamp: a page that stays the same keeps it."""
        return digest(data.replace(self._stamps[1], b"", 1))

    def take(self, path: str, key: str) -> tuple[bytes, Made] | None:
        """A page made from the same: its bytes with the stamp of this build; None where it has to be rendered."""
        known = self._before.get(path)
        if self.site is None or not key or known is None or known[0] != key:
            return None
        if any(name in self._addresses for name in known[3]):
            return None
        try:
            with open(f"{self.site}/{path}", "rb") as file:  # noqa: PTH123 - a Path for each page takes longer
                data = file.read()
        except OSError:
            return None
        head, stamp, rest = data.partition(self._stamps[0])
        if digest(head + rest) != known[1]:
            return None
        return head + self._stamps[1] + rest if stamp else data, known

    def save(self) -> None:
        """Keep for the next build what this one made."""
        write_cache(self._cache, {"build": self._build, "pages": self.made})
