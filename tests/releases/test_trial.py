"""Files handed in, through the command that people use: what they are told, in their own rows and cells."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from support.borgo import BORGO
from support.command import abitare

from etl.releases.handed import HandedIn
from etl.releases.trial import hand_in
from etl.runtime.report import as_csv, as_github, as_text
from etl.spreadsheets.write.report_page import page

pytestmark = pytest.mark.slow
DESK = "agenzia-casa"
"""Of the invented city, whose tables the files are for; none is written."""
HOURS = "Codice;Tipo;Giorno;Apre;Chiude;Fonte;Data della fonte\r\n"


def handed(*paths: Path, table: str | None = None) -> list[HandedIn]:
    """What is told of files, and what they would change."""
    return hand_in(BORGO, paths, date(2026, 11, 25), table).results


def told(*paths: Path) -> str:
    """Everything that is told of files, as text."""
    return "\n".join(as_text(item.findings) for item in handed(*paths))


def save(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def test_a_file_that_holds_is_told_how_it_was_read(tmp_path: Path) -> None:
    path = save(tmp_path, "orari.csv", "Orari di novembre\r\n\r\n" + HOURS +
                f"{DESK};apertura;Venerdì;9,30;12;https://example.org/;11/2025\r\n", "cp1252")
    run = abitare("check", "--root", BORGO, "--date", "2026-11-25", path, "--annotated", tmp_path / "copia.xlsx")
    assert run.exit_code == 0, run.stdout
    assert "orari.csv: desk_hours: 1 righe nuove" in run.stderr
    assert "AVVISO / WARNING: Il file non è in UTF-8" in run.stdout
    assert "9,30 → 09:30" in run.stdout
    assert "riga 3" in run.stdout
    assert "ERRORE" not in run.stdout
    assert (tmp_path / "copia.xlsx").read_bytes().startswith(b"PK")


def test_errors_are_told_once_with_cell_value_example_and_remedy(tmp_path: Path) -> None:
    rows = "".join(f"{DESK};apertura;boh;9;12;https://example.org/;31/02/20{n}\r\n" for n in range(10, 17))
    path = save(tmp_path, "desk_hours.csv", HOURS + rows)
    run = abitare("check", "--root", BORGO, "--date", "2026-11-25", "--format", "json", path)
    assert run.exit_code == 1
    found = [item for item in json.loads(run.stdout) if item["severity"] == "critical"]
    assert {item["column"] for item in found} == {"Giorno", "Data della fonte"}
    days = [item for item in found if item["column"] == "Giorno"]
    assert [item["line"] for item in days] == [f"C{row}" for row in range(2, 9)]
    assert "lunedì, martedì" in days[0]["remedy_it"]
    (item,) = handed(path)
    assert "(7 righe: C2, C3, C4, C5, C6 …)" in as_text(item.findings)
    assert "::error file=desk_hours.csv,line=2,title=enum::" in as_github(item.findings)
    html = page(path.name, item.findings, {})
    assert html.startswith("<!DOCTYPE html>")
    assert "Il file è da correggere." in html
    said = list(csv.DictReader(io.StringIO(as_csv(item.findings))))
    assert {row["severity"] for row in said} >= {"critical", "note"}


def test_a_new_desk_and_its_hours_may_come_in_two_files(tmp_path: Path) -> None:
    hours = save(tmp_path, "desk_hours.csv", HOURS + "sportello-nuovo;opening;mo;9;12;https://x.example.org/;2025\r\n")
    (alone,) = handed(hours)
    assert not alone.holds
    assert "Il valore non esiste nella tabella desks." in as_text(alone.findings)
    desk = save(tmp_path, "desks.csv", "Codice;Nome;Tipo;Stato;Fonte\r\n"
                                       "sportello-nuovo;Sportello;housing_desk;operating;https://x.example.org/\r\n")
    assert [item.holds for item in handed(hours, desk)] == [True, True]


@pytest.mark.parametrize(("name", "text", "words"), [
    ("desks.csv", "Nome;Tipo\r\nUno;housing_desk\r\n", "Manca la colonna «Codice»"),
    ("desks.csv", "Codice;Nome;Indirizzo\r\n", "Sotto le intestazioni non c'è nessuna riga."),
    ("desks.csv", "Codice;Nome;Denominazione\r\na;b;c\r\n", "Due colonne dicono la stessa cosa: «Nome»"),
    ("desks.csv", "Codice;Nome;Cognome\r\na;b;c\r\n", "Il file ha una colonna di dati personali: «Cognome»"),
    ("spesa.csv", "Pane;Latte\r\n1;2\r\n", "Le intestazioni non sono di nessuna tabella"),
    ("desks.csv", "Codice;Nome;Indirizzo\r\nuno;Uno;x\r\nuno;Uno;y\r\n", "La riga ripete la chiave di un'altra riga."),
    ("desks.csv", "Codice;Nome;Indirizzo\r\na;b;via Roma; 3\r\n", "La riga ha più celle delle intestazioni"),
])
def test_files_that_cannot_be_used(tmp_path: Path, name: str, text: str, words: str) -> None:
    (item,) = handed(save(tmp_path, name, text))
    assert not item.holds
    assert words in as_text(item.findings)


def test_a_table_can_be_named(tmp_path: Path) -> None:
    path = save(tmp_path, "x.csv", f"Codice;Nota;Lingua\r\n{DESK};Una nota.;it\r\n")
    assert "Il file può essere di più tabelle" in told(path)
    (item,) = handed(path, table="desk_texts")
    assert item.in_words().startswith("desk_texts: 0 righe nuove, 1 cambiate")


def test_empty_cells_erase_nothing_and_nothing_is_written(tmp_path: Path) -> None:
    table = BORGO / "datasets/source/desks.csv"
    before = table.read_bytes()
    (item,) = handed(save(tmp_path, "desks.csv", f"Codice;Nome;Indirizzo\r\n{DESK};;-\r\n"))
    assert item.holds
    assert "1 uguali" in item.in_words()
    assert "Dove il file è vuoto resta il valore che c'era." in as_text(item.findings)
    assert table.read_bytes() == before


def test_two_sheets_of_one_table_are_judged_together_and_told_by_sheet(tmp_path: Path) -> None:
    book, path = openpyxl.Workbook(), tmp_path / "orari.xlsx"
    book.remove(book.active)
    for title, day in (("Centro", "sabato"), ("Lago", "boh")):
        sheet = book.create_sheet(title)
        for row in (HOURS.strip().split(";"), [DESK, "apertura", day, "9:00", "12:00", "https://example.org/", "2025"]):
            sheet.append(row)
    book.save(path)
    (result,) = handed(path)
    assert (result.holds, [part.imported.sheet for part in result.parts]) == (False, ["Centro", "Lago"])
    assert {row.cell for item in result.findings if item.severity == "critical" for row in item.rows} == {"Lago!C2"}
    book["Lago"]["C2"] = "domenica"
    book.save(path)
    (result,) = handed(path)
    assert (result.holds, result.counts()["added"]) == (True, 2)
    assert "stati letti insieme («Centro», «Lago»)" in as_text(result.findings)
