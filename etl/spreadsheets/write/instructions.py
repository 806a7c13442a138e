"""The first sheet of a template: what to do, in order, and what each column holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from etl.spreadsheets.write import style
from etl.spreadsheets.write.columns import YES_NO, example
from etl.spreadsheets.write.plan import Plan

SAID = style.WORDS["template"]
LINE = 125  # characters that fit across the instructions


def write_instructions(sheet: Worksheet, plans: Sequence[Plan]) -> None:
    """The first sheet: what to do, what each column of each sheet holds, and the same in short in English."""
    main = plans[0]
    for letter, width in zip("ABCD", (28, 64, 36, 14), strict=True):
        sheet.column_dimensions[letter].width = width
    whole_line(sheet, f"Come compilare: {main.dataset.about['title']['it']}").font = style.TITLE
    for step in steps(main):
        whole_line(sheet, step)
    for plan in plans[1:]:
        titles = [field.descriptor["title"] for field in plan.fields if field.name in plan.belongs]
        whole_line(sheet, SAID["also"].format(sheet=plan.title, row=plan.dataset.about["row"]["it"], main=main.title,
                                              column=" e ".join(titles)))
    for plan in plans:
        write_columns(sheet, plan, alone=len(plans) == 1)
    whole_line(sheet, "In English", skip=1).font = style.TITLE
    for text in SAID["in_english"]:
        whole_line(sheet, text.format(sheet=main.title, row=main.dataset.about["row"]["en"]))
    style.fit(sheet)


def write_columns(sheet: Worksheet, plan: Plan, alone: bool) -> None:
    """A table of the columns of one sheet. alone: there is no other sheet to tell it from."""
    if not alone:
        whole_line(sheet, f"Foglio «{plan.title}»", skip=1).font = style.BOLD
    table = sheet.max_row + (2 if alone else 1)
    for column, text in enumerate(SAID["headings"], 1):
        cell = style.write(sheet.cell(table, column), text)
        cell.font, cell.fill = style.BOLD, style.fill("head")
    for row, field in enumerate(plan.fields, table + 1):
        said = plan.hints(field)
        choose = said[1] if plan.options[field.name] or field.name in plan.belongs else ""
        texts = (field.descriptor["title"], f"{field.descriptor['description']} {choose}".strip(),
                 example(field).removeprefix("Esempio: "), YES_NO[0] if field.required else YES_NO[1])
        for column, text in enumerate(texts, 1):
            cell = style.write(sheet.cell(row, column), text)
            cell.alignment, cell.number_format = style.TOP, "@"


def steps(plan: Plan) -> Iterator[str]:
    """What to do, in order; only what matters for this table."""
    dataset, fields, sheet = plan.dataset, plan.fields, plan.title
    titles = {field.name: field.descriptor["title"] for field in fields}
    traits = {trait for field in fields for trait in (field.type, field.kind, field.name if field.required else "")}
    words = {"sheet": sheet, "row": dataset.about["row"]["it"], "name": dataset.name,
             "source": titles.get("source_url", ""),
             "key": " e ".join(f"«{titles[key]}»" for key in dataset.key if key in titles)}
    told = (step["says"] for step in SAID["steps"] if step.get("needs", "") in {"", *traits})
    yield from (f"{number}. {text.format(**words)}" for number, text in enumerate(told, 1))


def whole_line(sheet: Worksheet, text: str, skip: int = 0) -> Cell:
    """A sentence below all that the sheet holds, across its columns. skip: empty rows before it."""
    row = sheet.max_row + 1 + skip if sheet["A1"].value else 1
    cell = style.write(sheet.cell(row, 1), text)
    cell.alignment = style.TOP
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(SAID["headings"]))
    sheet.row_dimensions[row].height = 22 if skip or row == 1 else 16 * (len(text) // LINE + 1)
    return cell
