"""Files as bytes: in which letters they are, what kind they are, and that none of them breaks or fools the reader."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time

import openpyxl
import pytest
from support.messy import File
from support.workbooks import archive, checks, texts

from etl.spreadsheets.read.decode import decode
from etl.spreadsheets.read.model import Cell
from etl.spreadsheets.read.sheets import read_book

ACCENTS = "à è ì ò ù È perché Città più"


def workbook(rows: list[list[object]], **formats: str) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for address, pattern in formats.items():
        book.active[address].number_format = pattern
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "latin-1"])
def test_letters_are_right(encoding: str) -> None:
    data = ACCENTS.encode(encoding)
    data = b"\xff\xfe" + data if encoding == "utf-16-le" else data
    text, found = decode(data, "x.csv")
    assert text is not None
    assert text.removeprefix("\ufeff") == ACCENTS
    assert [item.check for item in found] == (["encoding-windows"] if encoding in ("cp1252", "latin-1") else [])


@pytest.mark.parametrize("encoding", ["cp850", "cp437", "mac_roman", "iso8859_2", "cp1250", "utf-16-le", "cp1251"])
@pytest.mark.parametrize("word", ["Città", "perché", "così", "più", "però", "CITTÀ di", "È qui", "via Cantù, 3",
                                  "Niño", "PERCHÉ", "PIÙ", "COSÌ", "PERÒ", "L’ente"])
def test_other_letters_are_never_read_wrong(encoding: str, word: str) -> None:
    data = f"a;{word}\nb;x\n".encode(encoding, "ignore")
    word = word.encode(encoding, "ignore").decode(encoding)
    text, found = decode(data, "x.csv")
    assert text is None or text == f"a;{word}\nb;x\n", text
    assert text is None or found or word.isascii()
    if text is None:
        assert [(item.check, item.severity) for item in found] == [("encoding-unknown", "critical")]


def test_a_mixed_file_names_its_rows() -> None:
    text, (found,) = decode("uno\nCittà\n".encode() + "Cantù\n".encode("cp1252"), "x.csv")
    assert text == "uno\nCittà\nCantù\n"
    assert (found.check, found.severity, [row.line for row in found.rows]) == ("encoding-mixed", "warning", [3])


@pytest.mark.parametrize(("data", "check"), [
    (b"", "file-empty"), (b" \r\n;;;\r\n", "file-empty"), (b"%PDF-1.7 x", "file-kind"), (b"\x89PNG\r\n", "file-kind"),
    (b"<html><table><tr><td>1</table>", "file-export"), (b"\xef\xbb\xbf<!DOCTYPE html>", "file-export"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "file-locked"), (b"{\\rtf1 x}", "file-kind"),
    (archive(word__document=b"x"), "file-kind"), (b"PK\x03\x04 not a zip", "file-broken"),
    (archive(xl__workbook=b""), "file-kind"), (archive(**{"xl__workbook.xml": b"<x"}), "file-broken"),
    (archive(**{"xl__workbook.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x/>'}), "file-broken"),
    (archive(**{"content.xml": b"<a" + b" " * 40_000_000 + b"/>"}), "file-broken"),
    (b'a;b\n1;"due\n', "quotes-open"), (b"a,b;c\n1,2;3\n4,5;6\n", "delimiter"), (b"a;b\n\x00;1\n", "encoding-unknown"),
])
def test_what_is_no_spreadsheet_is_refused_by_name(data: bytes, check: str) -> None:
    book = read_book("x.csv", data)
    assert (book.sheets, checks(book)) == ([], [check])
    assert book.findings[0].severity == "critical"


def test_content_counts_and_not_the_name() -> None:
    book = read_book("x.csv", File().as_xlsx())
    assert (book.kind, checks(book)) == ("xlsx", ["other-kind"])
    assert read_book("x.xlsx", File().as_csv()).kind == "csv"


def test_rows_are_numbered_as_a_spreadsheet_shows_them() -> None:
    book = read_book("x.csv", b'sep=;\n\na;"b\nc"\n\n1;2\n')
    assert [line for line, _ in book.sheets[0].rows] == [3, 5]
    assert texts(book) == [["a", "b\nc"], ["1", "2"]]
    assert book.sheets[0].empty_rows == 1


def test_cells_of_a_workbook_keep_their_types() -> None:
    rows = [["testo", 1514648.44, 15146, date(2020, 2, 29), datetime.fromisoformat("2020-02-29T09:30"),
             time(9, 30), True, 0.1 + 0.2],
            [184, "00184", 1e21, None, "=1+1", "#N/A", -5, 1 / 3]]
    book = read_book("x.xlsx", workbook(rows, A2="00000"))
    assert checks(book) == ["formula-without-value"]
    assert book.findings[0].rows[0].cell == "E2"
    first, second = (cells for _, cells in book.sheets[0].rows)
    assert first == [Cell("testo"), Cell("1514648.44", "number"), Cell("15146", "number"), Cell("2020-02-29", "date"),
                     Cell("2020-02-29 09:30", "date"), Cell("09:30", "time"), Cell("true", "boolean"),
                     Cell("0.3", "number")]
    assert second[:3] == [Cell("00184", "number"), Cell("00184"), Cell("1000000000000000000000", "number")]
    assert second[5:] == [Cell("#N/A", "error"), Cell("-5", "number"), Cell("0.333333333333333", "number")]


def test_hidden_parts_are_read_and_told() -> None:
    book = openpyxl.Workbook()
    book.active.append(["a", "b"])
    book.active.append([1, 2])
    book.active.row_dimensions[2].hidden = True
    book.create_sheet("nascosto").sheet_state = "veryHidden"
    out = io.BytesIO()
    book.save(out)
    read = read_book("x.xlsx", out.getvalue())
    assert checks(read) == ["hidden-rows"]
    assert texts(read) == [["a", "b"], ["1", "2"]]


def test_merged_areas_without_end_are_refused() -> None:
    made = workbook([["a", "b"], [1, 2]])
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            merges = b'</sheetData><mergeCells count="1"><mergeCell ref="A3:ZZ40000"/></mergeCells>'
            after.writestr(name, before.read(name).replace(b"</sheetData>", merges))
    assert checks(read_book("x.xlsx", out.getvalue())) == ["file-too-big"]


URN = "urn:oasis:names:tc:opendocument:xmlns"
ODS = f"""<?xml version="1.0"?><office:document-content
 xmlns:office="{URN}:office:1.0" xmlns:table="{URN}:table:1.0" xmlns:text="{URN}:text:1.0">
<office:body><office:spreadsheet><table:table table:name="Uno">
<table:table-row><table:table-cell office:value-type="string"><office:annotation><text:p>no</text:p></office:annotation>
<text:p>a<text:s text:c="2"/>b</text:p><text:p>c</text:p></table:table-cell><table:table-cell
 table:number-columns-repeated="2" office:value-type="float" office:value="1.5"/></table:table-row>
<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/>
</table:table-row><table:table-row><table:table-cell table:number-rows-spanned="2" table:number-columns-spanned="1"
 office:value-type="date" office:date-value="2020-02-29"/><table:table-cell office:value-type="time"
 office:time-value="PT09H30M00S"/>
<table:table-cell office:value-type="boolean" office:boolean-value="true"/></table:table-row>
<table:table-row><table:covered-table-cell/><table:table-cell office:value-type="string"><text:p>x</text:p>
</table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"""


@pytest.mark.slow
def test_an_ods_with_repeats_and_spans() -> None:
    book = read_book("x.ods", archive(**{"content.xml": ODS.encode()}))
    sheet = book.sheets[0]
    assert sheet.rows == [
        (1, [Cell("a  b\nc"), Cell("1.5", "number"), Cell("1.5", "number")]),
        (1048002, [Cell("2020-02-29", "date"), Cell("09:30", "time"), Cell("true", "boolean")]),
        (1048003, [Cell("2020-02-29", "date"), Cell("x")]),
    ]
    assert (sheet.title, sheet.empty_rows, sheet.merged) == ("Uno", 1048000, frozenset({(1048003, 0)}))
    flood = ODS.replace('table:number-columns-repeated="2"', 'table:number-columns-repeated="16000"').replace(
        "<table:table-row>", '<table:table-row table:number-rows-repeated="1000000">', 1)
    assert checks(read_book("x.ods", archive(**{"content.xml": flood.encode()}))) == ["too-many-cells"]


@pytest.mark.slow
def test_an_ods_keeps_what_calamine_would_lose() -> None:
    odd = ('<table:table-cell office:value-type="string" office:string-value="" calcext:value-type="error">'
           "<text:p>#DIV/0!</text:p></table:table-cell><table:table-cell><text:p>senza tipo</text:p></table:table-cell>"
           '<table:table-cell office:value-type="string"><text:p>a<text:tab/>b<text:line-break/>c</text:p>'
           '</table:table-cell><table:table-cell office:value-type="time" office:time-value="PT26H05M00S"/>')
    content = ODS.replace("xmlns:text=", f'xmlns:calcext="{URN}:calcext:1.0" xmlns:text=')
    first = f"<table:table-row>{odd}</table:table-row><table:table-row>"
    book = read_book("x.ods", archive(**{"content.xml": content.replace("<table:table-row>", first, 1).encode()}))
    assert book.sheets[0].rows[0][1] == [
        Cell("#DIV/0!", "error"), Cell("senza tipo"), Cell("a\tb\nc"), Cell("26:05", "time")]


def test_an_ods_with_a_password_is_locked() -> None:
    files = {"content.xml": b"\x01", "META-INF__manifest.xml": b"<m><manifest:encryption-data/></m>"}
    assert checks(read_book("x.ods", archive(**files))) == ["file-locked"]
