"""The workbooks of each dataset, in the reader's language: typed cells under titles, words in the place of codes."""

from __future__ import annotations

import io
import re
from datetime import date, datetime, time
from typing import Any

import xlsxwriter

from etl.exports.model import Format, exact, is_day, is_money, tables
from etl.exports.worded import heading, in_words, words
from etl.exports.workbook import SAID, Beside, beside
from etl.meta.model import LANGUAGES, Dataset, Draft, Field, Table

MOST_ROWS, LONGEST = 1_048_575, 32_767
FIRST_YEAR = 1901  # Excel knows no date before 1900, and counts one day too many until March of that year
WIDEST, HEADING = 50, 24
TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
OPTIONS = {
    "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
    "strings_to_numbers": False, "nan_inf_to_errors": False,
}
STYLES = {
    "day": "dd/mm/yyyy", "moment": "dd/mm/yyyy hh:mm", "time": "hh:mm", "money": '#,##0.00 "€"', "text": "@",
}


def italian_files(draft: Draft) -> dict[str, bytes]:
    """NAME.xlsx for each dataset that fits: Excel has a limit of rows and of characters in a cell."""
    return {f"{dataset.name}.xlsx": workbook(draft, dataset, table, LANGUAGES[0])
            for dataset, table in tables(draft) if fits(table)}


def english_files(draft: Draft) -> dict[str, bytes]:
    """NAME.en.xlsx, the same in English."""
    return {f"{dataset.name}.en.xlsx": workbook(draft, dataset, table, "en")
            for dataset, table in tables(draft) if fits(table)}


def fits(table: Table) -> bool:
    """Whether Excel can hold a table whole. A cut table would be a wrong one, so it gets no workbook."""
    return len(table.rows) <= MOST_ROWS and all(len(value) <= LONGEST for row in table.rows for value in row)


def workbook(draft: Draft, dataset: Dataset, table: Table, language: str) -> bytes:
    """The bytes of one workbook; the same each time that they are made from the same release."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    about = dataset.about
    book.set_properties({
        "title": about["title"][language], "author": draft.about["title"][language],
        "created": datetime.fromisoformat(draft.package["created"][:10]), "comments": about["description"][language],
    })
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E3E9F0", "border": 1})
    data_sheet(book, dataset, table, head, language)
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    for sheet in beside(draft, dataset, table, language):
        text_sheet(book, sheet, head, wrap)
    book.close()
    return out.getvalue()


def data_sheet(book: Any, dataset: Dataset, table: Table, head: Any, language: str) -> None:
    """The rows. A text is always written as a text, whatever it begins with."""
    sheet = book.add_worksheet(SAID[language]["data"])
    styles = {name: book.add_format({"num_format": form}) for name, form in STYLES.items()} | {"plain": None}
    fields = dataset.fields
    known = [words(field, language) for field in fields]
    for place, field in enumerate(fields):
        some = [in_words(field, known[place], row[place]) for row in table.rows[:200]]
        sheet.set_column(place, place, width(heading(field, language), some))
    for place, field in enumerate(fields):
        sheet.write_string(0, place, heading(field, language), head)
    for number, row in enumerate(table.rows, start=1):
        for place, (field, value) in enumerate(zip(fields, row, strict=True)):
            if value:
                told = in_words(field, known[place], value) if known[place] else value
                write(sheet, number, place, field, told, styles)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(1, len(table.rows)), len(fields) - 1)


def write(sheet: Any, number: int, place: int, field: Field, value: str, styles: dict[str, Any]) -> None:
    """One cell with its type. What Excel would round stays a text."""
    if field.type in ("integer", "number", "year") and exact(value):
        sheet.write_number(number, place, float(value), styles["money" if is_money(field) else "plain"])
    elif is_day(field, value) and int(value[:4]) >= FIRST_YEAR:
        sheet.write_datetime(number, place, date.fromisoformat(value), styles["day"])
    elif field.type == "datetime" and int(value[:4]) >= FIRST_YEAR:
        sheet.write_datetime(number, place, datetime.fromisoformat(value), styles["moment"])
    elif field.type == "time" and TIME.fullmatch(value):
        sheet.write_datetime(number, place, time.fromisoformat(value), styles["time"])
    elif value.startswith("<r>") and value.endswith("</r>"):
        # The library would take such a text for markup of its own; in two pieces it is written as it stands.
        sheet.write_rich_string(number, place, value[:1], styles["text"], value[1:], styles["text"])
    else:
        sheet.write_string(number, place, value, styles["text"])


def width(title: str, values: list[str]) -> int:
    """How wide a column is: as its widest cell, within reason; a long title goes over two lines."""
    return min(WIDEST, max(len(text) for text in [title[:HEADING], "dd/mm/yyyy", *values]) + 2)


def text_sheet(book: Any, about: Beside, head: Any, wrap: Any) -> None:
    """A sheet of texts. Without headings, its first column has them."""
    sheet, headed = book.add_worksheet(about.name), int(any(about.head))
    for place, (title, wide) in enumerate(zip(about.head, about.widths, strict=True)):
        sheet.set_column(place, place, wide)
        if headed:
            sheet.write_string(0, place, title, head)
    for number, row in enumerate(about.rows, start=headed):
        for place, text in enumerate(row):
            sheet.write_string(number, place, text, wrap if headed or place else head)
    if headed:
        sheet.freeze_panes(1, 1)


MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XLSX = Format(
    "xlsx", {"it": "Excel (XLSX)", "en": "Excel in Italian (XLSX)"},
    {"it": "Titoli e codici in parole, numeri e date già riconosciuti, dizionario, codici, fonti e come citare.",
     "en": "Titles and codes in Italian words, numbers and dates recognised; dictionary, codes, sources, how to cite."},
    "{name}.xlsx", MEDIA, "XLSX", italian_files,
)
XLSX_ENGLISH = Format(
    "xlsx-en", {"it": "Excel in inglese (XLSX)", "en": "Excel (XLSX)"},
    {"it": "Lo stesso con titoli e codici in parole inglesi.",
     "en": "Titles and codes in English words, numbers and dates recognised; dictionary, codes, sources, how to cite."},
    "{name}.en.xlsx", MEDIA, "XLSX", english_files,
)
