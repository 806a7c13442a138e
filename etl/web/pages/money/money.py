"""Where the money goes: the four stages of each project, their totals, and views by axis, action, city and year."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from etl.domain.doubts import STAGES, about, listed
from etl.domain.sums import Sum, per_hundred, summed
from etl.meta.model import Release
from etl.meta.view import Row, grouped, rows, short, with_texts
from etl.web.lineage import once
from etl.web.pages.paging import PER_PAGE

PERIOD = "2014-2020"
"""Of programmes whose axes and actions can be put side by side: those of later ones have other names."""
LINE = ("project_code", "title", "place", "axis_code", "action_code", "year", "source_url", "source_date")
SHOWN = ("observed_on", "stated_eur", "stated_as", "source_url", "source_date")
"""What a list shows of a row of funding beside its four amounts."""
VIEWS = ("axis", "action", "city", "year")
"""What projects are grouped by; each is a kind of page."""


@once
def known_projects(release: Release, language: str) -> list[dict[str, Any]]:
    """One entry per project: its row, its words, its money as last observed; where, and what its code says.

    axis_code, action_code: as stated, else as read off the code; axis_name from the list of axes; year: of its start.
    """
    amounts = money_of(release)
    axes = {(row["programme"], row["axis"]): row for row in rows(release, "programme_axes")}
    entries = []
    for row in with_texts(release, "projects", "project_texts", "project_code", language):
        axis = row["axis"] or row["code_axis"]
        named = axes.get((row["programme"], axis), {})
        entries.append({
            **row,
            "title": row["text"].get("title"),
            "place": row["city"] or row["code_city"],
            "axis_code": axis,
            "axis_name": named.get(f"name_{language}") or named.get("name_it"),
            "action_code": row["action"] or row["code_action"],
            "year": (row["start_date"] or "")[:4] or None,
            "money": amounts.get(row["project_code"]),
        })
    return entries


@once
def money_of(release: Release) -> dict[str, Any]:
    """The money of each project by its code, the same in every language; of some projects nothing is known."""
    return {code: money(found) for code, found in grouped(rows(release, "funding"), "project_code").items()}


def italian(amount: Decimal | None) -> str:
    """An amount as the Italian source writes it: 1514648.44 -> 1.514.648,44; minus zero is zero."""
    return "" if amount is None else f"{amount + 0:,.2f}".translate(str.maketrans(",.", ".,"))


def out_of_100(amounts: Row) -> Decimal | None:
    """Euro paid out of 100 admitted, as files write numbers."""
    share = per_hundred(amounts["paid"], amounts["admitted"])
    return None if share is None else short(share)


def money(observations: list[Row]) -> dict[str, Any] | None:
    """The last observation of a project: its stages with the width of their bars, and euro paid out of 100 admitted.

    doubts: the findings about its amounts. difference: admitted minus paid, below zero when more was paid; it does not
    say whether the rest is due. None when nothing is known of the money.
    """
    if not observations:
        return None
    last = max(observations, key=lambda row: row["observed_on"] or "")
    amounts = {stage: last[f"{stage}_eur"] for stage in STAGES}
    admitted, paid = amounts["admitted"], amounts["paid"]
    doubts = listed(last.get("doubts"))
    return {
        "row": last,
        "observations": len(observations),
        "stages": bars(amounts, doubts),
        "amounts": amounts,
        "doubts": doubts,
        "complete": None not in amounts.values(),
        "paid_of_100": out_of_100(amounts),
        "difference": short(admitted - paid) if admitted is not None and paid is not None else None,
    }


def bars(amounts: dict[str, Any], doubts: Sequence[str]) -> list[dict[str, Any]]:
    """The stages as a chart shows them: amount, as the source writes it, and width as a percentage of the largest.

    doubts: the findings about the row; each stage has those about it.
    """
    widths = widths_of(amounts)
    return [{"stage": stage, "amount": amount, "written": italian(amount), "width": widths[stage],
             "doubts": about(doubts, stage)} for stage, amount in amounts.items()]


def widths_of(amounts: dict[str, Any]) -> dict[str, Decimal]:
    """Each amount as a percentage of the largest."""
    widest = max((amount for amount in amounts.values() if amount), default=None)
    return {name: short(per_hundred(amount, widest) or Decimal(0)) for name, amount in amounts.items()}


def overview(release: Release, projects: list[dict[str, Any]]) -> dict[str, Any]:
    """What the overview shows. Totals are over projects with all four amounts: stages then compare like with like.

    Each list has its first PER_PAGE projects; `found` says how many there are. undated: how many of the projects that
    are past their end have amounts without a date.
    """
    funded = [project for project in projects if project["money"]]
    whole = totals(projects)
    today = release.today.isoformat()
    lists: dict[str, list[dict[str, Any]]] = {
        "projects": sorted(whole["complete"], key=lambda project: -(project["money"]["paid_of_100"] or 0)),
        "in_part": [project for project in funded if not project["money"]["complete"]],
        "silent": [project for project in projects if not project["money"]],
        "past_end": sorted(
            (project for project in funded if (project["money"]["difference"] or 0) > 0
             and project["end_date"] and project["end_date"] < today[:len(project["end_date"])]),
            key=lambda project: -project["money"]["difference"],
        ),
        "observed": [project for project in funded if project["money"]["observations"] > 1],
    }
    return {
        **counted(whole),
        **{name: items[:PER_PAGE] for name, items in lists.items()},
        "found": {name: len(items) for name, items in lists.items()},
        "undated": sum(not project["money"]["row"]["observed_on"] for project in lists["past_end"]),
        "cities": cities(release),
    }


def groups_of(release: Release, projects: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """The groups of each of VIEWS, counted; none without amounts, as there is no page of a group then."""
    grouping = projects if rows(release, "funding") else []
    return {by: [counted(group) for group in grouped_by(grouping, by)] for by in VIEWS}


def cities(release: Release) -> list[Row]:
    """The rows of city_funding, with the admitted amount as a sum that knows what it leaves out."""
    return [{**row, "admitted": Sum("city_admitted", row["admitted_eur"], row["projects_known"], row["projects_listed"],
                                    row["projects_doubtful"], tuple(listed(row["doubts"])),
                                    row["admitted_without_doubtful_eur"])}
            for row in rows(release, "city_funding")]


def grouped_by(projects: list[dict[str, Any]], by: str) -> list[dict[str, Any]]:
    """All projects in groups by axis, action, city or year of start, each with the totals of those that are known.

    Axes and actions of two programmes are not the same, so only those of 2014-2020 make groups: their names are known.
    """
    column = {"axis": "axis_code", "action": "action_code", "city": "place", "year": "year"}[by]
    placed = [project for project in projects if project[column]]
    if by in ("axis", "action"):
        placed = [project for project in placed if (project["programme"] or "").endswith(PERIOD)]
    return [
        {"by": by, "value": str(value), "projects": items, "name": items[0]["axis_name"] if by == "axis" else None,
         **totals(items)}
        for value, items in sorted(grouped(placed, column).items())
    ]


def totals(projects: list[dict[str, Any]]) -> dict[str, Any]:
    """The sum of each stage over the projects with all four amounts, so that stages compare like with like.

    A share is as doubtful as what was paid.
    """
    complete = [project for project in projects if project["money"] and project["money"]["complete"]]

    def amount(some: Sequence[Row], stage: str) -> Decimal:
        return short(sum((project["money"]["amounts"][stage] for project in some), Decimal(0)))

    def of(figure: str, stage: str, work_out: Callable[[Sequence[Row]], Decimal | None]) -> Sum:
        return summed(figure, complete, len(projects), work_out,
                      lambda project: about(project["money"]["doubts"], stage))

    sums = {stage: of(f"{stage}_total", stage, partial(amount, stage=stage)) for stage in STAGES}
    return {"complete": complete, "totals": sums,
            "share": of("paid_of_100", "paid", lambda some: out_of_100({s: amount(some, s) for s in STAGES}))}


def origins(group: dict[str, Any]) -> tuple[tuple[str, str | None], ...]:
    """(address, day) of each source of the amounts of a group."""
    rows = (project["money"]["row"] for project in group["complete"])
    return tuple(dict.fromkeys((row["source_url"], row["source_date"]) for row in rows))


def counted(group: dict[str, Any]) -> dict[str, Any]:
    """A group with how many projects it has in the place of the projects: a page shows no more of them than its own.

    complete, projects: numbers of projects.
    """
    return {name: len(value) if name in ("complete", "projects") else value for name, value in group.items()}


def line(project: dict[str, Any]) -> dict[str, Any]:
    """What a line of a list shows of a project, and no more: else each of its words would be part of many pages."""
    known = project["money"]
    return {
        **{name: project[name] for name in LINE},
        "text": {"language": project["text"].get("language")},
        "money": known and {
            **{name: known[name] for name in ("stages", "amounts", "paid_of_100", "doubts")},
            "row": {name: known["row"][name] for name in SHOWN},
        },
    }


def context(release: Release, language: str) -> dict[str, Any]:
    """What surrounds the projects: amounts assigned, by city or programme, and outcome figures, by whom they are of."""
    allocations = [{**row, "whose": row["city"] or row["programme"]} for row in
                   with_texts(release, "allocations", "allocation_texts", "allocation_id", language)]
    indicators = with_texts(release, "indicators", "indicator_texts", "indicator_id", language)
    # The longest lists first, cities before programmes.
    return {
        "allocations": sorted(by_size(allocations, "whose"), key=lambda group: not group[1][0]["city"]),
        "indicators": by_size(indicators, "scope"),
    }


def by_size(items: list[Row], column: str) -> list[tuple[str | None, list[Row]]]:
    """Rows in groups by the value of a column, the largest group first, then by name."""
    return sorted(grouped(items, column).items(), key=lambda group: (-len(group[1]), group[0] or ""))
