"""`abitare template`: an Excel file for people who fill in a table, with drop-downs, hints and instructions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from etl.meta.errors import DeclarationError
from etl.meta.model import Dataset, Field
from etl.meta.view import meanings
from etl.meta.words import normal
from etl.spreadsheets.read.headings import aliases
from etl.spreadsheets.read.model import INSTRUCTIONS, LISTS
from etl.spreadsheets.write import style

PREPARED, CHECKED = 500, 2000
"""Rows whose cells are ready to be filled, and rows in which drop-downs and hints work."""
YES_NO = ("sì", "no")
HINT, HINT_TITLE = 255, 32  # characters that Excel shows beside a cell; with more it calls the file damaged
LENGTHS = {"partial-date": (4, 10), "istat": (6, 6), "cap": (5, 5)}
"""Characters of a right value; of other texts a spreadsheet cannot tell."""
WIDTHS = {"text": 32, "url": 36, "email": 28, "slug": 28, "phone": 22}
SAID = style.WORDS["template"]
LINE = 125  # characters that fit across the instructions


def template(dataset: Dataset, choices: Mapping[str, Sequence[str]]) -> bytes:
    """The workbook for one dataset, as XLSX. choices: column -> values that exist today, where it points to a table."""
    fields = [field for field in dataset.fields if not field.computed]
    check_titles(dataset, fields)
    options = {field.name: options_of(field, choices.get(field.name, ())) for field in fields}
    book = style.new_book()
    instructions, sheet = book.create_sheet(INSTRUCTIONS), book.create_sheet(sheet_title(dataset))
    write_instructions(instructions, dataset, fields, options, sheet.title)
    if any(options.values()):
        book.create_sheet(LISTS).freeze_panes = "A2"
    for position, field in enumerate(fields, 1):
        write_column(sheet, position, field, options[field.name])
        if options[field.name]:
            write_list(book, field, options[field.name])
        rule = explained(rule_for(field, options[field.name]), field, options[field.name])
        letter = get_column_letter(position)
        rule.add(f"{letter}2:{letter}{CHECKED}")
        sheet.add_data_validation(rule)
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation, sheet.print_title_rows = "landscape", "1:1"
    style.open_at(book, 0)
    return style.saved(book)


def check_titles(dataset: Dataset, fields: Sequence[Field]) -> None:
    """Each heading must lead back to its own column when the file comes in."""
    known = aliases(dataset)
    for field in fields:
        title = field.descriptor["title"]
        if known.get(normal(title)) != field.name:
            raise DeclarationError(f"schemas/{dataset.name}.json: the title «{title}» of `{field.name}` is that of "
                                   f"another column too; give each its own")


def sheet_title(dataset: Dataset) -> str:
    """The Italian title of the dataset, as a sheet may be named."""
    return " ".join(re.sub(r"[\\/*?:\[\]]", " ", dataset.about["title"]["it"]).split())[:31].strip(" '")


def write_column(sheet: Worksheet, position: int, field: Field, options: Sequence[str]) -> None:
    """The heading with its hint, and the prepared cells: as text, so that zeros and partial dates stay as typed."""
    cell = style.write(sheet.cell(1, position), field.descriptor["title"])
    cell.alignment, cell.fill = style.TOP, style.fill("required" if field.required else "head")
    cell.font = style.WHITE if field.required else style.BOLD
    cell.comment = Comment("\n".join(hints(field, options)), style.AUTHOR, width=340, height=150)
    column = sheet.column_dimensions[get_column_letter(position)]
    column.width = max(WIDTHS.get(field.kind or "", 20), len(field.descriptor["title"]) + 3,
                       min(max(map(len, options), default=0) + 4, 40))
    if field.type not in ("number", "integer"):
        column.number_format = "@"
    for row in range(2, PREPARED + 2):
        cell = sheet.cell(row, position)
        cell.alignment, cell.number_format = style.TOP, column.number_format


def hints(field: Field, options: Sequence[str]) -> list[str]:
    """What a column holds, how to choose, a right example, and whether it must be filled in."""
    choose = "Una o più voci dell'elenco, separate da |." if is_several(field) else "Scegli dall'elenco."
    parts = [field.descriptor["description"], choose if options else "", example(field),
             "Obbligatoria." if field.required else "Si può lasciare vuota."]
    return [part for part in parts if part]


def example(field: Field) -> str:
    value = shown(field, str(field.descriptor.get("example", "")))
    return f"Esempio: {value}" if value else ""


def shown(field: Field, value: str) -> str:
    """A value as people write it: labels in place of codes, sì and no, decimals after a comma."""
    if field.type == "boolean" and value:
        return YES_NO[0] if value.lower() == "true" else YES_NO[1]
    if field.type == "number":
        return value.replace(".", ",")
    words = meanings(field.descriptor)
    return "|".join(words.get(code, {}).get("it", code) for code in value.split("|"))


def is_closed(field: Field) -> bool:
    """Whether no other value than those of the list can be right."""
    return field.type == "boolean" or "enum" in field.descriptor.get("constraints", {})


def is_several(field: Field) -> bool:
    """Whether one cell may hold several codes of a list."""
    return "itemCategories" in field.descriptor


def options_of(field: Field, choices: Sequence[str]) -> list[str]:
    """What a drop-down offers, [] for a free column."""
    if field.type == "boolean":
        return list(YES_NO)
    codes = meanings(field.descriptor)
    return [shown(field, str(code)) for code in codes] if codes else list(choices)


def write_list(book: Workbook, field: Field, options: Sequence[str]) -> None:
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
    book.defined_names[list_name(field)] = DefinedName(list_name(field), attr_text=area)


def list_name(field: Field) -> str:
    return f"elenco_{field.name}"


def rule_for(field: Field, options: Sequence[str]) -> DataValidation:
    """What the spreadsheet itself can tell of a value. Only a closed list refuses; the rest warns."""
    limits = field.descriptor.get("constraints", {})
    if options:
        rule = DataValidation(type="list", formula1=list_name(field), showErrorMessage=not is_several(field))
    elif field.type in ("number", "integer"):
        kind = "whole" if field.type == "integer" else "decimal"
        low, high = limits.get("minimum", -(10**12)), limits.get("maximum", 10**12)
        rule = DataValidation(type=kind, operator="between", formula1=low, formula2=high, showErrorMessage=True)
    elif field.kind in LENGTHS:
        low, high = LENGTHS[field.kind]
        rule = DataValidation(type="textLength", operator="between", formula1=low, formula2=high, showErrorMessage=True)
    else:
        rule = DataValidation()
    rule.allow_blank, rule.errorStyle = True, "stop" if is_closed(field) else "warning"
    return rule


def explained(rule: DataValidation, field: Field, options: Sequence[str]) -> DataValidation:
    """The rule with its words: the hint beside the cell, and what is said of a value that cannot be right."""
    first, *rest = hints(field, options)
    room = HINT - sum(len(part) + 1 for part in rest)
    rule.showInputMessage, rule.promptTitle = True, cut(field.descriptor["title"], HINT_TITLE)
    rule.prompt = cut("\n".join([cut(first, max(room, 40)), *rest]), HINT)
    rule.errorTitle = "Non è nell'elenco" if options else "Da controllare"
    say = "Scegli una voce dell'elenco." if is_closed(field) else "Il valore sembra sbagliato. Controlla."
    rule.error = cut(f"{say} {example(field)}".strip(), HINT)
    return rule


def cut(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1]}…"


def steps(dataset: Dataset, fields: Sequence[Field], sheet: str) -> Iterator[str]:
    """What to do, in order; only what matters for this table."""
    titles = {field.name: field.descriptor["title"] for field in fields}
    traits = {trait for field in fields for trait in (field.type, field.kind, field.name if field.required else "")}
    words = {"sheet": sheet, "row": dataset.about["row"]["it"], "name": dataset.name,
             "source": titles.get("source_url", ""),
             "key": " e ".join(f"«{titles[key]}»" for key in dataset.key if key in titles)}
    told = (step["says"] for step in SAID["steps"] if step.get("needs", "") in {"", *traits})
    yield from (f"{number}. {text.format(**words)}" for number, text in enumerate(told, 1))


def write_instructions(
    sheet: Worksheet, dataset: Dataset, fields: Sequence[Field], options: Mapping[str, Sequence[str]], title: str
) -> None:
    """The first sheet: what to do, what each column holds, and the same in short in English."""
    for letter, width in zip("ABCD", (28, 64, 36, 14), strict=True):
        sheet.column_dimensions[letter].width = width
    whole_line(sheet, f"Come compilare: {dataset.about['title']['it']}").font = style.TITLE
    for step in steps(dataset, fields, title):
        whole_line(sheet, step)
    table = sheet.max_row + 2
    for column, text in enumerate(SAID["headings"], 1):
        cell = style.write(sheet.cell(table, column), text)
        cell.font, cell.fill = style.BOLD, style.fill("head")
    for row, field in enumerate(fields, table + 1):
        choose = hints(field, options[field.name])[1] if options[field.name] else ""
        texts = (field.descriptor["title"], f"{field.descriptor['description']} {choose}".strip(),
                 example(field).removeprefix("Esempio: "), YES_NO[0] if field.required else YES_NO[1])
        for column, text in enumerate(texts, 1):
            cell = style.write(sheet.cell(row, column), text)
            cell.alignment, cell.number_format = style.TOP, "@"
    whole_line(sheet, "In English", skip=1).font = style.TITLE
    for text in SAID["in_english"]:
        whole_line(sheet, text.format(sheet=title, row=dataset.about["row"]["en"]))
    style.fit(sheet)


def whole_line(sheet: Worksheet, text: str, skip: int = 0) -> Cell:
    """A sentence below all that the sheet holds, across its columns. skip: empty rows before it."""
    row = sheet.max_row + 1 + skip if sheet["A1"].value else 1
    cell = style.write(sheet.cell(row, 1), text)
    cell.alignment = style.TOP
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(SAID["headings"]))
    sheet.row_dimensions[row].height = 22 if skip or row == 1 else 16 * (len(text) // LINE + 1)
    return cell
