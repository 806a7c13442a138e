"""The page that documents the static API, with examples that can be copied."""

from __future__ import annotations

from etl.meta.model import Page
from etl.web.kinds import N_, Kind
from etl.web.lineage import Watched


def pages(kind: Kind, release: Watched, language: str) -> list[Page]:
    """The one page."""
    desk = next((row["desk_id"] for row in release.records.get("desks", [])), "")
    return [kind.page(language, desk=desk, version=release.package["version"])]


KINDS = (
    Kind("api", {"it": "dati/api", "en": "data/api"}, N_("API dei dati"), pages, ("data/api.html",), words=N_("API"),
         under="data"),
)
