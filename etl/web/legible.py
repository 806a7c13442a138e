"""What the font of our pictures can write of a text."""

from __future__ import annotations

import unicodedata

LONGEST = 100
"""Letters of a title that a picture has room for."""
SIGNS = frozenset(map(chr, (
    *range(0x20, 0x7F), *range(0xA0, 0xAD), *range(0xAE, 0x132), *range(0x139, 0x13F), *range(0x141, 0x149),
    *range(0x14A, 0x17F), *range(0x218, 0x21C), 0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2026, 0x20AC,
)))
"""What the font of the pictures can draw, of what titles are written with."""

EMOJI_FORMS = "\ufe0e\ufe0f"
"""What follows a sign to choose its form: it goes with the sign."""


def legible(text: str) -> str:
    """A text as a picture can show it: without signs that the font lacks, cut where it is too long; "" where it has a
    letter that the font lacks, which readers would miss."""
    signs = unicodedata.normalize("NFC", text)
    lacking = {unicodedata.category(sign)[0] for sign in signs if sign not in SIGNS and sign not in EMOJI_FORMS}
    if lacking & set("LMN"):
        return ""
    shown = " ".join("".join(sign if sign in SIGNS else " " for sign in signs).split())
    return shown if len(shown) <= LONGEST else f"{shown[:LONGEST - 1].rstrip()}…"
