"""The agreed rent of a home, worked out from the rows of rent_bands and rent_rules and from nothing else.

site/assets/rent.js does the same in the page of a reader: tests/place/test_rent_cases.py holds both against one table
of cases worked by hand. One rounding for everybody: the ends of a range go inwards to whole euro, so that every amount
within it is within the band too, and its highest is never above the ceiling.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

Row = Mapping[str, Any]
"""A row of rent_bands or rent_rules, its numbers exact."""

LARGEST = 2000
"""Square metres above which a size is taken for a slip of the finger. A limit of ours: no agreement has it."""
UNITS = (
    "metri quadrati", "metri quadri", "metri", "mq", "m.q", "m2", "m^2", "m", "square metres", "square meters", "sqm",
    "sq m", "metros cuadrados", "mètres carrés", "平方米", "кв. м", "кв.м", "м2", "متر مربع", "م2",
)
"""How people write square metres after the number, in the languages of the site; "m²" has become "m2" before."""
ADJUSTS = ("furniture", "length", "state")
"""Kinds of rules that change the rent by a percentage."""
ARABIC = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫٬", "01234567890123456789,.")


@dataclass(frozen=True)
class Home:
    """What somebody says of a home. size: square metres of the land registry. chosen: ids of the rules that are ticked.
    sub_band: the one that they chose themselves; None leaves it to the features among `chosen`."""

    zone: int
    size: Decimal
    chosen: Collection[str] = ()
    sub_band: int | None = None


@dataclass(frozen=True)
class Reason:
    """How a home stands to one requirement: how many of the features it counts are there, and whether that will do."""

    rule: str
    count: int
    met: bool


@dataclass(frozen=True)
class Estimate:
    """The range of a rent in whole euro. sub_bands: the lowest and the highest that are meant, two where none is known.
    surface: square metres that count. idle: ids of chosen rules that do not apply to a home of this size."""

    sub_bands: tuple[int, int]
    surface: Decimal
    month: tuple[int, int]
    year: tuple[int, int]
    idle: tuple[str, ...]


def read_size(written: str, group: str = ".") -> Decimal | None:
    """Square metres as people write them: 60, 70,5, 1.200, 1 200, 60 mq, 70 m²; None when it is no such number.

    group: the sign that parts thousands in the language of the reader, "." or ",". It parts them where three digits
    follow; with one or two digits behind it is the decimal sign of somebody who writes as on a calculator.
    """
    units = "|".join(map(re.escape, UNITS))
    plain = unicodedata.normalize("NFKC", written).translate(ARABIC).lower().strip()
    plain = re.sub(rf"([0-9])\s*(?:{units})\.?$", r"\1", plain)
    point = "," if group == "." else "."
    if re.fullmatch(rf"[0-9]{{1,3}}(?:[{group} '’][0-9]{{3}})+(?:[{point}][0-9]{{1,4}})?", plain):
        return Decimal(re.sub(rf"[{group} '’]", "", plain).replace(point, "."))
    if re.fullmatch(rf"[0-9]{{1,7}}(?:[{point}][0-9]{{1,4}}|[{group}][0-9]{{1,2}})?", plain):
        return Decimal(plain.replace(",", "."))
    return None


def smallest(rules: Iterable[Row]) -> Row | None:
    """The rule that names the smallest room: a home is not smaller. None where the agreement names none."""
    sizes = [rule for rule in rules if (rule["kind"], rule["operator"], rule["unit"]) == ("rooms", "at_least", "m2")]
    return max(sizes, key=lambda rule: rule["value"], default=None)


def refusal(size: Decimal | None, rules: Iterable[Row]) -> str:
    """Why a size is not taken: `unreadable`, `small` or `large`; empty when it is taken."""
    least = smallest(rules)
    if size is None or size <= 0:
        return "unreadable"
    if least and size < least["value"]:
        return "small"
    return "large" if size > LARGEST else ""


def reasons(rules: Iterable[Row], chosen: Collection[str]) -> list[Reason]:
    """How the ticked features of a home stand to each requirement of the agreement, in its order."""
    known = list(rules)
    kinds = {rule["rule_id"]: rule["kind"] for rule in known}
    counts = [kinds.get(name) for name in chosen]
    found = []
    for rule in known:
        if rule["counts"]:
            count = counts.count(rule["counts"])
            met = count <= rule["value"] if rule["operator"] == "at_most" else count >= rule["value"]
            found.append(Reason(rule["rule_id"], count, met))
    return found


def sub_band_of(rules: Iterable[Row], chosen: Collection[str]) -> int | None:
    """The sub-band that the ticked features give: the highest whose requirements, and those below it, are all met.

    None when no feature is ticked: nothing is known of the home then, which is not the same as a home without any.
    """
    known = list(rules)
    met = {reason.rule: reason.met for reason in reasons(known, chosen)}
    counted = {rule["counts"] for rule in known if rule["counts"]}
    if not any(rule["kind"] in counted and rule["rule_id"] in chosen for rule in known):
        return None
    asked = [rule for rule in known if rule["counts"] and rule["sub_band"] is not None]
    reached = min(rule["sub_band"] for rule in known if rule["sub_band"] is not None)
    for band in sorted({rule["sub_band"] for rule in asked}):
        if not all(met[rule["rule_id"]] for rule in asked if rule["sub_band"] == band):
            break
        reached = band
    return int(reached)


def estimate(bands: Iterable[Row], rules: Iterable[Row], home: Home) -> Estimate | None:
    """The lowest and the highest rent of a home; None where the agreement has no such zone or sub-band."""
    known = list(rules)
    band = home.sub_band or sub_band_of(known, home.chosen)
    there = sorted((row for row in bands if row["zone"] == home.zone and band in (None, row["sub_band"])),
                   key=lambda row: row["sub_band"])
    if not there:
        return None
    chosen = [rule for rule in known if rule["rule_id"] in home.chosen]
    larger = [rule for rule in chosen if rule["kind"] == "surface" and rule["operator"] == "adds"]
    applies = [rule for rule in larger if rule["minimum"] <= home.size <= rule["maximum"]]
    surface = home.size * (100 + sum(rule["value"] for rule in applies)) / 100
    changes = [rule for rule in chosen if rule["kind"] in ADJUSTS]
    # What the agreement gives as "up to" need not be asked for: it raises the highest rent only.
    sure = sum(rule["value"] for rule in changes if rule["operator"] == "adds")
    low = there[0]["min_eur_m2_year"] * surface * (100 + sure) / 100
    high = there[-1]["max_eur_m2_year"] * surface * (100 + sum(rule["value"] for rule in changes)) / 100
    return Estimate(
        (there[0]["sub_band"], there[-1]["sub_band"]), surface, inwards(low, high, 12), inwards(low, high, 1),
        tuple(rule["rule_id"] for rule in larger if rule not in applies))


def inwards(low: Decimal, high: Decimal, parts: int) -> tuple[int, int]:
    """The ends of a range, parted, in whole euro within it: the lowest upwards, the highest downwards. A range that
    holds no whole euro is its highest end, downwards, twice: nothing is ever above the ceiling."""
    top = int((high / parts).to_integral_value(ROUND_FLOOR))
    return min(int((low / parts).to_integral_value(ROUND_CEILING)), top), top
