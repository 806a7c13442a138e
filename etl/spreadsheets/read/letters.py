"""Letters that a wrong encoding spoiled, blanks that nobody sees, line breaks: what can be mended for certain."""

from __future__ import annotations

import re

DOUBLE = re.compile("[ÃÂ](?:$|[\x80-\xbf\\s‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ])|â€|ï»¿")
"""What UTF-8 read as Windows-1252 looks like: Ã or Â before a sign that is not a letter, or â€."""
CONTROLS = {chr(code): bytes([code]) for code in range(0x80, 0xA0)}
"""Bytes that Windows-1252 leaves undefined, or that were read as Latin-1: they stand for themselves."""
BLANKS = re.compile("[\u00a0\u2007\u202f\u2009\u2002\u2003]")
INVISIBLE = re.compile("[\u200b\u2060\ufeff\u00ad]")


def to_bytes(text: str) -> bytes:
    """The bytes that Windows-1252 or Latin-1 showed as this text."""
    return b"".join(CONTROLS.get(sign) or sign.encode("cp1252") for sign in text)


def mended(text: str) -> str | None:
    """The text before it was read in the wrong encoding, once or twice; None when that is not certain."""
    try:
        once = to_bytes(text).decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return None
    return (mended(once) or once) if DOUBLE.search(once) else once


def clean(text: str, lines: bool) -> tuple[str, str, str]:
    """(text, note, problem) of a cell as it came.

    lines: keep line breaks (free text); else they become blanks. Blanks at the ends go without a word.
    """
    note = ""
    if "\ufffd" in text:
        return text, "", "lost-letter"
    if DOUBLE.search(text):
        right = mended(text)
        if right is None:
            return text, "", "double-encoded"
        text, note = right, "read-letters"
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    plain = INVISIBLE.sub("", BLANKS.sub(" ", text)).strip()
    if not lines:
        plain = re.sub(r"\s*\n\s*", " ", plain)
    if plain != text.strip() and not note:
        note = "read-blanks"
    return plain, note, ""
