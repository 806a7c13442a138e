"""A file that somebody sends -> Book, told by its content and not by its name."""

from __future__ import annotations

import re

from etl.meta.messages import finding
from etl.meta.model import RowRef
from etl.spreadsheets.read.archive import RefusedFileError, parts
from etl.spreadsheets.read.decode import decode
from etl.spreadsheets.read.delimited import read_delimited
from etl.spreadsheets.read.model import Book

LARGEST = 50_000_000  # bytes; the largest table of the house has a thousandth of it
SIGNATURES = (
    (b"%PDF", "un PDF / a PDF"), (b"\x89PNG", "un'immagine / a picture"), (b"\xff\xd8\xff", "un'immagine / a picture"),
    (b"GIF8", "un'immagine / a picture"), (b"{\\rtf", "un documento RTF / an RTF document"),
    (b"Rar!", "un archivio / an archive"), (b"7z\xbc\xaf", "un archivio / an archive"),
    (b"\x1f\x8b", "un archivio / an archive"),
)
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WEB_PAGE = re.compile(rb"\s*(<!doctype html|<html|<head|<table|<\?xml)", re.IGNORECASE)


def read_book(name: str, data: bytes) -> Book:
    """The sheets of a CSV, TSV, XLSX, XLSB, XLS or ODS; anything else is refused by the name of what it is."""
    if not data.strip():
        return refuse(name, "file-empty")
    if len(data) > LARGEST:
        return refuse(name, "file-too-big", found=f"{len(data) // 1_000_000} MB", expected=f"{LARGEST // 1_000_000} MB")
    for signature, kind in SIGNATURES:
        if data.startswith(signature):
            return refuse(name, "file-kind", found=kind)
    if data.startswith((OLE2, b"PK")):
        return read_workbook(name, data)
    if WEB_PAGE.match(data.removeprefix(b"\xef\xbb\xbf")):
        return refuse(name, "file-kind", found="una pagina web / a web page")
    text, findings = decode(data, name)
    if text is None:
        return Book(name, "unknown", findings=findings)
    if not text.strip("\ufeff \t\r\n;,|\""):
        return refuse(name, "file-empty")
    return told(read_delimited(name, text, findings), "csv", ("csv", "tsv", "txt", "tab"))


def read_workbook(name: str, data: bytes) -> Book:
    """A zip archive or an OLE2 file that is a spreadsheet; damaged, locked and hostile ones are refused."""
    from etl.spreadsheets.read.binary import read_binary
    from etl.spreadsheets.read.ods import read_ods
    from etl.spreadsheets.read.xlsx import read_xlsx

    try:
        if data.startswith(OLE2):
            return told(read_binary(name, "xls", data), "xls", ("xls", "xlt"))
        names = parts(data)
        if "xl/workbook.xml" in names:
            return told(read_xlsx(name, data), "xlsx", ("xlsx", "xlsm", "xltx"))
        if "xl/workbook.bin" in names:
            return told(read_binary(name, "xlsb", data), "xlsb", ("xlsb",))
        if "content.xml" in names:
            book = read_ods(name, data)
            return told(book, "ods", ("ods", "ots")) if book.sheets else refuse(name, "file-kind", found="ODF")
    except RefusedFileError as error:
        return refuse(name, error.check, found=error.found)
    except Exception as error:  # noqa: BLE001 - a damaged file may break a reader anywhere: it is refused, with the word
        return refuse(name, "file-broken", found=f"{type(error).__name__}: {error}"[:200])
    kind = "un documento di Word / a Word document" if "word/document.xml" in names else "uno zip / a zip archive"
    return refuse(name, "file-kind", found=kind)


def told(book: Book, kind: str, endings: tuple[str, ...]) -> Book:
    """The book, with a note when the name of the file says another kind than its content."""
    if book.sheets and not book.name.lower().endswith(endings):
        book.findings.append(finding("other-kind", "", "", [RowRef(None, "", book.name)], "note", file=book.name,
                                     found=kind.upper()))
    return book


def refuse(name: str, check: str, **words: str) -> Book:
    row = RowRef(None, "", name)
    return Book(name, "unknown", findings=[finding(check, "", "", [row], "critical", None, name, **words)])
