"""Papers and facts of persons inside texts: identity cards, passports, licences, health cards, plates, births.

Few of them have check digits. A shape that offices use for other things counts only after its label.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from etl.checks.identifiers import NEAR, NUMBERED
from etl.checks.personal import words

NUMBER = r"(?:\W*\b(?:n|nr|no|num|numero|number|rilasciat[oa]|e|valida|elettronica|cartacea|serie)\b){0,3}\W{0,4}"
PAPER = re.compile(
    r"(?:\bc\.? ?i\.?(?:e\.?)?|\bcarta (?:d'? ?)?(?:di )?identit\S*|\bid(?:entity)? card|\bpassaporto|\bpassport"
    r"|\bdoc(?:\.|umento)?(?: (?:d'|di )?(?:id\w*\.?|identit\S*|riconoscimento))?|\bpatente(?: di guida)?"
    r"|\b(?:driving|driver'?s) licen[cs]e|\bpermesso (?:di )?soggiorno|\bresidence permit)(?![a-z])"
    + NUMBER + r"(?P<number>[A-Z0-9][A-Z0-9 ]{5,14})", re.IGNORECASE,
)
# The electronic card, the passport and the licence of the central office have shapes of their own.
SHAPES = re.compile(r"(?<![\w./-])(?:C[A-Z] ?[0-9]{5} ?[A-Z]{2}|Y[A-C] ?[0-9]{7}|U1[A-Z0-9]{7}[A-Z])(?![\w/-])")
HEALTH = re.compile(r"(?<![0-9])80380(?:[ ./-]?[0-9]){15}(?![0-9])")
HEALTH_LABELLED = re.compile(
    r"(?:\btessera sanitaria|\bteam\b|\bhealth (?:insurance )?card|\btessera europea)"
    + NUMBER + r"(?P<number>[0-9](?:[ ./-]?[0-9]){7,19})", re.IGNORECASE,
)
LETTERS = "[A-HJ-NPR-TV-Z]"  # of plates: those that look like digits are left out
PLATE = re.compile(rf"(?<![\w./-]){LETTERS}{{2}}(?P<gap>[ -]?)[0-9]{{3}}(?P=gap){LETTERS}{{2}}(?![\w/-])")
PLATE_LABELLED = re.compile(r"\b(?:targ(?:a|ata|ato|he)|tg\.?|plate|licen[cs]e plate|registration)" + NUMBER +
                            r"(?P<number>[A-Z]{2} ?-?[A-Z0-9]{3,6}(?:[ -]?[A-Z]{1,2})?)\b", re.IGNORECASE)
DAY = (
    r"(?:[0-3]?[0-9][ ./-]{1,2}[01]?[0-9][ ./-]{1,2}(?:[0-9]{4}|[0-9]{2})"
    r"|[12][0-9]{3}[-/.][01][0-9][-/.][0-3][0-9]|[0-9]{8}"
    r"|[0-3]?[0-9](?:°|º|o|st|nd|rd|th)? (?:of )?[a-z]{3,9},? [12][0-9]{3}"
    r"|[a-z]{3,9} [0-3]?[0-9],? [12][0-9]{3})(?![0-9])"
)
BIRTH = re.compile(
    r"(?:\b(?:data|luogo|anno|giorno)(?: e (?:luogo|data))?(?: di)? nas(?:cita|c)?\b|\bnascita\b|\bd\.? ?o\.? ?b\b"
    r"|\b(?:date|day) of birth\b|\bbirth ?(?:date|day)\b|\bd\. ?n\b|\bborn\b|\bn\.(?= a\b)"
    r"|\bnat[oa](?:/[oa])?\b|\bcompleanno\b)"
    rf"(?P<between>\W{{0,4}}(?:(?:a|ad|in|at|il|on|the|è|is)\b[^0-9;\n]{{0,40}}?)?)(?P<day>{DAY})", re.IGNORECASE,
)
PLACE = re.compile(r"\bnat[oa](?:/[oa])? (?:a|in|ad)\b:? \w+|\bluogo di nascita: *\w+", re.IGNORECASE)
THING = re.compile(r"\b(?:{})\b".format("|".join(words("things", "born"))), re.IGNORECASE)
IS = re.compile(r"(?:\bè|\be'|\bsono|\bera|\bessere|\bwas|\bappena)(?: \w+)? *$", re.IGNORECASE)


def documents(text: str) -> Iterator[str]:
    """Numbers of identity cards, passports, licences and residence permits."""
    for match in PAPER.finditer(text):
        number = re.match(r"[A-Z0-9]{1,3} ?[0-9]{3,7}[A-Z0-9]{0,3}", match["number"], re.IGNORECASE)
        if number and sum(sign.isdigit() for sign in number[0]) > 4:
            yield number[0]
    for match in SHAPES.finditer(text):
        if not NUMBERED.search(text[max(match.start() - NEAR, 0): match.start()]):
            yield match[0]


def health_cards(text: str) -> Iterator[str]:
    """Numbers of health cards: the issuer's of Italy, or any after the label."""
    yield from (match[0] for match in HEALTH.finditer(text))
    yield from (match["number"] for match in HEALTH_LABELLED.finditer(text))


def plates(text: str) -> Iterator[str]:
    """Plates of cars: of today's shape, or any after the label; a code of a project may look like one."""
    for match in PLATE.finditer(text):
        if not NUMBERED.search(text[max(match.start() - NEAR, 0): match.start()]):
            yield match[0]
    for match in PLATE_LABELLED.finditer(text):
        if re.search("[0-9]{3}", match["number"]):
            yield match["number"]


def births(text: str) -> Iterator[str]:
    """Dates of birth after their label, and "nato a Torino"; a service that was born somewhere is nobody."""
    for match in BIRTH.finditer(text):
        if not THING.search(text[max(match.start() - 60, 0): match.start()] + match["between"]):
            yield match[0]
    for match in PLACE.finditer(text):
        before = text[max(match.start() - 60, 0): match.start()]
        if not IS.search(before) and not THING.search(before):
            yield match[0]
