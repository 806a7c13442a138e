"""Projects and money: the list, one page per project, the overview of the four stages, the quality of the data."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from etl.model import Page, Release
from etl.pages.addresses import make_page
from etl.pages.checks import by_project, declared, findings, say
from etl.pages.rows import Row, grouped, rows, texts

STAGES = ("programmed", "admitted", "committed", "paid")
SEVERITIES = ("rejected", "warning")


def pages(release: Release, language: str) -> list[Page]:
    """The pages of this room in one language."""
    projects = known_projects(release, language)
    return [
        make_page("projects", language, "projects.html", title="Progetti", cities=by_city(projects)),
        *(project_page(release, language, project) for project in with_relations(release, language, projects)),
        make_page(
            "transparency", language, "transparency.html", title="Trasparenza",
            **overview(release, projects), **context(release, language),
        ),
        make_page("quality", language, "quality.html", title="Qualità dei dati", **quality(release, language)),
    ]


def known_projects(release: Release, language: str) -> list[dict[str, Any]]:
    """One entry per project: its row, its words, its money as last observed."""
    words = texts(release, "project_texts", "project_code", language)
    observed = grouped(rows(release, "funding"), "project_code")
    return [
        {
            **row,
            "text": words.get(row["project_code"], {}),
            "title": words.get(row["project_code"], {}).get("title"),
            "place": row["city"] or row["code_city"],
            "money": money(observed.get(row["project_code"], [])),
        }
        for row in rows(release, "projects")
    ]


def cents(amount: float | None) -> Decimal | None:
    """An amount of the release, exact to the cent."""
    return None if amount is None else Decimal(str(amount)).quantize(Decimal("0.01"))


def italian(amount: float | None) -> str:
    """An amount as the Italian source writes it: 1514648.44 -> 1.514.648,44."""
    return "" if amount is None else f"{cents(amount):,.2f}".translate(str.maketrans(",.", ".,"))


def per_hundred(part: float | None, whole: float | None) -> float | None:
    """Euro out of 100, rounded to the cent; None when an amount is missing or the whole is zero."""
    exact_part, exact_whole = cents(part), cents(whole)
    if exact_part is None or not exact_whole:
        return None
    return float((exact_part * 100 / exact_whole).quantize(Decimal("0.01"), ROUND_HALF_UP))


def money(observations: list[Row]) -> dict[str, Any] | None:
    """The last observation of a project: its stages with the width of their bars, and euro paid out of 100 admitted.

    unpaid: what is left of the admitted amount, below zero when more was paid. None when nothing is known of the money.
    """
    if not observations:
        return None
    last = max(observations, key=lambda row: row["observed_on"] or "")
    amounts = {stage: last[f"{stage}_eur"] for stage in STAGES}
    widest = max((amount for amount in amounts.values() if amount), default=None)
    admitted, paid = cents(amounts["admitted"]), cents(amounts["paid"])
    return {
        "row": last,
        "stages": [
            {"stage": stage, "amount": amount, "written": italian(amount), "width": per_hundred(amount, widest) or 0}
            for stage, amount in amounts.items()
        ],
        "amounts": amounts,
        "complete": None not in amounts.values(),
        "paid_of_100": per_hundred(amounts["paid"], amounts["admitted"]),
        "unpaid": float(admitted - paid) if admitted is not None and paid is not None else None,
    }


def by_city(projects: list[dict[str, Any]]) -> list[tuple[str | None, list[dict[str, Any]]]]:
    """Projects under their city: first the city with most projects, then by name; those without a place at the end."""
    places = grouped(projects, "place")
    most = max(places, key=lambda place: (place is not None, len(places[place])), default=None)
    order = sorted(places, key=lambda place: (place is None, place != most, place or ""))
    return [(place, places[place]) for place in order]


def with_relations(release: Release, language: str, projects: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same projects with their facts in time, documents and findings, each looked up once."""
    # Facts without a date come last: their place in time is not known.
    facts = sorted(rows(release, "milestones"), key=lambda row: row["date"] or "9999")
    when = grouped(facts, "project_code")
    told = texts(release, "milestone_texts", "milestone_id", language)
    named = texts(release, "document_texts", "document_id", language)
    papers = grouped(
        ({**row, "text": named.get(row["document_id"], {})} for row in rows(release, "documents")), "project_code"
    )
    found = by_project(release, language)
    return [
        {
            **project,
            "milestones": [{**row, "text": told.get(row["milestone_id"], {})} for row in when.get(code, [])],
            "documents": [paper for paper in papers.get(code, []) if paper["kind"] == "document"],
            "photos": [paper for paper in papers.get(code, []) if paper["kind"] == "photo"],
            "findings": found.get(code, []),
        }
        for project in projects
        if (code := project["project_code"])
    ]


def project_page(release: Release, language: str, project: dict[str, Any]) -> Page:
    """The page of one project."""
    code = project["project_code"]
    name = f"{project['title']} ({code})" if project["title"] else code
    ended = bool(project["end_date"]) and project["end_date"] < release.package["created"][: len(project["end_date"])]
    return make_page("projects", language, "project.html", code, title=name, project=project, ended=ended)


def overview(release: Release, projects: list[dict[str, Any]]) -> dict[str, Any]:
    """What the overview shows. Totals are over projects with all four amounts: stages then compare like with like."""
    funded = [project for project in projects if project["money"]]
    complete = [project for project in funded if project["money"]["complete"]]
    ranked = sorted(complete, key=lambda project: -(project["money"]["paid_of_100"] or 0))
    totals = {
        stage: float(sum((cents(p["money"]["amounts"][stage]) or Decimal(0) for p in complete), Decimal("0.00")))
        for stage in STAGES
    }
    return {
        "projects": ranked,
        "partial": [project for project in funded if not project["money"]["complete"]],
        "silent": len(projects) - len(funded),
        "totals": totals,
        "total_paid_of_100": per_hundred(totals["paid"], totals["admitted"]),
        "cities": rows(release, "city_funding"),
    }


def context(release: Release, language: str) -> dict[str, Any]:
    """What surrounds the projects: amounts assigned, by city or programme, and outcome figures, by whom they are of."""
    named = texts(release, "allocation_texts", "allocation_id", language)
    told = texts(release, "indicator_texts", "indicator_id", language)
    allocations = [
        {**row, "text": named.get(row["allocation_id"], {}), "whose": row["city"] or row["programme"]}
        for row in rows(release, "allocations")
    ]
    indicators = [{**row, "text": told.get(row["indicator_id"], {})} for row in rows(release, "indicators")]
    # The longest lists first, cities before programmes.
    return {
        "allocations": sorted(by_size(allocations, "whose"), key=lambda group: not group[1][0]["city"]),
        "indicators": by_size(indicators, "scope"),
    }


def by_size(items: list[Row], column: str) -> list[tuple[str | None, list[Row]]]:
    """Rows in groups by the value of a column, the largest group first, then by name."""
    return sorted(grouped(items, column).items(), key=lambda group: (-len(group[1]), group[0] or ""))


def quality(release: Release, language: str) -> dict[str, Any]:
    """Findings of the last run by dataset; for each dataset its rows, findings and declared checks."""
    made = findings(release, language)
    found = grouped(made, "dataset")
    return {
        "counts": {severity: sum(row["severity"] == severity for row in made) for severity in SEVERITIES},
        "datasets": [
            {
                "name": resource["name"],
                "title": say(about["title"], language),
                "rows": resource["rows"],
                "checks": declared(about, language),
                "findings": found.get(resource["name"], []),
            }
            for resource in release.package["resources"]
            for about in (release.declarations[resource["name"]],)
        ],
    }
