"""Papers and facts of persons inside texts: identity cards, passports, licences, health cards, plates, births.

Few of them have check digits. A shape that offices use for other things counts only after its label.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from etl.checks.identifiers import NEAR, NUMBERED
from etl.checks.personal import phrases, words

NUMBER = (r"(?:\W*\b(?:n|nr|no|num|numero|number|rilasciat[oa]|e|valida|elettronica|cartacea|serie)\b){0,3}"
          r"[^\w\s]{0,2}\s?[^\w\s]{0,2}\s?")
PAPER = re.compile(
    r"(?:(?-i:\bC\.? ?I\.?(?:E\.?)?)|\bc\.i\.(?:e\.)?|\bcarta (?:d'? ?)?(?:di )?identit\S*|\bid(?:entity)? card"
    r"|\bcarte d'identit\S*|\bpassaporto|\bpassport|\bpasseport|\bpasaporte|\bpass\.|\bestremi documento"
    r"|\bcarta di soggiorno"
    r"|\bdoc(?:\.|umento)?(?: (?:d'|di )?(?:id\w*\.?|identit\S*|riconoscimento))?|\bpatente(?: di guida)?"
    r"|\b(?:driving|driver'?s) licen[cs]e|\bpermesso (?:di )?sogg\S*|\bp\.?d\.?s\b\.?|\bresidence permit"
    r"|\btitolo di viaggio|\btravel document|\btessera elettorale|\bvestanet|\bporto d'armi|\bdomanda (?:di )?asilo"
    r"|\bprotezione internazionale)(?![a-z])"
    # "passaporto marocchino", "patente cat. B": what it is of may stand before its number.
    r"(?: (?-i:[a-z]{3,12})\b(?:\. ?[A-Z]{1,2}\b)?)?" + NUMBER + r"(?P<number>[A-Z0-9](?:[ .-]?[A-Z0-9]){5,14})",
    re.IGNORECASE,
)
PIECES = re.compile(  # of a number of a document: letters, digits, and one blank between its groups at most
    r"[A-Z0-9]{1,3} ?[0-9]{3,7}[A-Z0-9]{0,3}|(?-i:[A-Z](?:[ .-]?[A-Z0-9]){5,13})(?![a-z])|[0-9]{7,9}", re.IGNORECASE)
CUI = re.compile(r"\b(?:c\.?u\.?i\b\.?)" + NUMBER + r"(?P<number>[0-9][A-Z0-9]{5,6})\b", re.IGNORECASE)
# The electronic card, the passport and the licence of the central office have shapes of their own.
SHAPES = re.compile(r"(?<![\w./-])(?:C[A-Z] ?[0-9]{5} ?[A-Z]{2}|Y[A-C] ?[0-9]{7}|U1[A-Z0-9]{7}[A-Z])(?![\w/-])")
HEALTH = re.compile(r"(?<![0-9])8[ ./-]?0[ ./-]?3[ ./-]?8[ ./-]?0(?:[ ./-]?[0-9]){15}(?![0-9])")
FOREIGNERS = re.compile(r"\b(?:STP|ENI)" + NUMBER + r"[0-9](?:[ ./-]?[0-9]){9,12}(?![0-9])")
HEALTH_LABELLED = re.compile(
    r"(?:\btessera sanitaria|\bteam\b|\bhealth (?:insurance )?card|\btessera europea)"
    + NUMBER + r"(?P<number>[0-9](?:[ ./-]?[0-9]){7,19})", re.IGNORECASE,
)
LETTERS = "[A-HJ-NPR-TV-Z]"  # of plates: those that look like digits are left out
PLATE = re.compile(rf"(?<![\w./-]){LETTERS}{{2}}(?P<gap>[ -]?)[0-9]{{3}}(?P=gap){LETTERS}{{2}}(?![\w/-])")
PLATE_LABELLED = re.compile(
    r"\b(?:targ(?:a|ata|ato|he)|tg\.?|plate|licen[cs]e plate|registration)(?: (?-i:[a-z]{3,12})\b)?" + NUMBER +
    r"(?P<number>[A-Z]{2} ?-?[A-Z0-9]{3,6}(?:[ -]?[A-Z]{1,2})?|(?-i:[A-Z]{1,3}[ -]?[0-9]{2,5}[ -]?[A-Z]{0,3}))\b",
    re.IGNORECASE,
)
DAY = (
    r"(?:[0-3]?[0-9][ ./-]{1,2}[01]?[0-9][ ./-]{1,2}(?:[0-9]{4}|[0-9]{2})"
    r"|[12][0-9]{3}[-/.][01][0-9][-/.][0-3][0-9]|[0-9]{8}"
    r"|[0-3]?[0-9](?:°|º|o|st|nd|rd|th|\.)? (?:of |de )?[^\W\d_]{3,9},? (?:de )?[12][0-9]{3}"
    r"|[a-z]{3,9} [0-3]?[0-9],? [12][0-9]{3})(?![0-9])"
)
BIRTH_WORD = r"(?:nascita|nasc\b\.?|birth ?(?:date|day)?|d\.? ?o\.? ?b\b|дата (?:рождения|народження)|تاريخ الميلاد)"
BIRTH = re.compile(
    rf"(?:\b{BIRTH_WORD}[^0-9;\n]{{0,30}}?"
    r"|\b(?:d\. ?n|(?-i:DN)|compleanno)\b\W{0,4}"
    r"|\b(?:born|n\.(?= (?:a|il) )|nat[oaie](?:/[oaie])?|née?|nacid[oa]|geboren|născută?)"
    r"(?P<between>\W{0,4}(?:(?:a|ad|in|at|il|on|the|le|el|am|à|en|la|pe)\b[^0-9;\n]{0,40}?)?))"
    rf"(?P<day>{DAY})", re.IGNORECASE,
)
YEAR = re.compile(
    r"\bnat[oa](?:/[oa])? nel(?:l'anno)? ?'?(?:19|20)?[0-9]{2}\b|\bnat[oa] .{0,20}\bnel '[0-9]{2}\b"
    r"|\b(?:classe|born in) (?:19|20)[0-9]{2}\b", re.IGNORECASE,
)
PLACE = re.compile(r"\bnat[oa](?:/[oa])? (?:a|in|ad)\b:? \w+|\bluogo di nascita: *\w+", re.IGNORECASE)
THING = re.compile(r"\b(?:{})\b".format("|".join(words("things", "born"))), re.IGNORECASE)
NEARBY = 60  # letters around a birth or a home in which what it is of stands
LIVES = "|".join(phrases("homes", "lives"))
STREETS = "|".join(words("homes", "streets"))
HOME = re.compile(
    rf"\b(?:{LIVES})(?![a-z])\W{{0,3}}(?:(?:a|in|at|al|alla|presso|is|è)\s(?:[^\W\d_]+,? )?){{0,2}}\(?"
    rf"(?:(?:{STREETS})\b\.?[^0-9;\n]{{2,40}}\b[0-9]{{1,4}}"
    rf"|[0-9]{{1,4}},? (?:{STREETS}|[a-z]+ street|[a-z]+ road)\b)", re.IGNORECASE,
)
IS = re.compile(r"(?:\bè|\be'|\bsono|\bera|\bessere|\bwas|\bappena)(?: \w+)? *$", re.IGNORECASE)


def documents(text: str) -> Iterator[str]:
    """Numbers of identity cards, passports, licences and residence permits."""
    for match in PAPER.finditer(text):
        number = PIECES.match(match["number"])
        if number and sum(sign.isdigit() for sign in number[0]) > 4:
            yield number[0]
    yield from (match["number"] for match in CUI.finditer(text))
    for match in SHAPES.finditer(text):
        if not NUMBERED.search(text[max(match.start() - NEAR, 0): match.start()]):
            yield match[0]


def health_cards(text: str) -> Iterator[str]:
    """Numbers of health cards: the issuer's of Italy, or any after the label."""
    yield from (match[0] for pattern in (HEALTH, FOREIGNERS) for match in pattern.finditer(text))
    yield from (match["number"] for match in HEALTH_LABELLED.finditer(text))


def plates(text: str) -> Iterator[str]:
    """Plates of cars: of today's shape, or any after the label; a code of a project may look like one."""
    for match in PLATE.finditer(text):
        if not NUMBERED.search(text[max(match.start() - NEAR, 0): match.start()]):
            yield match[0]
    for match in PLATE_LABELLED.finditer(text):
        if re.search("[0-9].*[0-9].*[0-9]", match["number"]):
            yield match["number"]


def births(text: str) -> Iterator[str]:
    """Dates of birth after their label, and "nato a Torino"; a service that was born somewhere is nobody."""
    for match in BIRTH.finditer(text):
        if not THING.search(text[max(match.start() - NEARBY, 0): match.start()] + (match["between"] or "")):
            yield match[0]
    for match in (*PLACE.finditer(text), *YEAR.finditer(text)):
        before, after = text[max(match.start() - NEARBY, 0): match.start()], text[match.end(): match.end() + NEARBY]
        if not IS.search(before) and not THING.search(before + " " + after):
            yield match[0]


def homes(text: str) -> Iterator[str]:
    """Where a person lives: a street and a number after words that say so; the seat of a body is none."""
    for match in HOME.finditer(text):
        if not THING.search(text[max(match.start() - NEARBY, 0): match.start()]):
            yield match[0]
