"""Facts of private lives inside texts: when and where somebody was born, where somebody lives."""

from __future__ import annotations

import re
from collections.abc import Iterator

from etl.checks.personal import phrases, words

DAY = (
    r"(?:[0-3]?[0-9][ ./-]{1,2}[01]?[0-9][ ./-]{1,2}(?:[0-9]{4}|[0-9]{2})"
    r"|[12][0-9]{3}[-/.][01][0-9][-/.][0-3][0-9]|[0-9]{8}"
    r"|[0-3]?[0-9](?:°|º|o|st|nd|rd|th|\.)? (?:of |de )?[^\W\d_]{3,9},? (?:de )?[12][0-9]{3}"
    r"|[a-z]{3,9} [0-3]?[0-9],? [12][0-9]{3})(?![0-9])"
)
MAY_BE_A_DAY = re.compile(  # every day has one of these
    r"[0-9][ ,./-]{1,2}[0-9]|[0-9]{8}|[0-9](?:°|º|o|st|nd|rd|th|\.)? (?:of |de )?[^\W\d_]{3,9},? (?:de )?[12][0-9]{3}",
    re.IGNORECASE)
BIRTH_WORD = r"(?:nascita|nasc\b\.?|birth ?(?:date|day)?|d\.? ?o\.? ?b\b|дата (?:рождения|народження)|تاريخ الميلاد)"
BIRTH = re.compile(
    rf"(?:(?<![^\W_]){BIRTH_WORD}[^0-9;\n]{{0,30}}?"
    r"|\b(?:d\. ?n|(?-i:DN)|compleanno)\b\W{0,4}"
    r"|\b(?:born|nasceva|n\.(?= (?:a|il) )|nat[oaie](?:/[oaie])?|née?|nacid[oa]|geboren|născută?)"
    r"(?P<between>\W{0,4}(?:(?:a|ad|in|at|il|on|the|le|el|am|à|en|la|pe|alla?|all|nell[ao]|presso)\b[^0-9;\n]{0,40}?)?))"
    rf"(?P<day>{DAY})", re.IGNORECASE,
)
MONTHS = "gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre"
YEAR = re.compile(
    r"\bnat[oa](?:/[oa])? nel(?:l'anno)? ?'?(?:19|20)?[0-9]{2}\b|\bnat[oa] .{0,20}\bnel '[0-9]{2}\b"
    r"|\b(?:classe|born in) (?:19|20)[0-9]{2}\b|\bclasse '[0-9]{2}\b|\bcompi(?:e|rà|uti) [0-9]{1,3} anni il\b"
    rf"|\b(?:nat[oa]|nascita:?) (?:[^0-9;\n]{{2,30}} )?(?:il|l'|lo) ?[a-zà-ù]+ (?:{MONTHS}) (?:19|20)[0-9]{{2}}\b",
    re.IGNORECASE,
)
OF_KIN = re.compile(  # "figlia minore n. 30.10.2019", "coniuge: 17-06-1985"
    rf"\b(?:figli[oa]|minore|neonat[oa]|coniuge|moglie|marito|madre|padre|fratello|sorella|bimb[oa]|bambin[oa]|genero|nuora)"
    rf"\W{{0,3}}(?:minore )?(?:n\.? ?|del(?:l')? ?)?(?P<day>{DAY})"
    rf"|\b[0-9]{{1,3}} anni,? (?:è|e') del {DAY}", re.IGNORECASE)
ABBREVIATED = re.compile(  # "n. 03.09.1978 a Lima", "nato Lima 3/9/78"
    rf"\bn\. ?{DAY},? (?:(?:a|in) (?-i:[A-Z])|(?-i:[A-Z][a-zà-ù]+) ?\()|\bnat[oa] (?-i:[A-Z][a-zà-ù]+),? {DAY}",
    re.IGNORECASE)
AFTER = re.compile(rf"(?<![0-9]){DAY} ?\(?(?:data (?:di )?nascita|d\. ?n\.)", re.IGNORECASE)
PLACE = re.compile(r"\bnat[oa](?:/[oa])? (?:a|in|ad)\b:? \w+|\bluogo di nascita: *\w+", re.IGNORECASE)
WITHOUT_A_DAY = ("nat", "nasc", "class", "born", "compi")
"""What PLACE or YEAR begin with, or hold."""
THING = re.compile(r"\b(?:{})\b".format("|".join(words("things", "born") - {"piano"})), re.IGNORECASE)
NEARBY = 60  # letters around a birth or a home in which what it is of stands
LIVES = "|".join(phrases("homes", "lives"))
STREETS = "|".join(words("homes", "streets"))
HOME = re.compile(
    rf"\b(?:{LIVES})(?![a-z])\W{{0,3}}(?:(?:a|in|at|al|alla|presso|is|è)\s(?:[^\W\d_]+,? )?){{0,2}}"
    rf"(?:[^\W\d_]+(?: [^\W\d_]+)? - )?\(?"
    rf"(?:(?:{STREETS})\b\.?[^0-9;\n]{{2,40}}\b[0-9]{{1,4}}"
    rf"|[0-9]{{1,4}},? (?:{STREETS}|[a-z]+ street|[a-z]+ road)\b)", re.IGNORECASE,
)
IS = re.compile(r"(?:\bè|\be'|\bsono|\bera|\bessere|\bwas|\bappena)(?: \w+)? *$", re.IGNORECASE)
OF_A_PERSON = re.compile(r"\b(?:sig(?:nor)?[ae]?|sig\.ra|ragazz[oa]|bimb[oa]|bambin[oa]|richiedente|inquilin[oa]"
                         r"|lei|lui)\b", re.IGNORECASE)
STREET = re.compile(rf"\b(?:{STREETS})(?![a-z])\.? ?[^0-9;\n]{{2,40}}?\b[0-9]{{1,4}}(?![0-9])", re.IGNORECASE)
DOOR = re.compile(r"\b(?:int\.?|interno|citofon\w+|scala|sc\.|app\.|appartamento|alloggio|piano|p\.(?=t\b|[0-9 ])"
                  r"|porta)(?![a-z])", re.IGNORECASE)
EMPTY = re.compile(r"\b(?:sfitt[oi]|vuot[oi]|vacanti?|liber[oi]|disponibil[ei]|vacant)\b", re.IGNORECASE)  # no home
INSIDE = re.compile(r"(?i:\b(?:int\.?|interno) ?(?:n\.? ?)?[0-9])|\b[Cc]itofon(?:o|are) [A-Z][a-zà-ù]{3,}")
# Words about who lives behind a door; beside a street, its number and a door they say where that person lives.
SOMEBODY = re.compile(r"\b(?:{})\b".format("|".join(sorted(
    (words("titles", "private") - words("whose", "many")) | words("whose", "somebody")))), re.IGNORECASE)


def births(text: str) -> Iterator[str]:
    """Dates of birth after their label, and "nato a Torino"; a service that was born somewhere is nobody."""
    if MAY_BE_A_DAY.search(text):
        yield from birthdays(text)
    small = text.lower()
    if not any(begin in small for begin in WITHOUT_A_DAY):
        return
    for match in (*PLACE.finditer(text), *YEAR.finditer(text)):
        before, after = text[max(match.start() - NEARBY, 0): match.start()], text[match.end(): match.end() + NEARBY]
        if (not IS.search(before) or OF_A_PERSON.search(before)) and not THING.search(before + " " + after):
            yield match[0]


def birthdays(text: str) -> Iterator[str]:
    """Days after the word for a birth, or for who was born."""
    for match in BIRTH.finditer(text):
        if not THING.search(text[max(match.start() - NEARBY, 0): match.start()] + (match["between"] or "")):
            yield match[0]
    yield from (match[0] for pattern in (OF_KIN, AFTER, ABBREVIATED) for match in pattern.finditer(text))


def homes(text: str) -> Iterator[str]:
    """Where a person lives: a street and a number after words that say so; the seat of a body is none."""
    for match in HOME.finditer(text):
        if not THING.search(text[max(match.start() - NEARBY, 0): match.start()]):
            yield match[0]
    for match in STREET.finditer(text):
        around = text[max(match.start() - NEARBY, 0): match.end() + NEARBY]
        somebody = DOOR.search(around) and SOMEBODY.search(around)
        inside = somebody or (INSIDE.search(around) and not EMPTY.search(around))
        if inside and not THING.search(around):
            yield match[0]
