"""The work of others that this site is made with, and its licences."""

from __future__ import annotations

from etl.meta.model import Page
from etl.web.kinds import N_, Kind
from etl.web.lineage import Watched


def pages(kind: Kind, release: Watched, language: str) -> list[Page]:
    """The one page; none in a preview that does not know its components."""
    components = release.config.components
    return [kind.page(language, components=components)] if components else []


KINDS = (
    Kind("licences", {"it": "licenze", "en": "licences"}, N_("Software e caratteri usati"), pages,
         ("trust/licences.html",), under="home"),
)
