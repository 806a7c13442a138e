"""Where the money goes, told as a story: a question, its chart, and the way to the tables behind it."""

from __future__ import annotations

from etl.meta.model import Page
from etl.web.inferences import inferred
from etl.web.kinds import N_, Kind
from etl.web.lineage import Watched
from etl.web.pages.money.charts import seed_of, story_of
from etl.web.pages.money.money import groups_of, known_projects, line, overview

LISTS = ("projects", "in_part", "silent")
"""What the chart of all projects leads to; where no share is known and so nothing is drawn, it stands here."""


def pages(kind: Kind, release: Watched, language: str) -> list[Page]:
    """The one page."""
    projects = known_projects(release, language)
    seed, story, known = seed_of(release, projects), story_of(release, language), overview(release, projects)
    begun = seed and {**line(seed), "money": seed["money"], "end_date": seed["end_date"]}
    here = {} if story["projects"] else {name: known[name] for name in LISTS}
    return [kind.page(language, groups=here and groups_of(release, projects), meanings=inferred("stages"), seed=begun,
                      story=story, share=known["share"], found=known["found"], **here)]


KINDS = (
    Kind("transparency", {"it": "trasparenza", "en": "transparency"}, N_("Trasparenza"), pages,
         ("money/transparency.html",), requires=("projects",), words=N_("dove vanno i soldi"), under="home", menu=6),
)
