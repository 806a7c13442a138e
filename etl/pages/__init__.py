"""Release -> pages, for every language. A page is a template and a context; rendering is done in site/."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from etl.model import Page, Release
from etl.pages import citizen, data, desks, freshness, money, municipalities, needs, rent, services
from etl.pages.config import SiteConfig

Section = Callable[[Release, str], list[Page]]
IN_EVERY_LANGUAGE: tuple[Section, ...] = (citizen.pages, services.pages, needs.pages, desks.pages)
"""The path of a person in need. Each section lists its pages in one language."""
IN_FULL_LANGUAGES: tuple[Section, ...] = (
    services.other_orders,
    needs.guide,
    municipalities.pages,
    rent.pages,
    citizen.more,
    money.pages,
    freshness.pages,
    data.pages,
)
"""Everything else."""


def site(release: Release, config: SiteConfig) -> list[Page]:
    """Every page that is made from data, in every language of the site."""
    return [
        page
        for language in config.languages
        for section in (IN_EVERY_LANGUAGE if config.is_partial(language) else IN_EVERY_LANGUAGE + IN_FULL_LANGUAGES)
        for page in section(release, language)
    ]


def alternates(pages: Iterable[Page]) -> Mapping[str, Mapping[str, str]]:
    """Page id -> language -> address, relative to the root: the translations of each page."""
    found: dict[str, dict[str, str]] = {}
    for page in pages:
        found.setdefault(page.id, {})[page.language] = page.path.removesuffix("index.html")
    return found
