"""What offices call a spreadsheet: read right, or refused by the name of what it is; layouts that people add."""

from __future__ import annotations

import io
import json
import zipfile

import openpyxl
import pytest
from support.messy import NAMES, File, dataset
from support.workbooks import checks, texts
from support.worst_files import SPACES

from etl.runtime.report import as_text
from etl.spreadsheets.read.decode import decode
from etl.spreadsheets.read.importer import Imported, import_book
from etl.spreadsheets.read.model import Book
from etl.spreadsheets.read.sheets import read_book
from etl.spreadsheets.read.together import import_tables

TRIALS = {"trials": dataset()}
TABLE = "<table><tr><td>Codice</td><td>Nome</td></tr></table>"
MAIL = "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n"


def read(data: bytes | File, name: str = "prove.csv") -> Imported:
    return import_book(read_book(name, data.as_csv() if isinstance(data, File) else data), TRIALS)


def cells(imported: Imported) -> list[list[str]]:
    return [[row.get(name, "") for name in NAMES] for row in imported.rows]


def critical(imported: Imported) -> list[str]:
    return [item.check for item in imported.findings if item.severity == "critical"]


@pytest.mark.parametrize(("said", "check", "word"), [
    (f"<meta charset=utf-8><style>.a{{}}</style>{TABLE}", "file-export", "pagina web"),
    (f"<style>td{{color:red}}</style>{TABLE}", "file-export", "pagina web"),
    (f"<!-- da SAP --> <!-- 2 -->\n{TABLE}", "file-export", "pagina web"),
    (f'<?xml version="1.0"?><html xmlns="x">{TABLE}', "file-export", "pagina web"),
    ('<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', "file-export", "XML 2003"),
    ('<?xml version="1.0"?><office:document office:version="1.3"/>', "file-export", ".fods"),
    ('<?xml version="1.0"?><rss><channel/></rss>', "file-kind", "XML"),
    (f"{MAIL}{TABLE}", "file-export", ".mht"),
    ("From: <Saved by Blink>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=x\r\n",
     "file-export", ".mht"),
    ("Received: from a\r\n by b\r\nSubject: tabella\r\nMIME-Version: 1.0\r\n\r\nx", "file-kind", "posta"),
    (json.dumps([{"Codice": "a", "Nome": "b"}]), "file-json", "JSON"), ('{\n "a": 1}', "file-json", "JSON"),
    ("ID;PWXL;N;E\r\nP;PGeneral\r\n", "file-export", "SYLK"),
])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_file_of_another_kind_is_told_by_its_name(said: str, check: str, word: str, encoding: str) -> None:
    book = read_book("prove.xls", said.encode(encoding))
    assert (book.sheets, checks(book)) == ([], [check])
    assert word in book.findings[0].message["it"]


@pytest.mark.parametrize("said", ["<5 anni;Nome\n1;2\n", "[Codice];Nome\n1;2\n", "ID;Provincia\n1;2\n",
                                  "a: b;c\n1;2\n"])
def test_headings_that_look_like_another_kind_are_read(said: str) -> None:
    assert texts(read_book("x.csv", said.encode())) == [line.split(";") for line in said.splitlines()]


def spaced(file: File) -> bytes:
    return "\n".join(", ".join(f'"{cell}"' for cell in row) for row in file.grid()).encode()


def wrapped(file: File) -> bytes:
    lines = file.as_csv().decode().splitlines()
    return "\n".join('"' + line.replace('"', '""') + '"' for line in lines).encode()


def wrapped_below(file: File) -> bytes:
    first, _, rest = wrapped(file).decode().partition("\n")
    return f"{first[1:-1]}\n{rest}".encode()


def single(file: File) -> bytes:
    return "\n".join(";".join(f"'{cell}'" for cell in row) for row in file.grid()).encode()


@pytest.mark.parametrize("write", [spaced, wrapped, wrapped_below, single])
def test_quotes_in_all_the_ways_that_programs_write_them(write: object) -> None:
    file = File()
    imported = read(write(file))  # type: ignore[operator]
    assert (critical(imported), cells(imported)) == ([], file.expected)


@pytest.mark.parametrize(("word", "encoding", "name"), [
    ("Šempeter", "cp1252", "Windows-1252"), ("Števerjan/Nabrežina, Città", "cp1252", "Windows-1252"),
    ("Città, 5 €", "iso8859_15", "ISO-8859-15"), ("Đurđa Petrović", "cp1250", "Windows-1250"),
])
def test_one_letter_does_not_refuse_a_file(word: str, encoding: str, name: str) -> None:
    text, (found,) = decode(f"a;b\n{word};x\n".encode(encoding), "x.csv")
    assert text == f"a;b\n{word};x\n"
    assert name in found.message["it"]


def test_rows_are_named_as_shown_below_headings_of_several_lines() -> None:
    book = read_book("x.csv", '"a\nb";"c\r\nd"\n1;"e\nf"\nCittà;x\n'.encode("cp1252"))
    assert [row.line for row in book.findings[0].rows] == [3]
    assert book.sheets[0].rows[-1][0] == 3


def test_strict_open_xml_is_read_like_the_other() -> None:
    made, out = File().as_xlsx(), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            data = before.read(name).replace(b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                                             b"http://purl.oclc.org/ooxml/spreadsheetml/main")
            after.writestr(name, data.replace(b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                                              b"http://purl.oclc.org/ooxml/officeDocument/relationships"))
    imported = read(out.getvalue(), "prove.xlsx")
    assert (critical(imported), cells(imported)) == ([], File().expected)


@pytest.mark.parametrize("change", [{"height": 0}, {"hidden": True}])
def test_rows_that_nobody_sees_are_told(change: dict[str, object]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(File().as_xlsx()))
    for name, value in change.items():
        setattr(book.active.row_dimensions[3], name, value)
    book.active.column_dimensions["B"].hidden = True
    out = io.BytesIO()
    book.save(out)
    found = next(item for item in read_book("x.xlsx", out.getvalue()).findings if item.check == "hidden-rows")
    assert [row.value for row in found.rows] == ["Sheet!3", "Sheet!B"]


@pytest.mark.parametrize("attribute", ['table:visibility="filter"', 'table:visibility="collapse"',
                                       'table:style-name="z"'])
def test_rows_of_an_ods_that_nobody_sees_are_told(attribute: str) -> None:
    style = ('<office:automatic-styles><style:style style:name="z"><style:table-row-properties style:row-height="0cm"/>'
             "</style:style></office:automatic-styles><office:body>")
    with zipfile.ZipFile(io.BytesIO(File().as_ods())) as before:
        content = before.read("content.xml").decode()
    content = content.replace("xmlns:text=", f'xmlns:style="{SPACES}:style:1.0" xmlns:text=', 1)
    first, second, *rest = content.replace("<office:body>", style).split("<table:table-row>")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as after:
        after.writestr("content.xml", f"{first}<table:table-row>{second}<table:table-row {attribute}>"
                       + "<table:table-row>".join(rest))
    book = read_book("x.ods", out.getvalue())
    assert [row.value for item in book.findings for row in item.rows] == ["Foglio1!2"]


@pytest.mark.parametrize(("heading", "column"), [
    ("C.A.P. (1)", "postal_code"), ("CAP²", "postal_code"), ("4) CAP", "postal_code"), ("Nome prova", "name"),
    ("CAP - obbligatorio", "postal_code"), ("NOME DELLA PROVA", "name"), ("Importo in euro", "amount_eur"),
    ("Fonte, vedi nota 2", "source_url"),
    ("Importo (migliaia di €)", ""), ("Importo in milioni di euro", ""),
])
def test_what_people_add_to_a_heading(heading: str, column: str) -> None:
    imported = read(f"Codice;Stato;{heading}\nprova-uno;aperto;x\n".encode(), "trials.csv")
    assert set(imported.letters) == {"item_id", "state", column} - {""}


@pytest.mark.parametrize(("below", "check"), [
    ([str(number) for number in range(1, 11)], "column-numbers"),
    ([f"({sign})" for sign in "abcdefghij"], "column-numbers"), (["testo", "testo", "elenco"], "units-row"),
    (["codice", "", "", "", "max 5", "", "gg/mm/aaaa", "€"], "units-row"),
])
def test_a_row_below_the_headings_that_is_no_data(below: list[str], check: str) -> None:
    file = File()
    file.rows.insert(0, below + [""] * (len(NAMES) - len(below)))
    imported = read(file)
    assert (critical(imported), cells(imported)) == ([], file.expected)
    assert check in [item.check for item in imported.findings]


@pytest.mark.parametrize("row", ["a;b;c;d", "1;2;3", "prova;elenco;testo;numero"])
def test_a_row_of_short_values_is_data(row: str) -> None:
    headings = "Codice;Nome;Telefono;Posti".split(";")[: row.count(";") + 1]
    assert read(f"{';'.join(headings)}\n{row}\n".encode(), "trials.csv").lines == [2]


def test_a_unit_that_changes_the_values_is_not_passed_over() -> None:
    file = File()
    file.rows.insert(0, ["codice", *[""] * 6, "migliaia di euro", "", ""])
    assert critical(read(file)) == ["units-scaled"]


def test_a_legend_below_is_told_and_partial_rows_are_kept() -> None:
    file = File()
    file.empty_rows = 1
    file.below = [["Legenda:", "aperto = si entra"], ["A", "aperto"], ["chiuso"]]
    imported = read(file)
    assert (critical(imported), cells(imported)) == ([], file.expected)
    assert [item.count for item in imported.findings if item.check == "loose-row"] == [3]
    file.below = [["prova-nove", "Un nome"]]
    assert len(read(file).rows) == 4


def twins(**changed: str) -> Book:
    """A workbook with two sheets of the same table; changed: cells of the second one."""
    book = openpyxl.load_workbook(io.BytesIO(File().as_xlsx()))
    other = book.copy_worksheet(book.active)
    other.title = "Altro"
    for place, text in changed.items():
        other[place] = text
    out = io.BytesIO()
    book.save(out)
    return read_book("x.xlsx", out.getvalue())


def test_two_sheets_of_one_table_are_read_together_and_told_apart() -> None:
    parts = import_tables(twins(A2="prova-nuova"), TRIALS)
    assert [(part.sheet, part.dataset, critical(part)) for part in parts] == [
        ("Sheet", "trials", []), ("Altro", "trials", [])]
    assert parts[1].rows == [{**parts[0].rows[0], "item_id": "prova-nuova"}, *parts[0].rows[1:]]
    (found,) = [item for item in parts[0].findings if item.check == "sheets-joined"]
    assert (found.severity, "«Sheet», «Altro»" in found.message["it"]) == ("warning", True)


@pytest.mark.parametrize("changed", [{"B2": "Un altro nome"}, {"A1": "Nome", "B1": "Codice"}])
def test_two_sheets_of_one_table_that_differ_are_refused_by_name(changed: dict[str, str]) -> None:
    (part,) = import_tables(twins(**changed), TRIALS)
    (found,) = [item for item in part.findings if item.severity == "critical"]
    assert found.check == "twin-sheets"
    assert "«Sheet», «Altro»" in found.message["it"]


def test_a_row_without_a_cell_is_called_a_row() -> None:
    found = [item for item in read(b"Nome;CAP\nx;00184\n", "trials.csv").findings if item.check == "heading-missing"]
    said = as_text(found)
    assert "(riga: 1)" in said
    assert "(row: 1)" in said
