"""The evaluator of the agreed rent knows no agreement: it follows whatever rows an invented town has."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from etl.domain.rent import Home, Reason, estimate, inwards, read_size, reasons, refusal, sub_band_of

BLANK = dict.fromkeys(("operator", "value", "unit", "minimum", "maximum", "sub_band", "counts"))


def rule(name: str, kind: str, **cells: Any) -> dict[str, Any]:
    numbers = {key: Decimal(value) if key in ("value", "minimum", "maximum") else value for key, value in cells.items()}
    return {**BLANK, "rule_id": name, "kind": kind, **numbers}


RULES = [
    rule("one", "sub_band", sub_band=1), rule("two", "sub_band", sub_band=2),
    rule("two-doors", "requirement", operator="at_least", value=2, sub_band=2, counts="element_a"),
    rule("no-stove", "requirement", operator="at_most", value=0, sub_band=2, counts="stoves"),
    rule("bells", "requirement", operator="at_least", value=1, counts="element_d"),
    rule("front", "element_a"), rule("back", "element_a"), rule("side", "element_a"), rule("stove", "stoves"),
    rule("bell", "element_d"), rule("attic", "surface", operator="adds", value=20, minimum=30, maximum=40),
    rule("chairs", "furniture", operator="adds_up_to", value=10), rule("long", "length", operator="adds", value=5),
]
BANDS = [{"zone": 7, "sub_band": band, "min_eur_m2_year": Decimal(low), "max_eur_m2_year": Decimal(high)}
         for band, low, high in ((1, 12, 24), (2, 36, 48))]


@pytest.mark.parametrize(("chosen", "band"), [
    ("", None), ("chairs long", None), ("front", 1), ("front back", 2), ("front back side", 2), ("bell", 1),
    ("front back stove", 1),
])
def test_the_features_give_the_sub_band(chosen: str, band: int | None) -> None:
    assert sub_band_of(RULES, chosen.split()) == band


def test_each_requirement_says_how_a_home_stands_to_it() -> None:
    assert reasons(RULES, ["front", "stove"]) == [
        Reason("two-doors", 1, False), Reason("no-stove", 1, False), Reason("bells", 0, False)]


@pytest.mark.parametrize(("size", "chosen", "own", "month"), [
    ("100", "", None, (100, 400)), ("100", "front", None, (100, 200)), ("100", "front", 2, (300, 400)),
    ("100", "chairs", 1, (100, 220)), ("100", "chairs long", 1, (105, 230)), ("40", "attic", 1, (48, 96)),
    ("41", "attic", 1, (41, 82)), ("29.5", "attic", 1, (30, 59)),
])
def test_the_range_follows_the_rules(size: str, chosen: str, own: int | None, month: tuple[int, int]) -> None:
    made = estimate(BANDS, RULES, Home(7, Decimal(size), chosen.split(), own))
    assert made
    assert made.month == month
    assert made.idle == (("attic",) if "attic" in chosen and size != "40" else ())


def test_a_zone_or_a_sub_band_that_is_not_there_has_no_range() -> None:
    assert estimate(BANDS, RULES, Home(1, Decimal(60))) is None
    assert estimate(BANDS, RULES, Home(7, Decimal(60), (), 3)) is None


def test_an_agreement_without_rules_still_has_its_bands() -> None:
    made = estimate(BANDS, [], Home(7, Decimal(100), ["front"]))
    assert made
    assert made.month == (100, 400)
    assert refusal(Decimal(5), []) == ""


def test_ends_are_rounded_into_the_range() -> None:
    assert inwards(Decimal("1.2"), Decimal("9.9"), 1) == (2, 9)
    assert inwards(Decimal("0.2"), Decimal("0.9"), 1) == (0, 0)
    assert inwards(Decimal(12), Decimal(24), 12) == (1, 2)


@pytest.mark.parametrize(("written", "italian", "english"), [
    ("60", "60", "60"), (" 60 ", "60", "60"), ("70,5", "70.5", "70.5"), ("70.5", "70.5", "70.5"),
    ("1.200", "1200", None), ("1,200", "1.200", "1200"), ("1 200", "1200", "1200"), ("1\u00a0200", "1200", "1200"),
    ("1\u202f200", "1200", "1200"), ("1'200", "1200", "1200"), ("1.200,5", "1200.5", None), ("1,200.5", None, "1200.5"),
    ("12.345", "12345", None), ("1.2.3", None, None),
    ("1.20", "1.20", "1.20"), ("60 mq", "60", "60"),
    ("60mq.", "60", "60"),
    ("60 m²", "60", "60"), ("60 m2", "60", "60"), ("60m", "60", "60"), ("60 metri quadri", "60", "60"),
    ("60 MQ", "60", "60"), ("٦٠ م²", "60", "60"), ("60 кв. м", "60", "60"), ("60平方米", "60", "60"),
    ("60 cm", None, None),
    ("circa 60", None, None), ("60-70", None, None), ("", None, None), ("mq", None, None), ("1e3", None, None),
    ("70,12345", None, None), ("-5", None, None),
])
def test_sizes_are_read_as_people_write_them(written: str, italian: str | None, english: str | None) -> None:
    for group, expected in ((".", italian), (",", english)):
        read = read_size(written, group)
        if expected is None and written in ("1.200", "1.200,5", "12.345"):
            assert read is None or read < 13, "a point parts no thousands in English"
        else:
            assert read == (None if expected is None else Decimal(expected))


@pytest.mark.parametrize(("size", "why"), [(None, "unreadable"), ("0", "unreadable"), ("9", "small"), ("10", ""),
                                           ("2000", ""), ("2000.01", "large")])
def test_the_limits_of_a_size_are_told_apart(size: str | None, why: str) -> None:
    rules = [*RULES, rule("room", "rooms", operator="at_least", unit="m2", value=10),
             rule("kitchen", "rooms", operator="at_least", unit="m2", value=5)]
    assert refusal(Decimal(size) if size else None, rules) == why
