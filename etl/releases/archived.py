"""What a workbook that is an archive says outside its cells: comments, properties, prompts, headers and footers, words
beside pictures, copies of rows that pivot tables and links keep, and what its pictures say of themselves."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator
from typing import NamedTuple

from etl.releases.pictures import has_position, said_in
from etl.spreadsheets.read.xlsb import records

COMMENT, MARGIN = "commento / comment", "intestazione o piè di pagina / header or footer"
POSITION = "posizione GPS di un'immagine / GPS position of a picture"
COPY = "copia di dati / copy of data"


class Part(NamedTuple):
    """Some files of an archive: what they are to people, how they are called, which pieces of them are no cells."""

    where: str
    name: re.Pattern[str]
    piece: re.Pattern[str] | None = None


def pieces(*names: str) -> re.Pattern[str]:
    """Elements with these names, whole."""
    said = "|".join(names)
    return re.compile(rf"<(?:\w+:)?({said})\b(?:[^>]*/>|.*?</(?:\w+:)?\1>)", re.DOTALL)


PARTS = (
    Part(COMMENT, re.compile(r"comments?[^/]*/?[^/]*\.xml$|threadedcomment", re.IGNORECASE)),
    Part("proprietà / properties", re.compile(r"docProps/[^/]+\.xml$|^meta\.xml$")),
    Part("immagine / picture", re.compile(r"(?:drawings?|charts|diagrams)/[^/]+\.(?:xml|vml)$")),
    Part("nota o immagine / note or picture", re.compile(r"^content\.xml$"), pieces("annotation", "title", "desc")),
    Part(MARGIN, re.compile(r"sheets/[^/]+\.xml$"), pieces("headerFooter")),
    Part(MARGIN, re.compile(r"^styles\.xml$"), pieces(*(f"{end}{side}" for end in ("header", "footer")
                                                      for side in ("-left", "-first", "")))),
    Part("convalida / validation", re.compile(r"sheets/[^/]+\.xml$"), pieces("dataValidation")),
    Part("convalida / validation", re.compile(r"^content\.xml$"), pieces("help-message", "error-message")),
    Part(COPY, re.compile(r"(?:pivotCache|externalLinks|customXml|queryTables)/[^/]+\.xml$|connections\.xml$")),
)
AUTHORS = re.compile(
    r"<(?:\w+:)?(creator|lastModifiedBy|initial-creator|printed-by|author|authors|Application|AppVersion)\b[^>]*>.*?"
    r"</(?:\w+:)?\1>", re.DOTALL,
)
TEXT = re.compile(r">([^<>]+)<|\b(?:descr|title|alt|prompt|promptTitle|error|errorTitle|v)=\"([^\"]+)\"")
MEDIA = re.compile(r"(?:media|Pictures|embeddings)/[^/]+$")
NOTES, SHEETS = re.compile(r"comments?\d*\.bin$"), re.compile(r"sheets/[^/]+\.bin$")
NOTE, MARGINS = 637, 479  # records of an .xlsb: the text of a comment, the headers and footers of a sheet
MOST = 20_000_000  # signs of a part that are looked at


def said_in_archive(data: bytes) -> Iterator[tuple[str, str]]:
    """(what it is to people, text) of a workbook that is an archive; a file that is none has nothing."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for member in archive.infolist():
            parts = [part for part in PARTS if part.name.search(member.filename)]
            if parts or any(kind.search(member.filename) for kind in (MEDIA, NOTES, SHEETS)):
                with archive.open(member) as stream:
                    content = stream.read(MOST)
                yield from of_part(member.filename, content, parts)


def of_part(name: str, content: bytes, parts: list[Part]) -> Iterator[tuple[str, str]]:
    """The texts of one file of an archive."""
    if MEDIA.search(name):
        yield from (("immagine / picture", text) for text in said_in(content))
        yield from [(POSITION, "GPS")] if has_position(content) else []
    elif name.endswith(".bin"):
        yield from of_records(content)
    for part in parts:
        yield from ((part.where, said) for said in told_in(content.decode("utf-8", "replace"), part.piece))


def told_in(xml: str, piece: re.Pattern[str] | None) -> list[str]:
    """The texts of some pieces of a file, those of authors apart."""
    said = [match[0] for match in piece.finditer(xml)] if piece else [xml]
    found = [html.unescape(one or other) for part in said for one, other in TEXT.findall(AUTHORS.sub("", part))]
    return [text.strip() for text in found if text.strip()]


def of_records(part: bytes) -> Iterator[tuple[str, str]]:
    """The comments, headers and footers of a part of an .xlsb; who wrote a comment stands in another record."""
    for kind, body in records(part):
        start = {NOTE: 1, MARGINS: 2}.get(kind, len(body))
        while start + 4 <= len(body):
            length = int.from_bytes(body[start: start + 4], "little")
            length = 0 if length == 0xFFFFFFFF else length  # of a text that is not there
            yield COMMENT if kind == NOTE else MARGIN, body[start + 4: start + 4 + 2 * length].decode(
                "utf-16-le", "replace")
            start = len(body) if kind == NOTE else start + 4 + 2 * length
