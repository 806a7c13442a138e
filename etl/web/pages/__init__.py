"""Release -> pages, for every language. A page is a template and a context; rendering is done in site/."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from etl.meta.model import Page, Release
from etl.meta.settings import SiteConfig
from etl.web.pages.data import api, data, versions
from etl.web.pages.desks import desks, municipalities
from etl.web.pages.lineage import Watched
from etl.web.pages.money import activities, money, operations, projects
from etl.web.pages.services import citizen, needs, rent, services
from etl.web.pages.trust import changes, freshness, licences, method, quality

Section = Callable[[Release, str], list[Page]]
IN_EVERY_LANGUAGE: tuple[Section, ...] = (
    citizen.pages, services.pages, needs.pages, desks.pages, changes.gone,
)
"""The path of a person in need. Each section lists its pages in one language."""
IN_FULL_LANGUAGES: tuple[Section, ...] = (
    services.other_orders,
    needs.guide,
    municipalities.pages,
    rent.pages,
    citizen.more,
    activities.pages,
    projects.pages,
    money.pages,
    operations.pages,
    quality.pages,
    freshness.pages,
    changes.pages,
    data.pages,
    versions.pages,
    api.pages,
)
"""Everything else."""


def site(release: Release, config: SiteConfig) -> list[Page]:
    """Every page that is made from data, in every language of the site."""
    watched = Watched(release)
    made: list[Page] = []
    for language in config.languages:
        full = () if config.is_partial(language) else IN_FULL_LANGUAGES
        for section in IN_EVERY_LANGUAGE + full:
            found = section(watched, language)
            watched.read_for({page.id.split("/")[0] for page in found})
            made += found
        if full:
            made += method.pages(release, language, watched.used) + licences.pages(config, language)
    return made


def alternates(pages: Iterable[Page]) -> Mapping[str, Mapping[str, str]]:
    """Page id -> language -> address, relative to the root: the translations of each page."""
    found: dict[str, dict[str, str]] = {}
    for page in pages:
        found.setdefault(page.id, {})[page.language] = page.path.removesuffix("index.html")
    return found
