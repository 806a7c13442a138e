"""Whom to ask for a need in a place, as every page shows it: the rule of etl/domain/helping.py over the rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from etl.domain.helping import Answer, Place, answers
from etl.meta.model import Release
from etl.meta.view import grouped, rows
from etl.web.inferences import inferred
from etl.web.lineage import once
from etl.web.pages.desks.networks import memberships
from etl.web.pages.desks.view import known_desks


def asked(release: Release, language: str, needs: Iterable[str], place: Place) -> list[dict[str, Any]]:
    """Whom to ask in a place for each need: {"need", "best", "others"}, each answer as `shown` gives it."""
    networks = memberships(release, language).get(place.code, [])
    desks = known_desks(release, language)
    found = []
    for need in needs:
        best, *others = (shown(answer) for answer in answers(need, place, desks, networks))
        found.append({"need": need, "best": best, "others": others})
    return found


def shown(answer: Answer) -> dict[str, Any]:
    """An answer as templates read it; mark: that we chose it, and from what, where it is a desk."""
    mark = inferred("best", *answer.rests, day=answer.desk["fact_date"]) if answer.desk else None
    return {"step": answer.step, "desk": answer.desk, "way": answer.way, "row": answer.row, "mark": mark}


def districts(desks: list[dict[str, Any]]) -> dict[str, list[str]]:
    """ISTAT code -> numbers of the parts of this municipality that a desk serves, in their order."""
    told = grouped((area for desk in desks for area in desk["areas"] if area["area_kind"] == "district"), "istat_code")
    return {code: sorted({area["area"] for area in areas}, key=int) for code, areas in told.items()}


@once
def where(release: Release, language: str) -> dict[str, Any]:
    """What asks people where they live: `all` municipalities by name, those `with_desks`, and the `districts` of each
    that has some: (its row, numbers)."""
    desks = known_desks(release, language)
    numbers, there = districts(desks), {desk["istat_code"] for desk in desks}
    places = sorted(rows(release, "municipalities"), key=lambda row: row["name"].casefold())
    return {
        "all": places,
        "with_desks": [row for row in places if row["istat_code"] in there and row["istat_code"] not in numbers],
        "districts": [(row, numbers[row["istat_code"]]) for row in places if row["istat_code"] in numbers],
    }
