"""Pure column functions for recipes: text in, text out, "" where there is nothing to say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

CITIES = {
    "BA": "Bari", "BO": "Bologna", "CA": "Cagliari", "CT": "Catania", "FI": "Firenze", "GE": "Genova", "ME": "Messina",
    "MI": "Milano", "NA": "Napoli", "PA": "Palermo", "RC": "Reggio Calabria", "RM": "Roma", "TO": "Torino",
    "VE": "Venezia",
}
"""Prefix of a project code -> city: the 14 cities of PON Metro 2014-2020 and PN Metro Plus 2021-2027."""

CODE_2014 = re.compile(r"([A-Z]{2})([0-9])\.([0-9]{1,2})\.([0-9]{1,2})\.[a-z][0-9]*")
CODE_2021 = re.compile(r"([A-Z]{2})([0-9])\.[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{1,2}\.[a-z][0-9]*")


@dataclass(frozen=True)
class ProjectCode:
    """What a project code says. `axis` is the priority and `action` is "" in codes of 2021-2027."""

    city: str
    axis: str
    action: str
    period: str


def parse_project_code(code: str) -> ProjectCode | None:
    """RM3.1.1.b1 -> Roma, axis 3, action 3.1.1, 2014-2020; None for a code that is not the programme's."""
    old, new = CODE_2014.fullmatch(code), CODE_2021.fullmatch(code)
    match = old or new
    if not match or match[1] not in CITIES:
        return None
    action = ".".join(match.groups()[1:]) if old else ""
    return ProjectCode(CITIES[match[1]], match[2], action, "2014-2020" if old else "2021-2027")


def phone_e164(text: str) -> str:
    """A number as people write it in Italy -> +390200707160; "" when no such number can exist."""
    import phonenumbers  # what is made without a number does without it

    try:
        number = phonenumbers.parse(text, "IT")
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def full_date(text: str) -> date | None:
    """The day that a partial date states; None where it states only a year or a month."""
    return date.fromisoformat(text) if len(text) == 10 else None
