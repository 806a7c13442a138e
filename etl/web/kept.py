"""Pages of the site before that need not be rendered again, because nothing that they show has changed."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import is_dataclass
from decimal import Decimal
from importlib.metadata import version
from pathlib import Path
from typing import Any

from etl.domain.citing import TABLE
from etl.meta.model import Page, Release
from etl.meta.places import listed, words
from etl.meta.settings import SiteConfig
from etl.meta.view import Alike, digest
from etl.runtime.cache import cache_key, code_of, read_cache, write_cache
from etl.runtime.standing import Standing
from etl.web.sharing import crowded

Made = tuple[str, str, str, list[str]]
"""Of one page: the key of what it was made from, its sha256, that of what search reads of it or "", and the ids of
pages that it would link to if they were there."""


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
    about = config, release.package["version"]
    sources, alike = release.records.get(TABLE), crowded(addresses)
    return cache_key(
        code_of("**/*.py"), ours, said, about, schemas, sections, partial, assets, libraries, sources, alike)


def told(value: Any) -> Any:
    """What JSON has no word for: our own small classes by what they hold, rows of many pages by their key; amounts and
    dates say it themselves, anything else where it is in memory."""
    if type(value) is Decimal:  # most of them: to ask for anything else takes as long as to write it
        return repr(value)
    if type(value) is Alike:
        return ["alike", value.sign]
    return [type(value).__name__, vars(value)] if is_dataclass(value) else repr(value)


class KeptPages:
    """The finished pages of the site before by what each was made from.

    cache: the file that says what each was made from. standing: the site before, None where pages are not kept.
    shared: see shared_key. addresses: of all pages of this build by id and language.
    A page is taken only when its bytes are those that were written: a site or a cache that is gone or spoilt costs
    time, nothing else.
    """

    def __init__(
        self, cache: Path, standing: Standing | None, shared: str, addresses: Mapping[str, Mapping[str, str]]
    ) -> None:
        self._cache, self.standing, self._shared = cache, standing, shared
        before = (read_cache(cache) if standing else None) or {}
        self._before: Mapping[str, Any] = before["pages"] if before.get("shared") == shared else {}
        self._encode = json.JSONEncoder(default=told, check_circular=False, ensure_ascii=False).encode
        self._addresses = addresses
        self.made: dict[str, Made] = {}

    def begin(self, paths: Collection[str]) -> bool:
        """Say which pages this build has; tells whether any may be kept. Where one has gone none is: others may have
        linked to it."""
        if not self._before.keys() <= set(paths):
            self._before = {}
        return bool(self._before)

    def key(self, page: Page) -> str:
        """A key of everything that a page is made from; "" when it cannot be told, and then the page is not kept.

        Where no page is kept nobody asks for one: it takes a tenth of the time of a page.
        """
        if self.standing is None:
            return ""
        place = tuple(self._addresses.get(page.id, {}).items())
        parts = (page.id, page.language, page.path, page.template, page.context, place)
        try:
            about = self._encode(parts)
        except TypeError:  # a key that is no text
            about = repr(parts)
        if " object at 0x" in about:
            return ""
        return digest(f"{self._shared} {about}".encode(errors="surrogatepass"))[:24]

    def take(self, path: str, key: str, folder: Path) -> Made | None:
        """Put a page made from the same into the folder of the new site; None where it has to be rendered."""
        known: Made | None = self._before.get(path)
        if self.standing is None or not key or known is None or known[0] != key:
            return None
        if self.standing.signs.get(path) != known[1] or any(name in self._addresses for name in known[3]):
            return None
        self.standing.put(path, folder)
        return known

    def save(self) -> None:
        """Keep for the next build what this one made."""
        write_cache(self._cache, {"shared": self._shared, "pages": self.made})
