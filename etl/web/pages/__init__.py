"""Release -> pages, for every language. A page is a template and a context; the writer renders it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from importlib import import_module
from pkgutil import walk_packages

from etl.domain.citing import cited_on, documents
from etl.meta.model import Page, Release
from etl.meta.settings import SiteConfig
from etl.web.kinds import Kind
from etl.web.lineage import Watched
from etl.web.pages.trust.changes import GONE, gone


def declared() -> Iterator[Kind]:
    """Every kind of page that a module of this folder declares in KINDS."""
    for module in walk_packages(__path__, f"{__name__}."):
        yield from getattr(import_module(module.name), "KINDS", ())


KINDS: Mapping[str, Kind] = {kind.name: kind for kind in declared()}


UNLISTED = frozenset(name for kind in KINDS.values() if not kind.listed for name in kind.templates) | {GONE}
"""Templates of pages that the A-Z does not name."""
UNINDEXED = frozenset(name for kind in KINDS.values() if not kind.indexed for name in kind.templates) | {GONE}
"""Templates of pages that the sitemap does not name; they say noindex themselves."""


def folders(language: str) -> dict[str, str]:
    """Kind of page -> where its pages are, below the folder of a language."""
    return {kind.name: kind.address(language) for kind in KINDS.values()}


def line(name: str) -> list[Kind]:
    """The kinds from the top of the site to one, as they stand on the trail; none for what no module declares."""
    kind = KINDS.get(name)
    return [*line(kind.under), kind] if kind else []


def section(name: str) -> str:
    """The entry of the menu that pages of a kind are under; the kind itself where there is none."""
    return next((kind.name for kind in reversed(line(name)) if kind.menu), name)


def site(release: Release, config: SiteConfig) -> list[Page]:
    """Every page that is made from data, in every language of the site."""
    watched = Watched(release, config)
    made: list[Page] = []
    citing: set[str] = set()
    for language in config.languages:
        folder = config.folder(language)
        for kind in KINDS.values():
            if kind.on_the_path or not config.is_partial(language):
                found = kind.made(watched, language) + (gone(kind, watched, language) if kind.permanent else [])
                if kind.name in citing or any(map(cited_on, found)):
                    citing.add(kind.name)
                    documents(watched)
                watched.read_for({page.id.split("/")[0] for page in found})
                made += [replace(page, path=folder + page.path) for page in found]
    return made


def alternates(pages: Iterable[Page]) -> dict[str, dict[str, str]]:
    """Page id -> language -> address, relative to the root: the translations of each page."""
    found: dict[str, dict[str, str]] = {}
    for page in pages:
        found.setdefault(page.id, {})[page.language] = page.path.removesuffix("index.html")
    return found
