"""The page that documents the static API, with examples that can be copied."""

from __future__ import annotations

from etl.meta.model import Page
from etl.meta.view import resources
from etl.web.kinds import N_, Kind
from etl.web.lineage import Watched


def pages(kind: Kind, release: Watched, language: str) -> list[Page]:
    """The one page. example: a table with amounts if there is one, and a column of it that is always full."""
    known = resources(release.package)
    table = "funding" if "funding" in known else next(iter(known))
    desk = next((row["desk_id"] for row in release.records.get("desks", [])), "")
    example = (table, known[table]["schema"]["primaryKey"][0])
    return [kind.page(language, desk=desk, version=release.package["version"], example=example)]


KINDS = (
    Kind("api", {"it": "dati/api", "en": "data/api"}, N_("API dei dati"), pages, ("data/api.html",), words=N_("API"),
         under="data"),
)
