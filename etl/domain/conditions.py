"""Who may ask for a service: the rules that its sources state, against what somebody answers.

An answer is what is still possible: the codes that may hold, or a band of an ordered value. So whoever answers half a
question gets half an answer, and a page that knows little says "perhaps". site/assets/checker.js does the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any, Literal

from etl.meta.view import grouped, parts

Row = Mapping[str, Any]
State = Literal["met", "unmet", "unknown"]
Verdict = Literal["yes", "perhaps", "no"]

AVAILABLE = frozenset({"active", "on_call", "experimental"})
"""States of a service in which it may be offered: the others are announced, closed, or too old to be sure."""
CHOICES: Mapping[str, tuple[str, ...]] = {
    "home": ("rented", "public", "none", "owned", "lets"),
    "trouble": ("none", "arrears", "notice", "order", "left", "unfit", "repossessed"),
    "isee_eur": (),
    "residence": ("city", "province", "region", "elsewhere"),
    "works_in": ("city", "province", "region", "elsewhere", "nowhere"),
    "age_years": (),
    "citizenship": ("italian", "eu", "long_term", "two_years_work", "other"),
    "other_home": ("none", "region", "elsewhere"),
    "contract": ("agreed", "free", "temporary", "none"),
    "child_since": ("none",),
    "other_age_years": ("none",),
    "income_drop": ("yes", "no"),
    "income_eur": (),
    "contract_age_years": (),
    "main_home": ("yes", "no"),
    "arrears_months": (),
    "bank_credit": ("yes", "no"),
    "social_services": ("yes", "no"),
}
"""What can be asked simply, in the order in which it is asked -> the codes of its answers, beside bands of a value.

Whatever else a rule is about (a scale of equivalence, an agreement yet to be made) stays unknown.
"""
NOT_ASKED = frozenset({"tenant"})
"""Subjects of rules of whom the person who answers is not one: an owner does not know the ISEE of a tenant."""


@dataclass(frozen=True, order=True)
class Cut:
    """A place between values: before a value, or after it. value: a number, or a day as one (20230101)."""

    value: Decimal
    after: bool


@dataclass(frozen=True)
class Band:
    """The values between two cuts; None where there is no end."""

    low: Cut | None = None
    high: Cut | None = None


Answers = Mapping[str, frozenset[str] | Band]
# Operator -> whether its cut is after the value, and whether what lies below the cut is what it asks for.
ORDERED: Mapping[str, tuple[bool, bool]] = {"<": (False, True), "<=": (True, True), ">=": (False, False),
                                            ">": (True, False)}


@dataclass(frozen=True)
class Outcome:
    """What the rules say of a service. states: each rule with what is known of it.

    groups: the states of what has to be met, rules of which one is enough counted once.
    """

    verdict: Verdict
    states: tuple[tuple[Row, State], ...]
    groups: tuple[State, ...]


def number(value: str) -> Decimal:
    """A value of a rule as a number: days are compared as numbers too."""
    return Decimal(value.replace("-", ""))


def exactly(value: str) -> Band:
    """The answer of somebody who says a number or a day."""
    return Band(Cut(number(value), after=False), Cut(number(value), after=True))


def cut(rule: Row) -> Cut:
    """Where an ordered rule parts the values."""
    return Cut(number(rule["value"]), ORDERED[rule["operator"]][0])


def askable(rule: Row) -> bool:
    """Whether a question can decide a rule."""
    return rule["about"] in CHOICES and rule["subject"] not in NOT_ASKED


def state(rule: Row, answers: Answers) -> State:
    """Whether a rule is met by what is possible."""
    answer = answers.get(rule["about"])
    if answer is None or not askable(rule):
        return "unknown"
    if isinstance(answer, Band):
        wants_below, place = ORDERED[rule["operator"]][1], cut(rule)
        below = answer.high is not None and answer.high <= place
        above = answer.low is not None and answer.low >= place
        return "unknown" if not below and not above else "met" if below == wants_below else "unmet"
    wanted = set() if rule["operator"] in ORDERED else set(parts(rule["value"]))
    return "met" if answer <= wanted else "unknown" if answer & wanted else "unmet"


def old(rule: Row, rules: Iterable[Row]) -> bool:
    """Whether a rule is of an edition before the newest that the rules of its service name: it may have changed."""
    return bool(rule["edition"]) and rule["edition"] < max(other["edition"] or "" for other in rules)


def evaluate(status: str, rules: Sequence[Row], answers: Answers) -> Outcome:
    """What the rules of one service say to somebody. status: of the service; rules: its rows of conditions.

    One that is closed is a no; one that may not be offered, or of which no rule is known, is never a yes.
    """
    states = tuple((rule, "unknown" if old(rule, rules) else state(rule, answers)) for rule in rules)
    keyed = [{"key": rule["any_of"] or rule["condition_id"], "state": found} for rule, found in states]
    groups = tuple(joined([row["state"] for row in group]) for group in grouped(keyed, "key").values())
    if status == "closed" or "unmet" in groups:
        return Outcome("no", states, groups)
    sure = groups and set(groups) == {"met"} and status in AVAILABLE
    return Outcome("yes" if sure else "perhaps", states, groups)


def joined(states: Sequence[State]) -> State:
    """The state of rules of which one is enough."""
    return "met" if "met" in states else "unmet" if set(states) == {"unmet"} else "unknown"


def deciding(services: Iterable[tuple[str, Sequence[Row]]], answers: Answers) -> list[str]:
    """The questions that still decide something, in their order. services: (status, rules) of each.

    A question decides where a service that may be offered is a "perhaps" because of it.
    """
    asked = set()
    for status, rules in services:
        found = evaluate(status, rules, answers)
        if status in AVAILABLE and found.verdict == "perhaps":
            met = {rule["any_of"] for rule, it in found.states if it == "met" and rule["any_of"]}
            asked |= {rule["about"] for rule, it in found.states
                      if it == "unknown" and askable(rule) and not old(rule, rules) and rule["any_of"] not in met}
    return [about for about in CHOICES if about in asked]


def concerns(audiences: Iterable[str], answers: Answers) -> bool:
    """Whether a service is for whoever answers about such a home: those for owners are for a home that is let."""
    home, told = answers.get("home"), set(audiences)
    if not isinstance(home, frozenset):
        return True
    return "owner" in told if home == {"lets"} else "lets" in home or told != {"owner"}


def edges(rules: Iterable[Row], about: str) -> list[Cut]:
    """Where rules part the values of a question. Cuts before and after one value are one, after it."""
    places: dict[Decimal, Cut] = {}
    for rule in rules:
        if rule["about"] == about and rule["operator"] in ORDERED and askable(rule):
            found = cut(rule)
            places[found.value] = max(found, places.get(found.value, found))
    return sorted(places.values())


def bands(cuts: Iterable[Cut]) -> list[Band]:
    """The bands that cuts make of all values; without a cut there is nothing to choose from."""
    ends: list[Cut | None] = [None, *sorted(cuts), None]
    return [Band(low, high) for low, high in pairwise(ends)] if len(ends) > len((None, None)) else []


NEEDS: Mapping[str, Mapping[str, frozenset[str]]] = {
    "losing_home": {"trouble": frozenset({"notice", "order", "left", "unfit", "repossessed"})},
    "cannot_pay": {"trouble": frozenset({"arrears"})},
    "looking_for_rent": {"home": frozenset({"none"})},
    "renting_out": {"home": frozenset({"lets"})},
}
"""Need -> what is true of everybody who has it. The other needs are about a kind of service, not about a person."""


def fits(need: str, status: str, rules: Sequence[Row]) -> bool:
    """Whether the rules of a service that may be offered speak of a need, and do not rule out who has it."""
    answers = NEEDS.get(need, {})
    told = [rule for rule in rules if rule["about"] in answers and askable(rule)]
    return status in AVAILABLE and bool(told) and evaluate(status, rules, answers).verdict != "no"
