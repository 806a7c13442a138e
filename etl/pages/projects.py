"""Projects: the list, one page per project with all that is known about it, and its chart to embed elsewhere."""

from __future__ import annotations

from datetime import date
from typing import Any

from etl.model import Page, Release
from etl.pages.addresses import make_page
from etl.pages.checks import by_project
from etl.pages.money import known_projects, per_hundred
from etl.pages.rows import Row, grouped, rows, texts

NEAR = ("same_action", "same_place_3", "same_place_4", "same_place")
"""What makes another project complementary: the same action elsewhere; in the same place social services (axis 3),
housing and buildings recovered (axis 4), or another axis."""
OPENCUP = "https://opencup.gov.it/portale/progetto/-/cup/"
OPENCOESIONE = "https://opencoesione.gov.it/it/progetti/?q="


def pages(release: Release, language: str) -> list[Page]:
    """The list of projects, and a page for each; a chart to embed for each project with money."""
    projects = with_relations(release, language, known_projects(release, language))
    made = [make_page("projects", language, "projects.html", title="Progetti", cities=by_city(projects))]
    for project in projects:
        made.append(project_page(release, language, project))
        if project["money"]:
            made.append(make_page("embed", language, "embed.html", project["project_code"], title=None,
                                  project=project, ended=has_ended(release, project)))
    return made


def by_city(projects: list[dict[str, Any]]) -> list[tuple[str | None, list[dict[str, Any]]]]:
    """Projects under their city: first the city with most projects, then by name; those without a place at the end."""
    places = grouped(projects, "place")
    most = max(places, key=lambda place: (place is not None, len(places[place])), default=None)
    order = sorted(places, key=lambda place: (place is None, place != most, place or ""))
    return [(place, places[place]) for place in order]


def with_relations(release: Release, language: str, projects: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same projects with their facts in time, documents, findings, registers, links and observations."""
    # Facts without a date come last: their place in time is not known.
    facts = sorted(rows(release, "milestones"), key=lambda row: row["date"] or "9999")
    when = grouped(facts, "project_code")
    told = texts(release, "milestone_texts", "milestone_id", language)
    named = texts(release, "document_texts", "document_id", language)
    papers = grouped(
        ({**row, "text": named.get(row["document_id"], {})} for row in rows(release, "documents")), "project_code"
    )
    found = by_project(release, language)
    records = grouped(rows(release, "opencoesione"), "project_code")
    links = grouped(named_links(release, language), "project_code")
    observed = grouped(rows(release, "funding"), "project_code")
    return [
        {
            **project,
            "milestones": [{**row, "text": told.get(row["milestone_id"], {})} for row in when.get(code, [])],
            "documents": [paper for paper in papers.get(code, []) if paper["kind"] == "document"],
            "photos": [paper for paper in papers.get(code, []) if paper["kind"] == "photo"],
            "findings": found.get(code, []),
            "registers": registers(project, records.get(code, [])),
            "records": records.get(code, []),
            "links": grouped(links.get(code, []), "role"),
            "observations": [
                {**row, "paid_of_100": per_hundred(row["paid_eur"], row["admitted_eur"])}
                for row in sorted(observed.get(code, []), key=lambda row: row["observed_on"] or "")
            ],
            "near": near(project, projects),
            "elapsed": elapsed(project, release.package["created"][:10]),
        }
        for project in projects
        if (code := project["project_code"])
    ]


def registers(project: Row, records: list[Row]) -> list[dict[str, str]]:
    """For each CUP, where the public registers tell about it; OpenCoesione's own page when we know it."""
    known = {cup: record["source_url"] for record in records for cup in (record["cup"] or "").split("|")}
    return [
        {"cup": cup, "opencup": OPENCUP + cup, "opencoesione": known.get(cup, OPENCOESIONE + cup)}
        for cup in (project["cup"] or "").split("|") if cup
    ]


def named_links(release: Release, language: str) -> list[Row]:
    """Partners, desks and services of projects, each with its name and, when it has one, the kind of its page."""
    names = {
        "partner": (None, {row["organisation_id"]: row["name"] for row in rows(release, "organisations")}),
        "desk": ("desks", {row["desk_id"]: row["name"] for row in rows(release, "desks")}),
        "service": ("services", {key: row["title"] for key, row in
                                 texts(release, "service_texts", "service_id", language).items()}),
    }
    return [
        {**row, "kind": names[row["role"]][0], "name": names[row["role"]][1].get(row["target_id"]) or row["target_id"]}
        for row in rows(release, "project_links")
    ]


def near(project: dict[str, Any], projects: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """The complementary projects: (why, projects) in the order of NEAR; each project once."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for other in projects:
        if other is not project and (why := kinship(project, other)):
            groups.setdefault(why, []).append(other)
    return [(why, groups[why]) for why in NEAR if why in groups]


def kinship(project: Row, other: Row) -> str | None:
    """Why another project is complementary to one, None when it is not."""
    if project["action_code"] and project["action_code"] == other["action_code"]:
        return "same_action"
    if project["place"] and project["place"] == other["place"] and project["programme"] == other["programme"]:
        known = f"same_place_{other['axis_code']}"
        return known if known in NEAR else "same_place"
    return None


def elapsed(project: Row, day: str) -> float | None:
    """Percentage of a project's time that had passed on a day, at most 100; None without two whole dates."""
    start, end = project["start_date"] or "", project["end_date"] or ""
    if len(start) != len(end) or len(end) != len(day) or start >= end:
        return None
    first, last, now = (date.fromisoformat(text) for text in (start, end, day))
    return round(min(100.0, max(0.0, (now - first).days * 100 / (last - first).days)), 1)


def has_ended(release: Release, project: Row) -> bool:
    """Whether the date on which a project was to end is past, at its own precision."""
    end = project["end_date"]
    return bool(end) and end < release.package["created"][: len(end)]


def project_page(release: Release, language: str, project: dict[str, Any]) -> Page:
    """The page of one project."""
    code = project["project_code"]
    name = f"{project['title']} ({code})" if project["title"] else code
    return make_page(
        "projects", language, "project.html", code, title=name, project=project, ended=has_ended(release, project),
        linked=linked_data(project),
    )


def linked_data(project: dict[str, Any]) -> dict[str, Any]:
    """The project in the words of schema.org, only with what is known; the page adds its address."""
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
    return {name: value for name, value in known.items() if value}
