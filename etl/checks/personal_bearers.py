"""What bears the names of persons without being one: streets, schools, saints, laws, companies."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.checks.personal import words
from etl.checks.personal_tokens import BREAK, LEANING, PARTICLES, Token, is_roman

FIRM = re.compile(r" ?(?:& ?c\b|e c\b|\((?:scuola|via|ente))", re.IGNORECASE)
NUMBER = re.compile(r"(?<![\w.])[0-9]{1,3}(?= )")  # "zona 4 Vittoria": what bears names may have a number


def bears_a_name(tokens: Sequence[Token], place: int, last: int, text: str) -> bool:
    """Whether something else bears the name: a street, a school or a saint before it, a company's form after it."""
    first = tokens[place].plain if LEANING.match(tokens[place].text) else tokens[place].core
    return (first in words("things", "bearers") or first in words("things", "saints")
            or a_company(tokens, last, text) or a_place(tokens, place, text))


def a_company(tokens: Sequence[Token], last: int, text: str) -> bool:
    """Whether the form of a company, or the number of a king, comes after a name."""
    end = tokens[last].end
    for number, follower in enumerate(tokens[last + 1: last + 5]):
        if BREAK.search(text[end: follower.begin]):
            break
        if follower.core in words("things", "companies") or (number == 0 and is_roman(follower.text)):
            return True
        end = follower.end
    return FIRM.match(text, tokens[last].end) is not None


def a_place(tokens: Sequence[Token], place: int, text: str) -> bool:
    """Whether what bears names comes before a name, with nothing but words of its own between the two."""
    begin = tokens[place].begin
    for before in reversed(tokens[max(place - 5, 0): place]):
        between = NUMBER.sub("", text[before.end: begin])
        if BREAK.search(between) or "," in between or (before.text.endswith(".") and not before.abbreviated):
            return False
        if before.core in words("things", "bearers"):
            return True
        if before.end >= begin - 1 and begin == tokens[place].begin and before.core in words("things", "saints"):
            return True
        if not (before.capital or before.core in PARTICLES or before.core in words("things", "between")):
            return False
        begin = before.begin
    return False
