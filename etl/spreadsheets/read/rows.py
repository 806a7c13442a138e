"""Which rows of a sheet are rows of the table: totals, notes and repeated headings are not, and each is told."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from etl.meta.messages import finding
from etl.meta.model import Dataset, Finding, RowRef, Severity
from etl.meta.words import normal
from etl.spreadsheets.read.beside import FEW, begins_legend, beside_headings
from etl.spreadsheets.read.headings import Header, aliases, letter, match, meaning
from etl.spreadsheets.read.model import Cell, Sheet

TOTAL = frozenset(
    "totale|totali|totale generale|totale complessivo|total|totals|grand total|somma|subtotale|sub totale".split("|")
)


@dataclass(frozen=True)
class Kept:
    """The rows of the table as the file has them: (row number, cells), and what is said of the others."""

    rows: list[tuple[int, list[Cell]]]
    findings: list[Finding]


LEFT_OUT: dict[str, Severity] = {
    "column-numbers": "note", "units-row": "note", "total-row": "note", "heading-again": "note", "row-repeated": "note",
    "loose-row": "rejected", "cells-beyond": "critical", "units-scaled": "critical",
}
"""Why a row is not read, and how much that matters: a text below the table is left out with its words."""


def sort_out(sheet: Sheet, header: Header, dataset: Dataset, file: str, delimited: bool) -> Kept:
    """Split the rows below the headings into rows of the table and rows that are not, each kind told once.

    delimited: the file is a CSV, where a few rows longer than the headings have a separator inside a text.
    """
    kept: list[tuple[int, list[Cell]]] = []
    out: dict[str, list[RowRef]] = defaultdict(list)
    seen: set[tuple[str, ...]] = set()
    known = aliases(dataset)
    keys = [position for position, column in header.columns.items() if column in dataset.key]
    width = width_of(sheet, header) if delimited else None
    notes = False  # below the table: in its legend
    for line, cells in sheet.rows:
        if line <= header.row:
            continue
        texts = tuple(cell.text.strip() for cell in cells)
        filled = [text for text in texts if text]
        notes = len(filled) <= FEW and len(header.columns) > FEW and (notes or begins_legend(filled))
        reason = "loose-row" if notes else "" if kept else beside_headings(filled)
        reason = reason or why_not(texts, keys, width, header, known)
        if not reason and texts in seen:
            reason = "row-repeated"
        seen.add(texts)
        if reason:
            out[reason].append(RowRef(line, "", "; ".join(filter(None, texts))[:200], f"A{line}"))
        else:
            kept.append((line, list(cells)))
    findings = [
        finding(reason, dataset.name, "", rows, LEFT_OUT[reason], file=file, found=rows[0].value,
                expected=letter((width or 1) - 1))
        for reason, rows in out.items()
    ]
    if sheet.empty_rows:
        findings.append(finding("empty-rows", dataset.name, "", [RowRef(None, "", "")], "note", sheet.empty_rows, file))
    return Kept(kept, findings)


def width_of(sheet: Sheet, header: Header) -> int | None:
    """How many columns have headings, when only few rows hold something beyond them; None when most do."""
    named = [position for position, text in header.unknown.items() if text]
    width = max([*header.columns, *header.repeated, *named]) + 1
    below = [cells for line, cells in sheet.rows if line > header.row]
    longer = sum(any(cell.text.strip() for cell in cells[width:]) for cells in below)
    return width if longer * 2 < len(below) or longer == 1 else None


def why_not(
    texts: tuple[str, ...], keys: list[int], width: int | None, header: Header, known: dict[str, str]
) -> str:
    """The name of the reason why a row is no row of the table, "" for a row that is one."""
    key = [texts[position] for position in keys if position < len(texts) and texts[position]]
    filled = [text for text in texts if text]
    first = normal(filled[0]).removesuffix(" eur").removesuffix(" euro")
    if first in TOTAL and (not key or normal(key[0]) in TOTAL or normal(key[0]) == normal(filled[0])):
        return "total-row"
    if width is not None and any(texts[width:]):
        return "cells-beyond"
    if all(meaning(text, known) for text in filled):
        columns, _ = match({position: text for position, text in enumerate(texts) if text}, known)
        if 1 < len(columns) == len(filled) and columns.items() <= dict(header.columns).items():
            return "heading-again"
    # A code alone says nothing of the thing either.
    if len(filled) == 1 and len(header.columns) > 1:
        return "loose-row"
    return ""
