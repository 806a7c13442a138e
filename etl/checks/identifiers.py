"""Personal identifiers inside texts, told by their check digits and by words; each gives the piece of text it found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files

import phonenumbers
from stdnum import iban
from stdnum.iso7064 import mod_97_10
from stdnum.it import codicefiscale

FIRST_NAMES = frozenset(files("etl.checks").joinpath("first_names.txt").read_text("utf-8").split())
"""The commonest in Italy, to tell a person's name from that of an office; words and places are none (Alba, Grazia)."""
DIGIT = "[0-9LMNPQRSTUV]"  # a digit, or the letter that stands for it when two people would have the same code
FISCAL_CODE = re.compile(
    rf"(?<![A-Z0-9])[A-Z]{{3}} ?[A-Z]{{3}} ?{DIGIT}{{2}} ?[ABCDEHLMPRST] ?{DIGIT}{{2}} ?[A-Z] ?{DIGIT}{{3}} ?[A-Z]"
    r"(?![A-Z0-9])"
)
DIGITS = re.compile("[0-9]")
IBAN = re.compile(r"(?<![A-Z0-9])[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]){11,30}(?![A-Z0-9])")
SHORTEST = 15  # signs of an IBAN: those of Norway
EMAIL = re.compile(r"[a-z0-9][a-z0-9._%+-]*@[a-z0-9.-]+\.[a-z]{2,}", re.IGNORECASE)
FREE_MAIL = re.compile(
    r"@(gmail|googlemail|libero|hotmail|outlook|live|yahoo|ymail|virgilio|tiscali|alice|tin|icloud|me|msn|fastwebnet|"
    r"email|inwind|iol|proton|protonmail|gmx|aol|tim|vodafone|teletu)\.(com|it|net|me|ch|org|co\.uk|fr|de)$",
    re.IGNORECASE,
)
MOBILE = re.compile(
    r"(?<![\w/.=-])(?:(?:\+|00)39[ .-]?)?3[0-9]{2}[ ./-]?[0-9]{2,3}[ .-]?[0-9]{2}[ .-]?[0-9]{1,3}(?![\w/-])"
)
ADDRESS = re.compile(r"https?://\S+")
WORD = r"[A-ZÀ-Ý][a-zà-ÿ'’-]+"
TITLED = re.compile(
    rf"(?<![\w.])(?:[Ss]ig\.?(?:\.?ra|\.?na)?|[Ss]ignor(?:a|e|ina)?|[Dd]ott\.?(?:\.?ssa)?|[Dd]r\.?(?:ssa)?|[Aa]vv\.|"
    rf"[Ii]ng\.|[Aa]rch\.|[Gg]eom\.|[Rr]ag\.|[Pp]rof\.?(?:ssa)?) +{WORD}(?: +{WORD})?"
)
BORN = re.compile(r"\bnat[oa](?:/a)? (?:a|il|in) \w+", re.IGNORECASE)
STREET = re.compile(r"\b(?:via|viale|piazza|piazzale|largo|corso|vicolo|scuola|fondazione|ospedale)\s+$", re.IGNORECASE)
WHOLE_NAME = re.compile(rf"({WORD})((?: +(?:de |di |della? |lo |la |d')?{WORD}){{1,2}})")


def fiscal_codes(text: str) -> Iterator[str]:
    """Codes of persons with a right check letter; a random code has one in twenty-six cases.

    Every digit may be a letter, but in long texts words without any digit look like such a code now and then.
    """
    for match in FISCAL_CODE.finditer(text.upper()):
        code = match[0].replace(" ", "")
        # Only the letter is asked for: a code with a day that does not exist says as much about a person.
        if DIGITS.search(code) and codicefiscale.calc_check_digit(code[:15]) == code[15]:
            yield match[0]


def ibans(text: str) -> Iterator[str]:
    """Account numbers with right check digits: all of what was found, or as much of it as its country's are long."""
    for match in IBAN.finditer(text.upper()):
        code = match[0].replace(" ", "")
        starts = (code[:length] for length in range(SHORTEST, len(code)))
        if mod_97_10.is_valid(code[4:] + code[:4]) or any(iban.is_valid(each, check_country=False) for each in starts):
            yield match[0]


def emails(text: str) -> Iterator[str]:
    """Addresses of persons: those of free mail, and name.surname@ anywhere."""
    for match in EMAIL.finditer(text):
        local = re.split(r"[._-]", match[0].partition("@")[0].lower())
        if FREE_MAIL.search(match[0]) or (len(local) > 1 and set(local) & FIRST_NAMES):
            yield match[0]


def mobiles(text: str) -> Iterator[str]:
    """Italian mobile numbers; the digits of a web address are none."""
    for match in MOBILE.finditer(ADDRESS.sub(" ", text)):
        number = phonenumbers.parse(match[0], "IT")
        if phonenumbers.number_type(number) == phonenumbers.PhoneNumberType.MOBILE:
            yield match[0]


def names(text: str) -> Iterator[str]:
    """Names of persons: after a title, beside a birth, or as a whole cell; streets named after people are none."""
    for match in TITLED.finditer(text):
        if not STREET.search(text[: match.start()]):
            yield match[0]
    yield from (match[0] for match in BORN.finditer(text))
    whole = WHOLE_NAME.fullmatch(text.strip())
    if whole:
        words = text.strip().lower().split()
        if words[0] in FIRST_NAMES or words[-1] in FIRST_NAMES:
            yield text.strip()
