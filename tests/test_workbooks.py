"""Templates and annotated copies: what Excel and LibreOffice find in them, and the whole round trip."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from conftest import ROOT
from libreoffice import content, converted
from messy import File, dataset

from etl.catalog import load_catalog
from etl.handin import choices, hand_in
from etl.inbox import annotated_copy
from etl.intake.importer import import_book
from etl.intake.sheets import read_book
from etl.messages import finding
from etl.model import RowRef
from etl.workbooks.annotate import annotated
from etl.workbooks.template import template

CATALOG = load_catalog(ROOT)
TABLES = [name for name, item in CATALOG.items() if not item.derived]
TODAY = date(2026, 11, 25)
DESK = {
    "Codice": "sportello-di-prova", "Nome": "Sportello di prova", "Tipo": "sportello per la casa", "Stato": "current",
    "Ente": "Ente di prova", "Codice ISTAT": "015146",
    "Indirizzo": "via di Prova 1", "CAP": "20121", "Telefono": "02 5551 2341",
    "Data del fatto": "31/10/2025", "Fonte": "https://example.org/", "Data della fonte": "ottobre 2025",
}


def made(name: str) -> bytes:
    return template(CATALOG[name], choices(ROOT, CATALOG[name], CATALOG))


def filled(rows: list[dict[str, str]]) -> bytes:
    """The template of the desks with rows typed in by a person."""
    book = openpyxl.load_workbook(io.BytesIO(made("desks")))
    sheet = book["Sportelli"]
    places = {cell.value: cell.column for cell in sheet[1]}
    for line, row in enumerate(rows, 2):
        for title, value in row.items():
            sheet.cell(line, places[title]).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("name", TABLES)
def test_every_table_has_a_template_that_reads_back_as_itself(name: str) -> None:
    data = made(name)
    assert data == made(name)
    imported = import_book(read_book("x.xlsx", data), CATALOG)
    assert not [item for item in imported.findings if item.check.startswith("heading")]
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames[0] == "Istruzioni"
    sheet = book.worksheets[1]
    fields = [field for field in CATALOG[name].fields if not field.computed]
    assert [cell.value for cell in sheet[1]] == [field.descriptor["title"] for field in fields]
    assert [bool(cell.comment and "Esempio" in cell.comment.text) for cell in sheet[1]] == [
        "example" in field.descriptor for field in fields]
    assert len(sheet.data_validations.dataValidation) == len(fields)
    assert sheet.max_row >= 500
    assert not [cell.value for row in sheet.iter_rows(min_row=2) for cell in row if cell.value is not None]


def test_the_drop_downs_hold_the_labels_and_the_known_keys() -> None:
    book = openpyxl.load_workbook(io.BytesIO(made("desk_services")))
    rules = {rule.promptTitle: rule for rule in book.worksheets[1].data_validations.dataValidation}
    match = re.fullmatch(r"'Elenchi'!\$([A-Z])\$2:\$[A-Z]\$(\d+)", rules["Servizio"].formula1)
    assert match
    listed = [book["Elenchi"][f"{match[1]}{row}"].value for row in range(2, int(match[2]) + 1)]
    with (ROOT / "datasets/source/services.csv").open(encoding="utf-8") as file:
        assert listed == sorted(row["service_id"] for row in csv.DictReader(file))
    book = openpyxl.load_workbook(io.BytesIO(made("desks")))
    kinds = [cell.value for cell in book["Elenchi"]["C"][1:] if cell.value]
    assert "sportello per la casa" in kinds
    (rule,) = [r for r in book.worksheets[1].data_validations.dataValidation if r.promptTitle == "Tipo"]
    assert (rule.type, rule.errorStyle, rule.showErrorMessage) == ("list", "stop", True)
    assert book.worksheets[1]["F2"].number_format == "@"


def test_template_filled_imported_released(tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    for part in ("datasets", "schemas", "etl", "site"):
        shutil.copytree(ROOT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("mkdocs.yml", "release.toml"):
        shutil.copy(ROOT / name, copy)
    inbox = copy / "datasets" / "inbox"
    inbox.mkdir(exist_ok=True)
    (inbox / "desks.xlsx").write_bytes(filled([DESK, {"Codice": "sicet-san-giuliano", "CAP": "20098"}]))
    for words in (["fetch", "inbox"], ["build"]):
        run = subprocess.run([sys.executable, "-m", "etl", words[0], "--root", str(copy), "--date", "2026-11-25",
                              *words[1:]], cwd=copy, capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stdout + run.stderr
    assert not (inbox / "desks.xlsx").exists()
    with (copy / "datasets/release/desks.csv").open(encoding="utf-8") as file:
        rows = {row["desk_id"]: row for row in csv.DictReader(file)}
    new, old = rows["sportello-di-prova"], rows["sicet-san-giuliano"]
    assert (new["kind"], new["municipality"], new["fact_date"], new["source_date"], new["phone_e164"]) == (
        "housing_desk", "Milano", "2025-10-31", "2025-10", "+390255512341")
    assert old["postal_code"] == "20098"
    assert old["address"]
    assert (copy / "build/site/sportelli/sportello-di-prova/index.html").exists()
    assert (copy / "build/fetch/desks.xlsx.html").exists()


def test_the_template_opens_in_libreoffice_with_its_drop_downs(tmp_path: Path) -> None:
    (tmp_path / "desks.xlsx").write_bytes(made("desks"))
    xml = content(converted(tmp_path / "desks.xlsx", "ods", tmp_path))
    rules = re.findall(r"<table:content-validation [^>]*>", xml)
    assert len(rules) == len(CATALOG["desks"].source_columns)
    lists = [rule for rule in rules if "cell-content-is-in-list" in rule]
    assert len(lists) >= 5
    assert "Elenchi" in lists[0]
    assert "Scegli una voce dell&apos;elenco." in xml or "Scegli una voce dell'elenco." in xml
    again = openpyxl.load_workbook(converted(tmp_path / "desks.ods", "xlsx", tmp_path))
    kinds = {rule.type for rule in again["Sportelli"].data_validations.dataValidation}
    assert "list" in kinds


WRONG = {**DESK, "Codice": "Sportello Due", "Tipo": "boh", "Data del fatto": "31/02/2025", "Nome": "=1+1"}


def test_the_annotated_copy_explains_each_cell(tmp_path: Path) -> None:
    path = tmp_path / "desks.xlsx"
    path.write_bytes(filled([DESK, WRONG]))
    (result,) = hand_in(ROOT, [path], TODAY)
    assert not result.holds
    data = annotated_copy(result)
    assert data
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames[0] == "Da correggere"
    sheet = book["Sportelli"]
    places = {cell.value: cell.column_letter for cell in sheet[1]}
    for title in ("Codice", "Tipo", "Data del fatto"):
        cell = sheet[f"{places[title]}3"]
        assert (cell.fill.start_color.rgb[-6:], bool(cell.comment)) == ("FFC7CE", True), title
    assert "Esempio: 2025-06-06" in sheet[f"{places['Data del fatto']}3"].comment.text
    note = sheet[f"{places['Data del fatto']}2"]
    assert (note.fill.start_color.rgb[-6:], "31/10/2025 → 2025-10-31" in note.comment.text) == ("DDEBF7", True)
    assert book["Da correggere"]["A2"].value.startswith("Da correggere")
    (tmp_path / "copy.xlsx").write_bytes(data)
    xml = content(converted(tmp_path / "copy.xlsx", "ods", tmp_path))
    assert xml.count("<office:annotation ") >= 4
    assert "#ffc7ce" in xml
    assert "La data non è scritta nel modo previsto" in xml


@pytest.mark.parametrize("kind", ["csv", "ods"])
def test_a_copy_of_other_files_holds_their_cells_as_text(kind: str) -> None:
    file = File()
    file.rows[0][1] = "=HYPERLINK(\"https://example.org\")"
    book = read_book(f"prove.{kind}", {"csv": file.as_csv, "ods": file.as_ods}[kind]())
    imported = import_book(book, {"trials": dataset()})
    said = [finding("formula", "trials", "Nome", [RowRef(2, "", "=", "B2")], file="prove", example="x"),
            finding("empty-rows", "trials", "", [RowRef(None, "", "")], "note")]
    copy = openpyxl.load_workbook(io.BytesIO(annotated(book, imported.sheet, said)))
    cell = copy.worksheets[1]["B2"]
    assert (cell.value, cell.data_type) == ("=HYPERLINK(\"https://example.org\")", "s")
    assert "formula" in cell.comment.text
    assert [row[1].value for row in copy.worksheets[0].iter_rows(min_row=2)] == ["Nome", None]
