"""`abitare template`: an Excel file for people who fill in tables that belong together: lists, hints, an example."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, Protection
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from etl.meta.model import Dataset, Field
from etl.spreadsheets.read.model import INSTRUCTIONS, LISTS
from etl.spreadsheets.read.named import BESIDE
from etl.spreadsheets.write import style
from etl.spreadsheets.write.columns import explained, is_several, rule_for, shown
from etl.spreadsheets.write.instructions import write_instructions
from etl.spreadsheets.write.plan import Choices, Plan, plan_of

PREPARED, CHECKED = 500, 2000
"""Rows whose cells are ready to be filled, and rows in which drop-downs and hints work."""
WIDTHS = {"text": 32, "url": 36, "email": 28, "slug": 28, "phone": 22}
OPEN = Protection(locked=False)
GREY = Font(name="Calibri", size=11, italic=True, color="FF505A62")
"""Of the worked example; on its ground the contrast is 6."""


def template(
    tables: Sequence[tuple[Dataset, Choices]], examples: Mapping[str, Mapping[str, str]] | None = None
) -> bytes:
    """The workbook for a table and those that belong to it, one sheet each, as XLSX.

    tables: the first is the one that the others belong to. examples: table -> a row that shows how one is written.
    """
    first = plan_of(*tables[0])
    plans = [first, *(plan_of(dataset, choices, first) for dataset, choices in tables[1:])]
    book = style.new_book()
    instructions = book.create_sheet(INSTRUCTIONS)
    sheets = [book.create_sheet(plan.title) for plan in plans]
    write_instructions(instructions, plans)
    if any(any(plan.options.values()) for plan in plans):
        book.create_sheet(LISTS).freeze_panes = "A2"
    for plan, sheet in zip(plans, sheets, strict=True):
        write_sheet(book, sheet, plan, plan is first)
        write_example(sheet, plan, (examples or {}).get(plan.dataset.name, {}))
        protect(sheet)
    style.open_at(book, 0)
    return style.saved(book)


def write_sheet(book: Workbook, sheet: Worksheet, plan: Plan, first: bool) -> None:
    """The columns of a sheet, each with its rule."""
    for position, field in enumerate(plan.fields, 1):
        write_column(sheet, position, field, plan)
        name = f"elenco_{field.name}" if first else f"elenco_{plan.dataset.name}_{field.name}"
        listed = name if plan.options[field.name] else ""
        if listed:
            write_list(book, name, field, plan.options[field.name])
        if field.name in plan.belongs:
            listed = f"'{plan.main.replace(chr(39), chr(39) * 2)}'!$A$2:$A${PREPARED + 1}"
        free = is_several(field) or field.name in plan.belongs
        rule = explained(rule_for(field, listed, free), field, plan.hints(field))
        letter = get_column_letter(position)
        rule.add(f"{letter}2:{letter}{CHECKED}")
        sheet.add_data_validation(rule)
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation, sheet.print_title_rows = "landscape", "1:1"


def write_example(sheet: Worksheet, plan: Plan, row: Mapping[str, str]) -> None:
    """A worked example in the first row below the headings, as people write it."""
    for position, field in enumerate(plan.fields, 1) if row else ():
        named = {option.partition(BESIDE)[0]: option for option in plan.options[field.name]}
        value = row.get(field.name, "")
        cell = style.write(sheet.cell(2, position), named.get(value) or shown(field, value))
        cell.font, cell.fill = GREY, style.fill("example")


def protect(sheet: Worksheet) -> None:
    """Lock the headings, without a password; all else can be filled, sorted and made wider."""
    guard = sheet.protection
    guard.sheet = True
    guard.formatCells = guard.formatColumns = guard.formatRows = guard.sort = guard.autoFilter = False  # False: allowed


def write_column(sheet: Worksheet, position: int, field: Field, plan: Plan) -> None:
    """The heading with its hint, and the prepared cells: as text, so that zeros and partial dates stay as typed."""
    options = plan.options[field.name]
    cell = style.write(sheet.cell(1, position), field.descriptor["title"])
    cell.alignment, cell.fill = style.TOP, style.fill("required" if field.required else "head")
    cell.font = style.WHITE if field.required else style.BOLD
    cell.comment = Comment("\n".join(plan.hints(field)), style.AUTHOR, width=340, height=150)
    column = sheet.column_dimensions[get_column_letter(position)]
    column.width = max(WIDTHS.get(field.kind or "", 20), len(field.descriptor["title"]) + 3,
                       min(max(map(len, options), default=0) + 4, 40))
    if field.type not in ("number", "integer"):
        column.number_format = "@"
    column.protection = OPEN
    for row in range(2, PREPARED + 2):
        cell = sheet.cell(row, position)
        cell.alignment, cell.number_format, cell.protection = style.TOP, column.number_format, OPEN


def write_list(book: Workbook, name: str, field: Field, options: Sequence[str]) -> None:
    """The values of a drop-down, as a named column of the sheet of lists: there a value may hold commas."""
    lists = book[LISTS]
    position = 1 if lists["A1"].value is None else lists.max_column + 1
    heading = style.write(lists.cell(1, position), field.descriptor["title"])
    heading.font, heading.fill = style.BOLD, style.fill("head")
    for row, option in enumerate(options, 2):
        style.write(lists.cell(row, position), option).number_format = "@"
    letter = get_column_letter(position)
    lists.column_dimensions[letter].width = min(max(map(len, [*options, heading.value])) + 3, 60)
    area = f"{LISTS}!${letter}$2:${letter}${len(options) + 1}"
    book.defined_names[name] = DefinedName(name, attr_text=area)
