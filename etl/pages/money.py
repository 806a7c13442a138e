"""Where the money goes: the four stages of each project, their totals, and views by axis, action, city and year."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from etl.model import Page, Release
from etl.pages.addresses import make_page, slug
from etl.pages.rows import Row, grouped, rows, texts

STAGES = ("programmed", "admitted", "committed", "paid")
VIEWS = ("axis", "action", "city", "year")
"""What projects are grouped by; each is a kind of page."""


def pages(release: Release, language: str) -> list[Page]:
    """The overview, a view for each axis, action, city and year of start, and a chart to embed for each project."""
    projects = known_projects(release, language)
    groups = {by: grouped_by(projects, by) for by in VIEWS}
    return [
        make_page(
            "transparency", language, "transparency.html", title="Trasparenza", groups=groups,
            **overview(release, projects), **context(release, language),
        ),
        *(view(release, language, by, group) for by, found in groups.items() for group in found),
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
