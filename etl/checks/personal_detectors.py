"""The detectors of the privacy gate, one per kind of datum, and what a text must hold to be worth the look of each.

What makes a look worth while is cheap to see (how many digits, some letters), for nearly every cell is worth none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from etl.checks.identifiers import (
    ABROAD,
    GAP,
    LIKE_A_MOBILE,
    ORDINARY,
    cards,
    emails,
    fiscal_codes,
    without_addresses,
)
from etl.checks.papers import documents, health_cards, plates
from etl.checks.personal import words
from etl.checks.personal_files import hidden_names, is_file
from etl.checks.personal_lives import births, homes
from etl.checks.personal_numbers import accounts, phones, whose
from etl.checks.personal_tokens import WORD, folded
from etl.checks.persons import INITIAL, is_clue, names
from etl.meta.words import plain

WHOLE_CODE = re.compile("[A-Z]{16}")  # a fiscal code whose digits are all letters
LAST_SIGN = re.compile(rf"[0-9]{GAP}[^\W\d_]")  # after the last digit of a fiscal code comes a letter
TAX = re.compile(r"fis|tax|c\W{0,2}f")
LETTERS = re.compile("[a-zß-öø-ÿ]+")  # the small ones among the ordinary signs
FIRST = 5  # letters by which words are known here
WHOLE_WORDS, BEGINNINGS = ("at", "spelled"), ("papers", "vehicles", "health", "births", "lives", "doors", "streets")
"""Lists of what makes a text worth a look: of words as they are, and of how words begin."""
NUMBERS_OF_PAPERS = re.compile("C[A-Z] ?[0-9]{5}|Y[A-C] ?[0-9]{7}|U1[A-Z0-9]{7}|^I[0-9]{8}$")
PLATES = re.compile("[A-Z]{2}[ .-]?(?:[0-9]{3}|[0-9][A-Z][0-9]{4})")


class Seen:
    """A text, in small letters and without its web addresses too, how many digits it has, and the lists that its words
    are on."""

    def __init__(self, text: str) -> None:
        self.text, self.small, self.outside = text, text.lower(), without_addresses(text)
        self.digits = sum(map(text.count, "0123456789"))
        # Where every sign is ordinary, the words can be made plain one by one, and most were met before.
        said = LETTERS.findall(self.small) if ORDINARY.fullmatch(text) else WORD.findall(folded(text))
        self.lists = frozenset().union(*map(lists_of, said))

    def says(self, name: str) -> bool:
        """Whether one of its words is on a list."""
        return name in self.lists


@lru_cache(maxsize=1 << 15)
def lists_of(word: str) -> frozenset[str]:
    """The lists that a word in small letters is on; words repeat."""
    said = plain(word)
    found = {name for name in WHOLE_WORDS if said in words("worth", name)}
    found.update(name for name in BEGINNINGS if said[:FIRST] in words("worth", name))
    return frozenset(found.union(["phones"] if said in whose("phones") else [], ["names"] if is_clue(said) else []))


def like_a_code(seen: Seen) -> bool:
    """Whether a text may hold a fiscal code: with digits, without any, or with a wrong letter after its label."""
    return ((seen.digits > 1 and LAST_SIGN.search(seen.text) is not None)
            or TAX.search(seen.small) is not None or WHOLE_CODE.search(seen.text) is not None)


class Detector(NamedTuple):
    """When a text is worth a look, what finds the datum, and whether it is told in web addresses too: what check digits
    or an @ tell; other numbers and names of an address are of pages."""

    worth: Callable[[Seen], bool]
    find: Callable[[str], Iterator[str]]
    in_addresses: bool = False


DETECTORS = {
    "fiscal-code": Detector(lambda seen: len(seen.text) > 15 and like_a_code(seen), fiscal_codes, in_addresses=True),
    "iban": Detector(lambda seen: seen.digits > 6 and len(seen.text) > 14, accounts, in_addresses=True),
    "card": Detector(lambda seen: seen.digits > 14, cards),
    "email": Detector(lambda seen: "@" in seen.text or "%40" in seen.text or seen.says("at"), emails,
                      in_addresses=True),
    "mobile": Detector(lambda seen: seen.says("spelled") or (seen.digits > 6 and (
        LIKE_A_MOBILE.search(seen.text) is not None or ABROAD.search(seen.text) is not None
        or seen.says("phones"))), phones),
    "document": Detector(lambda seen: seen.digits > 4 and (
        seen.says("papers") or NUMBERS_OF_PAPERS.search(seen.text) is not None), documents),
    "health-card": Detector(lambda seen: seen.digits > 7 and (seen.digits > 19 or seen.says("health")), health_cards),
    "plate": Detector(lambda seen: seen.digits > 1 and (
        seen.says("vehicles") or (seen.digits > 2 and PLATES.search(seen.text) is not None)), plates),
    "birth": Detector(lambda seen: (seen.digits > 1 or "na" in seen.small) and seen.says("births"), births),
    "home": Detector(lambda seen: seen.digits > 0 and (
        seen.says("streets") and (seen.says("lives") or seen.says("doors"))), homes),
    "name": Detector(lambda seen: seen.says("names") or (("." in seen.text or "_" in seen.text) and (
        INITIAL.search(seen.outside) is not None or is_file(seen.text))), names),
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
