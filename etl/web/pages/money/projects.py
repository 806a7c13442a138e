"""Projects: the list, one page per project with all that is known about it, and its chart to embed elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import chain, islice
from typing import Any

from etl.domain.codes import full_date
from etl.domain.doubts import about, listed
from etl.meta.model import Page, Release
from etl.meta.view import Row, grouped, meaning, rows, with_texts
from etl.web.kinds import N_, Kind
from etl.web.lineage import Watched
from etl.web.pages.money import stages
from etl.web.pages.money.money import known_projects, line, out_of_100
from etl.web.pages.money.story import named_links, stories
from etl.web.pages.paging import chunks, numbered, turn
from etl.web.pages.trust.checks import by_project

NEAR_SHOWN = 12
"""Complementary projects that a page lists for each reason; the list of the action or of the city has the others."""
NEAR = ("same_action", "same_place_3", "same_place_4", "same_place")
"""What makes another project complementary: the same action elsewhere; in the same place social services (axis 3),
housing and buildings recovered (axis 4), or another axis."""
OPENCUP = "https://opencup.gov.it/portale/progetto/-/cup/"
OPENCOESIONE = "https://opencoesione.gov.it/it/progetti/?q="


def pages(kind: Kind, release: Watched, language: str) -> list[Page]:
    """The list of projects, and a page for each."""
    projects = known_projects(release, language)
    related = Related(release, language, projects)
    return lists(kind, language, projects) + [project_page(kind, related, language, project) for project in projects]


def charts(kind: Kind, release: Watched, language: str) -> list[Page]:
    """The chart of each project with money, alone: for the pages of others, and beside it what can be taken away."""
    funded = [project for project in known_projects(release, language) if project["money"]]
    return [kind.page(language, project["project_code"], project=project,
                      chart=stages.of_project(project, taken=len(funded) <= stages.MOST)) for project in funded]


def lists(kind: Kind, language: str, projects: list[dict[str, Any]]) -> list[Page]:
    """The pages of the list of projects, city by city."""
    parts = chunks([line(project) for project in by_city(projects)])
    return [
        kind.page(language, numbered(None, number),
                  cities=list(grouped(part, "place").items()), turn=turn(kind.name, None, number, len(parts)))
        for number, (part,) in enumerate(parts, 1)
    ]


def by_city(projects: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Projects city by city: first the city with most projects, then by name; those without a place at the end."""
    places = grouped(projects, "place")
    most = max(places, key=lambda place: (place is not None, len(places[place])), default=None)
    order = sorted(places, key=lambda place: (place is None, place != most, place or ""))
    return [project for place in order for project in places[place]]


class Related:
    """What other tables say of each project."""

    def __init__(self, release: Release, language: str, projects: list[dict[str, Any]]) -> None:
        self._release, self._language = release, language
        # Facts without a date come last: their place in time is not known.
        facts = sorted(with_texts(release, "milestones", "milestone_texts", "milestone_id", language),
                       key=lambda row: row["date"] or "9999")
        self._when = grouped(facts, "project_code")
        papers = with_texts(release, "documents", "document_texts", "document_id", language)
        self._papers = grouped(papers, "project_code")
        self._found = by_project(release, language)
        self._records = grouped(rows(release, "opencoesione"), "project_code")
        links = named_links(release, language)
        self._links = grouped(links, "project_code")
        self._stories = stories(release, language, links)
        self._observed = grouped(rows(release, "funding"), "project_code")
        self._near = Near(projects)
        self._taken = sum(project["money"] is not None for project in projects) <= stages.MOST

    def of(self, project: dict[str, Any]) -> dict[str, Any]:
        """The project with its facts in time, documents, findings, registers, links, story and observations."""
        code = project["project_code"]
        papers, records = self._papers.get(code, []), self._records.get(code, [])
        observed = sorted(self._observed.get(code, []), key=lambda row: row["observed_on"] or "")
        return {
            **project,
            "milestones": self._when.get(code, []),
            "documents": [paper for paper in papers if paper["kind"] == "document"],
            "photos": [paper for paper in papers if paper["kind"] == "photo"],
            "findings": self._found.get(code, []),
            "registers": registers(project, records),
            "records": records,
            "links": grouped(self._links.get(code, []), "kind"),
            "story": self._stories.get(code, []),
            "observations": [
                {**row, "paid_of_100": out_of_100({"paid": row["paid_eur"], "admitted": row["admitted_eur"]}),
                 "doubts": about(listed(row.get("doubts")), "paid")} for row in observed
            ],
            "near": self._near.of(project),
            "elapsed": elapsed(project, (project["money"] or {"row": {"observed_on": None}})["row"]["observed_on"]),
        }

    def context(self, project: dict[str, Any]) -> dict[str, Any]:
        """What the page of a project shows."""
        return {"project": self.of(project), "chart": stages.of_project(project, self._taken),
                "linked": linked_data(project, self._odd(project))}

    def _odd(self, project: dict[str, Any]) -> list[str]:
        """What the checks say of the admitted amount of a project, in words."""
        codes = about(project["money"]["doubts"], "admitted") if project["money"] else []
        return [meaning(self._release, "funding", "doubts", code, self._language) for code in codes]


def registers(project: Row, records: list[Row]) -> list[dict[str, str]]:
    """For each CUP, where the public registers tell about it; OpenCoesione's own page when we know it."""
    known = {cup: record["source_url"] for record in records for cup in (record["cup"] or "").split("|")}
    return [
        {"cup": cup, "opencup": OPENCUP + cup, "opencoesione": known.get(cup, OPENCOESIONE + cup)}
        for cup in (project["cup"] or "").split("|") if cup
    ]


class Near:
    """Which projects are complementary to one, found without comparing each with each."""

    def __init__(self, projects: list[dict[str, Any]]) -> None:
        self._said = {project["project_code"]: named(project) for project in projects}
        # (why, group) -> action -> projects
        self._groups: dict[tuple[Any, ...], dict[str | None, list[dict[str, Any]]]] = {}
        for project in projects:
            action = project["action_code"]
            keys: list[tuple[Any, ...]] = [("same_action", action)] if action else []
            keys += [(in_place(project), project["programme"], project["place"])] if project["place"] else []
            for key in keys:
                self._groups.setdefault(key, {}).setdefault(action, []).append(project)

    def of(self, project: dict[str, Any]) -> list[dict[str, Any]]:
        """The complementary projects in the order of NEAR, each once.

        why, the first NEAR_SHOWN projects, their codes in one text, and how many there are more.
        """
        action = project["action_code"]
        found = []
        for why in NEAR:
            same = why == "same_action"
            groups = self._groups.get((why, action) if same else (why, project["programme"], project["place"]), {})
            # In the same place those of the same action are left out: they stand under it already.
            lists = [items for name, items in groups.items() if same or name is None or name != action]
            itself = same or (not action and why == in_place(project))
            others = (other for other in chain.from_iterable(lists) if other is not project)
            if shown := [self._said[other["project_code"]] for other in islice(others, NEAR_SHOWN)]:
                more = sum(map(len, lists)) - itself - len(shown)
                codes = ",".join(other["project_code"] for other in shown)
                found.append({"why": why, "projects": shown, "codes": codes, "more": more})
        return found


def named(project: dict[str, Any]) -> Row:
    """What the page of another project says of one, with the source of what is paid where that is known."""
    known = project["money"]
    paid = known and known["paid_of_100"]
    source = {name: known["row"][name] for name in ("source_url", "source_date")} if paid is not None else {}
    return {"project_code": project["project_code"], "title": project["title"], "place": project["place"],
            "language": project["text"].get("language"), "paid_of_100": paid,
            "doubts": about(known["doubts"], "paid") if known else [], **source}


def in_place(project: Row) -> str:
    """Why a project is complementary to others in its place."""
    known = f"same_place_{project['axis_code']}"
    return known if known in NEAR else "same_place"


def elapsed(project: Row, day: str | None) -> float | None:
    """Percentage of a project's time that had passed on the day of its amounts, at most 100.

    None without three whole dates: an amount that has no day is never set beside a time.
    """
    first, last, now = (full_date(text or "") for text in (project["start_date"], project["end_date"], day))
    if not first or not last or not now or first >= last:
        return None
    return round(min(100.0, max(0.0, (now - first).days * 100 / (last - first).days)), 1)


def project_page(kind: Kind, related: Related, language: str, project: dict[str, Any]) -> Page:
    """The page of one project."""
    code = project["project_code"]
    name = f"{project['title']} ({code})" if project["title"] else code
    return kind.page(language, code, more=partial(related.context, project), title=name)


def linked_data(project: dict[str, Any], odd: Sequence[str] = ()) -> dict[str, Any]:
    """The project in the words of schema.org, only with what is known; the page adds its address.

    odd: what the checks say of the admitted amount; it describes the grant.
    """
    known = {
        "@context": "https://schema.org", "@type": "Project", "identifier": project["project_code"],
        "name": project["title"] or project["project_code"], "description": project["text"].get("summary"),
        "foundingDate": project["start_date"], "dissolutionDate": project["end_date"], "location": project["place"],
        "parentOrganization": project["beneficiary"] and {"@type": "Organization", "name": project["beneficiary"]},
        "sameAs": project["page_url"],
    }
    admitted = project["money"] and project["money"]["amounts"]["admitted"]
    if admitted is not None:
        known["funding"] = {
            "@type": "MonetaryGrant", "amount": {"@type": "MonetaryAmount", "value": admitted, "currency": "EUR"},
            "funder": {"@type": "Organization", "name": project["programme"]},
        }
        if odd:
            known["funding"]["description"] = ", ".join(odd)
    return {name: value for name, value in known.items() if value}


KINDS = (
    Kind("projects", {"it": "progetti", "en": "projects"}, N_("Progetti"), pages,
         ("money/projects.html", "money/project.html"), requires=("projects",), words=N_("progetti"), under="home",
         menu=5, apart=True, permanent=True),
    Kind("chart", {"it": "incorpora", "en": "embed"}, "", charts, ("money/embed.html",), requires=("projects",),
         words=N_("grafici da incorporare"), listed=False),
)
