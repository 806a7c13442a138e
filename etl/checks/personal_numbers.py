"""Numbers that are personal only because of whose they are: telephones of homes, accounts of private people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from etl.checks.identifiers import ibans, mobiles
from etl.checks.personal import words
from etl.checks.personal_tokens import WORD, folded

FIXED = re.compile(r"(?<![\w.,/:=-])(?:(?:\+|00)39[ ./-]?)?0[1-9][0-9]{0,2}(?:[ ./-]?[0-9]){5,8}(?![0-9]|[.,/-][0-9])")
DIGIT_BY_DIGIT = re.compile(r"(?<![0-9] )(?<![0-9])3(?: {1,2}[0-9]| ?[./-] ?[0-9]){9}(?! ?[0-9])")
LOCAL = re.compile(  # what an account of Italy has after IT and its check digits, after a label
    r"\b(?:conto|c/c|coord\w*|bancoposta|postepay|accredit\w*)\b[^0-9;\n]{0,40}?(?<![A-Z])"
    r"(?P<number>[A-Z] ?[0-9]{5} ?[0-9]{5} ?[A-Z0-9]{12})(?![A-Z0-9])", re.IGNORECASE)
COMPANY = re.compile(r"\bs\.?p\.?a\b", re.IGNORECASE)
PAID_TO = re.compile(r"\b(?:rimbors|restitu)", re.IGNORECASE)


def phones(text: str) -> Iterator[str]:
    """Mobile numbers, and fixed ones that the same text says to be somebody's, no office's."""
    yield from mobiles(text)
    if FIXED.search(text) is None and DIGIT_BY_DIGIT.search(text) is None:
        return
    yield from (match[0] for match in DIGIT_BY_DIGIT.finditer(text))
    said = set(WORD.findall(folded(text)))
    if said & whose("phones") and not said & whose("offices"):
        yield from (match[0] for match in FIXED.finditer(text))


def accounts(text: str) -> Iterator[str]:
    """Account numbers, but for those that the same text says to be of a body and that nobody private has part in."""
    found = [*ibans(text), *(match["number"] for match in LOCAL.finditer(text))]
    if not found:
        return
    said = set(WORD.findall(folded(text))) | ({"spa"} if COMPANY.search(text) else set())
    if not said & whose("payees") or said & whose("private") or PAID_TO.search(text):
        yield from found


@cache
def whose(name: str) -> frozenset[str]:
    """The words by which a text says whose a number is."""
    private = words("titles", "private") - words("whose", "many")
    return {
        "private": private - {"intestato", "intestata"},
        "phones": private | words("whose", "phones"),
        "offices": (words("things", "born") - {"piano"}) | words("whose", "offices"),
        "payees": words("things", "bodies") | words("whose", "payees"),
    }[name]
