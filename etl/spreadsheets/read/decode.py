"""Bytes -> text, without guessing in silence: what is not UTF-8 is what makes likely letters of every line."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Mapping
from itertools import islice

from etl.meta.messages import finding
from etl.meta.model import Finding, RowRef

BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
LETTERS = frozenset("àèéìíòóùúÀÈÉÌÒÙçÇáâêîôûäëïöüÄÖÜñÑßŠšŽž")
SIGNS = frozenset("’‘“”–—…•€°ªº«»§©®·\u00a0²³½¼")
"""What an Italian office writes outside ASCII. Anything else is a sign that the bytes mean other letters."""
UNLIKELY = re.compile(
    "[^\\W\\d_][…•—“·]"  # à, ò, ù of DOS and ì of the old Macintosh, at the end of a word
    "|\\w[–”«»§©®€²³½¼ªº](?=[a-zà-ÿ])"  # a sign inside a word
    "|[A-ZÀ-Ý]{2}[à-ÿ]|[a-zà-ÿ][ÀÈÉÌÒÙÇÄÖÜÑ]"  # small and capital letters mixed in a word
    "|(?<!\\w)é(?!\\w)"  # È of the old Macintosh: no Italian word is é
    "|(?<!\\w)[ŠŽ](?![a-zà-ÿ])|[a-zà-ÿ][ŠŽ]"  # è of DOS, é of the old Macintosh: they begin no name
    "|(?<![^\\W\\d_])[šž]|[A-ZÀ-Ý][šž]"  # Ü of DOS
)
SLAVIC = re.compile("[ŠšŽž]")
CENTRAL = re.compile("[èìòùæðø³¹](?=[a-zà-ÿ])")
"""What Windows-1252 shows in place of č, ě, ć, đ, ř, ł, ą inside a word: beside š and ž they may be Windows-1250."""
SURNAME = re.compile("(?i:è(?=[^\\W\\d_])|(?:[aej]|(?<!(?<!\\w)p)i)è(?!\\w))")
"""Where Windows-1252 shows č as è, and no Italian word has one: inside a word, and at the end of Kovač, Maleč, Petrič;
"piè" is a word."""
ENCODINGS = ("cp1252", "iso8859_15", "cp1250")
ONLY = {
    "cp1252": LETTERS | SIGNS,
    # Where it differs from Latin-1 there are letters and the euro; it has none of the signs of Windows.
    "iso8859_15": (LETTERS | SIGNS | {"œ", "Œ", "Ÿ"}) - frozenset("’‘“”–—…•"),
    "cp1250": frozenset("čćđšžČĆĐŠŽáéíóúýÁÉÍÓÚÝäöüÄÖÜëßôâîçÇ") | SIGNS,
}
"""The letters and signs that each encoding is believed for."""
NAMES = {"cp1252": "Windows-1252", "iso8859_15": "ISO-8859-15", "cp1250": "Windows-1250"}
"""Where Windows-1252 shows letters of another encoding as something that it has too."""
WORD = re.compile(r"\w*[^\x00-\x7f]\w*")
EXAMPLES, SHOWN = 5, 1000  # words shown, and lines looked at for them


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
    """Each line in UTF-8, or else in the one encoding that makes likely letters of all the others."""
    lines = data.splitlines(keepends=True)
    texts = [as_utf8(line) for line in lines]
    odd = [number for number, text in enumerate(texts) if text is None]
    failed = []
    if doubt := two_readings(name, {number: lines[number] for number in odd}):
        return None, [doubt]
    for encoding in ENCODINGS:
        read = {number: in_encoding(lines[number], encoding) for number in odd}
        wrong = next((number for number, text in read.items() if text is None), None)
        if wrong is None and encoding == "cp1252" and is_mixed_up(read.values()):
            failed.append(odd[0])
            break
        if wrong is None:
            whole = [text if text is not None else read[number] or "" for number, text in enumerate(texts)]
            other = any(text is not None and not text.isascii() for text in texts)
            return "".join(whole), [guessed(name, encoding, read, other)]
        failed.append(odd[0] if wrong is None else wrong)
    number = failed[0]
    place = next(position for position, byte in enumerate(lines[number]) if byte > 127)
    sample = lines[number][place : place + 4].hex(" ")
    return None, [finding("encoding-unknown", "", "", [RowRef(number + 1, "", sample)], file=name,
                          found=f"riga/row {number + 1}, byte {sample}")]


def as_utf8(line: bytes) -> str | None:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return None


def in_encoding(line: bytes, encoding: str) -> str | None:
    """A line in an encoding, None when it holds a letter or a sign that is not likely there."""
    try:
        text = line.decode(encoding)
    except UnicodeDecodeError:
        return None
    strange = {sign for sign in text if ord(sign) > 127} - ONLY[encoding]
    return None if strange or UNLIKELY.search(text) else text


def is_mixed_up(texts: Iterable[str | None]) -> bool:
    """Whether Windows-1252 shows Slavic letters beside ones that may stand for others: nobody can tell which."""
    said = "".join(filter(None, texts))
    return bool(SLAVIC.search(said) and CENTRAL.search(said))


def two_readings(name: str, lines: Mapping[int, bytes]) -> Finding | None:
    """The question about lines that have likely letters in Windows-1252 and in Windows-1250, and words that differ."""
    west, east = ({number: in_encoding(line, code) for number, line in lines.items()} for code in ("cp1252", "cp1250"))
    if not lines or None in west.values() or None in east.values():
        return None
    said = "".join(filter(None, west.values()))
    if not (SURNAME.search(said) or is_mixed_up(west.values())):
        return None
    rows = [RowRef(number + 1, "", (text or "").strip()[:120]) for number, text in west.items() if text != east[number]]
    pairs = [(first, second) for number, text in west.items()
             for first, second in zip(WORD.findall(text or ""), WORD.findall(east[number] or ""), strict=False)
             if first != second and (SURNAME.search(first) or SLAVIC.search(first))]
    shown = ", ".join(dict.fromkeys(f"«{first}» / «{second}»" for first, second in pairs[:EXAMPLES]))
    return finding("encoding-two", "", "", rows, file=name, found=shown)


def guessed(name: str, encoding: str, read: Mapping[int, str | None], other: bool) -> Finding:
    """What is said of lines that are not UTF-8. other: some lines are."""
    rows = [RowRef(number + 1, "", (text or "").strip()[:120]) for number, text in read.items()]
    words = dict.fromkeys(word for row in islice(rows, SHOWN) for word in WORD.findall(row.value))
    return finding("encoding-mixed" if other else "encoding-windows", "", "", rows, "warning", file=name,
                   found=", ".join([*words][:EXAMPLES]), expected=NAMES[encoding])


def unknown(name: str, position: int, data: bytes) -> Finding:
    line = data.count(b"\n", 0, position) + 1
    sample = data[position : position + 4].hex(" ")
    return finding("encoding-unknown", "", "", [RowRef(line, "", sample)], file=name, found=f"byte {sample}")
