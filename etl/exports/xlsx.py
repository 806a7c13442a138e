"""The workbooks of each dataset, in the reader's language: typed cells under titles, words in the place of codes."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from importlib.metadata import version
from typing import Any

from etl.domain.workbooks import fits
from etl.exports.model import Format, tables
from etl.exports.packed import LIBRARY, packed, unpacked
from etl.exports.sheet_rows import sheet_of, with_sheet, write_rows
from etl.exports.worded import heading, in_words, words
from etl.exports.workbook import SAID, Beside, beside
from etl.meta.model import LANGUAGES, Dataset, Draft, Table
from etl.meta.view import digest
from etl.runtime.cache import cache_key, code_of, kept_in

WIDEST, HEADING, SEEN = 50, 24, 200
"""Letters of the widest column and of a heading on one line; rows that widths are taken from."""
OPTIONS = {
    "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
    "strings_to_numbers": False, "nan_inf_to_errors": False,
}
STYLES = {
    "day": "dd/mm/yyyy", "moment": "dd/mm/yyyy hh:mm", "time": "hh:mm", "money": '#,##0.00 "€"', "text": "@",
}


def italian_files(draft: Draft) -> dict[str, bytes]:
    """NAME.xlsx for each dataset that fits; the others are told in a finding, on their page and in the ZIP."""
    return {f"{dataset.name}.xlsx": workbook(draft, dataset, table, LANGUAGES[0])
            for dataset, table in tables(draft) if fits(table)}


def english_files(draft: Draft) -> dict[str, bytes]:
    """NAME.en.xlsx, the same in English."""
    return {f"{dataset.name}.en.xlsx": workbook(draft, dataset, table, "en")
            for dataset, table in tables(draft) if fits(table)}


def workbook(draft: Draft, dataset: Dataset, table: Table, language: str) -> bytes:
    """The bytes of one workbook; the same each time that they are made from the same release.

    The sheet of its rows is kept, compressed, and so is what stands around it: a release that says the same of a table
    takes both, another only the rows.
    """
    key = sheet_key(draft, dataset, language) if draft.cache else ""
    name = f"{dataset.name}-{language}"
    sheet = unpacked(kept_in(draft.cache, key, partial(data_of, dataset, table, language), name))
    said = told(draft, dataset, table, language)
    make = partial(around, dataset, table, language, sheet.about, said)
    return with_sheet(kept_in(draft.cache, cache_key(key, said), make, f"{name}-around"), sheet)


def sheet_key(draft: Draft, dataset: Dataset, language: str) -> str:
    """A key of all that the sheet of the rows of a table depends on."""
    program = code_of("exports/*.py", "domain/*.py", "meta/*.py"), version("xlsxwriter"), LIBRARY
    return cache_key("sheet", language, dataset.schema, digest(draft.files[f"{dataset.name}.csv"]), program)


def told(draft: Draft, dataset: Dataset, table: Table, language: str) -> tuple[dict[str, Any], list[Beside]]:
    """What a workbook says of itself: its properties, and the sheets after that of the rows."""
    about = dataset.about
    return {
        "title": about["title"][language], "author": draft.about["title"][language],
        "created": datetime.fromisoformat(draft.package["created"][:10]), "comments": about["description"][language],
    }, list(beside(draft, dataset, table, language))


def data_of(dataset: Dataset, table: Table, language: str) -> bytes:
    """The sheet of the rows of a table, compressed, with the names of the styles that it uses, in their order."""
    from xlsxwriter.utility import xl_rowcol_to_cell

    known = [words(field, language) for field in dataset.fields]
    with tempfile.TemporaryFile() as rows:
        styles = list(write_rows(rows, dataset.fields, known, table.rows))
        rows.seek(0)
        last = xl_rowcol_to_cell(len(table.rows), len(dataset.fields) - 1)
        return packed(sheet_of(around(dataset, table, language, styles, ({}, [])), rows, last), styles)


def around(
    dataset: Dataset, table: Table, language: str, styles: Sequence[str], said: tuple[dict[str, Any], list[Beside]],
) -> bytes:
    """A workbook without its rows. styles: names of those that the rows use, in this order. said: see `told`."""
    import xlsxwriter  # pages are made without it

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E3E9F0", "border": 1})
    data_sheet(book, dataset, table, head, language, styles)
    properties, sheets = said
    book.set_properties(properties)
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    for sheet in sheets:
        text_sheet(book, sheet, head, wrap)
    book.close()
    return out.getvalue()


def data_sheet(book: Any, dataset: Dataset, table: Table, head: Any, language: str, styles: Sequence[str]) -> None:
    """The sheet of the rows, in whose place there is one with each style once."""
    sheet = book.add_worksheet(SAID[language]["data"])
    formats = {name: book.add_format({"num_format": form}) for name, form in STYLES.items()}
    for place, field in enumerate(dataset.fields):
        known = words(field, language)
        some = [in_words(field, known, row[place]) for row in table.rows[:SEEN]]
        sheet.set_column(place, place, width(heading(field, language), some))
    for place, field in enumerate(dataset.fields):
        sheet.write_string(0, place, heading(field, language), head)
    for place, name in enumerate(styles):
        sheet.write_blank(1, place, None, formats[name])
    if styles:  # a style has its number when the row after it begins
        sheet.write_blank(2, 0, None, formats[styles[0]])
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(1, len(table.rows)), len(dataset.fields) - 1)


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
    "{name}.xlsx", MEDIA, "XLSX", italian_files, alone=True,
)
XLSX_ENGLISH = Format(
    "xlsx-en", {"it": "Excel in inglese (XLSX)", "en": "Excel (XLSX)"},
    {"it": "Lo stesso con titoli e codici in parole inglesi.",
     "en": "Titles and codes in English words, numbers and dates recognised; dictionary, codes, sources, how to cite."},
    "{name}.en.xlsx", MEDIA, "XLSX", english_files, alone=True,
)
