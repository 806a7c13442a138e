"""A workbook of questions: rows that somebody else filled in, one column to answer yes or no, one for another value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from etl.spreadsheets.write import style

ANSWERS = '"sì,no"'


def questions(
    title: str, headings: Mapping[str, str], rows: Sequence[Mapping[str, str]], answer: str, typed: str,
    widths: Mapping[str, int],
) -> bytes:
    """The workbook, as XLSX. headings: column -> its heading; answer, typed: the columns that a person fills in;
    widths: of columns, in characters; 18 for the others."""
    book = style.new_book()
    sheet = book.create_sheet(title)
    for position, (name, heading) in enumerate(headings.items(), 1):
        cell = style.write(sheet.cell(1, position), heading)
        mine = name in (answer, typed)
        cell.alignment, cell.fill = style.TOP, style.fill("required" if mine else "head")
        cell.font = style.WHITE if mine else style.BOLD
        sheet.column_dimensions[get_column_letter(position)].width = widths.get(name, 18)
        for row, values in enumerate(rows, 2):
            there = style.write(sheet.cell(row, position), values[name])
            there.alignment, there.number_format = style.TOP, "@"
            if mine:
                there.fill = style.fill("warning")
    offer(sheet, list(headings).index(answer) + 1, len(rows) + 1)
    sheet.freeze_panes = "A2"
    style.fit(sheet)
    sheet.print_title_rows = "1:1"
    style.open_at(book, 0)
    return style.saved(book)


def offer(sheet: Worksheet, position: int, last: int) -> None:
    """A drop-down of yes and no in a column."""
    rule = DataValidation(type="list", formula1=ANSWERS, allow_blank=True, showErrorMessage=True)
    rule.error, rule.errorTitle = "Scrivi sì oppure no.", "Risposta"
    letter = get_column_letter(position)
    rule.add(f"{letter}2:{letter}{max(2, last)}")
    sheet.add_data_validation(rule)
