"""`abitare template`: an Excel file for people who fill in a table, with drop-downs, hints and instructions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from etl.errors import DeclarationError
from etl.intake.model import INSTRUCTIONS, LISTS
from etl.model import Dataset, Field
from etl.workbooks.style import AUTHOR, BOLD, TOP, fill, fit, saved

PREPARED, CHECKED = 500, 2000
"""Rows formatted as text, and rows in which drop-downs and hints work."""
YES_NO = ("sì", "no")
STEPS = (
    "Compila il foglio «{sheet}»: una riga per {row}.",
    "Non cambiare i titoli delle colonne. L'ordine invece non conta.",
    "Dove c'è un elenco, scegli una voce. Se non sai una cosa, lascia la cella vuota.",
    "Scrivi sempre da dove viene il fatto, nella colonna della fonte. Senza fonte la riga non si pubblica.",
    "Non scrivere dati di persone private: codici fiscali, IBAN, telefoni ed e-mail personali.",
    "Per correggere qualcosa che c'è già bastano il codice e le celle che cambiano.",
    "Salva il file e caricalo in datasets/inbox, oppure mandalo a chi cura i dati.",
)
IN_ENGLISH = (
    "Fill in the sheet “{sheet}”, one row for {row}. Keep the titles of the columns. Leave empty what you do not know. "
    "Always write the source. Write no data of private people. Then upload the file into datasets/inbox."
)


def template(dataset: Dataset, choices: Mapping[str, Sequence[str]]) -> bytes:
    """The workbook for one dataset. choices: column -> values that exist today, for columns that point to a table."""
    fields = [field for field in dataset.fields if not field.computed]
    titles = [field.descriptor["title"] for field in fields]
    if len(set(titles)) != len(titles):
        raise DeclarationError(f"schemas/{dataset.name}.json: two columns have the same title; give each its own")
    book = Workbook()
    title = sheet_title(dataset)
    write_instructions(book.active, dataset, fields, title)
    sheet, lists = book.create_sheet(title), book.create_sheet(LISTS)
    for position, field in enumerate(fields, 1):
        write_column(sheet, position, field)
        options = options_of(field, choices.get(field.name, ()))
        sheet.add_data_validation(validation(field, lists, position, options))
    sheet.freeze_panes = "A2"
    book.active = 1
    for each in book.worksheets:
        each.sheet_view.tabSelected = each is sheet
        fit(each)
    book.properties.creator = AUTHOR
    return saved(book)


def sheet_title(dataset: Dataset) -> str:
    """The Italian title of the dataset, as a sheet may be named."""
    return re.sub(r"[\\/*?:\[\]]", " ", dataset.about["title"]["it"])[:31]


def write_column(sheet: Worksheet, position: int, field: Field) -> None:
    """The heading with its hint, and the prepared cells: as text, so that zeros and partial dates stay as typed."""
    cell = sheet.cell(1, position, field.descriptor["title"])
    cell.font, cell.alignment, cell.fill = BOLD, TOP, fill("required" if field.required else "head")
    cell.comment = Comment(hint(field), AUTHOR, width=320, height=140)
    sheet.column_dimensions[get_column_letter(position)].width = min(max(len(field.descriptor["title"]) + 4, 14), 40)
    if field.type == "string":
        for row in range(2, PREPARED + 2):
            sheet.cell(row, position).number_format = "@"


def hint(field: Field) -> str:
    """What a column holds, with a right example and whether it must be filled in."""
    example = field.descriptor.get("example")
    parts = [field.descriptor["description"], f"Esempio: {shown(field, str(example))}" if example else "",
             "Obbligatoria." if field.required else "Si può lasciare vuota."]
    return "\n".join(filter(None, parts))


def shown(field: Field, value: str) -> str:
    """A value as the template shows it: labels in place of codes, sì and no in place of true and false."""
    if field.type == "boolean":
        return YES_NO[0] if value.lower() == "true" else YES_NO[1]
    label: str = field.descriptor.get("labels", {}).get(value, {}).get("it", value)
    return label


def options_of(field: Field, choices: Sequence[str]) -> list[str]:
    """What a drop-down offers, [] for a free column."""
    if field.type == "boolean":
        return list(YES_NO)
    enum = field.descriptor.get("constraints", {}).get("enum")
    return [shown(field, str(code)) for code in enum] if enum else list(choices)


def validation(field: Field, lists: Worksheet, position: int, options: Sequence[str]) -> DataValidation:
    """The drop-down or the hint of a column. A closed list refuses other values; the rest is checked later."""
    closed = bool(options) and (field.type == "boolean" or "enum" in field.descriptor.get("constraints", {}))
    letter = get_column_letter(position)
    if options:
        lists.cell(1, position, field.descriptor["title"]).font = BOLD
        for row, option in enumerate(options, 2):
            lists.cell(row, position, option).number_format = "@"
        formula = f"'{lists.title}'!${letter}$2:${letter}${len(options) + 1}"
        style = "stop" if closed else "warning"
        rule = DataValidation(type="list", formula1=formula, allow_blank=True, errorStyle=style)
    else:
        rule = DataValidation(allow_blank=True)
    rule.showInputMessage, rule.showErrorMessage = True, bool(options)
    rule.promptTitle, rule.prompt = field.descriptor["title"][:32], hint(field)[:255]
    rule.errorTitle = "Valore non in elenco"
    rule.error = "Scegli una voce dell'elenco." if closed else "Il valore non è tra quelli noti. Controlla."
    rule.add(f"{letter}2:{letter}{CHECKED}")
    return rule


def write_instructions(sheet: Worksheet, dataset: Dataset, fields: Sequence[Field], title: str) -> None:
    """The first sheet: what to do, in order, and what each column holds."""
    sheet.title = INSTRUCTIONS
    words = {"sheet": title, "row": dataset.about["row"]["it"]}
    sheet.append([f"Come compilare: {dataset.about['title']['it']}"])
    sheet["A1"].font = Font(name="Calibri", bold=True, size=14)
    for number, step in enumerate(STEPS, 1):
        sheet.append([f"{number}. {step.format(**words)}"])
    sheet.append([])
    sheet.append(["Colonna", "Che cosa scrivere", "Esempio", "Obbligatoria"])
    for cell in sheet[sheet.max_row]:
        cell.font, cell.fill = BOLD, fill("head")
    for field in fields:
        example = shown(field, str(field.descriptor.get("example", "")))
        required = YES_NO[0] if field.required else YES_NO[1]
        sheet.append([field.descriptor["title"], field.descriptor["description"], example, required])
        for cell in sheet[sheet.max_row]:
            cell.alignment, cell.number_format = TOP, "@"
    sheet.append([])
    english = {"sheet": title, "row": dataset.about["row"]["en"]}
    sheet.append([f"In English: {IN_ENGLISH.format(**english)}"])
    for row in [*range(1, len(STEPS) + 2), sheet.max_row]:
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=4)
        sheet.cell(row, 1).alignment = TOP
    sheet.row_dimensions[sheet.max_row].height = 48
    for letter, width in zip("ABCD", (28, 60, 36, 14), strict=True):
        sheet.column_dimensions[letter].width = width
