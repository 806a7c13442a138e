"""Headings of a person's file that announce data of private people, however they are shortened and dotted."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from functools import cache

from etl.checks.personal import phrases, words
from etl.meta.words import normal


def personal_headings(headings: Sequence[str]) -> list[str]:
    """Those of a list of headings that announce data of private people."""
    return [heading for heading in headings if is_personal(heading)]


def is_personal(heading: str) -> bool:
    """Whether a heading announces data of private people: it is or holds one of the lists' phrases, and no office."""
    small = words("headings", "small")
    said = normal(heading.replace("_", " ")).split()
    forms = [" ".join(said), " ".join(word for word in said if word not in small)]
    if any(form == phrase for form in forms for phrase in phrases("headings", "whole")):
        return True
    if any(among("always").search(form) for form in forms):
        return True
    return not of_office(set(said)) and (of_a_person(said) or any(among("within").search(form) for form in forms))


def of_office(said: Set[str]) -> bool:
    """Whether a heading speaks of an office, of a rule or of a count; the number of a paper counts nothing."""
    number = {"numero", "number"} if said & words("headings", "numbered") else set()
    return bool((said & words("headings", "public")) - number)


def of_a_person(said: Sequence[str]) -> bool:
    """Whether a heading has a datum and whom it is of: "nome del figlio", "tel. casa"."""
    data, persons = words("headings", "data"), words("headings", "persons")
    return any(one in data and other in persons and one != other for one in said for other in said)


@cache
def among(name: str) -> re.Pattern[str]:
    """The phrases that count wherever they stand: `cod. fisc.` is any word that begins so, and another after it."""
    said = "|".join(" ".join(map(written, phrase.split())) for phrase in phrases("headings", name))
    return re.compile(rf"\b(?:{said})\b")


def written(word: str) -> str:
    """A word of a phrase as a pattern; one with a dot is the beginning of any."""
    return re.escape(word[:-1]) + r"\w*" if word.endswith(".") else re.escape(word)
