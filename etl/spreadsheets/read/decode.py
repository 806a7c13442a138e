"""Bytes -> text, without guessing in silence: what is not UTF-8 is Windows-1252 only if every letter is likely."""

from __future__ import annotations

import codecs
import re

from etl.meta.messages import finding
from etl.meta.model import Finding, RowRef

BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
LETTERS = frozenset("àèéìíòóùúÀÈÉÌÒÙçÇáâêîôûäëïöüÄÖÜñÑß")
SIGNS = frozenset("’‘“”–—…•€°ªº«»§©®·\u00a0²³½¼")
"""What an Italian office writes outside ASCII. Anything else is a sign that the bytes mean other letters."""
UNLIKELY = re.compile(
    "[^\\W\\d_][…•—“·]"  # à, ò, ù of DOS and ì of the old Macintosh, at the end of a word
    "|\\w[–”«»§©®€²³½¼ªº](?=[a-zà-ÿ])"  # a sign inside a word
    "|[A-ZÀ-Ý]{2}[à-ÿ]|[a-zà-ÿ][ÀÈÉÌÒÙÇÄÖÜÑ]"  # small and capital letters mixed in a word
    "|(?<!\\w)é(?!\\w)"  # È of the old Macintosh: no Italian word is é
)
"""Where Windows-1252 shows letters of another encoding as something that it has too."""
EXAMPLES = 5


def decode(data: bytes, name: str) -> tuple[str | None, list[Finding]]:
    """(the text, what was assumed); no text, and why, when no reading is certain."""
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return read_marked(data, encoding, name)
    if b"\x00" in data:
        return None, [unknown(name, data.index(b"\x00"), data)]
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        return read_lines(data, name)


def read_marked(data: bytes, encoding: str, name: str) -> tuple[str | None, list[Finding]]:
    """A file that says its encoding with a mark; one that does not keep to it may be mixed."""
    try:
        return data.decode(encoding), []
    except UnicodeDecodeError as error:
        if encoding == "utf-8-sig":
            return read_lines(data[len(codecs.BOM_UTF8) :], name)
        return None, [unknown(name, error.start, data)]


def read_lines(data: bytes, name: str) -> tuple[str | None, list[Finding]]:
    """Each line in UTF-8, or else in Windows-1252 if that gives likely letters only."""
    texts, guessed, other = [], [], 0
    for number, line in enumerate(data.splitlines(keepends=True), 1):
        try:
            texts.append(line.decode("utf-8"))
            other += not line.isascii()
            continue
        except UnicodeDecodeError:
            text = windows(line)
        if text is None:
            odd = next(position for position, byte in enumerate(line) if byte > 127)
            return None, [finding("encoding-unknown", "", "", [RowRef(number, "", line[odd : odd + 4].hex(" "))],
                                  file=name, found=f"riga/row {number}, byte {line[odd : odd + 4].hex(' ')}")]
        texts.append(text)
        guessed.append(RowRef(number, "", text.strip()[:120]))
    words = dict.fromkeys(word for row in guessed for word in re.findall(r"\w*[^\x00-\x7f]\w*", row.value))
    check = "encoding-mixed" if other else "encoding-windows"
    return "".join(texts), [finding(check, "", "", guessed, "warning", file=name, found=", ".join([*words][:EXAMPLES]))]


def windows(line: bytes) -> str | None:
    """A line in Windows-1252, None when it holds a letter or a sign that is not likely there."""
    try:
        text = line.decode("cp1252")
    except UnicodeDecodeError:
        return None
    strange = {sign for sign in text if ord(sign) > 127} - LETTERS - SIGNS
    return None if strange or UNLIKELY.search(text) else text


def unknown(name: str, position: int, data: bytes) -> Finding:
    line = data.count(b"\n", 0, position) + 1
    sample = data[position : position + 4].hex(" ")
    return finding("encoding-unknown", "", "", [RowRef(line, "", sample)], file=name, found=f"byte {sample}")
