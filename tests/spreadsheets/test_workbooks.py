"""Templates for people: what Excel and LibreOffice find in them, and the way of a filled one into the release."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from support.borgo import DAY, ONE_LANGUAGE, copy_borgo
from support.catalogs import CATALOG
from support.command import abitare
from support.libreoffice import content, converted
from support.release import Row, example, records
from support.repository import ROOT
from support.workbooks import opened

from etl.meta.errors import DeclarationError
from etl.meta.model import Dataset, Field
from etl.runtime.source_tables import choices, example_row
from etl.spreadsheets.read.convert import convert
from etl.spreadsheets.read.importer import import_book
from etl.spreadsheets.read.model import Cell
from etl.spreadsheets.read.sheets import read_book
from etl.spreadsheets.write.template import template

TABLES = [name for name, item in CATALOG.items() if not item.derived]
TOWN: Row = next((row for row in records("municipalities") if row["postal_code_2020"]), {})
DESK = {
    "Codice": "sportello-di-prova", "Nome": "Sportello di prova", "Tipo": "sportello per la casa",
    "Stato": "in attività, dice la fonte", "Ente": "Ente di prova", "Codice ISTAT": "004901",
    "Indirizzo": "via di Prova 1", "CAP": "12991", "Telefono": "02 5551 2341",
    "Data del fatto": "31/10/2025", "Fonte": "https://example.org/", "Data della fonte": "ottobre 2025",
}


@cache
def made(name: str) -> bytes:
    return template([(CATALOG[name], choices(ROOT, CATALOG[name], CATALOG))], {name: example_row(CATALOG[name])})


@cache
def book_of(name: str) -> Workbook:
    """The template of a dataset, to look at and not to change."""
    return opened(made(name))


def source_fields(dataset: Dataset) -> list[Field]:
    return [field for field in dataset.fields if not field.computed]


def rules_of(book: Workbook) -> dict[str, DataValidation]:
    """Letter of a column -> its rule."""
    return {str(rule.sqref).split(":")[0].rstrip("2"): rule
            for rule in book.worksheets[1].data_validations.dataValidation}


def listed(book: Workbook, rule: DataValidation) -> list[str]:
    """What a drop-down offers, by the name of its list."""
    area = book.defined_names[rule.formula1].attr_text.replace("$", "").removeprefix("Elenchi!")
    return [cells[0].value for cells in book["Elenchi"][area]]


def changed(dataset: Dataset, number: int, **more: object) -> Dataset:
    """The dataset with one column described in another way."""
    fields = [dict(field) for field in dataset.schema["fields"]]
    fields[number].update(more)
    return replace(dataset, schema={**dataset.schema, "fields": fields})


@pytest.mark.slow
@pytest.mark.parametrize("name", CATALOG)
def test_every_dataset_has_a_template(name: str) -> None:
    assert made(name) == made.__wrapped__(name)
    book, fields = book_of(name), source_fields(CATALOG[name])
    assert [book.sheetnames[0], len(book.sheetnames[1]) <= 31] == ["Istruzioni", True]
    sheet = book.worksheets[1]
    assert [cell.value for cell in sheet[1]] == [field.descriptor["title"] for field in fields]
    assert [cell.value for row in sheet.iter_rows(min_row=3) for cell in row if cell.value is not None] == []
    assert sheet.protection.sheet
    assert (sheet["A1"].protection.locked, sheet["A400"].protection.locked) == (True, False)
    assert (sheet.freeze_panes, sheet.max_row >= 500) == ("A2", True)
    rules = rules_of(book)
    for cell, field in zip(sheet[1], fields, strict=True):
        letter, rule = cell.column_letter, rules[cell.column_letter]
        assert (cell.font.b, "Obbligatoria." in cell.comment.text) == (True, field.required)
        assert ("Esempio: " in cell.comment.text) == bool(field.descriptor.get("example"))
        assert sheet[f"{letter}400"].number_format == ("General" if field.type in ("number", "integer") else "@")
        assert str(rule.sqref) == f"{letter}2:{letter}2000"
        # Excel calls a file damaged whose hints are longer.
        assert 0 < len(rule.promptTitle) <= 32
        assert max(len(rule.prompt), len(rule.error)) <= 255
        assert ("Esempio: " in rule.prompt) == bool(field.descriptor.get("example"))


@pytest.mark.slow
@pytest.mark.parametrize("name", TABLES)
def test_an_empty_template_comes_back_as_its_own_table(name: str) -> None:
    imported = import_book(read_book("x.xlsx", made(name)), CATALOG)
    assert (imported.dataset, list(imported.letters)) == (name, CATALOG[name].source_columns)
    assert not [item for item in imported.findings if item.check.startswith(("heading", "hidden", "other"))]


@pytest.mark.slow
@pytest.mark.parametrize("name", CATALOG)
def test_every_choice_of_a_drop_down_is_read_as_its_code(name: str) -> None:
    book = book_of(name)
    for rule, field in zip(rules_of(book).values(), source_fields(CATALOG[name]), strict=True):
        closed = field.descriptor.get("constraints", {}).get("enum")
        assert rule.errorStyle == ("stop" if closed or field.type == "boolean" else "warning")
        if closed:
            read = [convert(field, Cell(text)) for text in listed(book, rule)]
            assert [(item.value, item.problem) for item in read] == [(str(code), "") for code in closed]
        if field.type == "boolean":
            assert [convert(field, Cell(text)).value for text in listed(book, rule)] == ["true", "false"]


@pytest.mark.slow
def test_drop_downs_offer_labels_and_known_keys() -> None:
    example("services")
    book = book_of("desk_services")
    with (ROOT / "datasets/source/services.csv").open(encoding="utf-8") as file:
        codes = sorted(row["service_id"] for row in csv.DictReader(file))
    assert [text.partition(" – ")[0] for text in listed(book, rules_of(book)["B"])] == codes
    assert f"{TOWN['istat_code']} – {TOWN['name']}" in listed(book_of("desks"), rules_of(book_of("desks"))["G"])
    book = book_of("desks")
    rules = rules_of(book)
    assert {"sportello per la casa", "sede ALER"} <= set(listed(book, rules["C"]))
    assert (rules["C"].type, rules["C"].showErrorMessage) == ("list", True)
    assert rules["C"].error == "Scegli una voce dell'elenco. Esempio: sportello per la casa"
    assert (rules["H"].type, rules["H"].formula1, rules["H"].formula2) == ("whole", "1", "9")
    needs = rules_of(book_of("services"))["D"]
    assert (needs.type, needs.showErrorMessage, "separate da |" in needs.prompt) == ("list", False, True)


def test_required_columns_show_and_the_instructions_say_all() -> None:
    book = book_of("desks")
    by_need = {field.required: cell.fill.start_color.rgb[-6:]
               for cell, field in zip(book.worksheets[1][1], source_fields(CATALOG["desks"]), strict=True)}
    assert by_need[True] != by_need[False]
    rows = [[cell.value for cell in row] for row in book["Istruzioni"].iter_rows()]
    assert ["Tipo", "Che tipo di sportello è. Scegli dall'elenco.", "sportello per la casa", "sì"] in rows
    assert ["Latitudine", "Latitudine in gradi (WGS 84).", "45,4642", "no"] in rows
    words = " ".join(row[0] for row in rows if row[0])
    assert "Ogni riga è uno sportello." in words
    assert "bastano «Codice» e le celle che cambiano" in words
    assert "datasets/inbox" in words
    assert "In English" in words
    assert "One row is a desk." in words


def test_a_title_that_means_two_columns_is_refused() -> None:
    with pytest.raises(DeclarationError, match=r"schemas/desks\.json.*«codice»"):
        template([(changed(CATALOG["desks"], 1, title="codice"), {})])


def test_words_of_the_schema_are_never_formulas_and_long_ones_are_cut() -> None:
    odd = changed(CATALOG["desks"], 0, title="=Codice", description="=1+1 " * 200, example="@SOMMA(A1)")
    book = opened(template([(odd, {"istat_code": {"=1+1": "", "-1": ""}})]))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    rules = rules_of(book)
    assert listed(book, rules["G"]) == ["=1+1", "-1"]
    assert (len(rules["A"].prompt) <= 255, rules["A"].prompt.endswith("Esempio: @SOMMA(A1)\nObbligatoria.")) == (
        True, True)


def filled(empty: bytes, rows: list[dict[str, str]]) -> bytes:
    """A template of the desks with rows typed in by a person."""
    book = opened(empty)
    sheet = book["Sportelli"]
    places = {cell.value: cell.column for cell in sheet[1]}
    for line, row in enumerate(rows, 3):
        for title, value in row.items():
            sheet.cell(line, places[title]).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.slow
def test_template_filled_imported_released(tmp_path: Path, town: Path) -> None:
    city = copy_borgo(tmp_path / "city", settings=ONE_LANGUAGE, built=town)
    inbox = city / "datasets" / "inbox"
    inbox.mkdir()
    assert abitare("template", "--root", city, "desks", "--out", tmp_path / "desks.xlsx").exit_code == 0
    data = filled((tmp_path / "desks.xlsx").read_bytes(), [DESK, {"Codice": "agenzia-casa", "CAP": DESK["CAP"]}])
    assert len(rules_of(opened(data))) == len(CATALOG["desks"].source_columns)
    (inbox / "desks.xlsx").write_bytes(data)
    for words in (["fetch", "inbox"], ["build"]):
        run = abitare(words[0], "--root", city, "--date", DAY.isoformat(), *words[1:])
        assert run.exit_code == 0, run.output
    assert not (inbox / "desks.xlsx").exists()
    with (city / "datasets/release/desks.csv").open(encoding="utf-8") as file:
        rows = {row["desk_id"]: row for row in csv.DictReader(file)}
    new, old = rows["sportello-di-prova"], rows["agenzia-casa"]
    assert (new["kind"], new["municipality"], new["fact_date"], new["source_date"], new["phone_e164"]) == (
        "housing_desk", "Borgofiorito", "2025-10-31", "2025-10", "+390255512341")
    assert (old["postal_code"], old["address"]) == (DESK["CAP"], "piazza dei Portici 1")
    assert (city / "build/site/sportelli/sportello-di-prova/index.html").exists()
    assert (city / "build/fetch/desks.xlsx.html").exists()


@pytest.mark.slow
def test_libreoffice_keeps_drop_downs_hints_and_text(tmp_path: Path) -> None:
    (tmp_path / "desks.xlsx").write_bytes(made("desks"))
    xml = content(converted(tmp_path / "desks.xlsx", "ods", tmp_path))
    rules = re.findall(r"<table:content-validation .*?</table:content-validation>", xml)
    assert len(rules) == len(CATALOG["desks"].source_columns)
    (kind,) = [rule for rule in rules if "cell-content-is-in-list(elenco_kind)" in rule]
    assert 'table:message-type="stop"' in kind
    assert "Esempio: sportello per la casa" in kind
    assert re.search(r'table:name="elenco_kind"[^>]*cell-range-address="\$Elenchi\.', xml)
    again = openpyxl.load_workbook(converted(tmp_path / "desks.ods", "xlsx", tmp_path))
    back = rules_of(again)["C"]
    assert (back.type, back.errorStyle, "sede ALER" in listed(again, back)) == ("list", "stop", True)
    assert again["Sportelli"]["F2"].number_format == "@"
    assert (again["Sportelli"].protection.sheet, again["Sportelli"]["F3"].protection.locked) == (True, False)
