"""The charts that can be taken away: of the story of the money, of each project, of each group of projects."""

from __future__ import annotations

from typing import Any

from etl.meta.model import Page, Release
from etl.meta.view import rows, with_texts
from etl.web.charts.model import Chart
from etl.web.charts.words import gettext
from etl.web.kinds import N_, Kind
from etl.web.lineage import Watched, once
from etl.web.pages.desks.geography import network_map
from etl.web.pages.desks.networks import memberships
from etl.web.pages.money import around, known, periods, plots, stages, times
from etl.web.pages.money.money import grouped_by, known_projects, origins, totals
from etl.web.pages.money.views import group_chart, title_of

TAKEN = ("axis", "city")
"""Groups of projects whose chart can be taken away; others would be very many."""
SERIES = 2
"""Series of indicators that the story shows."""


def pages(kind: Kind, release: Watched, language: str) -> list[Page]:
    """Each chart alone: for the pages of others, and beside it what can be taken away."""
    projects = known_projects(release, language)
    funded = [project for project in projects if project["money"]]
    own = [stages.of_project(project, len(funded) <= stages.MOST) for project in funded]
    groups = [group_chart(group, title_of(group, language)) for by in TAKEN for group in grouped_by(projects, by)]
    story = [chart for chart in story_of(release, language).values() if chart]
    found = {chart.id: chart for chart in (*own, *groups, *story) if chart}
    return [kind.page(language, name, chart=chart, title=None) for name, chart in found.items()]


@once
def story_of(release: Release, language: str) -> dict[str, Chart | None]:
    """The charts of the story in their order; None where there is nothing to draw."""
    projects, today = known_projects(release, language), release.today
    seed = seed_of(release, projects)
    code = seed["project_code"] if seed else ""
    whole = totals(projects)
    counted = periods.series(with_texts(release, "indicators", "indicator_texts", "indicator_id", language))
    return {
        "stages": stages.of_project(seed)
        if seed
        else stages.of_group(
            whole, "money-total", gettext("tutti i progetti con tutte le voci"), origins(whole), ("transparency", None)
        ),
        "projects": plots.paid(projects, code),
        "cities": known.coverage(projects, "city", seed["place"] if seed else ""),
        "axes": known.coverage(
            [one for one in projects if one["axis_name"]], "axis", seed["axis_code"] if seed else ""
        ),
        "timeline": times.timeline(projects, rows(release, "milestones"), today, code),
        **{
            f"series-{number}": periods.counted(found, f"counted-{number}", today)
            for number, found in enumerate(counted[:SERIES], 1)
        },
        "rents": around.rents(rows(release, "rent_bands")),
        "networks": around.networks(network_map(release, language), memberships(release, language)),
        "unknown": known.unknown(projects),
    }


def seed_of(release: Release, projects: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The project that the story begins with: that of city.toml (`project`), where its money is known."""
    named = release.config.project if isinstance(release, Watched) else ""
    return next((project for project in projects if project["project_code"] == named and project["money"]), None)


KINDS = (
    Kind(
        "chart",
        {"it": "incorpora", "en": "embed"},
        "",
        pages,
        ("charts/embed.html",),
        requires=("projects",),
        words=N_("grafici da incorporare"),
        listed=False,
        indexed=False,
    ),
)
