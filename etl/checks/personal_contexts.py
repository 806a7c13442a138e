"""Names that only what stands beside them tells: a title, what somebody is to a home, a paper or a fact about somebody,
or that a cell holds nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from etl.checks.personal import words
from etl.checks.personal_bearers import bears_a_name
from etl.checks.personal_tokens import PARTICLES, Token, is_roman

MOST = 6  # words from a title to its surname: "gent.mo sig. dott. ing. M. Rossi"
THE = frozenset(("il", "la", "lo", "i", "gli", "vecchio", "vecchia", "povero", "povera"))  # "la Bassorini"
STREET_NUMBER = re.compile(r",? ?(?:n\.? ?)?[0-9]")  # after "V. Gola": a street
ARTICLES = frozenset(("il", "la", "lo", "signor", "signora"))
TO = frozenset(("a", "al", "alla", "il"))
VERBS = frozenset(("e", "ha", "ex", "non", "era", "deve"))  # "Tagliasacchi ha un pignoramento"
NEAR = 10  # words from a fact to whom it is about
SECOND = re.compile(r"[,(;:|/–]| - |\d|\. ")  # where the name of a cell that begins with one ends
LONGEST_NAME = 5  # words of a name: "Villacís Morocho Jenny Elizabeth"
# In small letters they lean on places: "Marina di Carrara".
LEANING = frozenset("di da dal del dell della dello dei degli delle dall dalla".split())


def announced(tokens: Sequence[Token], place: int, text: str) -> int:
    """Where a surname after a title (Sig., Dott.ssa) or after what somebody is (inquilino, erede) ends, 0 without."""
    word = tokens[place].core
    title, one = word in words("titles", "titles"), word in words("titles", "private")
    private = one and word not in words("whose", "crowds")
    if not (title or one or word in words("titles", "roles")):
        return 0
    after, most = place + 1, min(len(tokens), place + MOST)
    while after < most and (tokens[after].plain in PARTICLES | TO or tokens[after].initials
                            or tokens[after].core in words("titles", "titles")):
        after += 1
    if after >= most:
        return 0
    between = text[tokens[after - 1].end: tokens[after].begin]
    if not re.fullmatch(r"[ .]{0,2}" if title else r"[ :.=]{0,3}(?:\()?", between):
        return 0
    if surname_like(tokens[after], title, private):
        return after
    return after + 1 if tokens[after].strange and in_full(tokens, after, text) else 0


def surname_like(word: Token, title: bool, private: bool) -> bool:
    """Whether a word after a title or a role is a surname; after what only private people are, any strange word is."""
    if len(word.plain) < 3 or word.core in words("things", "common") | words("things", "companies") | words(
            "places", "names"):
        return False
    return word.surname or (word.capital and (title or word.given)) or (private and word.strange)


def whole_cell(tokens: Sequence[Token], text: str) -> Iterator[str]:
    """A cell, or its first part, that holds nothing but words like names, one of which we know: "Jayasinghe Tharu"."""
    end = next((match.start() for match in SECOND.finditer(text)), len(text))
    head = [token for token in tokens if token.end <= end]
    said = [token for token in head if not (token.plain in PARTICLES or token.initial)]
    if not 1 < len(said) <= LONGEST_NAME or text[:end].strip(" .").count(" ") > len(head) - 1:
        return
    if any(token.plain in LEANING and not token.capital for token in head):
        return
    if all(token.strange and not is_roman(token.text) for token in said) and any(token.family for token in said) \
            and all(token.family or token.given or token.foreign for token in said):
        last = tokens.index(head[-1])
        if not bears_a_name(tokens, 0, last, text):
            yield text[head[0].begin: head[-1].end]


def beside_facts(tokens: Sequence[Token], text: str) -> Iterator[str]:
    """A surname near a paper or a fact about somebody: "istanza di subentro Zanaboni", "la Kovalchuk è incinta"."""
    facts = [place for place, token in enumerate(tokens)
             if token.core in words("contexts", "facts") or token.core in words("contexts", "papers")
             or (token.core in words("titles", "private") and token.core not in words("whose", "crowds"))]
    if not facts:
        return
    head = 1 if len(tokens) > 1 and tokens[0].plain in ARTICLES else 0
    said = text[tokens[head].end: tokens[head].end + 1] == ":" or (
        head + 1 < len(tokens) and tokens[head + 1].plain in VERBS)
    if said and tokens[head].strange and any(tokens[fact].core in words("contexts", "facts") for fact in facts):
        yield tokens[head].text
    for place, token in enumerate(tokens):
        known = (token.capital and not token.ordinary and (token.family or token.led_name)) or (
            token.strange and (called(tokens, place) or in_full(tokens, place, text)))
        if known and min(abs(place - fact) for fact in facts) <= NEAR and not beside_ordinary(tokens, place) \
                and not bears_a_name(tokens, place, place, text):
            yield token.text


def called(tokens: Sequence[Token], place: int) -> bool:
    """Whether people speak of a strange word as of a person: "la Bassorini", "Merisi T."."""
    return (place + 1 < len(tokens) and tokens[place + 1].initial) or (
        place > 0 and tokens[place - 1].plain in THE and not tokens[place - 1].capital)


def in_full(tokens: Sequence[Token], place: int, text: str) -> bool:
    """Whether a strange word and the next one are written like a whole name: "Castagnoli Primo"."""
    if place + 1 >= len(tokens):
        return False
    one, two = tokens[place], tokens[place + 1]
    return (text[one.end: two.begin] == " " and not one.text.endswith(".") and two.text[0].isupper()
            and not is_roman(two.text) and two.core not in words("things", "saints")
            and (two.strange or two.given or two.plain in words("names", "words"))
            and (one.text.isupper() == two.text.isupper() or one.family or two.family))


def doing(tokens: Sequence[Token], text: str) -> Iterator[str]:
    """A strange word before what only people do: "la Pagnoncelli vive sola"."""
    for place, (one, two) in enumerate(pairwise(tokens)):
        if (one.strange and two.text in words("contexts", "deeds") and text[one.end: two.begin] == " "
                and not (place and tokens[place - 1].capital) and not bears_a_name(tokens, place, place, text)):
            yield one.text


def with_initial(tokens: Sequence[Token], text: str) -> Iterator[str]:
    """Initials beside strange words, where a cell begins, or speaks of a door or of a paper: "H. Tsegaye, scala E"."""
    near = words("contexts", "doors") | words("contexts", "papers") | words("contexts", "facts")
    spoken = any(token.core in near for token in tokens)
    for place, (one, two) in enumerate(pairwise(tokens)):
        if text[one.end: two.begin].strip() or not (spoken or (place == 0 and one.initial and two.strange)):
            continue
        first, word = (one, two) if one.initial else (two, one)
        strange = word.strange or (word.capital and word.core != word.plain)  # "dell'Orsina"
        of_a_street = first.core in words("things", "bearers") and STREET_NUMBER.match(text, word.end)
        if (first.initial and strange and not word.ordinary and not of_a_street
                and first.core not in words("things", "saints")):
            yield text[one.begin: two.end]


def beside_ordinary(tokens: Sequence[Token], place: int) -> bool:
    """Whether a word with a capital that is ordinary touches another: what both say is the name of a thing."""
    return any(tokens[other].capital and tokens[other].ordinary and tokens[other].core not in words("titles", "titles")
               and tokens[other].core not in words("titles", "private") and other > 0
               and not (other > place and tokens[other].core in words("things", "saints"))
               for other in (place - 1, place + 1) if 0 <= other < len(tokens))
