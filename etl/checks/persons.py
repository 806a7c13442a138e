"""Names of persons inside texts. Streets, schools, saints, places and companies that bear such names are none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from etl.checks.cyrillic import in_latin
from etl.checks.identifiers import names_a_person
from etl.checks.personal import phrases, surnames, words
from etl.checks.personal_bearers import bears_a_name
from etl.checks.personal_contexts import announced, beside_facts, doing, whole_cell, with_initial
from etl.checks.personal_scripts import in_other_scripts
from etl.checks.personal_tokens import BREAK, PARTICLES, SHORT, Token, is_roman, is_shaped, tokens_of

INITIAL = re.compile(r"\b[^\W\d_a-z]\.")
PINYIN = re.compile(  # a name of one or two syllables
    r"(?:(?:[bpmfdtnlgkhjqxrzcsyw]|[zcs]h)?"
    r"(?:i?a(?:ng?|o)?|ai|i?ong|ou?|e(?:ng?|i)?|i(?:ng?|u|e)?|u(?:a(?:ng?|i)?|o|i|n|e)?)){1,2}")
ENDED = re.compile(r"\s*(?:$|[(),;:/=-]|e\b)")  # after "Fongaro D." nothing more is said, or something else
INITIALS_AT_MOST = 2  # more of them are of an office: U.O.G.
SHORTEST_SMALL = 5  # letters of names in small letters: shorter ones are words of some language
NO_SURNAMES = (("things", "common"), ("things", "companies"), ("places", "names"))


@cache
def clues() -> frozenset[str]:
    """The words without one of which no text names anybody, initials and surnames of other countries apart."""
    return beginnings().union(words("names", "surnames"), words("contexts", "facts"), words("contexts", "papers"),
                             words("contexts", "deeds"))


@cache
def beginnings() -> frozenset[str]:
    """The words one of which is in every name, or before it, but for what stands beside a fact."""
    return frozenset().union(words("names", "given"), words("names", "words"), words("names", "chinese"),
                             words("titles", "titles"), words("titles", "roles"), words("titles", "private"))


def is_clue(word: str) -> bool:
    """Whether a text with this word, without case and accents, may name somebody. Letters that are not Latin are no
    ASCII in it; quotation marks and signs of money are no letters."""
    return word in clues() or not word.isascii() or (len(word) > SHORT and is_shaped(word))


def names(text: str) -> Iterator[str]:
    """Names of persons: a given name beside a surname; a surname after a title, or after what people are to a home, or
    beside a fact about somebody; and names in letters that are not ours."""
    if not text.isascii():
        yield from in_other_scripts(text)
    cyrillic, text = text, in_latin(text)
    text = whole_places().sub(lambda match: "." * len(match[0]), text)
    tokens = tokens_of(text)
    clear = [token.core in beginnings() or token.initials for token in tokens]
    yield from (token.text for token in tokens if "." in token.plain and login(token.plain))
    for place in range(len(tokens)):
        if not any(clear[place: place + 4]):
            continue
        last = named(tokens, place, text) or announced(tokens, place, text)
        if last and cyrillic != text and not (tokens[place].capital and tokens[last].capital):
            continue  # in Cyrillic letters our lists know too many words
        if last and not bears_a_name(tokens, place, last, text):
            yield text[tokens[place].begin: tokens[last].end]
    yield from whole_cell(tokens, text)
    yield from beside_facts(tokens, text)
    yield from with_initial(tokens, text)
    yield from doing(tokens, text)


@cache
def whole_places() -> re.Pattern[str]:
    """The municipalities that are written like a person."""
    return re.compile(r"\b(?:{})\b".format("|".join(map(re.escape, phrases("places", "whole")))), re.IGNORECASE)


def login(text: str) -> bool:
    """Whether words with dots between them are the name of a person: "lucia.marini"."""
    parts = text.split(".")
    return len(parts) == len(set(parts)) == 2 and bool(set(parts) & words("names", "given")) and (
        min(map(len, parts)) > 2 and names_a_person(text))


def named(tokens: Sequence[Token], place: int, text: str) -> int:
    """Where a name that begins at a place ends, 0 where none does: "Mario Rossi", "ROSSI Mario", "Rossi, Mario"."""
    first, after = tokens[place], next_word(tokens, place, text)
    if not after:
        return 0
    second, comma = tokens[after], "," in text[first.end: tokens[after].begin]
    # "Marina di Carrara", not "Rosa De Luca"; "Terlano/Terlan" is a place in two languages.
    leans = any(not token.capital for token in tokens[place + 1: after])
    split = "/" in text[first.end: second.begin]
    if second.initial and first.strange and len(first.core) >= SHORTEST_SMALL and ENDED.match(text, second.end):
        return after
    for given, surname, ordered in ((first, second, not comma), (second, first, True)):
        if ordered and pair(given, surname, leans) and (surname.surname or not split):
            return after
    return 0


def next_word(tokens: Sequence[Token], place: int, text: str) -> int:
    """The word after one, particles of surnames passed over; 0 where something else stands between."""
    for after in range(place + 1, min(place + 4, len(tokens))):
        before, between = tokens[after - 1], text[tokens[after - 1].end: tokens[after].begin]
        if before.text.endswith(".") and not (before.abbreviated or before.initials):
            return 0  # a sentence ends there
        if BREAK.search(between) or between.strip(" ,_-/'\"") or (between.strip() and after > place + 1):
            return 0
        if tokens[after].plain not in PARTICLES:
            return after
    return 0


def pair(given: Token, surname: Token, leans: bool) -> bool:
    """Whether two words are a given name and a surname; leans: a particle in small letters stands between the two."""
    known = surname.surname or (given.given and surname.one in surnames())
    strange = any(surname.core in words(*group) for group in NO_SURNAMES)
    if given.text.endswith(".") or given.initials:
        return given.initial and known and surname.capital and len(given.core) <= INITIALS_AT_MOST
    if surname.initials and surname.text.endswith("."):  # "Hamza B."
        known = given.given or (given.surname and not given.ordinary)
        return known and given.capital and surname.capital and len(surname.core) <= INITIALS_AT_MOST
    if len(surname.plain) < 2 or (surname.abbreviated and not known) or surname.core in words("things", "saints"):
        return False
    if not (given.capital or surname.capital) and min(len(given.plain), len(surname.plain)) < SHORTEST_SMALL:
        return False
    if given.given:
        return known or (given.capital and surname.capital and not strange and not is_roman(surname.text))
    both = given.capital and surname.capital and not (strange or leans or given.core in words("things", "saints"))
    chinese = surname.plain in words("names", "chinese") and PINYIN.fullmatch(given.plain)
    return both and bool(chinese or (known and given.plain in words("names", "words")))
