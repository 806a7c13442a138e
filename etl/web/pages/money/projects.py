"""Projects: the list, and one page per project with all that is known about it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from etl.domain.codes import full_date
from etl.domain.doubts import about, listed
from etl.meta.model import Page, Release
from etl.meta.view import Row, grouped, meaning, rows, with_texts
from etl.web.kinds import N_, Kind
from etl.web.lineage import Watched
from etl.web.pages.money import stages
from etl.web.pages.money.gaps import gaps
from etl.web.pages.money.money import grouped_by, known_projects, line, out_of_100
from etl.web.pages.money.near import Near
from etl.web.pages.money.story import named_links, stories
from etl.web.pages.paging import chunks, numbered, turn
from etl.web.pages.trust.checks import by_project

OPENCUP = "https://opencup.gov.it/portale/progetto/-/cup/"
OPENCOESIONE = "https://opencoesione.gov.it/it/progetti/?q="


def pages(kind: Kind, release: Watched, language: str) -> list[Page]:
    """The list of projects, and a page for each."""
    projects = known_projects(release, language)
    related = Related(release, language, projects)
    return lists(kind, language, projects) + [project_page(kind, related, language, project) for project in projects]


def lists(kind: Kind, language: str, projects: list[dict[str, Any]]) -> list[Page]:
    """The pages of the list of projects, city by city; the first says what is known of all, and leads to the money."""
    parts = chunks([line(project) for project in by_city(projects)])
    known = counts(projects)
    return [
        kind.page(language, numbered(None, number),
                  cities=[(place, *named_first(found)) for place, found in grouped(part, "place").items()],
                  known=known if number == 1 else None, turn=turn(kind.name, None, number, len(parts)))
        for number, (part,) in enumerate(parts, 1)
    ]


def counts(projects: list[dict[str, Any]]) -> dict[str, Any]:
    """How many projects there are, have all four amounts, have none; how many of each city and axis, in their order."""
    funded = [project["money"] for project in projects if project["money"]]
    return {
        "all": len(projects), "complete": sum(known["complete"] for known in funded),
        "silent": len(projects) - len(funded),
        "cities": [(place, len(found)) for place, found in grouped(by_city(projects), "place").items() if place],
        "axes": [(group["value"], group["name"], len(group["projects"])) for group in grouped_by(projects, "axis")],
    }


def named_first(found: list[Row]) -> tuple[list[Row], list[Row]]:
    """The lines of a city: those with a title or an amount, what is paid first; and those known by their code only."""
    bare = [one for one in found if not one["title"] and not one["money"]]
    told = [one for one in found if one["title"] or one["money"]]
    return sorted(told, key=lambda one: -paid_of(one)), bare


def paid_of(one: Row) -> Decimal:
    """What a line is sorted by: paid out of 100, below zero where that is not known, least without any amount."""
    share = one["money"] and one["money"]["paid_of_100"]
    return share if share is not None else Decimal(-1 if one["money"] else -2)


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
        near, links = self._near.of(project), grouped(self._links.get(code, []), "kind")
        told = {
            **project,
            "milestones": self._when.get(code, []),
            "documents": [paper for paper in papers if paper["kind"] == "document"],
            "photos": [paper for paper in papers if paper["kind"] == "photo"],
            "partners": links.get("partner", []),
            "findings": self._found.get(code, []),
            "registers": registers(project, records),
            "records": records,
            "links": links,
            "story": self._stories.get(code, []),
            "observations": [
                {**row, "paid_of_100": out_of_100({"paid": row["paid_eur"], "admitted": row["admitted_eur"]}),
                 "doubts": about(listed(row.get("doubts")), "paid")} for row in observed
            ],
            "near": near,
            "compared": self._near.compared(project, near),
            "elapsed": elapsed(project, (project["money"] or {"row": {"observed_on": None}})["row"]["observed_on"]),
        }
        return {**told, "gaps": gaps(told)}

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
)
