"""Cyrillic letters in Latin ones, as passports write Ukrainian and Russian names: the lists of names are Latin."""

from __future__ import annotations

import re

LATIN = dict(zip(
    "абвгґдежзиійклмнопрстуфхцшщьыэъєїюяёч",
    "a b v h g d e zh z y i i k l m n o p r s t u f kh ts sh shch _ y e _ ie i iu ia e ch".replace("_", "").split(" "),
    strict=True))
"""https://zakon.rada.gov.ua/laws/show/55-2010-п, with the letters of Russian."""
TABLE = str.maketrans(LATIN | {small.upper(): latin.capitalize() for small, latin in LATIN.items()})
CYRILLIC = re.compile("[Ѐ-ӿ]")


def in_latin(text: str) -> str:
    """A text with its Cyrillic letters in Latin ones; any other text is given back as it is."""
    return text.translate(TABLE) if CYRILLIC.search(text) else text
