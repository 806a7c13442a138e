"""What the numbers of a column are counted in, and amounts as whole cents."""

from __future__ import annotations

import re
from collections.abc import Iterable

from etl.exports.model import is_money
from etl.meta.model import Field, Words

SIGN = {"it": "€", "en": "€"}
# The end of a column's name -> its unit; the first that fits. The unit is in the name (CONTRIBUTING.md).
UNITS: tuple[tuple[str, Words], ...] = (
    (r"_eur_m2_year$", {"it": "€/m² all’anno", "en": "€/m² a year"}),
    (r"_eur_month$", {"it": "€ al mese", "en": "€ a month"}),
    (r"_eur$", SIGN),
    (r"_of_|^share_", {"it": "quota, 1 = tutto", "en": "share, 1 = all"}),
    (r"^(latitude|longitude)$", {"it": "gradi", "en": "degrees"}),
    (r"^bytes$", {"it": "byte", "en": "bytes"}),
    (r"_days$", {"it": "giorni", "en": "days"}),
)
CENTS = re.compile(r"-?[0-9]+(\.[0-9]{1,2})?")
NO_UNIT: Words = {"it": "", "en": ""}


def unit(field: Field) -> Words:
    """What the numbers of a column are counted in, "" for a plain number, a text and a day."""
    if field.type not in ("integer", "number"):
        return NO_UNIT
    found = next((words for end, words in UNITS if re.search(end, field.name)), NO_UNIT)
    return SIGN if not found["it"] and is_money(field) else found


def in_cents(field: Field, values: Iterable[str]) -> bool:
    """Whether a column holds money, all of it in whole cents, so that integers hold it exactly."""
    return is_money(field) and all(CENTS.fullmatch(value) for value in values if value)


def cents(value: str) -> int | None:
    """An amount of `in_cents` as a number of cents: "12.5" -> 1250; None for an empty cell."""
    if not value:
        return None
    whole, _, rest = value.partition(".")
    return int(f"{whole}{rest:0<2}")
