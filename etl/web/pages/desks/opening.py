"""On which half days a desk is open or answers its telephone, for who can only go on a Saturday morning."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from etl.web.pages.desks.view import WEEKDAYS

NOON = "13:00"
"""The end of the morning and the beginning of the afternoon: desks that close for lunch do it around then."""
HALVES = ("am", "pm")


def slots(desk: dict[str, Any]) -> list[str]:
    """The half days of a week on which a desk is open or answers, such as "sa-am"; none where its fact is in doubt, as
    it then promises nothing. Bands that do not hold every week count too: the entry says which week."""
    if desk["doubts"]:
        return []
    opened = [(day["weekday"], row["opens"], row["closes"]) for day in desk["hours_now"] for row in day["bands"]]
    spoken = [(day, opens, closes) for span in desk["answers"]
              for day in between(span["first"], span["last"]) for opens, closes in span["bands"]]
    found = {f"{day}-{half}" for day, opens, closes in opened + spoken for half in halves(opens, closes)}
    return [slot for day in WEEKDAYS for half in HALVES if (slot := f"{day}-{half}") in found]


def between(first: str, last: str) -> tuple[str, ...]:
    """The days of the week from one to another, both included."""
    return WEEKDAYS[WEEKDAYS.index(first):WEEKDAYS.index(last) + 1]


def halves(opens: str | None, closes: str | None) -> list[str]:
    """The halves of a day that a band touches; none when one of its ends is not known."""
    if not opens or not closes:
        return []
    return [half for half, touched in (("am", opens < NOON), ("pm", closes > NOON)) if touched]


def days(desks: Iterable[dict[str, Any]]) -> list[str]:
    """The days of the week on which one of some desks with `slots` is open or answers, in order."""
    there = {slot[:2] for desk in desks for slot in desk["slots"]}
    return [day for day in WEEKDAYS if day in there]


def distinguishing(values: Iterable[Any]) -> bool:
    """Whether a filter of these values would part desks: one of them has a value that another has not."""
    return len(set(values)) > 1
