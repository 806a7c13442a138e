"""Projects and money: the list, one page per project, the overview of the four stages, the quality of the data."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from etl.model import LANGUAGES, Page, Release
from etl.pages.addresses import make_page
from etl.pages.rows import Row, grouped, rows, texts

STAGES = ("programmed", "admitted", "committed", "paid")
SEVERITIES = ("rejected", "warning")


def pages(release: Release, language: str) -> list[Page]:
    """The pages of this room in one language."""
    projects = known_projects(release, language)
    return [
        make_page("projects", language, "projects.html", title="Progetti", cities=by_city(projects)),
        *(project_page(release, language, project) for project in with_relations(release, language, projects)),
        make_page("transparency", language, "transparency.html", title="Trasparenza", **overview(release, projects)),
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

    None when nothing is known of the money.
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
    """Projects under their city, the one with most projects first; those without a place at the end."""
    places = grouped(projects, "place")
    order = sorted(places, key=lambda place: (place is None, -len(places[place]), place or ""))
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
    found: dict[str, list[Row]] = {}
    for row in rows(release, "quality"):
        for key in (row["row_key"] or "").split(" ; "):
            found.setdefault(key.split("|")[0], []).append(spoken(row, language))
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
        "cities": rows(release, "city_funding"),
    }


def spoken(finding: Row, language: str) -> Row:
    """A finding with its message and remedy in one language, in Italian where it has no other."""
    main = LANGUAGES[0]
    return {
        **finding,
        "message": finding.get(f"message_{language}") or finding[f"message_{main}"],
        "remedy": finding.get(f"remedy_{language}") or finding[f"remedy_{main}"],
    }


def quality(release: Release, language: str) -> dict[str, Any]:
    """Findings of the last run by dataset, and how many rows and checks each dataset has."""
    found = grouped((spoken(row, language) for row in rows(release, "quality")), "dataset")
    return {
        "groups": [(name, found[name]) for name in sorted(found)],
        "counts": {s: sum(row["severity"] == s for row in rows(release, "quality")) for s in SEVERITIES},
        "datasets": [
            {
                "resource": resource,
                "checks": checks(release, resource["name"]),
                "findings": len(found.get(resource["name"], [])),
            }
            for resource in release.package["resources"]
        ],
    }


def checks(release: Release, name: str) -> list[Any]:
    """The declared checks of a dataset: floor, freshness, expectations; each says why it is there."""
    about = release.declarations.get(name, {})
    limits = [about[key] for key in ("rows", "freshness") if about.get(key)]
    return [*limits, *about.get("expectations", [])]
