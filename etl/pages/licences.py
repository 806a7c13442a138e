"""The work of others that this site is made with, and its licences."""

from __future__ import annotations

from etl.model import Page
from etl.pages.addresses import N_, make_page
from etl.pages.config import SiteConfig

TITLE = N_("Software e caratteri usati")


def pages(config: SiteConfig, language: str) -> list[Page]:
    """The one page; none in a preview that does not know its components."""
    if not config.components:
        return []
    return [make_page("licences", language, "licences.html", title=TITLE, components=config.components)]
