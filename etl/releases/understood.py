"""What was understood of a file, shown back in words: names for codes, days in letters, what would change."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from babel.dates import format_date

from etl.meta.model import LANGUAGES, Dataset, Field
from etl.meta.view import key_of
from etl.releases.handed import HandedIn, Part
from etl.releases.merge import same_number
from etl.releases.names import Names
from etl.spreadsheets.write.columns import shown
from etl.spreadsheets.write.report_page import Understood, UnderstoodRow

MOST = 300
"""Rows shown of a sheet: more nobody looks through, and the page must open."""
DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


def understood(known: Names, result: HandedIn) -> list[Understood]:
    """Each sheet of a file as it was read; nothing of a file with data of private people."""
    if any(item.check.startswith("privacy-") for item in result.findings):
        return []
    return [of_part(known, part) for part in result.parts if part.merged]


def of_part(known: Names, part: Part) -> Understood:
    """One sheet, in the columns in which the file or our table has a value."""
    dataset = known.datasets[part.imported.dataset]
    pairs = list(zip(part.imported.lines, part.imported.rows, strict=True))
    filled = {name for rows in (part.imported.rows, part.before.values()) for row in rows for name, value in row.items()
              if value}
    there = [field for field in dataset.fields if field.name in part.imported.letters]
    fields = [field for field in there if field.name in filled]
    rows = [in_words(known, dataset, fields, line, row, part) for line, row in pairs[:MOST]]
    return Understood(part.imported.sheet or dataset.about["title"][LANGUAGES[0]],
                      [field.descriptor["title"] for field in fields], rows, len(pairs) - len(rows),
                      [field.descriptor["title"] for field in there if field.name not in filled])


def in_words(
    known: Names, dataset: Dataset, fields: Sequence[Field], line: int, row: dict[str, str], part: Part
) -> UnderstoodRow:
    """One row; an empty cell shows what stands in our table, because it erases nothing."""
    standing = part.before.get(key_of(row, dataset.key))
    cells, before = [], []
    for field in fields:
        value, there = row.get(field.name, ""), standing.get(field.name, "") if standing else ""
        changes = bool(value and there and value != there and not same_number(there, value))
        cells.append(said(known, dataset, field, value or there))
        before.append(said(known, dataset, field, there) if changes else "")
    differs = standing is not None and any(
        value and value != standing.get(name, "") and not same_number(standing.get(name), value)
        for name, value in row.items())
    return UnderstoodRow(line, "changed" if differs else "same" if standing is not None else "new", cells, before)


def said(known: Names, dataset: Dataset, field: Field, value: str) -> str:
    """A value as people say it."""
    if field.type == "date" or field.kind == "partial-date":
        return in_letters(value)
    named = known.shown(dataset.name, field.name, value)
    return named if named != value else shown(field, value)


def in_letters(value: str) -> str:
    """A day or a month in Italian letters, so that nobody takes one for the other; other texts as they are."""
    parts = DAY.fullmatch(value)
    if not parts or not parts[2]:
        return value
    try:
        day = date(int(parts[1]), int(parts[2]), int(parts[3] or 1))
    except ValueError:
        return value
    return format_date(day, "d MMMM y" if parts[3] else "MMMM y", locale=LANGUAGES[0])
