"""A file that holds data of private people outside its table is refused, told masked, and copied nowhere."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation
from support.borgo import BORGO
from support.known import CODES
from support.photos import Photo

from etl.commands.inbox import comment, reports
from etl.meta.model import Finding
from etl.releases.beside import beside_the_tables, told_name
from etl.releases.handed import HandedIn, Judged
from etl.releases.trial import hand_in
from etl.runtime.report import as_text
from etl.spreadsheets.read.importer import Imported
from etl.spreadsheets.read.sheets import read_book

HEADINGS = ["Codice", "Tipo", "Giorno", "Apre", "Chiude", "Fonte", "Data della fonte"]
ROW = ["agenzia-casa", "apertura", "Venerdì", "9:30", "12:00", "https://example.org/", "11/2025"]
CODE, PERSON = CODES[0], "Mario Provenzani"


def hours() -> Workbook:
    """A workbook that holds."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Orari"
    sheet.append(HEADINGS)
    sheet.append(ROW)
    return book


def hidden_sheet(book: Workbook) -> None:
    other = book.create_sheet("Appunti")
    other["B3"] = f"inquilino con codice {CODE}"
    other.sheet_state = "hidden"


def unmapped_column(book: Workbook) -> None:
    book.worksheets[0]["H1"], book.worksheets[0]["H2"] = "Appunti", PERSON


def heading(book: Workbook) -> None:
    book.worksheets[0]["H1"] = PERSON


def note(book: Workbook) -> None:
    book.worksheets[0]["A2"].comment = Comment(f"chiedere a {PERSON}", "chi scrive")


def title_of_the_file(book: Workbook) -> None:
    book.properties.title = f"Fascicolo di {PERSON}"


def title_of_a_sheet(book: Workbook) -> None:
    book.create_sheet("Rossi Mario")


def header(book: Workbook) -> None:
    book.worksheets[0].oddHeader.center.text = f"Elenco di {PERSON}"


def prompt(book: Workbook) -> None:
    rule = DataValidation(type="custom", formula1="TRUE", prompt=f"chiedi a {PERSON}")
    rule.add("A2")
    book.worksheets[0].add_data_validation(rule)


def picture(book: Workbook) -> None:
    book.worksheets[0].add_image(Photo(f"foto di {PERSON}"))


def place_of_a_picture(book: Workbook) -> None:
    book.worksheets[0].add_image(Photo("cortile", latitude=True))


def saved(folder: Path, book: Workbook, name: str = "desk_hours.xlsx") -> Path:
    book.save(folder / name)
    return folder / name


def handed(path: Path) -> HandedIn:
    return hand_in(BORGO, [path], date(2026, 11, 25)).results[0]


@pytest.mark.parametrize("spoil", [hidden_sheet, unmapped_column, heading, note, title_of_the_file, title_of_a_sheet,
                                   header, prompt, picture, place_of_a_picture])
def test_what_stands_beside_the_table_is_found(tmp_path: Path, spoil: object) -> None:
    book = hours()
    assert callable(spoil)
    spoil(book)
    path = saved(tmp_path, book)
    found = told(path)
    assert [item.check for item in found] == ["privacy-beside"]
    assert not [secret for secret in (CODE, PERSON, "Provenzani", "Rossi Mario") if secret in repr(found)]


def test_a_workbook_of_nobody_is_left_alone(tmp_path: Path) -> None:
    book = hours()
    book.properties.creator = PERSON  # who wrote it is not what it says
    path = saved(tmp_path, book)
    assert told(path) == []


@pytest.mark.slow
def test_such_a_file_is_refused_and_copied_nowhere(tmp_path: Path) -> None:
    book = hours()
    hidden_sheet(book)
    note(book)
    result = handed(saved(tmp_path, book, "mario-rossi-orari.xlsx"))
    assert not result.holds
    made = reports(Judged([result]), result)
    everything = b"".join(made.values()).decode() + comment([result]) + as_text(result.findings) + " ".join(made)
    assert [name for name in made if name.endswith(".xlsx")] == []
    assert not [secret for secret in (CODE, PERSON, "Provenzani", "mario-rossi") if secret in everything]
    assert "fuori dalle celle della tabella" in everything


@pytest.mark.slow
@pytest.mark.parametrize("headings", [HEADINGS, [PERSON, "Colore", "Peso"]], ids=["other-sheets", "no-table"])
def test_titles_and_headings_that_are_a_persons_are_told_masked(tmp_path: Path, headings: list[str]) -> None:
    book = hours()
    book.worksheets[0].delete_rows(1, 2)
    book.worksheets[0].append(headings)
    book.worksheets[0].append(ROW)
    other = book.create_sheet(f"Note {PERSON}")
    other["A1"], other.sheet_state = "nulla", "hidden"
    result = handed(saved(tmp_path, book))
    checks = {item.check for item in result.findings}
    assert checks >= {"hidden-rows", "privacy-beside", "other-sheets" if headings == HEADINGS else "no-table"}
    made = reports(Judged([result]), result)
    everything = b"".join(made.values()).decode() + comment([result]) + as_text(result.findings) + repr(result.findings)
    assert "Provenzani" not in everything


@pytest.mark.slow
def test_a_copy_does_not_bear_who_wrote_the_file(tmp_path: Path) -> None:
    book = hours()
    book.properties.creator = book.properties.lastModifiedBy = PERSON
    book.worksheets[0]["C2"] = "boh"
    result = handed(saved(tmp_path, book))
    made = reports(Judged([result]), result)
    copies = [data for name, data in made.items() if name.endswith(".xlsx")]
    assert len(copies) == 1
    properties = load_workbook(io.BytesIO(copies[0])).properties
    assert PERSON not in (properties.creator, properties.lastModifiedBy)


def test_a_name_that_is_a_persons_keeps_only_its_ending() -> None:
    assert told_name("Orari sportelli.csv") == "Orari sportelli.csv"
    masked = told_name("ROSSI MARIO isee.xlsx")
    assert masked.endswith(".xlsx")
    assert set(masked[2:-5]) == {"*"}


def told(path: Path) -> list[Finding]:
    """What is told of a file of which no table was read."""
    book = replace(read_book(path.name, path.read_bytes()), data=path.read_bytes())
    (part,) = beside_the_tables(path.name, [Imported(path.name, "")], book, {})
    return part.findings
