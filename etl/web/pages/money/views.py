"""The money by axis, action, city and year of start: for each of them its projects and their totals."""

from __future__ import annotations

from typing import Any

from etl.meta.model import Page, Release
from etl.meta.words import say, slug
from etl.web.charts.model import Chart
from etl.web.kinds import N_, Kind
from etl.web.lineage import Watched
from etl.web.pages.money import stages
from etl.web.pages.money.money import cities, counted, grouped_by, known_projects, line, origins
from etl.web.pages.paging import chunks, numbered, turn

TITLES = {
    "axis": {"it": "I soldi dell’asse {value}{name}", "en": "The money of axis {value}{name}"},
    "action": {"it": "I soldi dell’azione {value}, città per città", "en": "The money of action {value}, city by city"},
    "city": {"it": "I soldi dei progetti: {value}", "en": "The money of the projects: {value}"},
    "year": {"it": "I soldi dei progetti iniziati nel {value}", "en": "The money of projects begun in {value}"},
}


def views(kind: Kind, release: Watched, language: str) -> list[Page]:
    """The pages of each axis, action, city or year of start, as the kind of page says."""
    return [page for group in grouped_by(known_projects(release, language), kind.name)
            for page in view(kind, release, language, group)]


def view(kind: Kind, release: Release, language: str, group: dict[str, Any]) -> list[Page]:
    """The pages of one axis, action, city or year: each has some of its projects, the first the totals."""
    by = kind.name
    words = counted(group)
    if by == "city":
        words["funds"] = [row for row in cities(release) if row["city"] == group["value"]]
    item = slug(group["value"]) if by == "city" else group["value"]
    title = title_of(group, language)
    funded = [project for project in group["projects"] if project["money"]]
    partly = [project for project in funded if not project["money"]["complete"]]
    silent = [project for project in group["projects"] if not project["money"]]
    words |= {"part": len(partly), "silent": len(silent)}
    chart = group_chart(group, title)
    paid = sorted(group["complete"], key=lambda project: -(project["money"]["paid_of_100"] or 0))
    parts = chunks(*([line(project) for project in listed] for listed in (paid, partly, silent)))
    return [
        kind.page(language, numbered(item, number), title=title, by=by, complete=complete,
                  in_part=in_part, silent=silent_here, group=words if number == 1 else None,
                  chart=chart if number == 1 else None,
                  turn=turn(by, item, number, len(parts)))
        for number, (complete, in_part, silent_here) in enumerate(parts, 1)
    ]


def title_of(group: dict[str, Any], language: str) -> str:
    """What the page of a group, and its chart, is called."""
    named = f": {group['name']}" if group["name"] else ""
    return str(say(TITLES[group["by"]], language).format(value=group["value"], name=named))


def group_chart(group: dict[str, Any], title: str) -> Chart | None:
    """The stages of the projects of a group together."""
    by, value = group["by"], group["value"]
    name = slug(value)
    return stages.of_group(group, f"{by}-{name}", title, origins(group), (by, name if by == "city" else value))


def view_kind(name: str, italian: str, english: str, words: str) -> Kind:
    """The kind of page of what projects are grouped by."""
    return Kind(name, {"it": f"trasparenza/{italian}", "en": f"transparency/{english}"}, "", views,
                ("money/money_view.html",), requires=("projects", "funding"), words=words, under="transparency")


KINDS = (
    view_kind("axis", "assi", "axes", N_("soldi per asse")),
    view_kind("action", "azioni", "actions", N_("soldi per azione")),
    view_kind("city", "citta", "cities", N_("soldi per città")),
    view_kind("year", "anni", "years", N_("soldi per anno")),
)
