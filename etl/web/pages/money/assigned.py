"""Amounts assigned and outcome figures, row by row: what stands behind the story of the money and no chart draws."""

from __future__ import annotations

from etl.meta.model import Page
from etl.web.kinds import N_, Kind
from etl.web.lineage import Watched
from etl.web.pages.money.charts import story_of
from etl.web.pages.money.money import context


def pages(kind: Kind, release: Watched, language: str) -> list[Page]:
    """The one page; none where no row is known."""
    found = context(release, language)
    counted = story_of(release, language).get("series-2") if release.records.get("projects") else None
    return [kind.page(language, counted=counted, **found)] if any(found.values()) else []


KINDS = (
    Kind("assigned", {"it": "trasparenza/numeri", "en": "transparency/numbers"}, N_("Importi assegnati e risultati"),
         pages, ("money/assigned.html",), requires=("projects",), words=N_("importi e risultati"),
         under="transparency"),
)
