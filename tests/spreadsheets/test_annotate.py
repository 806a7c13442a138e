"""Annotated copies: the person's own spreadsheet, the wrong cells coloured and explained, nothing else changed."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.chart import BarChart
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from support.libreoffice import content, converted
from support.messy import NAMES, File, dataset
from support.repository import ROOT
from support.workbooks import colour_of, opened

from etl.commands.inbox import annotated_copy
from etl.meta.messages import finding
from etl.meta.model import Finding, RowRef, Severity
from etl.releases.trial import hand_in
from etl.spreadsheets.read.importer import import_book
from etl.spreadsheets.read.model import Book, Cell, Sheet
from etl.spreadsheets.read.sheets import read_book
from etl.spreadsheets.write.annotate import MARK, annotated
from etl.spreadsheets.write.style import AUTHOR, DARK, FILLS

DESKS = """Codice;Nome;Tipo;Stato;Fonte;Data del fatto
sportello-di-prova;Sportello di prova;sportello per la casa;attuale, per quanto si sa;https://example.org/;31/10/2025
Sportello Due;=1+1;boh;attuale, per quanto si sa;https://example.org/;31/02/2025
"""


def said(check: str, *cells: str, severity: Severity = "critical", line: int | None = None) -> Finding:
    rows = [RowRef(line or int(cell[1:]), "", "x", cell) for cell in cells] or [RowRef(line, "", "x")]
    return finding(check, "trials", "Nome", rows, severity, file="prove", example="giusto", found="visto", expected="e")


def persons_book() -> Book:
    """A workbook of an office: white letters on blue, a comment, a formula, merged cells, a second sheet."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Dati d'ufficio"
    for row in (["Codice", "Nome"], ["a", "b"], ["c", None], ["=1+1", 1.5]):
        sheet.append(row)
    sheet["A2"].fill, sheet["A2"].font = PatternFill("solid", start_color="0000AA"), Font(color="FFFFFF", italic=True)
    sheet["A2"].comment = Comment("Chiedere a Rossi", "ufficio")
    sheet.merge_cells("B2:B3")
    sheet.column_dimensions["A"].width = 44
    book.create_sheet("Altro")["C3"] = "resta"
    out = io.BytesIO()
    book.save(out)
    return replace(read_book("ufficio.xlsx", out.getvalue()), data=out.getvalue())


def luminance(colour: str) -> float:
    parts = [int(colour[-6:][place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("name", FILLS)
def test_letters_can_be_read_on_every_colour(name: str) -> None:
    letters = "FFFFFF" if name == "required" else DARK
    lighter, darker = sorted((luminance(FILLS[name]), luminance(letters)), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 7


def test_the_office_keeps_its_workbook() -> None:
    found = [said("read-blanks", "A2", severity="note"), said("formula", "A2"), said("slug", "B3"),
             said("cells-beyond", line=4, severity="warning"), said("empty-rows", severity="note")]
    book = persons_book()
    data = annotated(book, "Dati d'ufficio", found)
    assert data == annotated(book, "Dati d'ufficio", found)
    book = opened(data)
    assert book.sheetnames == ["Da correggere", "Dati d'ufficio", "Altro"]
    sheet = book["Dati d'ufficio"]
    assert (book["Altro"]["C3"].value, sheet.column_dimensions["A"].width) == ("resta", 44)
    assert (sheet["A4"].value, sheet["B4"].value, sheet["A2"].font.i) == ("=1+1", 1.5, True)
    assert sheet["A2"].font.color.rgb == DARK
    own, _, ours = sheet["A2"].comment.text.partition(MARK)
    assert own.strip() == "Chiedere a Rossi"
    assert ours.index("DA CORREGGERE") < ours.index("LETTO COSÌ")
    assert ("Esempio: giusto" in ours, "TO CORRECT" in ours) == (True, True)
    assert sheet["A2"].comment.author == AUTHOR
    # B3 lies below B2 in one merged cell; line 4 has no cell of its own.
    colours = [colour_of(book, "Dati d'ufficio", cell) for cell in ("A2", "B2", "A4", "A1")]
    assert colours == [FILLS["critical"], FILLS["critical"], FILLS["warning"], "000000"]
    assert sheet["B2"].comment
    assert not sheet["A1"].comment


def test_the_summary_lists_everything_worst_first_with_links() -> None:
    many = [f"B{row}" for row in range(2, 40)]
    found = [said("empty-rows", severity="note"), said("formula", *many), said("slug", "A3", severity="warning")]
    summary = opened(annotated(persons_book(), "Dati d'ufficio", found)).worksheets[0]
    rows = [[cell.value for cell in row] for row in summary.iter_rows(min_row=6)]
    assert [row[0] for row in rows] == ["Da correggere", "Da controllare", "Letto così"]
    assert [row[2] for row in rows] == [38, 1, 1]
    assert (rows[0][3].endswith("B21 e altre 18"), rows[1][3], rows[2][3]) == (True, "A3", None)
    assert summary["D6"].hyperlink.location == "'Dati d''ufficio'!$B$2"
    assert summary["F6"].value.endswith("Esempio: giusto")
    assert "Example: giusto" in summary["G6"].value
    assert colour_of(summary.parent, summary.title, "A7") == FILLS["warning"]


def test_a_fine_file_says_so() -> None:
    book = opened(annotated(persons_book(), "Dati d'ufficio", []))
    assert book.worksheets[0]["A2"].value.startswith("Non c'è niente da correggere.")
    assert book["Dati d'ufficio"]["A2"].comment.text == "Chiedere a Rossi"


def test_a_corrected_copy_loses_what_was_said_before() -> None:
    first = annotated(persons_book(), "Dati d'ufficio", [said("formula", "A2"), said("slug", "B4")])
    again = replace(read_book("ufficio.xlsx", first), data=first)
    book = opened(annotated(again, "Dati d'ufficio", [said("slug", "B4")]))
    assert book.sheetnames == ["Da correggere", "Dati d'ufficio", "Altro"]
    sheet = book["Dati d'ufficio"]
    assert (sheet["A2"].comment.text, sheet["A2"].fill.fill_type) == ("Chiedere a Rossi", None)
    assert sheet["B4"].comment.text.count(MARK) == 1


@pytest.mark.parametrize("kind", ["csv", "ods"])
def test_a_copy_of_other_files_reads_as_they_do(kind: str) -> None:
    file = File()
    file.rows[0][1] = '=HYPERLINK("https://example.org")'
    book = read_book(f"prove.{kind}", {"csv": file.as_csv, "ods": file.as_ods}[kind]())
    imported = import_book(book, {"trials": dataset()})
    data = annotated(book, imported.sheet, [said("formula", "B2")])
    copy = opened(data)
    cell = copy.worksheets[1]["B2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ('=HYPERLINK("https://example.org")', "s", True)
    assert "formula" in cell.comment.text
    back = import_book(read_book("prove.xlsx", data), {"trials": dataset()})
    assert [[row.get(name) for name in NAMES] for row in back.rows] == [
        [row.get(name) for name in NAMES] for row in imported.rows]


def test_numbers_of_an_ods_stay_numbers_and_digits_stay_digits() -> None:
    cells = [Cell("1.514", "number"), Cell("001272", "number"), Cell("-3", "number"), Cell("0.5", "number"),
             Cell("2020-02-28", "date"), Cell("#N/A", "error"), Cell("true", "boolean")]
    book = opened(annotated(Book("x.ods", "ods", [Sheet("a/b:c", [(3, cells)])]), "a/b:c", [said("slug", "A3")]))
    assert [cell.value for cell in book["a b c"][3]] == [1.514, "001272", -3, 0.5, "2020-02-28", "#N/A", "true"]
    assert colour_of(book, "a b c", "A3") == FILLS["critical"]


@pytest.mark.slow
def test_a_csv_wider_than_excel_is_copied_as_far_as_it_goes() -> None:
    far = said("slug", line=2**21)
    book = Book("x.csv", "csv", [Sheet("x", [(1, [Cell("a")] * 16_390)])])
    copy = opened(annotated(book, "x", [said("slug", "AAAA1", "XFE1", line=1), said("slug", "XFD1", line=1), far]))
    assert (copy["x"].max_column, colour_of(copy, "x", "XFD1")) == (16_384, FILLS["critical"])
    assert [cell.value for cell in copy.worksheets[0]["D"][5:]] == ["AAAA1, XFE1", "XFD1", "riga 2097152"]


def test_sheets_of_charts_do_not_spoil_the_copy() -> None:
    book = Workbook()
    book.active.append(["Codice"])
    book.create_chartsheet("Grafico", 0).add_chart(BarChart())
    out = io.BytesIO()
    book.save(out)
    read = replace(read_book("x.xlsx", out.getvalue()), data=out.getvalue())
    copy = opened(annotated(read, "Sheet", [said("slug", "A1")]))
    assert (copy.sheetnames, colour_of(copy, "Sheet", "A1")) == (["Da correggere", "Sheet"], FILLS["critical"])


@pytest.mark.slow
def test_libreoffice_shows_the_colours_and_comments_of_a_file_handed_in(tmp_path: Path) -> None:
    path = tmp_path / "desks.csv"
    path.write_text(DESKS, "utf-8")
    (result,) = hand_in(ROOT, [path], date(2026, 11, 25)).results
    assert not result.holds
    data = annotated_copy(result)
    assert data
    book = opened(data)
    sheet = book.worksheets[1].title
    assert [colour_of(book, sheet, cell) for cell in ("A3", "B3", "C3", "F3", "F2")] == [
        *[FILLS["critical"]] * 4, FILLS["note"]]
    assert "Esempio: 2025-06-06" in book[sheet]["F3"].comment.text
    assert "31/10/2025 → 2025-10-31" in book[sheet]["F2"].comment.text
    (tmp_path / "copy.xlsx").write_bytes(data)
    xml = content(converted(tmp_path / "copy.xlsx", "ods", tmp_path))
    assert xml.count("<office:annotation ") >= 5
    assert f"#{FILLS['critical'].lower()}" in xml
    links = {link.replace("&apos;", "").replace("$", "") for link in re.findall(r'xlink:href="(#[^"]*)"', xml)}
    assert {f"#{sheet}.{cell}" for cell in ("A3", "B3", "C3", "F3")} <= links
