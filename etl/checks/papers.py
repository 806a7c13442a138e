"""Papers of persons inside texts: identity cards, passports, licences, health cards, plates.

Few of them have check digits. A shape that offices use for other things counts only after its label.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from etl.checks.identifiers import NEAR, NUMBERED

NUMBER = (r"(?:\W*\b(?:n|nr|no|num|numero|number|rilasciat[oa]|e|valida|elettronica|cartacea|serie)\b){0,3}"
          r"[^\w\s]{0,2}\s?[^\w\s]{0,2}\s?")
PAPER = re.compile(
    r"(?:(?-i:\bC\.? ?I\.?(?:E\.?|d\.)?)|\bcedula|\bdni\b|\bnumero carta:?|\bid (?=[a-z]{6,})"
    r"|\bc\.i\.(?:e\.)?|\bcarta (?:d'? ?)?(?:di )?identit\S*|\bid(?:entity)? card"
    r"|\bcarte d'identit\S*|\bpassaporto|\bpassport|\bpasseport|\bpasaporte|\bpass\.|\bestremi documento"
    r"|\bcarta di soggiorno"
    r"|\bdoc(?:\.|umento)?(?: (?:d'|di )?(?:id\w*\.?|identit\S*|riconoscimento))?|\bpatente(?: di guida)?"
    r"|\b(?:driving|driver'?s) licen[cs]e|\bpermesso (?:di )?sogg\S*|\bp\.?d\.?s\b\.?|\bresidence permit"
    r"|\btitolo di viaggio|\btravel document|\btessera elettorale|\bvestanet|\bporto d'armi|\bdomanda (?:di )?asilo"
    r"|\bprotezione internazionale)(?![a-z])"
    # "passaporto marocchino", "patente cat. B": what it is of may stand before its number.
    r"(?: (?-i:[a-z]{3,12}|UE)\b(?:\. ?[A-Z]{1,2}\b)?){0,3}" + NUMBER
    + r"(?=(?P<number>[A-Z]{2} nr?\.? ?[0-9]{6}|[A-Z0-9](?:[ .-]?[A-Z0-9]){5,14}))",
    re.IGNORECASE,
)
PIECES = re.compile(  # of a number of a document: letters, digits, and one blank between its groups at most
    r"[A-Z0-9]{1,4} ?[0-9]{3,7}[A-Z0-9]{0,3}|[A-Z]{2} nr?\.? ?[0-9]{6}"
    r"|(?-i:[A-Z](?:[ .-]?[A-Z0-9]){5,13})(?![a-z])|[0-9]{7,9}", re.IGNORECASE)
CUI = re.compile(r"\b(?:c\.?u\.?i\b\.?)" + NUMBER + r"(?P<number>[0-9][A-Z0-9]{5,6})\b", re.IGNORECASE)
# The electronic card, the passport and the licence of the central office have shapes of their own.
SHAPES = re.compile(r"(?<![\w./-])(?:C[A-Z] ?[0-9]{5} ?[A-Z]{2}|Y[A-C] ?[0-9]{7}|U1[A-Z0-9]{7}[A-Z])(?![\w/-])"
                    r"|^I[0-9]{8}$")
# A residence permit and the receipt of one that was asked for, with anything between the label and the number.
PERMIT = re.compile(r"\b(?:permesso|soggiorno|pds|pse|questura)\b[^0-9;\n]{0,40}?"
                    r"(?<!\w)(?P<number>I(?: ?[0-9]){8}|0[0-9]{11})(?!\w)", re.IGNORECASE)
HEALTH = re.compile(r"(?<![0-9])8[ ./-]?0[ ./-]?3[ ./-]?8[ ./-]?0(?:[ ./-]?[0-9]){15}(?![0-9])")
FOREIGNERS = re.compile(r"\b(?:STP|ENI)" + NUMBER + r"[0-9](?:[ ./-]?[0-9]){9,12}(?![0-9])")
HEALTH_LABELLED = re.compile(
    r"(?:\btessera sanitaria|\bcodice assistit[oa]|\bteam\b|\bhealth (?:insurance )?card|\btessera europea)"
    + NUMBER + r"(?P<number>[0-9](?:[ ./-]?[0-9]){7,19})", re.IGNORECASE,
)
LETTERS = "[A-HJ-NPR-TV-Z]"  # of plates: those that look like digits are left out
PLATE = re.compile(rf"(?<![\w./-]){LETTERS}{{2}}(?P<gap>[ .-]?)[0-9]{{3}}(?P=gap){LETTERS}{{2}}(?![\w/-])")
# Where a vehicle is spoken of, a plate may be in small letters and have gaps anywhere.
LOOSE = re.compile(rf"(?<![\w./-]){LETTERS}(?P<gap>[ .-]?){LETTERS}(?:[ .-]?[0-9]){{3}}[ .-]?"
                   rf"{LETTERS}(?P=gap){LETTERS}(?![\w/-])", re.IGNORECASE)
OLD = re.compile(r"(?<![\w./-])[A-Z]{2} ?[0-9][A-Z][0-9]{4}(?![\w/-])")  # of a province, until 1994
BEFORE = re.compile(r"(?<![\w./-])(?P<number>[A-Z]{1,3}[ -][A-Z0-9]{1,4}[ -]?[0-9A-Z]{2,4}) (?:targa|plate)\b")
VEHICLE = re.compile(r"\b(?:targ|tg\b|auto|moto|veicol|furgon|camper|scooter|ciclomot|posto|pass\b|parchegg"
                     r"|plate|car\b|contrassegno|fiat|ford|opel|panda|punto)", re.IGNORECASE)
SAID_VEHICLE = re.compile(r"\b(?:targ|veicol|macchina|automobile|furgon|camper|scooter|motorin|motocicl|plate\b)",
                          re.IGNORECASE)
SERIES = "ABCDEFGHZ"  # letters that the plates of Italy begin with so far; Z is of none, and stands in examples
ACTS = frozenset("DM DL DD DG DR CC CD CM CT AA BB ED".split())  # acts that are written like plates: "DM 123 AB"
PLATE_LABELLED = re.compile(
    r"\b(?:targ(?:a|ata|ato|he)|tg\.?|plate|licen[cs]e plate|registration)(?: (?-i:[a-z]{3,12})\b)?" + NUMBER +
    r"(?P<number>[A-Z]{2} ?-?[A-Z0-9]{3,6}(?:[ -]?[A-Z]{1,2})?|(?-i:[A-Z]{1,3}[ -]?[0-9]{2,5}[ -]?[A-Z]{0,3}))\b",
    re.IGNORECASE,
)
PLATE_OF = re.compile(  # of a motorcycle, of a trailer, of an old series
    r"\b(?:targat[oaie]|veicolo|moto|motociclo|motorino|scooter|ciclomotore|camper|furgone|auto|rimorchio)"
    r"(?: targat[oa]| (?-i:[a-z]{4,12}))? "
    r"(?P<number>(?-i:[A-Z]{1,2}[A-Z0-9]? ?[A-Z0-9]{4,6}|[A-Z]{1,2} [0-9]{2,3} [A-Z]{3}))\b", re.IGNORECASE)


def documents(text: str) -> Iterator[str]:
    """Numbers of identity cards, passports, licences and residence permits."""
    for match in PAPER.finditer(text):
        number = PIECES.match(match["number"])
        if number and sum(sign.isdigit() for sign in number[0]) > 4:
            yield number[0]
    yield from (match["number"] for pattern in (CUI, PERMIT) for match in pattern.finditer(text))
    for match in SHAPES.finditer(text):
        if not NUMBERED.search(text[max(match.start() - NEAR, 0): match.start()]):
            yield match[0]


def health_cards(text: str) -> Iterator[str]:
    """Numbers of health cards: the issuer's of Italy, or any after the label."""
    yield from (match[0] for pattern in (HEALTH, FOREIGNERS) for match in pattern.finditer(text))
    yield from (match["number"] for match in HEALTH_LABELLED.finditer(text))


def plates(text: str) -> Iterator[str]:
    """Plates of cars: of today's shape, or any after the label; an act or the code of a project may look like one."""
    vehicle = VEHICLE.search(text) is not None
    for match in PLATE.finditer(text):
        act = match[0][0] not in SERIES or (match["gap"] == " " and match[0][:2] in ACTS)
        if (vehicle or not act) and not NUMBERED.search(text[max(match.start() - NEAR, 0): match.start()]):
            yield match[0]
    yield from (match[0] for match in OLD.finditer(text))
    yield from (match[0] for match in LOOSE.finditer(text) if SAID_VEHICLE.search(text))
    for pattern, least in ((PLATE_LABELLED, 3), (PLATE_OF, 2), (BEFORE, 3)):
        for match in pattern.finditer(text):
            if sum(sign.isdigit() for sign in match["number"]) >= least:
                yield match["number"]
