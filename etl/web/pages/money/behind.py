"""What stands behind each chart of the story of the money: the whole table, and the files that can be taken away."""

from __future__ import annotations

from etl.domain.pinned import pinned_chart
from etl.meta.model import Page
from etl.web.kinds import N_, Kind, safe
from etl.web.lineage import Watched
from etl.web.pages.money.charts import story_of
from etl.web.pages.money.money import groups_of, known_projects, overview

TOLD = {
    "projects": ("projects", "in_part", "silent", "found", "groups"),
    "cities": ("groups", "cities"),
    "axes": ("groups",),
    "timeline": ("past_end", "observed", "undated", "found"),
}
"""Chart of the story -> what its page tells beside what is drawn."""


def pages(kind: Kind, release: Watched, language: str) -> list[Page]:
    """A page for each chart of the story."""
    projects = known_projects(release, language)
    known = {**overview(release, projects), "groups": groups_of(release, projects)}
    return [
        kind.page(language, chart.id, title=None, chart=chart, behind=name, sources=cited,
                  kept=pinned_chart(release, safe(chart.id.lower()), language),
                  **{about: known[about] for about in TOLD.get(name, ())})
        for name, chart in story_of(release, language).items() if chart and chart.taken
        for cited in [[{"source_url": address, "source_date": day} for address, day in chart.sources]]
    ]


KINDS = (
    Kind("behind", {"it": "trasparenza/grafici", "en": "transparency/charts"}, "", pages, ("charts/behind.html",),
         requires=("projects",), words=N_("grafici con la loro tabella"), under="transparency", listed=False),
)
