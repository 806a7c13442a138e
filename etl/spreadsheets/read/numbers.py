"""Numbers as Italian and English offices write them. What could mean two numbers is not guessed."""

from __future__ import annotations

import re

from etl.meta.model import Field
from etl.spreadsheets.read.formats import is_currency
from etl.spreadsheets.read.model import Cell, Read

CURRENCY = re.compile(r"(?i)^\s*(?:€|euro|eur)\s*|\s*(?:€|euro|eur)\s*$")
SIGN = re.compile(r"^([+\-−–]?)\s*(.*)$", re.DOTALL)
PLAIN = re.compile(r"[0-9]+")
ITALIAN = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+|[0-9]{1,3}(?:\.[0-9]{3}){2,}")
ENGLISH = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+|[0-9]{1,3}(?:,[0-9]{3}){2,}")
SPACED = re.compile(r"[0-9]{1,3}(?:[ '’][0-9]{3})+(?:[.,][0-9]+)?")
COMMA = re.compile(r"([0-9]+),([0-9]+)")
POINT = re.compile(r"([0-9]+)\.([0-9]+)")
CERTAIN = ((ITALIAN, "."), (ENGLISH, ","), (SPACED, " '’"))
MONEY = "money"  # kind of a column of euros: two decimals at most, so 1.234 is not one euro and a bit
CENTS = re.compile(r"-?[0-9]+(\.[0-9]{1,2}0*)?")
PERCENT = re.compile(r"(?i)[%‰٪]|\bper\s?cento\b|\bpercent\b")
DIGITS = 15  # that spreadsheets keep of a number


def number_style(texts: list[str]) -> str:
    """"comma" or "point" when some cells of a column show which sign their decimals take and none the other."""
    shown = {style for text in texts if (style := shows(CURRENCY.sub("", text)))}
    return shown.pop() if len(shown) == 1 else ""


def shows(text: str) -> str:
    """The sign of the decimals that a number can only mean, "" when it shows none."""
    if ITALIAN.fullmatch(text):
        return "comma"
    if ENGLISH.fullmatch(text):
        return "point"
    for pattern, style in ((COMMA, "comma"), (POINT, "point")):
        match = pattern.fullmatch(text)
        if match and (len(match[2]) != 3 or len(match[1]) > 3 or match[1].startswith("0")):
            return style
    return ""


def read_number(field: Field, cell: Cell, style: str) -> Read:
    """A number of one of the known spellings. One that the file holds as a number is taken as it is, if it looks so."""
    if problem := misleading(field, cell):
        return Read(cell.text, problem=problem)
    if cell.native == "number":
        return exact(field, Read(cell.text, "read-rounded" if cell.shown == "rounded" else ""))
    sign, text = SIGN.match(CURRENCY.sub("", cell.text)).groups()  # type: ignore[union-attr]  # matches any text
    minus = "-" if sign in ("-", "−", "–") else ""
    if PLAIN.fullmatch(text):
        return Read.changed(minus + text, cell.text, "read-number")
    candidates = readings(text)
    if len(candidates) == 2:
        candidates = likely(field, text, candidates, style)
    if len(candidates) == 1:
        return exact(field, Read.changed(minus + candidates[0], cell.text, "read-number"))
    # Two readings are refused here; what is no number at all is left to the check of the table.
    return Read(cell.text, problem="ambiguous-number" if candidates else "")


def misleading(field: Field, cell: Cell) -> str:
    """Why a number is not what it looks like, or not what the column holds: "" for one that is."""
    if cell.shown in ("percent", "currency"):
        return f"number-{cell.shown}"
    if cell.native == "number":
        return "number-digits" if len(cell.text.strip("-0").replace(".", "")) > DIGITS else (
            "number-format" if cell.shown == "other" and field.kind == MONEY else "")
    if field.kind == MONEY and PERCENT.search(cell.text):
        return "number-percent"
    return "number-currency" if is_currency(cell.text) else ""


def exact(field: Field, read: Read) -> Read:
    """An amount of euros that has parts of a cent is no amount that anybody paid: it is asked about."""
    wrong = field.kind == MONEY and re.fullmatch(r"-?[0-9.]+", read.value) and not CENTS.fullmatch(read.value)
    return Read(read.value, problem="money-decimals") if wrong else read


def readings(text: str) -> list[str]:
    """Every number that a text may mean, in our spelling: none, one, or two for such as 1.234."""
    for pattern, separators in CERTAIN:
        if pattern.fullmatch(text):
            digits = "".join(sign for sign in text if sign not in separators)
            return [digits.replace(",", ".")]
    match = COMMA.fullmatch(text) or POINT.fullmatch(text)
    if not match:
        return []
    decimal = f"{match[1]}.{match[2]}"
    return [decimal] if shows(text) else [match[1] + match[2], decimal]


def likely(field: Field, text: str, candidates: list[str], style: str) -> list[str]:
    """Of two readings, those that the column allows: by type, by kind, by its limits, by how its other cells write."""
    whole, decimal = candidates
    if field.type == "integer":
        return [whole]
    if field.kind == MONEY:
        # With thousands parted as the column does, or as in Italy; the other sign may be a slip in the decimals.
        return [whole] if ("," if style == "point" else ".") in text else candidates
    limits = field.descriptor.get("constraints", {})
    low, high = float(limits.get("minimum", "-inf")), float(limits.get("maximum", "inf"))
    possible = [value for value in candidates if low <= float(value) <= high]
    if len(possible) == 1:
        return possible
    if style == "comma":
        return [decimal if "," in text else whole]
    return candidates
