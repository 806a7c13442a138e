"""The rules of a service against answers: met, unmet, unknown, and what follows."""

from __future__ import annotations

from typing import Any

import pytest

from etl.domain.conditions import (
    Answers,
    Band,
    Cut,
    bands,
    concerns,
    deciding,
    edges,
    evaluate,
    exactly,
    fits,
    number,
    state,
)

Rule = dict[str, Any]


def rule(about: str, operator: str, value: str, **more: Any) -> Rule:
    """A row of conditions."""
    return {"condition_id": f"{about}-{operator}-{value}", "subject": "household", "about": about,
            "operator": operator, "value": value, "any_of": None, "edition": None} | more


def band(low: str | None, high: str | None) -> Band:
    """From above a value to another, included."""
    return Band(*(Cut(number(end), after=True) if end else None for end in (low, high)))


ISEE, BELOW = rule("isee_eur", "<=", "16000"), rule("isee_eur", "<", "16000")
CHILD, WORK = rule("child_since", ">=", "2023-01-01"), rule("works_in", "in", "city|province")


@pytest.mark.parametrize(("asked", "answers", "found"), [
    (ISEE, {}, "unknown"),
    (ISEE, {"isee_eur": exactly("16000")}, "met"),
    (ISEE, {"isee_eur": exactly("16000.01")}, "unmet"),
    (BELOW, {"isee_eur": exactly("16000")}, "unmet"),
    (ISEE, {"isee_eur": band(None, "16000")}, "met"),
    (BELOW, {"isee_eur": band(None, "16000")}, "unknown"),
    (ISEE, {"isee_eur": band("16000", "26000")}, "unmet"),
    (ISEE, {"isee_eur": band("10140", "26000")}, "unknown"),
    (CHILD, {"child_since": exactly("2022-12-31")}, "unmet"),
    (CHILD, {"child_since": exactly("2024-02-01")}, "met"),
    (CHILD, {"child_since": frozenset({"none"})}, "unmet"),
    (WORK, {"works_in": frozenset({"city"})}, "met"),
    (WORK, {"works_in": frozenset({"city", "region"})}, "unknown"),
    (WORK, {"works_in": frozenset({"nowhere"})}, "unmet"),
    ({**ISEE, "subject": "tenant"}, {"isee_eur": exactly("1")}, "unknown"),
    (rule("assets_eur", "<=", "16000 + 5000 × PSE"), {"assets_eur": exactly("1")}, "unknown"),
])
def test_a_rule_is_met_unmet_or_unknown(asked: Rule, answers: Answers, found: str) -> None:
    assert state(asked, answers) == found


LIVES = rule("residence", "in", "city", any_of="tie")
WORKS = rule("works_in", "in", "city", any_of="tie")
HERE, AWAY = frozenset({"city"}), frozenset({"elsewhere"})


@pytest.mark.parametrize(("status", "rules", "answers", "verdict"), [
    ("active", [ISEE], {"isee_eur": exactly("9000")}, "yes"),
    ("active", [ISEE], {"isee_eur": exactly("19000")}, "no"),
    ("active", [ISEE], {}, "perhaps"),
    ("active", [], {}, "perhaps"),
    ("dated", [ISEE], {"isee_eur": exactly("9000")}, "perhaps"),
    ("announced", [ISEE], {"isee_eur": exactly("9000")}, "perhaps"),
    ("closed", [ISEE], {"isee_eur": exactly("9000")}, "no"),
    ("active", [LIVES, WORKS], {"residence": AWAY, "works_in": HERE}, "yes"),
    ("active", [LIVES, WORKS], {"residence": AWAY}, "perhaps"),
    ("active", [LIVES, WORKS], {"residence": AWAY, "works_in": AWAY}, "no"),
    # What an older edition asked for may no longer hold: neither a yes nor a no comes of it.
    ("active", [{**WORK, "edition": "2026"}, {**ISEE, "edition": "2024"}],
     {"works_in": HERE, "isee_eur": exactly("19000")}, "perhaps"),
])
def test_the_rules_of_a_service_give_a_verdict(
    status: str, rules: list[Rule], answers: Answers, verdict: str
) -> None:
    assert evaluate(status, rules, answers).verdict == verdict


def test_questions_are_asked_only_while_they_decide_something() -> None:
    services = [("active", [ISEE, WORK]), ("dated", [CHILD])]
    assert deciding(services, {}) == ["isee_eur", "works_in"]
    assert deciding(services, {"isee_eur": exactly("19000")}) == []
    assert deciding([("active", [LIVES, WORKS])], {"residence": HERE}) == []


def test_the_bands_of_a_question_are_those_of_the_rules() -> None:
    asked = [ISEE, BELOW, rule("isee_eur", "<=", "26000"), {**rule("isee_eur", "<=", "40000"), "subject": "tenant"}]
    assert bands(edges(asked, "isee_eur")) == [band(None, "16000"), band("16000", "26000"), band("26000", None)]


def test_a_service_fits_a_need_that_its_rules_speak_of() -> None:
    order = rule("trouble", "in", "order|left")
    assert fits("losing_home", "active", [order, ISEE])
    assert not fits("losing_home", "closed", [order])
    assert not fits("losing_home", "active", [ISEE])
    assert not fits("cannot_pay", "active", [order])


def test_a_service_for_owners_concerns_those_who_let_a_home() -> None:
    tenant, owner = {"home": frozenset({"rented"})}, {"home": frozenset({"lets"})}
    assert [concerns(["owner"], answers) for answers in ({}, tenant, owner)] == [True, False, True]
    assert [concerns(["tenant", "owner"], answers) for answers in (tenant, owner)] == [True, True]
    assert [concerns(["tenant"], answers) for answers in (tenant, owner)] == [True, False]
