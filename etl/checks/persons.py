"""Names of persons inside texts. Streets, schools, saints, places and companies that bear such names are none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from etl.checks.cyrillic import in_latin
from etl.checks.identifiers import names_a_person
from etl.checks.personal import phrases, surnames, words
from etl.meta.words import plain

# A dot inside is that of an abbreviation: P.zza, Dott.ssa, SIG.RA, S.p.A.
TOKEN = re.compile(r"[^\W\d_](?:[^\W\d_]|'(?=[^\W\d_])|\.(?=[a-zà-ÿ]|(?:[A-Z]|RA|NA|RI|SSA|ZZA|SO|LE)\b))*\.?'?")
WORD = re.compile(r"[^\W\d_]+")
INITIAL = re.compile(r"\b[A-Z]\.")
INITIALS = re.compile(r"[a-z](?:\.[a-z])*")
PINYIN = re.compile(  # a name of one or two syllables
    r"(?:(?:[bpmfdtnlgkhjqxrzcsyw]|[zcs]h)?"
    r"(?:i?a(?:ng?|o)?|ai|i?ong|ou?|e(?:ng?|i)?|i(?:ng?|u|e)?|u(?:a(?:ng?|i)?|o|i|n|e)?)){1,2}")
MOST = 6  # words from a title to its surname: "gent.mo sig. dott. ing. M. Rossi"
SHORT = 5  # letters of the longest word whose dot is that of an abbreviation
BREAK = re.compile(r"[.;:!?()\[\]{}<>|\n=+]|\d")
FIRM = re.compile(r" ?(?:& ?c\b|e c\b|\((?:scuola|via|ente))", re.IGNORECASE)
PARTICLES = frozenset(
    "de di da del dell della dello dei degli delle dal dall dalla lo la li le el al van von der ben bin".split())


@dataclass(frozen=True)
class Token:
    """A word of a text: how it is written, without case and accents, and where."""

    text: str
    plain: str
    begin: int
    end: int

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter, small ones that lean on it apart: "dell'Orto"."""
        return self.text[0].isupper() or self.text.rpartition("'")[2][:1].isupper()

    @property
    def abbreviated(self) -> bool:
        """Whether its dot shortens it; the dot of a long word ends a sentence."""
        return self.text.endswith(".") and len(self.text) <= SHORT

    @property
    def initials(self) -> bool:
        """Whether it is nothing but the first letters of names: "M.", "M.G."."""
        return INITIALS.fullmatch(self.plain) is not None and self.core not in words("things", "companies")

    @property
    def surname(self) -> bool:
        """Whether we know it as a surname; one that is a word too needs its capital."""
        one = self.plain.replace("'", "")
        if self.plain.partition("'")[0] in words("things", "saints"):
            return False  # Sant'Angelo is a place
        return one in words("names", "surnames") or (self.capital and one in words("names", "surname_words"))

    @property
    def core(self) -> str:
        """The word without what leans on it and without dots: "dell'istituto" is istituto."""
        return self.plain.replace(".", "").rpartition("'")[2]


def tokens_of(text: str) -> list[Token]:
    """The words of a text; an abbreviation keeps its dot."""
    return [Token(m[0], folded(m[0]).strip(".'"), m.start(), m.end()) for m in TOKEN.finditer(text)]


def folded(text: str) -> str:
    """A text without case and accents."""
    return text.lower() if text.isascii() else plain(text)


@cache
def clues() -> frozenset[str]:
    """The words without one of which no text names anybody, initials apart."""
    return frozenset().union(words("names", "given"), words("names", "words"), words("names", "chinese"),
                             words("titles", "titles"), words("titles", "roles"))


def names(text: str) -> Iterator[str]:
    """Names of persons: a given name beside a surname; a surname after a title, or after what people are to a home."""
    text = in_latin(text)
    if clues().isdisjoint(WORD.findall(folded(text))) and not INITIAL.search(text):
        return
    text = whole_places().sub(lambda match: "." * len(match[0]), text)
    tokens = tokens_of(text)
    clear = [token.core in clues() or token.initials for token in tokens]
    yield from (token.text for token in tokens if "." in token.plain and login(token.plain))
    for place in range(len(tokens)):
        if not any(clear[place: place + 4]):
            continue
        last = named(tokens, place, text) or announced(tokens, place, text)
        if last and not bears_a_name(tokens, place, last, text):
            yield text[tokens[place].begin: tokens[last].end]


@cache
def whole_places() -> re.Pattern[str]:
    """The municipalities that are written like a person."""
    return re.compile(r"\b(?:{})\b".format("|".join(map(re.escape, phrases("places", "whole")))), re.IGNORECASE)


def login(text: str) -> bool:
    """Whether words with dots between them are the name of a person: "lucia.marini"."""
    parts = set(text.split("."))
    return len(parts) == 2 and parts & words("names", "given") != set() and names_a_person(text)


def named(tokens: Sequence[Token], place: int, text: str) -> int:
    """Where a name that begins at a place ends, 0 where none does: "Mario Rossi", "ROSSI Mario", "Rossi, Mario"."""
    first, after = tokens[place], next_word(tokens, place, text)
    if not after:
        return 0
    second, comma = tokens[after], "," in text[first.end: tokens[after].begin]
    # "Marina di Carrara", not "Rosa De Luca"; "Terlano/Terlan" is a place in two languages.
    leans = any(not token.capital for token in tokens[place + 1: after])
    split = "/" in text[first.end: second.begin]
    for given, surname, ordered in ((first, second, not comma), (second, first, True)):
        if ordered and pair(given, surname, leans) and (surname.surname or not split):
            return after
    return 0


def next_word(tokens: Sequence[Token], place: int, text: str) -> int:
    """The word after one, particles of surnames passed over; 0 where something else stands between."""
    for after in range(place + 1, min(place + 4, len(tokens))):
        between = text[tokens[after - 1].end: tokens[after].begin]
        if BREAK.search(between) or between.strip(" ,_-/'\"") or (between.strip() and after > place + 1):
            return 0
        if tokens[after].plain not in PARTICLES:
            return after
    return 0


def pair(given: Token, surname: Token, leans: bool) -> bool:
    """Whether two words are a given name and a surname; leans: a particle in small letters stands between the two."""
    known = surname.surname or (given.plain in words("names", "given") and surname.plain in surnames())
    strange = any(surname.core in words(*group) for group in NO_SURNAMES)
    if given.text.endswith(".") or given.initials:
        return given.initials and given.capital and given.text.endswith(".") and known and surname.capital
    if surname.initials and surname.text.endswith("."):  # "Hamza B."
        return given.capital and surname.capital and given.plain in words("names", "given")
    if len(surname.plain) < 2 or (surname.abbreviated and not known) or surname.core in words("things", "saints"):
        return False
    if given.plain in words("names", "given"):
        return known or (given.capital and surname.capital and not strange and not is_roman(surname.text))
    both = given.capital and surname.capital and not (strange or leans or given.core in words("things", "saints"))
    chinese = surname.plain in words("names", "chinese") and PINYIN.fullmatch(given.plain)
    return both and bool(chinese or (known and given.plain in words("names", "words")))


NO_SURNAMES = (("things", "common"), ("things", "companies"), ("places", "names"))


def is_roman(text: str) -> bool:
    """Popes and kings have numbers, not surnames."""
    return re.fullmatch("[IVX]+", text) is not None


def announced(tokens: Sequence[Token], place: int, text: str) -> int:
    """Where a surname after a title (Sig., Dott.ssa) or after what somebody is (inquilino, erede) ends, 0 without."""
    word = tokens[place].core
    title = word in words("titles", "titles")
    if not title and word not in words("titles", "roles"):
        return 0
    after, most = place + 1, min(len(tokens), place + MOST)
    while after < most and (tokens[after].plain in PARTICLES or tokens[after].core in words("titles", "titles")
                            or tokens[after].initials):
        after += 1
    if after >= most:
        return 0
    between = text[tokens[after - 1].end: tokens[after].begin]
    if not re.fullmatch(r"[ :.]{0,3}" if not title else r"[ .]{0,2}", between):
        return 0
    return after if surname_like(tokens[after], title) else 0


def surname_like(word: Token, title: bool) -> bool:
    """Whether a word after a title or a role is a surname."""
    if len(word.plain) < 3 or any(word.core in words(*group) for group in NO_SURNAMES):
        return False
    return word.surname or (word.capital and (title or word.plain in words("names", "given")))


def bears_a_name(tokens: Sequence[Token], place: int, last: int, text: str) -> bool:
    """Whether something else bears the name: a street, a school or a saint before it, a company's form after it."""
    first = tokens[place].core
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
        between = text[before.end: begin]
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


def hidden_names(text: str) -> Iterator[str]:
    """Names of persons in the name of a file or of a row: "mario-rossi-domanda", "ISEE_ROSSI_MARIO". Only surnames that
    we know count there: names of things are made of any words."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", re.sub(r"[_.+-]", " ", text))
    tokens = tokens_of(spaced)
    for place in range(len(tokens) - 1):
        one, two = tokens[place], tokens[place + 1]
        both = any(given.plain in words("names", "given") and surname.plain in surnames()
                   for given, surname in ((one, two), (two, one)))
        if both and not bears_a_name(tokens, place, place + 1, spaced):
            yield spaced[one.begin: two.end]
