"""Personal identifiers inside texts, told by their check digits; each detector gives the pieces of text it found.

A text comes in as `readable` makes it: a detector knows one kind of blank and one kind of dash.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from functools import cache

import phonenumbers
from stdnum import iban, luhn, numdb
from stdnum.iso7064 import mod_97_10
from stdnum.it import codicefiscale

from etl.checks.personal import surnames, words

UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff\u202a\u202c\u200e\u200f"))
DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−⁃"), "-") | dict.fromkeys(map(ord, "’‘ʼ`´"), "'")
DIGITS = {word: digit for digit, said in enumerate((
    "zero cero", "uno one", "due two dos deux", "tre three tres trois", "quattro four cuatro quatre",
    "cinque five cinco cinq", "sei six seis", "sette seven siete sept", "otto eight ocho huit",
    "nove nine nueve neuf")) for word in said.split()}
SPELLED = re.compile(rf"\b(?:{'|'.join(DIGITS)})(?:[\s,.-]+(?:{'|'.join(DIGITS)})){{8,}}\b", re.IGNORECASE)
BEGUN = re.compile(  # "tre tre otto 5561290"
    rf"\b(?:tre|three|tres|trois)(?:[\s,.-]+(?:{'|'.join(DIGITS)})){{2}}(?=[\s,.-]+[0-9]{{6,7}}(?![0-9]))",
    re.IGNORECASE)
THREE = ("tre", "three", "trois")
GAP = r"[ ._/\\:*|-]{0,3}"  # what people put between the groups of a code
DIGIT = "[0-9LMNPQRSTUV]"  # a digit, or the letter that stands for it when two people would have the same code
SHAPE = ["[A-Z]"] * 6 + [DIGIT] * 2 + ["[ABCDEHLMPRST]"] + [DIGIT] * 2 + ["[A-Z]"] + [DIGIT] * 3 + ["[A-Z]"]
FISCAL_CODE = re.compile(f"(?=({GAP.join(SHAPE)}))")
CODE_LABEL = re.compile(r"(?:c\W{0,2}f|cod\w*\W{0,2}fis\w*|fiscal code|tax code)"
                        r"(?:\W{1,3}(?-i:[a-zà-ÿ]+)){0,2}\W*$", re.IGNORECASE)
IBAN = re.compile(r"(?=([A-Z][ ./-]{0,3}[A-Z](?:[ .:/-]{0,3}[0-9]){2}(?:[ ./-]{0,3}[A-Z0-9]){11,30}))")
SHORTEST, LONGEST = 15, 34  # signs of an IBAN: those of Norway, and the most that the standard allows
CARD = re.compile(
    rf"(?<![A-Z0-9])(?:[2456][0-9]{{3}}(?:{GAP}[0-9]{{4}}){{3}}|3[47][0-9]{{2}}{GAP}[0-9]{{6}}{GAP}[0-9]{{5}})(?![A-Z0-9])")
SIGN = re.compile("[A-Z0-9]")
AT = re.compile(r"\s*[\[({<]\s*(?:at|chiocciola|chioc\.?|@)\s*[\])}>]\s*|\s+chiocciola\s+|\s+@\s*|\s*@\s+"
                r"|\s+at\s+(?=[\w-]+\s*(?:\.|\bdot\b|\bpunto\b|[\[({]))", re.IGNORECASE)
DOT = re.compile(r"\s*[\[({<]\s*(?:dot|punto|\.)\s*[\])}>]\s*|(?<=\w)\s+(?:dot|punto)\s+(?=\w)", re.IGNORECASE)
ENDING = re.compile(r"@([\w-]+)\s*[.,]\s*(?=[a-z]{2,4}\b)", re.IGNORECASE)  # "@gmail,com", "@gmail . com"
EMAIL = re.compile(r"[^\W_][\w.%+'-]*@((?:[a-z0-9-]+\.)+[a-z]{2,})", re.IGNORECASE)
PHONE = r"\b(?:cell\w*|mob\w*|tel\w*|whatsapp|wa|phone|chiama\w*|call|sms|utenza{more})\W*(?:n|nr|no|al)?\W*"
MOBILE = re.compile(
    r"(?<![0-9])(?<![0-9][.,/:=-])(?P<plus>(?:\+|\b00) ?\(?39\)?[ ./-]*|\b39(?=3[0-9]{9}\b))?"
    r"(?P<open>\()?(?P<first>3[0-9]{2})\)?(?P<rest>(?:[ ./_'-]{0,3}[0-9]){6,7})(?![0-9])(?![.,/:-][0-9]{3})"
)
PAIRS = re.compile(
    rf"(?:(?:\+|\b00)39[ ./-]*|{PHONE.format(more='')})(3(?:[ ./-]{{0,3}}[0-9]){{8,9}})(?![0-9])", re.IGNORECASE)
LIKE_A_MOBILE = re.compile("3[^0-9A-Za-z]{0,3}[0-9][^0-9A-Za-z]{0,3}[0-9][^0-9A-Za-z]{0,3}[0-9]")
SIDE = re.compile(r"(?<![0-9])(3[0-9]{2} ?[0-9]{6,7})/(?=3[0-9]{2} ?[0-9]{6,7}(?![0-9]))")  # two numbers, one stroke
ABROAD = re.compile(r"(?:\+|\b00)[1-9]")
AMOUNT = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{3} [0-9]{3} [0-9]{3}|[0-9]{4,}[.,][0-9]{1,2}")
BEFORE_PHONE = re.compile(
    r"(?:(?<=_)|\b)" + PHONE[2:].format(more=r"|num\w*|(?:wa|t)\.me|api\.whatsapp\.com\S*") + r"/?\+?$", re.IGNORECASE)
MONEY = re.compile(r"(?:€|\beuro?|\$|£|\bimporto)\W*$", re.IGNORECASE)
MONEY_AFTER = re.compile(r" *(?:,[0-9]{2}\b|€|euro?\b|kwh|m²|mq\b)", re.IGNORECASE)
LABELS = "|".join(sorted(words("codes", "labels")))
NUMBERED = re.compile(
    rf"\b(?:{LABELS})(?:\W{{1,3}}(?-i:[a-zà-ÿ]+)){{0,2}}\W*(?:n|nr|no|num|numero)?\W*$", re.IGNORECASE)
NEAR = 40  # letters before a number in which its label stands
GLUED = re.compile(r"[A-Za-z0-9_]$|[\w/-][./=-]$")
ORDINARY = re.compile("[ -_a-~À-ÖØ-öø-ÿ°«»€]*")  # signs that stay what they are however a text is made plain
ADDRESS = re.compile(r"(?:https?://|www\.)(?!wa\.me|t\.me|api\.whatsapp\.com)\S+|\b(?:github|gitlab)\.com[,/]? ?\S+")


def readable(text: str) -> str:
    """A text with one kind of blank, dash and apostrophe, plain digits, without signs that nobody sees or entities."""
    if "&" in text:
        text = html.unescape(text)
    if (text.isascii() and "\n" not in text and "\t" not in text) or ORDINARY.fullmatch(text):
        return text
    plain = unicodedata.normalize("NFKC", text.translate(UNSEEN).translate(DASHES))
    digits = re.sub(r"(?![0-9])\d", lambda sign: str(unicodedata.decimal(sign[0])), plain)
    return re.sub(r"\s", " ", digits.translate(DASHES))


def without_addresses(text: str) -> str:
    """A text with blanks in the place of web addresses, but for those that hold a telephone number."""
    if not any(sign in text for sign in ("://", "www.", "hub.com", "lab.com", "WWW.", "HTTP")):
        return text
    return ADDRESS.sub(lambda match: " " * len(match[0]), text)


def stands_alone(text: str, begin: int, end: int) -> bool:
    """Whether no letter or digit touches a piece of a text."""
    return not text[max(begin - 1, 0): begin].isalnum() and not text[end: end + 1].isalnum()


def fiscal_codes(text: str) -> Iterator[str]:
    """Codes of persons with a right check letter; a random code has one in twenty-six cases.

    Every digit may be a letter, but in texts words without any digit look like such a code now and then: one that has
    no digit, or whose letters are spread over a text, must stand alone. After its label a wrong letter is a mistype.
    """
    upper = text.upper()
    for match in FISCAL_CODE.finditer(upper):
        code = "".join(SIGN.findall(match[1]))
        begin, end = match.span(1)
        alone = stands_alone(upper, begin, end)
        digits = sum(sign.isdigit() for sign in code)
        whole = alone and len(match[1]) == len(code)
        labelled = alone and CODE_LABEL.search(text[max(begin - NEAR, 0): begin])
        told = digits > 1 or labelled or (whole and (digits or match[1] in text))
        if told and codicefiscale.calc_check_digit(code[:15]) == code[15]:
            # Only the letter is asked for: a code with a day that does not exist says as much about a person.
            yield match[1]
        elif labelled and digits > 3:
            yield match[1]


def ibans(text: str) -> Iterator[str]:
    """Account numbers with right check digits: all of what stands alone, or as much of it as its country's are long."""
    upper = text.upper()
    for match in IBAN.finditer(upper):
        signs = list(SIGN.finditer(match[1]))
        code = "".join(sign[0] for sign in signs)
        known = numdb.get("iban").info(code)[0][1].get("bban")
        if known and stands_alone(upper, *match.span(1)) and mod_97_10.is_valid(code[4:] + code[:4]):
            yield match[1]
            continue
        lengths = range(SHORTEST, min(len(code), LONGEST) + 1) if known else ()
        held = next((n for n in lengths if iban.is_valid(code[:n], check_country=False)), None)
        if held:
            yield match[1][: signs[held - 1].end()]


def emails(text: str) -> Iterator[str]:
    """Addresses of persons: those of who gives addresses to private people, and name.surname@ anywhere."""
    plain = ENDING.sub(r"@\1.", DOT.sub(".", AT.sub("@", text.replace("%40", "@"))))
    for match in EMAIL.finditer(plain):
        if private_provider(match[1].lower()) or names_a_person(match[0].partition("@")[0].lower()):
            yield match[0]


def private_provider(domain: str) -> bool:
    """Whether a domain gives addresses to private people."""
    return domain in words("emails", "whole") or domain.split(".")[0] in words("emails", "providers")


def names_a_person(local: str) -> bool:
    """Whether what stands before the @ is the name of a person, not that of an office."""
    parts = [part.rstrip("0123456789") for part in re.split(r"[._+-]", local)]
    given, family, office = words("names", "given"), surnames(), words("emails", "offices")
    if set(parts) & office or any(part.startswith(("san", "sant")) and part not in given for part in parts):
        return False
    if len(parts) == 1:
        cuts = range(3, len(parts[0]) - 2)
        return any({parts[0][:n], parts[0][n:]} & given and {parts[0][:n], parts[0][n:]} & family for n in cuts)
    known = set(parts) & (given | words("names", "words"))
    return bool(set(parts) & given or (set(parts) & family and (known or min(map(len, parts)) == 1)))


def mobiles(text: str) -> Iterator[str]:
    """Mobile numbers; amounts, numbers of papers and the digits of a web address are none."""
    plain = without_addresses(in_digits(text))
    if not (LIKE_A_MOBILE.search(plain) or ABROAD.search(plain)):
        return
    plain = SIDE.sub(r"\1 / ", plain)
    for match in MOBILE.finditer(plain):
        before, after = plain[max(match.start() - NEAR, 0): match.start()], plain[match.end(): match.end() + NEAR]
        if is_mobile(match["first"] + match["rest"]) and (match["plus"] or stands_for_a_phone(match, before, after)):
            yield match[0]
    for match in PAIRS.finditer(plain):
        if is_mobile(match[1]) and not MOBILE.search(match[0]):
            yield match[0]
    if ABROAD.search(plain):
        for found in phonenumbers.PhoneNumberMatcher(plain, "IT"):
            if found.number.country_code != 39 and phonenumbers.number_type(found.number) == MOBILE_TYPE:
                yield found.raw_string


def cards(text: str) -> Iterator[str]:
    """Numbers of payment cards with a right check digit; numbers of papers are none."""
    for match in CARD.finditer(text.upper()):
        number = re.sub("[^0-9]", "", match[0])
        if luhn.is_valid(number) and not NUMBERED.search(text[max(match.start() - NEAR, 0): match.start()]):
            yield match[0]


MOBILE_TYPE = phonenumbers.PhoneNumberType.MOBILE


def in_digits(text: str) -> str:
    """A text whose numbers that are spelled digit by digit are in digits: "tre quattro sette zero"."""
    if not any(three in text.lower() for three in THREE):
        return text  # every mobile number of Italy begins with a three

    def written(said: re.Match[str]) -> str:
        return "".join(str(DIGITS[word]) for word in re.findall(r"\w+", said[0].lower()))

    return BEGUN.sub(written, SPELLED.sub(written, text))


@cache
def is_mobile(digits: str) -> bool:
    """Whether the plan of Italian numbers has mobiles there."""
    number = phonenumbers.PhoneNumber(country_code=39, national_number=int(re.sub("[^0-9]", "", digits)))
    return phonenumbers.number_type(number) == MOBILE_TYPE


def stands_for_a_phone(match: re.Match[str], before: str, after: str) -> bool:
    """Whether digits that could be a mobile are meant as one: their label says so, or nothing says otherwise."""
    if BEFORE_PHONE.search(before):
        return True
    digits, number = re.sub("[^0-9]", "", match[0]), match[0].strip("(")
    other = MONEY.search(before) or MONEY_AFTER.match(after) or NUMBERED.search(before) or GLUED.search(before)
    glued = re.match(r"[_-]?[A-Za-z0-9]{1,2}\b|-|_[0-9]", after)
    return not other and not glued and len(digits) == 10 and not AMOUNT.fullmatch(number)
