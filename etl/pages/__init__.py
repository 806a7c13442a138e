"""Release -> pages, for every language. A page is a template and a context; rendering is done in site/."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from etl.model import Page, Release
from etl.pages import citizen, data, desks, freshness, money, services
from etl.pages.config import SiteConfig

SECTIONS: tuple[Callable[[Release, str], list[Page]], ...] = (
    citizen.pages,
    services.pages,
    desks.pages,
    money.pages,
    freshness.pages,
    data.pages,
)
"""Each room of the site lists its pages in one language."""


def site(release: Release, config: SiteConfig) -> list[Page]:
    """Every page that is made from data, in every language of the site."""
    return [page for language in config.languages for section in SECTIONS for page in section(release, language)]


def alternates(pages: Iterable[Page]) -> Mapping[str, Mapping[str, str]]:
    """Page id -> language -> address, relative to the root: the translations of each page."""
    found: dict[str, dict[str, str]] = {}
    for page in pages:
        found.setdefault(page.id, {})[page.language] = page.path.removesuffix("index.html")
    return found
