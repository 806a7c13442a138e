"""A file that somebody sends -> Book, told by its content and not by its name."""

from __future__ import annotations

from etl.meta.messages import finding
from etl.meta.model import RowRef
from etl.spreadsheets.read.archive import RefusedFileError, opened
from etl.spreadsheets.read.decode import decode
from etl.spreadsheets.read.delimited import read_delimited
from etl.spreadsheets.read.grid import Asked, every
from etl.spreadsheets.read.kinds import kind_of, kind_of_archive, kind_of_streams
from etl.spreadsheets.read.model import Book

LARGEST, LARGEST_TEXT = 50_000_000, 15_000_000
"""Bytes of a workbook, which may hold pictures, and of a CSV; the largest table of the house has a thousandth of it."""
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_book(name: str, data: bytes, asked: Asked = every) -> Book:
    """The sheets of a CSV, TSV, XLSX, XLSB, XLS or ODS; anything else is refused by the name of what it is.

    asked: whether a sheet is of interest, by its first rows; of another one too large to be read only they are kept.
    """
    try:
        if not data.strip():
            raise RefusedFileError("file-empty")
        refuse_large(data, LARGEST)
        kind = kind_of(data)
        if kind:
            raise RefusedFileError(*kind)
        if data.startswith((OLE2, b"PK")):
            return read_workbook(name, data, asked)
        refuse_large(data, LARGEST_TEXT)
        text, findings = decode(data, name)
        if text is None:
            return Book(name, "unknown", findings=findings)
        if not text.strip("\ufeff \t\r\n;,|\"'"):
            raise RefusedFileError("file-empty")
        return told(read_delimited(name, text, findings, asked), "csv", ("csv", "tsv", "txt", "tab"))
    except RefusedFileError as error:
        words = {"found": error.found, "expected": error.expected}
        problem = finding(error.check, "", "", [RowRef(None, "", name)], "critical", None, name, **words)
        return Book(name, "unknown", findings=[problem])


def refuse_large(data: bytes, most: int) -> None:
    if len(data) > most:
        raise RefusedFileError("file-too-big", f"{len(data) // 1_000_000} MB", f"{most // 1_000_000} MB")


def read_workbook(name: str, data: bytes, asked: Asked) -> Book:
    """A zip archive or an OLE2 file that is a spreadsheet; damaged, locked and hostile ones are refused."""
    from etl.spreadsheets.read.binary import read_binary
    from etl.spreadsheets.read.ods import read_ods
    from etl.spreadsheets.read.xlsx import read_xlsx

    try:
        if data.startswith(OLE2):
            other = kind_of_streams(data)
            if other:
                raise RefusedFileError(*other)
            return told(read_binary(name, "xls", data), "xls", ("xls", "xlt"))
        with opened(data) as archive:
            names = set(archive.namelist())
            if "xl/workbook.xml" in names:
                return told(read_xlsx(name, archive, asked), "xlsx", ("xlsx", "xlsm", "xltx"))
            if "xl/workbook.bin" in names:
                return told(read_binary(name, "xlsb", data), "xlsb", ("xlsb",))
            book = read_ods(name, archive, asked) if "content.xml" in names else None
            if book and book.sheets:
                return told(book, "ods", ("ods", "ots"))
        raise RefusedFileError(*kind_of_archive(names))
    except RefusedFileError:
        raise
    except Exception as error:
        raise RefusedFileError("file-broken", f"{type(error).__name__}: {error}"[:200]) from error


def told(book: Book, kind: str, endings: tuple[str, ...]) -> Book:
    """The book, with a note when the name of the file says another kind than its content."""
    if book.sheets and not book.name.lower().endswith(endings):
        book.findings.append(finding("other-kind", "", "", [RowRef(None, "", book.name)], "note", file=book.name,
                                     found=kind.upper()))
    return book
