"""Where the money goes, told as a story: a question, its chart, and the tables behind it."""

from __future__ import annotations

from etl.meta.model import Page
from etl.meta.view import rows
from etl.web.inferences import inferred
from etl.web.kinds import N_, Kind
from etl.web.lineage import Watched
from etl.web.pages.money.charts import seed_of, story_of
from etl.web.pages.money.money import VIEWS, counted, grouped_by, known_projects, line, overview


def pages(kind: Kind, release: Watched, language: str) -> list[Page]:
    """The one page."""
    projects = known_projects(release, language)
    seed = seed_of(release, projects)
    grouping = projects if rows(release, "funding") else []  # without amounts there is no page of a group
    groups = {by: [counted(group) for group in grouped_by(grouping, by)] for by in VIEWS}
    begun = seed and {**line(seed), "money": seed["money"], "end_date": seed["end_date"]}
    return [kind.page(language, groups=groups, meanings=inferred("stages"), seed=begun,
                      story=story_of(release, language), **overview(release, projects))]


KINDS = (
    Kind("transparency", {"it": "trasparenza", "en": "transparency"}, N_("Trasparenza"), pages,
         ("money/transparency.html",), requires=("projects",), words=N_("dove vanno i soldi"), under="home", menu=6),
)
