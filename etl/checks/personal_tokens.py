"""The words of a text, and what each may be: a given name, a surname, an ordinary word, what bears names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from etl.checks.personal import phrases, words
from etl.meta.words import plain

# A dot inside is that of an abbreviation: P.zza, Dott.ssa, SIG.RA, S.p.A.
TOKEN = re.compile(r"[^\W\d_](?:[^\W\d_]|'(?=[^\W\d_])|\.(?=[a-zà-ÿ]|(?:[A-Z]|RA|NA|RI|SSA|ZZA|SO|LE)\b))*\.?'?")
WORD = re.compile(r"[^\W\d_]+")
INITIALS = re.compile(r"[a-z](?:\.[a-z])*")
SHORT = 5  # letters of the longest word whose dot is that of an abbreviation
SHORTEST = 2  # letters of the longest word that is too short for a name
ACRONYM = 4  # letters of the longest word in capitals that is no name: ALER, INPS
BREAK = re.compile(r"[.;:!?()\[\]{}<>|\n=+]|\d")
PARTICLES = frozenset(
    "de di da dal del dell della dello dei degli delle dall dalla lo la li le el al van von der ben abu dos".split())


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text: how it is written, without case and accents, where, and the particles that lead it."""

    text: str
    plain: str
    begin: int
    end: int
    core: str  # the word without what leans on it and without dots: "dell'istituto" is istituto
    led: bool = False

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
    def initial(self) -> bool:
        """Whether it is an initial as people write them: a capital and its dot."""
        return self.initials and self.capital and self.text.endswith(".")

    @property
    def one(self) -> str:
        """The word as the lists write it: D'Angelo is dangelo."""
        return self.plain.replace("'", "")

    @property
    def given(self) -> bool:
        """Whether we know it as a given name that is no word."""
        return self.plain in words("names", "given")

    @property
    def surname(self) -> bool:
        """Whether we know it as a surname; one that is a word too needs its capital."""
        if self.plain.partition("'")[0] in words("things", "saints"):
            return False  # Sant'Angelo is a place
        return self.family or (self.capital and (self.one in words("names", "surname_words") or self.led_name
                                                 or LEANING.match(self.text) is not None))

    @property
    def family(self) -> bool:
        """Whether it can be nothing but a surname: it is no word, or has the shape of those of some country."""
        return self.one in words("names", "surnames") or (self.capital and is_shaped(self.one) and not self.ordinary)

    @property
    def led_name(self) -> bool:
        """Whether a particle with a capital leads it: "Di Lernia", "El Khalloufi"."""
        return self.led and self.capital and len(self.core) > SHORT - 1 and not self.ordinary

    @property
    def ordinary(self) -> bool:
        """Whether it is a word of the language, a place or an office, as far as lists and endings tell."""
        return is_ordinary(self.plain, self.core)

    @property
    def strange(self) -> bool:
        """Whether it is no word that we know, written like a name: with a capital, and no acronym."""
        return (self.text[0].isupper() and len(self.core) > SHORTEST and not self.ordinary and not self.abbreviated
                and not (self.text.isupper() and len(self.core) <= ACRONYM))

    @property
    def foreign(self) -> bool:
        """Whether no word of Italian is written so: "Tharindu" is foreign, "Lorenteggio" is not."""
        return FOREIGN.search(self.core) is not None


LEANING = re.compile("(?:D|Dell|Dall|Degli|De|Dall)'[A-Z]")  # Dell'Orto, D'Aquilante
FOREIGN = re.compile(r"[jkwxy]|(?<![cgs])h|[bcdfghmpqstvz]$|aa|ee|oo|uu|q(?!u)|[bcdfghkmpqtv]n")
# How words of Italian and of English end that are no names.
ENDINGS = re.compile(
    r"(?:zion[ei]|sion[ei]|ment[oi]|ita|ibil[ei]|abil[ei]|tric[ei]|tor[ei]|enz[ae]|anz[ae]|ism[oi]|logi[ac]|tur[ae]|tiv[aoie]"
    r"|tic[aoi]|tiche|ing|tion|ness|ship|ment|able|ility|ient[ei]|ional[ei]|ual[ei]|ziari[oae]|scuola|grafi[ac])$")


def tokens_of(text: str) -> list[Token]:
    """The words of a text; an abbreviation keeps its dot."""
    tokens: list[Token] = []
    for match in TOKEN.finditer(text):
        before = tokens[-1] if tokens else None
        led = before is not None and before.plain in PARTICLES and before.capital and match.start() == before.end + 1
        said = folded(match[0]).strip(".'")
        tokens.append(Token(match[0], said, match.start(), match.end(), said.replace(".", "").rpartition("'")[2], led))
    return tokens


def folded(text: str) -> str:
    """A text without case and accents."""
    return text.lower() if text.isascii() else plain(text)


@cache
def ordinary_words() -> frozenset[str]:
    """Every word of the lists that is none of a person."""
    groups = (("things", "bearers"), ("things", "between"), ("things", "companies"), ("things", "common"),
              ("things", "born"), ("places", "names"), ("titles", "titles"), ("titles", "roles"), ("titles", "private"),
              ("things", "saints"), ("contexts", "papers"), ("contexts", "facts"), ("ordinary", "words"))
    return frozenset().union(*(words(*group) for group in groups))


@lru_cache(maxsize=1 << 15)
def is_ordinary(said: str, core: str) -> bool:
    """See Token.ordinary; words repeat."""
    known = said.replace("'", "") in words("names", "surnames") or said in words("names", "given")
    return (core in ordinary_words() or said.partition("'")[0] in words("things", "saints")
            or (not known and ENDINGS.search(core) is not None))


@lru_cache(maxsize=1 << 15)
def is_shaped(word: str) -> bool:
    """Whether a word looks like the surnames of some country: kovalenko, popescu, abdelrahman; words repeat."""
    begins, ends = shapes()
    return len(word) > SHORT and (word.startswith(begins) or word.endswith(ends))


@cache
def shapes() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """How surnames of other countries begin, and how they end."""
    return phrases("shapes", "begins"), phrases("shapes", "ends")


def is_roman(text: str) -> bool:
    """Popes and kings have numbers, not surnames."""
    return re.fullmatch("[IVX]+", text) is not None

