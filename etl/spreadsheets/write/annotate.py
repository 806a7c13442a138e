"""A copy of a person's spreadsheet with the wrong cells coloured, each with a comment that says how to mend it."""

from __future__ import annotations

import io
import re
import warnings
from collections import defaultdict
from collections.abc import Mapping, Sequence
from copy import copy

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.packaging.core import DocumentProperties
from openpyxl.styles import PatternFill
from openpyxl.utils import absolute_coordinate, column_index_from_string, get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from etl.meta.model import Finding, RowRef
from etl.spreadsheets.read.archive import members
from etl.spreadsheets.read.model import SUMMARY, Book, Sheet
from etl.spreadsheets.read.model import Cell as Read
from etl.spreadsheets.write import style

ROWS, COLUMNS = 1_048_576, 16_384  # of a sheet in Excel
MARK = f"— {style.AUTHOR} —"
"""Where our part of a comment begins: what stands above it was there before."""
SAID = style.WORDS["annotated"]
WIDTHS = (18, 22, 9, 26, 46, 46, 60)
COMMENT = re.compile(rb"""<(?:\w+:)?comment\b[^>]*\bref=["']([A-Z]+[0-9]+)["']""")
SHOWN = 20  # cells named on the summary; the colours show them all
EXPLAINED = 20_000  # characters of a comment; the summary says the rest


def annotated(book: Book, title: str, findings: Sequence[Finding]) -> bytes:
    """The copy, as XLSX. title: the sheet of the findings whose cells name none; findings: in the order to be shown in.

    Of an XLSX the whole workbook is kept, as far as openpyxl can: pictures and sheets of charts are not. A copy that
    we made before loses its old colours and comments first.
    """
    workbook = original(book) if book.kind == "xlsx" else rewritten(book.sheets)
    titles = [sheet.title for sheet in book.sheets]
    first = titles.index(title) if title in titles else 0
    sheets = {"": workbook.worksheets[first], **dict(zip(titles, workbook.worksheets, strict=False))}
    if book.kind == "xlsx":
        forget(workbook, sheets[""], book.data)
    for cell, items in by_cell(sheets, findings):
        colour(cell, items)
    summarise(workbook.create_sheet(SUMMARY, 0), book.name, sheets, findings)
    style.open_at(workbook, 0)
    return style.saved(workbook)


def original(book: Book) -> Workbook:
    """The person's own workbook, formats and other sheets included; it was read before, so that it opens."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of extensions that it does not keep
        workbook = load_workbook(io.BytesIO(book.data))
    for chart in workbook.chartsheets:
        workbook.remove(chart)  # openpyxl may write one so that nobody can open it
    workbook.template = False
    workbook.properties = DocumentProperties(creator=style.AUTHOR)  # who wrote the file is nobody's business
    return workbook


def rewritten(sheets: Sequence[Sheet]) -> Workbook:
    """A new workbook with the cells of a file that is no XLSX: its numbers as numbers, all else as text."""
    workbook = style.new_book()
    for number, sheet in enumerate(sheets, 1):
        title = style.printable(sheet.title).translate(dict.fromkeys(map(ord, r"\/*?:[]"), " "))[:28].strip(" '")
        made = workbook.create_sheet(title or f"Foglio{number}")
        widths: dict[int, int] = {}
        for line, cells in sheet.rows:
            for column, cell in enumerate(cells[:COLUMNS] if line <= ROWS else (), 1):
                if cell.text:
                    fill_in(made.cell(line, column), cell)
                    widths[column] = max(widths.get(column, 10), min(len(cell.text) + 2, 45))
        for column, width in widths.items():
            made.column_dimensions[get_column_letter(column)].width = width
    return workbook


def fill_in(there: Cell, cell: Read) -> None:
    """One cell as its file gave it; digits whose zeros count are no number."""
    if cell.native == "number" and not (len(cell.text) > 1 and cell.text[0] == "0" and cell.text[1] != "."):
        there.value = float(cell.text) if "." in cell.text or len(cell.text) > 15 else int(cell.text)
    else:
        style.write(there, cell.text).number_format = "@"


def forget(workbook: Workbook, sheet: Worksheet, data: bytes) -> None:
    """Take away what an earlier copy said, so that a corrected cell is not coloured any more.

    sheet: one to be kept; data: the workbook as it came.
    """
    if SUMMARY in workbook.sheetnames and workbook[SUMMARY] is not sheet:
        workbook.remove(workbook[SUMMARY])
    # Not each cell of a sheet: one whose last cell holds something has seventeen thousand million.
    places = {place.decode() for part in members(data, "xl/comments", ".xml") for place in COMMENT.findall(part)}
    for cell in [each[place] for each in workbook.worksheets for place in sorted(places)
                 if each[place].comment and MARK in each[place].comment.text]:
        before = cell.comment.text.partition(MARK)[0].rstrip()
        cell.fill = PatternFill()
        cell.comment = Comment(before, style.AUTHOR) if before else None


def by_cell(sheets: Mapping[str, Worksheet], findings: Sequence[Finding]) -> list[tuple[Cell, list[Finding]]]:
    """Each cell of which something is said, with what, worst first; a row without a cell is shown at its first one.

    sheets: title -> sheet, "" for the one that is meant where a cell names none.
    """
    said: dict[tuple[str, str], dict[int, Finding]] = defaultdict(dict)
    areas = {title: merged_areas(sheet) for title, sheet in sheets.items()}
    for severity in style.SEVERITIES:
        for number, item in enumerate(findings):
            for row in item.rows if item.severity == severity else ():
                title, place = place_of(row)
                if place and title in sheets:
                    said[title, areas[title].get(place, place)][number] = item
    return [(sheets[title][place], list(items.values())) for (title, place), items in said.items()]


def place_of(row: RowRef) -> tuple[str, str]:
    """The sheet and the cell where a finding shows, "" for no sheet or cell; Excel has none so far out as a CSV."""
    title, _, place = (row.cell or (f"A{row.line}" if row.line else "A0")).rpartition("!")
    letters = place.rstrip("0123456789")
    near = len(letters) <= 3 and column_index_from_string(letters) <= COLUMNS
    return title, place if near and 0 < int(place[len(letters):]) <= ROWS else ""


def merged_areas(sheet: Worksheet) -> Mapping[str, str]:
    """Address of each cell that a merged area hides -> address of the cell that shows in its place."""
    return {
        cell.coordinate: sheet.cell(area.min_row, area.min_col).coordinate
        for area in sheet.merged_cells.ranges
        for cells in sheet.iter_rows(area.min_row, area.max_row, area.min_col, area.max_col)
        for cell in cells if isinstance(cell, MergedCell)
    }


def colour(cell: Cell, items: Sequence[Finding]) -> None:
    """Colour a cell by the worst that is said of it; the comment says all, below what a comment there said before."""
    cell.fill = style.fill(items[0].severity)
    font = copy(cell.font)
    font.color = style.DARK  # the person's own letters may be white
    cell.font = font
    own = "\n\n".join([MARK, *dict.fromkeys(map(in_words, items))])
    text = style.printable(f"{cell.comment.text}\n\n{own}" if cell.comment else own)[:EXPLAINED]
    lines = sum(len(line) // 55 + 1 for line in text.split("\n"))
    cell.comment = Comment(text, style.AUTHOR, width=380, height=min(30 + 17 * lines, 420))


def in_words(item: Finding) -> str:
    """What is said of a cell: how bad it is, what is wrong, how to mend it, in both languages."""
    return "\n".join(
        f"{style.IN_WORDS[language][item.severity].upper()}. {item.message[language]} {item.remedy[language]}"
        for language in item.message
    )


def summarise(summary: Worksheet, name: str, sheets: Mapping[str, Worksheet], findings: Sequence[Finding]) -> None:
    """The sheet that shows first: what to do, then one row per finding, worst first."""
    style.write(summary.cell(1, 1), f"{SUMMARY}: {name}").font = style.TITLE
    for row, text in enumerate(SAID["guide"] if findings else (SAID["fine"],), 2):
        style.write(summary.cell(row, 1), text)
    head = summary.max_row + 2
    for column, (text, width) in enumerate(zip(SAID["head"], WIDTHS, strict=True), 1):
        cell = style.write(summary.cell(head, column), text)
        cell.font, cell.fill, cell.alignment = style.BOLD, style.fill("head"), style.TOP
        summary.column_dimensions[get_column_letter(column)].width = width
    ordered = (item for severity in style.SEVERITIES for item in findings if item.severity == severity)
    for row, item in enumerate(ordered, head + 1):
        write_finding(summary, row, sheets, item)
    summary.freeze_panes = summary.cell(head + 1, 1)
    summary.print_title_rows = f"{head}:{head}"
    style.fit(summary)


def write_finding(summary: Worksheet, row: int, sheets: Mapping[str, Worksheet], item: Finding) -> None:
    """A row of the summary, with a link to the first cell."""
    places = list(dict.fromkeys(ref.cell or f"riga {ref.line}" for ref in item.rows if ref.cell or ref.line))
    shown = ", ".join(places[:SHOWN])
    if places and item.count > SHOWN:
        shown += f" e altre {item.count - SHOWN}"
    texts = (style.IN_WORDS["it"][item.severity], item.column, "", shown, item.message["it"], item.remedy["it"],
             f"{item.message['en']} {item.remedy['en']}")
    for column, text in enumerate(texts, 1):
        style.write(summary.cell(row, column), text).alignment = style.TOP
    lines = max(-(-len(text) // (width - 2)) for text, width in zip(texts, WIDTHS, strict=True))
    summary.row_dimensions[row].height = 15 * lines + 3  # not all programs find the height of a row by themselves
    summary.cell(row, 3).value = item.count
    summary.cell(row, 1).fill = style.fill(item.severity)
    title, first = next((found for found in map(place_of, item.rows) if found[1] and found[0] in sheets), ("", ""))
    if first:
        quoted = sheets[title].title.replace("'", "''")
        link = summary.cell(row, 4)
        # Absolute: LibreOffice takes C3 for the whole third column.
        link.hyperlink = Hyperlink(ref=link.coordinate, location=f"'{quoted}'!{absolute_coordinate(first)}")
        font = copy(link.font)
        font.color, font.underline = "FF0B4EA2", "single"
        link.font = font
