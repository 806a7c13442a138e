"""Days of the week as people shorten them: lun, Dom., giov, Mo."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from babel.dates import get_day_names

from etl.meta.model import LANGUAGES, Field
from etl.meta.view import meanings
from etl.meta.words import normal

SHORTEST = 2  # letters: L and M are two days each


@cache
def day_numbers() -> Mapping[str, int]:
    """Normal name of a day in each of our languages -> its number, Monday 0."""
    return {normal(name): number for language in LANGUAGES
            for number, name in get_day_names("wide", locale=language).items()}


def day_number(text: str) -> int | None:
    """The day that a name, or its first letters, can only mean; None for any other text."""
    said = normal(text)
    found = {number for name, number in day_numbers().items() if name.startswith(said)}
    return found.pop() if len(said) >= SHORTEST and len(found) == 1 else None


def codes_of_days(field: Field) -> dict[int, str]:
    """Number of a day -> its code, in a column whose closed list is the week; {} for any other column."""
    days = {day_numbers().get(normal(words[LANGUAGES[0]])): code
            for code, words in meanings(field.descriptor).items() if LANGUAGES[0] in words}
    return {number: code for number, code in days.items() if number is not None} if len(days) == len(
        set(day_numbers().values())) and None not in days else {}


def weekday(field: Field, text: str) -> str:
    """The code of a day in a column of days of the week; "" when the text is none of them, or could be two."""
    number = day_number(text)
    return codes_of_days(field).get(number, "") if number is not None else ""
