"""The whole way of an office worker: the template, thirty rows, the check, the marked copy, the inbox, the page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from support.borgo import ONE_LANGUAGE, copy_borgo
from support.command import abitare
from support.workbooks import colour_of

from etl.runtime.source_tables import EXAMPLE
from etl.spreadsheets.write.style import FILLS

pytestmark = pytest.mark.slow
DATE = ("--date", "2026-11-25")
SOURCE = "https://www.borgofiorito.example/sportelli"
DESKS = [{
    "Codice": f"sportello-prova-{n}", "Nome": f"Sportello di prova {n}", "Tipo": "sportello per la casa",
    "Codice ISTAT": "Pian dei Tigli" if n == 2 else "004902 – Castelnovo al Lago", "Indirizzo": f"via del Lago {n}",
    "CAP": "12991", "Telefono": "0171 5550120", "E-mail": "casa @x.example" if n == 3 else "casa@borgofiorito.example",
    "Stato": "in attività, dice la fonte", "Data del fatto": "31/10/2025", "Fonte": SOURCE, "Data della fonte": "2025",
} for n in range(1, 7)]
DAYS = ["lunedi", "giovedì", "Martedì", "boh", "mercoledì", "sabato"]
HOURS = [{"Codice": f"sportello-prova-{n}", "Tipo": "apertura", "Giorno": day, "Apre": "9:00", "Chiude": "12,30",
          "Fonte": SOURCE, "Data della fonte": "2025"} for n, day in enumerate(DAYS, 1)] + [
    {"Codice": f"sportello-prova-{n}", "Tipo": "apertura", "Giorno": "venerdì", "Apre": "14", "Chiude": "17.30",
     "Fonte": SOURCE} for n in range(1, 7)]
AREAS = [{"Codice": f"sportello-prova-{n}", "Tipo di zona": "Comune", "Zona": "Castelnovo al Lago",
          "Codice ISTAT": "004902 – Pian dei Tigli" if n == 5 else "004902",
          "Che cosa dice la fonte": "Per chi abita qui.",
          "Che cosa dice la fonte, in inglese": "For people who live here.", "Fonte": SOURCE} for n in range(1, 7)]
TEXTS = [{"Codice": f"sportello-prova-{n}", "Lingua": "italiano", "Descrizione": "Aiuta a cercare casa.",
          "Fonte": SOURCE} for n in range(1, 7)]
SHEETS = {"Sportelli": DESKS, "Orari degli sportelli": HOURS, "Zone degli sportelli": AREAS,
          "Sportelli descrizioni": TEXTS}
MENDED = {("Sportelli", "E-mail"): "casa@x.example", ("Orari degli sportelli", "Giorno"): "mercoledì",
          ("Zone degli sportelli", "Codice ISTAT"): "004902 – Castelnovo al Lago"}
ON_ITS_PAGE = ("Sportello di prova 3", "via del Lago 3", "tel:+3901715550120", "casa@x.example",
               "Aiuta a cercare casa.", "12:30", "17:30")


def places(sheet: Worksheet) -> dict[str, int]:
    return {str(cell.value): cell.column for cell in sheet[1]}


def type_in(book: Workbook, name: str, rows: Sequence[dict[str, str]]) -> None:
    sheet = book[name]
    columns = places(sheet)
    for line, row in enumerate(rows, 3):
        for title, value in row.items():
            sheet.cell(line, columns[title]).value = value


def mend(book: Workbook) -> list[tuple[str, str]]:
    """Correct each red cell of a marked copy; gives where there was one."""
    red = [(sheet, cell) for sheet in book.worksheets if sheet.title in SHEETS for row in sheet.iter_rows(min_row=2)
           for cell in row if colour_of(book, sheet.title, cell.coordinate) == FILLS["critical"]]
    for sheet, cell in red:
        assert "Esempio" in cell.comment.text or "Scegli" in cell.comment.text
        cell.value = MENDED[sheet.title, str(sheet.cell(1, cell.column).value)]
    return [(sheet.title, str(sheet.cell(1, cell.column).value)) for sheet, cell in red]


def shown_back(page: str) -> None:
    """What the page of a file says: how it was understood, and the columns without values in one line."""
    words = ("Ho capito così", "31 ottobre 2025", "004903 – Pian dei Tigli", "sportello per la casa", "<td>nuova</td>")
    assert [word for word in words if word not in page] == []
    folded = re.search("<p>Colonne senza valori: (.+?)\\.</p>", page)
    assert folded is not None
    assert "Sedia a rotelle" in folded[1]
    assert '<th scope="col">Sedia a rotelle</th>' not in page


def test_from_the_template_to_the_page_without_a_developer(tmp_path: Path, town: Path) -> None:
    city = copy_borgo(tmp_path / "city", settings=ONE_LANGUAGE, built=town)
    file, copy, site = tmp_path / "sportelli.xlsx", tmp_path / "corretto.xlsx", tmp_path / "site"
    root = ("--root", str(city), *DATE)
    assert abitare("template", *root[:2], "desks", "--out", file).exit_code == 0
    book = openpyxl.load_workbook(file)
    assert set(book.sheetnames) == {"Istruzioni", *SHEETS, "Elenchi"}
    assert book.sheetnames[1] == "Sportelli"
    for name, rows in SHEETS.items():
        type_in(book, name, rows)
    book.save(file)
    page = tmp_path / "capito.html"
    run = abitare("check", *root, file, "--annotated", copy, "--understood", page)
    assert (run.exit_code, run.stdout.count("ERRORE")) == (1, 3), run.stdout
    assert sorted(mend(openpyxl.load_workbook(copy))) == sorted(MENDED)
    assert "La riga di esempio del modello non è entrata" in run.stdout
    assert "Nomi letti come codici di un’altra tabella: 004902 – Castelnovo al Lago → 004902" in run.stdout
    shown_back(page.read_text("utf-8"))
    inbox = city / "datasets" / "inbox"
    inbox.mkdir(exist_ok=True)
    (inbox / file.name).write_bytes(file.read_bytes())
    assert abitare("fetch", *root, "inbox").exit_code == 1
    marked = openpyxl.load_workbook(inbox / "report" / "sportelli.xlsx.annotated.xlsx")
    assert sorted(mend(marked)) == sorted(MENDED)
    marked.save(inbox / "sportelli.xlsx.annotated.xlsx")
    run = abitare("fetch", *root, "inbox")
    assert run.exit_code == 0, run.stdout
    assert [path.name for path in inbox.iterdir() if path.name != "README.md"] == []
    tables = {name: (city / "datasets" / "source" / f"{name}.csv").read_text("utf-8")
              for name in ("desks", "desk_hours", "desk_areas", "desk_texts")}
    assert {name: text.count("\nsportello-prova-") for name, text in tables.items()} == {
        "desks": 6, "desk_hours": 12, "desk_areas": 6, "desk_texts": 6}
    assert not [name for name, text in tables.items() if EXAMPLE in text]
    assert abitare("build", *root, "--out", site).exit_code == 0
    shown = (site / "sportelli" / "sportello-prova-3" / "index.html").read_text("utf-8")
    assert [words for words in ON_ITS_PAGE if words not in shown] == []


def test_an_example_row_is_never_a_fact(tmp_path: Path, town: Path) -> None:
    city, file = copy_borgo(tmp_path / "city", built=town), tmp_path / "desks.xlsx"
    abitare("template", "--root", city, "desks", "--out", file)
    book = openpyxl.load_workbook(file)
    sheet = book["Sportelli"]
    columns = places(sheet)
    for column in columns.values():  # a person copies the example, once with another name, once with another source
        sheet.cell(3, column).value = sheet.cell(4, column).value = sheet.cell(2, column).value
    sheet.cell(3, columns["Nome"]).value = "Sportello vero"
    sheet.cell(4, columns["Fonte"]).value = SOURCE
    book.save(file)
    run = abitare("check", "--root", city, *DATE, file)
    assert run.exit_code == 1
    assert "La riga ha la fonte dell'esempio" in run.stdout
    assert f"Sportelli!{sheet.cell(3, columns['Fonte']).coordinate}" in run.stdout
    assert run.stdout.count("La riga di esempio del modello non è entrata") == 4
    assert "Sotto le intestazioni non c'è nessuna riga" not in run.stdout
