"""Telephones as offices write them: lost zeros and plus signs, words before the number, an extension behind it."""

from __future__ import annotations

import re
import unicodedata

import phonenumbers

from etl.spreadsheets.read.model import Cell, Read

BETWEEN = re.compile(r"\s*[;|\n]\s*")
MAYBE = re.compile(r"\s*(?:,|\s/\s|/|\s(?:e|o|oppure|and|or)\s)\s*", re.IGNORECASE)
"""What parts two numbers when there is a whole number on either side."""
LABEL = re.compile(
    r"(?i)^(?:tel(?:efono|ephone)?|t|cell(?:ulare)?|mobile|phone|numero\s+verde|n\.?\s?verde|centralino)\b[.:\s]*(?=[+(0-9])"
)
EXTENSION = re.compile(r"(?i)^(.*[0-9)])[\s,;.–-]*\b(?:int(?:erno)?|ext(?:ension)?|x)[.:\s]*([0-9]{1,5})$")
NUMBER = re.compile(r"\+?[0-9(][0-9 ()./-]*[0-9]")
CHANGED_ENDING = re.compile(r"^(.*?[0-9])\s?[/-]\s?[0-9]{1,3}$")  # 02 9333 2223/24: two numbers, the second by its end
ITALY = "39"
SHORT = 6  # digits: 020202 is the shortest number of a place; what is shorter is a number of emergency
WHOLE = 9  # digits of most numbers, at least
Kind = phonenumbers.PhoneNumberType
FREE_CALLS = (Kind.TOLL_FREE, Kind.SHARED_COST)  # 800, 848: with a zero in front they are numbers that nobody has


def read_phones(cell: Cell) -> Read:
    """Numbers with | between them; one of which it is not certain how it is dialled is asked about."""
    whole = "".join(dialled(sign) for sign in cell.text)
    numbers, problem = [], ""
    for piece in filter(None, BETWEEN.split(whole)):
        parts = MAYBE.split(piece)
        for part in parts if len(parts) > 1 and all(map(is_valid, parts)) else [piece]:
            number, wrong = one_number(part, cell.native == "number")
            numbers.append(number)
            problem = problem or wrong
    value = "|".join(numbers)
    if problem:
        return Read(cell.text, problem=problem)
    digits, written = (re.sub(r"\D", "", text) for text in (value, cell.text))
    return Read.changed(value, cell.text, "read-zeros" if digits != written else "read-phone")


def dialled(sign: str) -> str:
    """A sign of a number as keyboards have it: hyphens of any width, digits of any script."""
    if unicodedata.category(sign) == "Pd" or sign == "\u2212":
        return "-"
    return str(unicodedata.digit(sign)) if unicodedata.category(sign) == "Nd" else unicodedata.normalize("NFKC", sign)


def one_number(written: str, counted: bool) -> tuple[str, str]:
    """(a number as it is to be published, why it is not certain). counted: the file holds it as a number."""
    text = LABEL.sub("", written.strip())
    extension = ""
    if match := EXTENSION.match(text):
        text, extension = match[1], f" int. {match[2]}"
    if not NUMBER.fullmatch(text):
        # A word inside a number is dialled as digits by some programs, or lost.
        return written, "phone-words" if re.search("[0-9]", text) and re.search(r"[^\W\d_]", text) else ""
    if (match := CHANGED_ENDING.match(text)) and len(re.sub(r"\D", "", match[1])) >= WHOLE and is_valid(match[1]):
        return written, "phone-ending"
    readings = possible(text)
    lost = not readings and (counted or text[0] not in "0+(") and len(text) > SHORT
    if len(readings) > 1 or lost or (counted and not readings):
        return written, "phone-zeros"
    return (readings[0] if readings else text) + extension, ""


def possible(text: str) -> list[str]:
    """The numbers that digits may stand for, when a spreadsheet may have taken a zero or a plus sign from them.

    Typed with blanks it has not, as a rule: only bare digits are doubted.
    """
    if not text.isdigit():
        digits = re.sub(r"\D", "", text)
        if text.startswith(ITALY) and not is_national(digits) and is_national(digits[len(ITALY):]):
            return [f"+{text}"]
        with_zero = f"0{text}"
        return [with_zero] if text[0] in "123456789" and not is_valid(text) and is_valid(with_zero) else [text]
    found = [text] if is_national(text) else []
    if found and kind_of(text) in FREE_CALLS:
        return found
    if not text.startswith("0") and is_national(f"0{text}") and kind_of(f"0{text}") == Kind.FIXED_LINE:
        found.append(f"0{text}")
    if text.startswith(ITALY) and len(text) > SHORT and is_national(text[len(ITALY):]):
        found.append(f"+{text}")
    return found


def is_national(digits: str) -> bool:
    """Whether digits exist in the Italian numbering plan as they stand, without a country code among them."""
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(f"+{ITALY}{digits}"))
    except phonenumbers.NumberParseException:
        return False


def kind_of(digits: str) -> int:
    """The kind of a number that exists: of a place (only those begin with a zero), mobile, free ..."""
    return phonenumbers.number_type(phonenumbers.parse(f"+{ITALY}{digits}"))


def is_valid(number: str) -> bool:
    """Whether a number exists in the Italian numbering plan."""
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(number, "IT"))
    except phonenumbers.NumberParseException:
        return False
