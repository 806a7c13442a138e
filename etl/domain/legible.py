"""What the fonts of our pictures and printed sheets can write of a text."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 100
"""Letters of a title that a picture has room for."""
SIGNS = frozenset(map(chr, (
    *range(0x20, 0x7F), *range(0xA0, 0xAD), *range(0xAE, 0x132), *range(0x134, 0x138), *range(0x139, 0x13F),
    *range(0x141, 0x149), *range(0x14A, 0x17F), 0x192, *range(0x1FA, 0x200), *range(0x218, 0x21C), 0x2C6, 0x2DA, 0x2DC,
    *range(0x1E80, 0x1E86), 0x1EF2, 0x1EF3, 0x1EF8, 0x1EF9, 0x2013, 0x2014, *range(0x2018, 0x201B),
    *range(0x201C, 0x201F), 0x2020, 0x2022, 0x2026, 0x2039, 0x203A, 0x2044, 0x2074, 0x20AC, 0x2122, 0x2212,
)))
"""What the font of the pictures can draw."""
SHEET_SIGNS = SIGNS | frozenset(map(chr, (*range(0x386, 0x387), *range(0x388, 0x38B), 0x38C, *range(0x38E, 0x3A2),
                                          *range(0x3A3, 0x3CF), *range(0x400, 0x460), 0x490, 0x491)))
"""What a sheet can write besides: Greek and Cyrillic letters, which the typesetter brings with it."""
EMOJI_FORMS = "\ufe0e\ufe0f\u200d\u20e3" + "".join(map(chr, range(0x1F3FB, 0x1F400)))
"""What follows a sign to choose its form, to join it or to frame it: it goes with the sign."""
LOST = "\ufffd"
LEFT_OUT = "[…]"
"""Stands in a sheet for words whose letters its fonts lack."""


def legible(text: str) -> str:
    """A text as a picture can show it: without signs that the font lacks, cut where it is too long; "" where it has a
    letter that the font lacks, which readers would miss."""
    shown = writable(text, SIGNS)
    if LOST in shown:
        return ""
    return shown if len(shown) <= LONGEST else f"{shown[:LONGEST - 1].rstrip()}…"


def printed(text: str) -> str:
    """A text as a sheet can write it: without pictograms, and with LEFT_OUT for words in letters that it lacks."""
    return re.sub(rf"{LOST}(?:[ {LOST}]*{LOST})?", LEFT_OUT, writable(text, SHEET_SIGNS))


def unprinted(text: str) -> str:
    """The signs of a text that `printed` leaves out, each once; what only joins or shapes others is none."""
    found = (sign for sign in unicodedata.normalize("NFC", text) if sign not in SHEET_SIGNS
             and sign not in EMOJI_FORMS and (unicodedata.category(sign)[0] in "LMNPS" or lettered(sign)))
    return "".join(dict.fromkeys(found))


def writable(text: str, signs: frozenset[str]) -> str:
    """A text with some signs only: LOST in place of other letters and digits, nothing in place of pictograms."""
    return " ".join("".join(
        sign if sign in signs else "" if sign in EMOJI_FORMS else LOST if lettered(sign) else " "
        for sign in unicodedata.normalize("NFC", text)
    ).split())


def lettered(sign: str) -> bool:
    """Whether readers would miss a word without this sign: a letter, a digit, an accent, one of nobody knows what."""
    return sign == LOST or unicodedata.category(sign) in {"Co", "Cn"} or unicodedata.category(sign)[0] in "LMN"
