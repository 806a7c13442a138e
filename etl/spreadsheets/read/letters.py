"""Letters that a wrong encoding spoiled, signs that nobody sees, codes of other formats: what is certainly mended."""

from __future__ import annotations

import html
import re
import unicodedata

DOUBLE = re.compile("[ÃÂ](?:$|[\x80-\xbf\\s‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ])|â€|ï»¿")
"""What UTF-8 read as Windows-1252 looks like: Ã or Â before a sign that is not a letter, or â€."""
CONTROLS = {chr(code): bytes([code]) for code in range(0x80, 0xA0)}
"""Bytes that Windows-1252 leaves undefined, or that were read as Latin-1: they stand for themselves."""
BREAKS = re.compile("\r\n|[\r\x0b\x0c\u2028\u2029]")
BLANKS = re.compile("[^\\S\n\x1c-\x1f\x85]+")  # of any width, several in a row too; separators of files are no blanks
INVISIBLE = re.compile("[\u200b\u2060\ufeff\u00ad]")
JOINERS = re.compile("[\u200c-\u200f\u061c\u202a-\u202d\u2066-\u2069]")
"""Signs that join letters or give a direction: copied along with a number or a name, they mean nothing there."""
MEANT = re.compile("[\u0590-\u1dff\u202e\u2600-\u27bf\ufb1d-\ufefc\U00010000-\U0010ffff]")
"""Scripts and pictures in which such signs mean something, and the sign that turns the letters round."""
ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")  # how the files of Excel write what XML cannot hold: _x000D_
ENTITY = re.compile("&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
FORMULA = re.compile('="([^"]*)"')  # how a program keeps a spreadsheet from taking zeros away: ="02002"


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


def decoded(text: str) -> str:
    """The text without the codes of XML, of web pages and of formulas that hold but a text."""
    if match := FORMULA.fullmatch(text):
        text = match[1]
    if ESCAPE.search(text):
        text = ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    while (plain := ENTITY.sub(lambda match: html.unescape(match[0]), text)) != text:
        text = plain
    return text


def clean(text: str, lines: bool) -> tuple[str, str, str]:
    """(text, note, problem) of a cell as it came.

    lines: keep line breaks (free text); else they become blanks. Blanks at the ends go without a word.
    """
    written = decoded(text)
    note = "read-codes" if written != text else ""
    if "\ufffd" in written:
        return text, "", "lost-letter"
    if DOUBLE.search(written):
        right = mended(written)
        if right is None:
            return text, "", "double-encoded"
        written, note = right, "read-letters"
    # An address may stand for a file whose name has its accents apart: there they are another address.
    joined = written if "://" in written else unicodedata.normalize("NFC", written)
    if joined != written:
        note = note or "read-accents"
    plain = visible(joined, lines)
    # How Windows breaks a line is nothing that people see.
    if plain != re.sub("\r\n?", "\n", joined).strip():
        note = note or "read-blanks"
    return plain, note, ""


def visible(text: str, lines: bool) -> str:
    """The text as one sees it: single blanks, no signs that take no room."""
    text = INVISIBLE.sub("", text)
    if not MEANT.search(text):
        text = JOINERS.sub("", text)
    text = BLANKS.sub(" ", BREAKS.sub("\n", text)).strip()
    return re.sub(" ?\n ?", "\n", text) if lines else re.sub(r"\s*\n\s*", " ", text)
