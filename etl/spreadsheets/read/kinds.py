"""What a file is that is no spreadsheet, told by how it begins: people name anything .xls."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple


class Kind(NamedTuple):
    """check: the message that says so, and what to do; found: what the file is, in both languages."""

    check: str
    found: str


OTHER, EXPORT, JSON = "file-kind", "file-export", "file-json"
"""What holds no table that a program could take out; what Excel and LibreOffice open as a table; JSON."""
BYTES = (
    (rb"%PDF", OTHER, "un PDF / a PDF"),
    (rb"\x89PNG|\xff\xd8\xff|GIF8|II\*\x00|MM\x00\*|BM.{4}\x00{4}|RIFF.{4}WEBP", OTHER, "un'immagine / a picture"),
    (rb"{\\rtf", OTHER, "un documento RTF / an RTF document"),
    (rb"Rar!|7z\xbc\xaf|\x1f\x8b|BZh|\xfd7zXZ", OTHER, "un archivio / an archive"),
    (rb"SQLite format 3\x00|PAR1|.{4}Standard (Jet|ACE) DB", OTHER, "una base di dati / a database"),
    (rb"\x09[\x00\x02\x04\x08][\x04\x06\x08\x10]\x00", EXPORT, "un foglio di Excel antico / an ancient Excel sheet"),
    (rb"\x03[\x00-\xff][\x01-\x0c][\x01-\x1f].{4}.{20}[\x00-\x03]", EXPORT, "una tabella dBase (.dbf) / a dBase table"),
)
WEB = r"html|head|meta|title|link|style|script|base|body|center|div|span|form|p|table|t(?:head|body|r|d|h)|br|h\d"
TEXTS = (
    (r"<\?xml[^>]*>\s*(<\?mso-application[^>]*>\s*)?(<!--.*?-->\s*)*<(\w+:)?Workbook\b", EXPORT,
     "un foglio «XML 2003» / an “XML Spreadsheet 2003”"),
    (r"(<\?xml[^>]*>\s*)?<office:document\b", EXPORT, "un foglio .fods / an .fods sheet"),
    (rf"(<\?xml[^>]*>\s*)?(<!--.*?(-->|$)\s*)*<(!doctype html|({WEB})[\s/>])", EXPORT,
     "una pagina web con il nome di un foglio / a web page with the name of a spreadsheet"),
    (r"<(\?xml|!doctype|[a-z][\w.-]*(:[\w.-]+)?(\s+[\w:.-]+\s*=[^>]*)?/?>)", OTHER, "un file XML / an XML file"),
    (r"([\w-]+:[^\n]*\n([ \t][^\n]*\n)*)*?Content-Type:\s*multipart/related", EXPORT,
     "una pagina web in un file solo (.mht) / a web page in one file (.mht)"),
    (r"([\w-]+:[^\n]*\n([ \t][^\n]*\n)*)*?(MIME-Version|Message-ID|Received):", OTHER,
     "un messaggio di posta / an e-mail message"),
    (r"(\{\s*(\"|\}\s*$)|\[\s*([\[{]|\"[^\"]*\"\s*,|\]\s*$))", JSON, "JSON"),
    (r"ID;P[^\n]*\n[BCEFOP];", EXPORT, "un foglio SYLK (.slk) / a SYLK sheet (.slk)"),
    (r"TABLE\n0,1\n", EXPORT, "un foglio DIF / a DIF sheet"),
    (r"BEGIN:V(CALENDAR|CARD)\n", OTHER, "un calendario o una rubrica / a calendar or an address book"),
)
PARTS = (
    ("word/", OTHER, "un documento di Word / a Word document"),
    ("ppt/", OTHER, "una presentazione / a presentation"),
    ("Index/", OTHER, "un foglio di Numbers, da esportare in Excel / a Numbers sheet, to be exported to Excel"),
    ("content.xml", OTHER, "un altro documento di LibreOffice / another document of LibreOffice"),
    ("", OTHER, "uno zip / a zip archive"),
)
"""How the names of what is in a zip archive begin."""
STREAMS = (
    ("EncryptedPackage", "file-locked", ""),
    ("WordDocument", OTHER, "un documento di Word / a Word document"),
    ("PowerPoint Document", OTHER, "una presentazione / a presentation"),
    ("__properties_version1.0", OTHER, "un messaggio di posta / an e-mail message"),
)
"""What is in an OLE2 file that is no workbook, as its list of streams has it."""
BEGINNING = 4096  # bytes


def kind_of(data: bytes) -> Kind | None:
    """What a file is, by its beginning; None for what may be a table."""
    for pattern, check, found in BYTES:
        if re.match(pattern, data, re.DOTALL):
            return Kind(check, found)
    text = beginning(data)
    for form, check, found in TEXTS:
        if re.match(form, text, re.DOTALL | re.IGNORECASE):
            return Kind(check, found)
    return None


def beginning(data: bytes) -> str:
    """The first letters, whatever the encoding: what tells kinds apart is ASCII."""
    start = data[:BEGINNING]
    encoding = "utf-16" if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "latin-1"
    text = start.removeprefix(codecs.BOM_UTF8).decode(encoding, "ignore")
    return text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff \t\n")


def kind_of_archive(names: set[str]) -> Kind:
    """What a zip archive is that is no workbook."""
    return next(Kind(check, found) for start, check, found in PARTS if any(name.startswith(start) for name in names))


def kind_of_streams(data: bytes) -> Kind | None:
    """What an OLE2 file is; None when it may be a workbook."""
    for name, check, found in STREAMS:
        if name.encode("utf-16-le") in data:
            return Kind(check, found)
    return None
