"""The detectors of the privacy gate, one per kind of datum, and what a text must hold to be worth the look of each.

What makes a look worth while is cheap to see (how many digits, some letters), for nearly every cell is worth none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from etl.checks.identifiers import ABROAD, LIKE_A_MOBILE, cards, emails, fiscal_codes, without_addresses
from etl.checks.papers import documents, health_cards, plates
from etl.checks.personal import words
from etl.checks.personal_files import hidden_names, is_file
from etl.checks.personal_lives import births, homes
from etl.checks.personal_numbers import accounts, phones, whose
from etl.checks.personal_tokens import WORD, folded
from etl.checks.persons import names, worth_a_look

WHOLE_CODE = re.compile(r"\b[A-Z]{16}\b")  # a fiscal code whose digits are all letters
TAX = re.compile("[Ff][Ii][Ss]|[Tt][Aa][Xx]|[Cc][. ]{0,2}[Ff]")
FIRST = 5  # letters by which words are known here
NUMBERS_OF_PAPERS = re.compile("C[A-Z] ?[0-9]{5}|Y[A-C] ?[0-9]{7}|U1[A-Z0-9]{7}|^I[0-9]{8}$")
PLATES = re.compile("[A-Z]{2}[ .-]?(?:[0-9]{3}|[0-9][A-Z][0-9]{4})")


class Seen:
    """A text, without its web addresses too, how many digits it has, and its words without case and accents."""

    def __init__(self, text: str) -> None:
        self.text, self.outside = text, without_addresses(text)
        self.digits = sum(map(text.count, "0123456789"))
        self.words = WORD.findall(folded(text))
        self.begins: set[str] = set()  # how the words begin, once somebody asks

    def says(self, name: str) -> bool:
        """Whether one of its words begins as those of a list."""
        if not self.begins:
            self.begins = {word[:FIRST] for word in self.words}
        return not words("worth", name).isdisjoint(self.begins)


class Detector(NamedTuple):
    """When a text is worth a look, what finds the datum, and whether it is told in web addresses too: what check digits
    or an @ tell; other numbers and names of an address are of pages."""

    worth: Callable[[Seen], bool]
    find: Callable[[str], Iterator[str]]
    in_addresses: bool = False


DETECTORS = {
    "fiscal-code": Detector(lambda seen: len(seen.text) > 15 and (
        seen.digits > 1 or TAX.search(seen.text) is not None or WHOLE_CODE.search(seen.text) is not None),
        fiscal_codes, in_addresses=True),
    "iban": Detector(lambda seen: seen.digits > 6 and len(seen.text) > 14, accounts, in_addresses=True),
    "card": Detector(lambda seen: seen.digits > 14, cards),
    "email": Detector(lambda seen: "@" in seen.text or "%40" in seen.text or (
        not words("worth", "at").isdisjoint(seen.words)), emails,
                      in_addresses=True),
    "mobile": Detector(lambda seen: not words("worth", "spelled").isdisjoint(seen.words) or (seen.digits > 6 and (
        LIKE_A_MOBILE.search(seen.text) is not None or ABROAD.search(seen.text) is not None
        or not whose("phones").isdisjoint(seen.words))), phones),
    "document": Detector(lambda seen: seen.digits > 4 and (
        seen.says("papers") or NUMBERS_OF_PAPERS.search(seen.text) is not None), documents),
    "health-card": Detector(lambda seen: seen.digits > 7 and (seen.digits > 19 or seen.says("health")), health_cards),
    "plate": Detector(lambda seen: seen.digits > 1 and (
        seen.says("vehicles") or (seen.digits > 2 and PLATES.search(seen.text) is not None)), plates),
    "birth": Detector(lambda seen: (seen.digits > 1 or "na" in seen.text.lower()) and seen.says("births"), births),
    "home": Detector(lambda seen: seen.digits > 0 and (
        seen.says("streets") and (seen.says("lives") or seen.says("doors"))), homes),
    "name": Detector(lambda seen: worth_a_look(seen.words, seen.outside) or is_file(seen.text), names),
}


def pieces(text: str, name: bool) -> Iterator[tuple[str, str]]:
    """The kinds of personal data in a text with the first piece of each; name: whether a file or a row is called so."""
    known = Seen(text)
    for kind, detector in DETECTORS.items():
        if detector.worth(known) or (name and kind == "name"):
            said = known.text if detector.in_addresses else known.outside
            piece = next(named(said, name) if kind == "name" else detector.find(said), None)
            if piece:
                yield kind, piece


def named(text: str, name: bool) -> Iterator[str]:
    """The names in a text; in that of a file, those that are hidden too."""
    if not name:
        yield from names(text)
    if name or is_file(text):
        yield from hidden_names(text)
