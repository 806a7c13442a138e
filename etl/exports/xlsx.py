"""The workbook of each dataset: typed cells, frozen header, filters, the dictionary and the licence."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

import xlsxwriter

from etl.exports.model import Format, exact, is_day, is_money, tables
from etl.meta.model import Dataset, Draft, Field, Table

MOST_ROWS, LONGEST = 1_048_575, 32_767
FIRST_YEAR = 1901  # Excel knows no date before 1900, and counts one day too many until March of that year
WIDEST = 50
OPTIONS = {
    "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
    "strings_to_numbers": False, "nan_inf_to_errors": False,
}


def xlsx_files(draft: Draft) -> dict[str, bytes]:
    """NAME.xlsx for each dataset that fits: Excel has a limit of rows and of characters in a cell."""
    return {f"{dataset.name}.xlsx": workbook(draft, dataset, table)
            for dataset, table in tables(draft) if fits(table)}


def fits(table: Table) -> bool:
    """Whether Excel can hold a table whole. A cut table would be a wrong one, so it gets no workbook."""
    return len(table.rows) <= MOST_ROWS and all(len(value) <= LONGEST for row in table.rows for value in row)


def workbook(draft: Draft, dataset: Dataset, table: Table) -> bytes:
    """The bytes of one workbook; the same each time that they are made from the same release."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    about = dataset.about
    book.set_properties({
        "title": about["title"]["it"], "author": draft.about["title"]["it"],
        "created": datetime.fromisoformat(draft.package["created"][:10]), "comments": about["description"]["it"],
    })
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E3E9F0", "border": 1})
    data_sheet(book, dataset, table, head)
    dictionary_sheet(book, dataset, head)
    readme_sheet(book, draft, dataset, table, head)
    book.close()
    return out.getvalue()


def data_sheet(book: Any, dataset: Dataset, table: Table, head: Any) -> None:
    """The rows. A text is always written as a text, whatever it begins with."""
    sheet = book.add_worksheet("Dati")
    styles = {
        "day": book.add_format({"num_format": "dd/mm/yyyy"}), "money": book.add_format({"num_format": "#,##0.00"}),
        "text": book.add_format({"num_format": "@"}), "plain": None,
    }
    fields = dataset.fields
    for place, field in enumerate(fields):
        sheet.set_column(place, place, width(field, [row[place] for row in table.rows[:200]]))
    for place, field in enumerate(fields):
        sheet.write_string(0, place, field.name, head)
    for number, row in enumerate(table.rows, start=1):
        for place, (field, value) in enumerate(zip(fields, row, strict=True)):
            if value:
                write(sheet, number, place, field, value, styles)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(1, len(table.rows)), len(fields) - 1)


def write(sheet: Any, number: int, place: int, field: Field, value: str, styles: dict[str, Any]) -> None:
    """One cell with its type. What Excel would round stays a text."""
    if field.type in ("integer", "number") and exact(value):
        sheet.write_number(number, place, float(value), styles["money" if is_money(field) else "plain"])
    elif field.type == "boolean":
        sheet.write_boolean(number, place, value == "true")
    elif is_day(field, value) and int(value[:4]) >= FIRST_YEAR:
        sheet.write_datetime(number, place, date.fromisoformat(value), styles["day"])
    elif value.startswith("<r>") and value.endswith("</r>"):
        # The library would take such a text for markup of its own; in two pieces it is written as it stands.
        sheet.write_rich_string(number, place, value[:1], styles["text"], value[1:], styles["text"])
    else:
        sheet.write_string(number, place, value, styles["text"])


def width(field: Field, values: list[str]) -> int:
    """How wide a column is: as its widest cell, within reason."""
    return min(WIDEST, max(len(text) for text in [field.name, "dd/mm/yyyy", *values]) + 2)


def dictionary_sheet(book: Any, dataset: Dataset, head: Any) -> None:
    """What each column means, in both languages."""
    sheet = book.add_worksheet("Dizionario")
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    titles = ("Colonna / Column", "Titolo", "Title", "Descrizione", "Description", "Tipo / Type", "Esempio / Example")
    for place, (title, wide) in enumerate(zip(titles, (24, 26, 26, 48, 48, 12, 24), strict=True)):
        sheet.set_column(place, place, wide)
        sheet.write_string(0, place, title, head)
    for number, field in enumerate(dataset.fields, start=1):
        about = field.descriptor
        cells = (field.name, about["title"], about["title_en"], about["description"], about["description_en"],
                 field.type, str(about.get("example", "")))
        for place, text in enumerate(cells):
            sheet.write_string(number, place, text, wrap)
    sheet.freeze_panes(1, 1)


def readme_sheet(book: Any, draft: Draft, dataset: Dataset, table: Table, head: Any) -> None:
    """What the table is, its source, licence, version and how to cite it."""
    sheet = book.add_worksheet("Leggimi")
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    about, package = dataset.about, draft.package
    licence = package["licenses"][0]
    released = package["created"][:10]
    cited = f"{about['title']['it']}. {draft.about['title']['it']}, versione {package['version']}, {released}."
    lines = [
        ("Titolo / Title", f"{about['title']['it']} / {about['title']['en']}"),
        ("Descrizione", about["description"]["it"]), ("Description", about["description"]["en"]),
        ("Una riga è / One row is", f"{about['row']['it']} / {about['row']['en']}"),
        ("Righe / Rows", str(len(table.rows))),
        ("Fonte / Source", " ".join(filter(None, (about["source"]["title"]["it"], about["source"].get("url"))))),
        ("Versione / Version", f"{package['version']} ({released})"),
        ("Licenza / Licence", f"{licence['title']} {licence['path']}"),
        ("Come citare / How to cite", f"{cited} {draft.address}"),
    ]
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 90)
    for number, (name, text) in enumerate(lines):
        sheet.write_string(number, 0, name, head)
        sheet.write_string(number, 1, text, wrap)


XLSX = Format(
    "xlsx", {"it": "Excel (XLSX)", "en": "Excel (XLSX)"},
    {"it": "Numeri e date già riconosciuti, filtri, dizionario delle colonne e licenza.",
     "en": "Numbers and dates recognised, filters, dictionary of the columns and licence."},
    "{name}.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX", xlsx_files,
)
