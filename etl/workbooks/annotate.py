"""A copy of a person's spreadsheet with the wrong cells coloured, each with a comment that says how to mend it."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Mapping, Sequence

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from etl.errors import InvalidDataError
from etl.intake.model import SUMMARY, Book, Sheet
from etl.model import Finding
from etl.workbooks.style import AUTHOR, BOLD, TOP, fill, fit, safe, saved

ORDER = ("critical", "rejected", "warning", "note")
IN_WORDS = {"critical": "Da correggere / To correct", "rejected": "Riga esclusa / Row left out",
            "warning": "Da controllare / To check", "note": "Letto così / Read like this"}
HEAD = ("Che cosa", "Colonna", "Quante", "Dove", "Messaggio", "Rimedio", "In English")
SHOWN = 20  # cells named on the summary; the colours show them all


def annotated(book: Book, title: str, findings: Sequence[Finding]) -> bytes:
    """The copy, as XLSX. title: the sheet that the findings are about; findings: in the order to be shown in."""
    copy = original(book) if book.kind == "xlsx" else rewritten(book.sheets)
    sheet = copy[title] if title in copy.sheetnames else copy.worksheets[0]
    for address, items in by_cell(findings).items():
        colour(sheet, address, items)
    summarise(copy.create_sheet(free_title(copy), 0), sheet, findings)
    copy.active = 0
    for each in copy.worksheets:
        each.sheet_view.tabSelected = each is copy.worksheets[0]
    return saved(copy)


def original(book: Book) -> Workbook:
    """The person's own workbook, formats and other sheets included."""
    try:
        return load_workbook(io.BytesIO(book.data))
    except (InvalidFileException, KeyError, ValueError) as error:
        raise InvalidDataError(f"{book.name}: no copy can be made of it ({error})") from error


def rewritten(sheets: Sequence[Sheet]) -> Workbook:
    """A new workbook with the cells of a CSV or an ODS, as text: nothing of it is a formula."""
    copy = Workbook()
    copy.remove(copy.active)
    for number, sheet in enumerate(sheets, 1):
        title = safe(sheet.title).translate(dict.fromkeys(map(ord, r"\/*?:[]")))[:31]
        made = copy.create_sheet(title or f"Foglio{number}")
        for line, cells in sheet.rows:
            for column, cell in enumerate(cells, 1):
                if cell.text:
                    there = made.cell(line, column)
                    there.value, there.data_type, there.number_format = safe(cell.text), "s", "@"
                    there.quotePrefix = True
    return copy


def free_title(copy: Workbook) -> str:
    return SUMMARY if SUMMARY not in copy.sheetnames else f"{SUMMARY} {len(copy.sheetnames)}"


def by_cell(findings: Sequence[Finding]) -> Mapping[str, list[Finding]]:
    """Address of a cell -> what is said of it, worst first; a row without a cell is shown at its first one."""
    cells: dict[str, list[Finding]] = defaultdict(list)
    for severity in ORDER:
        for item in findings:
            for row in item.rows if item.severity == severity else ():
                if row.cell or row.line:
                    cells[row.cell or f"A{row.line}"].append(item)
    return cells


def colour(sheet: Worksheet, address: str, items: Sequence[Finding]) -> None:
    """Colour a cell by the worst that is said of it; the comment says all, below what a comment there said before."""
    cell = sheet[address]
    if type(cell).__name__ == "MergedCell":
        area = next(area for area in sheet.merged_cells.ranges if address in area)
        cell = sheet.cell(area.min_row, area.min_col)
    cell.fill = fill(items[0].severity)
    said = [cell.comment.text] if cell.comment else []
    said += dict.fromkeys(
        f"{item.message['it']} {item.remedy['it']}\n{item.message['en']} {item.remedy['en']}" for item in items
    )
    cell.comment = Comment(safe("\n\n".join(said)), AUTHOR, width=380, height=60 + 60 * len(said))


def summarise(summary: Worksheet, sheet: Worksheet, findings: Sequence[Finding]) -> None:
    """One row per finding, with a link to its first cell."""
    summary.append(HEAD)
    for cell in summary[1]:
        cell.font, cell.fill = BOLD, fill("head")
    for severity in ORDER:
        for item in findings:
            if item.severity == severity:
                write_finding(summary, sheet, item)
    for letter, width in zip("ABCDEFG", (26, 22, 9, 30, 60, 50, 60), strict=True):
        summary.column_dimensions[letter].width = width
    summary.freeze_panes = "A2"
    fit(summary)


def write_finding(summary: Worksheet, sheet: Worksheet, item: Finding) -> None:
    """A row of the summary."""
    places = [row.cell or (f"riga {row.line}" if row.line else "") for row in item.rows]
    shown = ", ".join(filter(None, places[:SHOWN])) + (" …" if len(places) > SHOWN else "")
    texts = (IN_WORDS[item.severity], item.column, item.count, shown, item.message["it"], item.remedy["it"],
             f"{item.message['en']} {item.remedy['en']}")
    row = summary.max_row + 1
    for column, text in enumerate(texts, 1):
        cell = summary.cell(row, column)
        cell.alignment = TOP
        cell.value = safe(text) if isinstance(text, str) else text
        if isinstance(text, str):
            cell.data_type = "s"
    summary.cell(row, 1).fill = fill(item.severity)
    first = next((row.cell for row in item.rows if row.cell), None)
    if first:
        quoted = sheet.title.replace("'", "''")
        summary.cell(row, 4).hyperlink = f"#'{quoted}'!{first}"
        summary.cell(row, 4).style = "Hyperlink"
