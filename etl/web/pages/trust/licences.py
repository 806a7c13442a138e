"""The work of others that this site is made with, and its licences."""

from __future__ import annotations

from etl.meta.model import Page
from etl.meta.settings import SiteConfig
from etl.web.pages.addresses import N_, make_page

TITLE = N_("Software e caratteri usati")


def pages(config: SiteConfig, language: str) -> list[Page]:
    """The one page; none in a preview that does not know its components."""
    if not config.components:
        return []
    return [make_page("licences", language, "trust/licences.html", title=TITLE, components=config.components)]
