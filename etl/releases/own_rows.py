"""What is found in our tables, told in the rows, cells and words of the file that brought it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from etl.checks.personal_headings import personal_headings
from etl.checks.schema import limit_of
from etl.meta.messages import finding, messages
from etl.meta.model import Dataset, Field, Finding, RowRef, Words
from etl.meta.view import key_of
from etl.releases.merge import Merged
from etl.spreadsheets.read.importer import Imported


def in_own_rows(item: Imported, own: Mapping[int, int], found: Finding) -> Finding | None:
    """A finding about a table, told in the rows of the file that hold it; None when no row of the file does.

    own: see rows_of_file.
    """
    if found.dataset != item.dataset:
        return None
    rows = tuple(replace(row, line=own[row.line], cell=cell_of(item, found.column, own[row.line]))
                 for row in found.rows if row.line is not None and row.line in own)
    return replace(found, rows=rows, count=len(rows), file=item.file) if rows else None


def rows_of_file(item: Imported, merged: Merged, lines: Sequence[int]) -> dict[int, int]:
    """Line of our table -> row of the file that it holds. lines: where each row of our table stands."""
    return {lines[place]: item.lines[number] for place, number in merged.origin.items()}


def discreet(found: Sequence[Finding]) -> list[Finding]:
    """The findings without the content of rows that hold personal data, whatever else is said of those rows."""
    lines = {row.line for item in found if item.check.startswith("privacy-") for row in item.rows}

    def hidden(item: Finding, row: RowRef) -> RowRef:
        silent = row.line not in lines or row.line is None or item.check.startswith("privacy-")
        return row if silent else replace(row, key="", value="")

    return [replace(item, rows=tuple(hidden(item, row) for row in item.rows)) for item in found]


def unsaid(said: Sequence[Finding], found: Sequence[Finding]) -> list[Finding]:
    """The findings that are about other cells than the errors told already: each cell is wrong once."""
    cells = {(item.column, row.line) for item in said if item.severity == "critical" for row in item.rows if row.line}
    return [item for item in found if not any((item.column, row.line) in cells for row in item.rows)]


def in_their_words(dataset: Dataset, found: Finding, item: Imported) -> Finding:
    """A finding with the headings of the file in place of our names of columns, in its words too if they name one."""
    titles = {field.name: field.descriptor["title"] for field in dataset.fields} | dict(item.titles)
    said = {name: titles.get(name, name) for name in filter(None, found.column.split(", "))}
    if "{column}" not in str(messages().get(found.check)):
        return replace(found, column=", ".join(said.values()))

    def words(texts: Words) -> Words:
        return {language: re.sub(r"\b\w+\b", lambda m: said.get(m[0], m[0]), text) for language, text in texts.items()}

    return replace(found, column=", ".join(said.values()), message=words(found.message), remedy=words(found.remedy))


def on_its_sheet(found: Finding, sheet: str) -> Finding:
    """A finding whose cells say their sheet too, for a workbook that is about several tables."""
    rows = tuple(replace(row, cell=f"{sheet}!{row.cell or f'A{row.line}'}") if row.cell or row.line else row
                 for row in found.rows)
    return replace(found, rows=rows)


def broken_limits(dataset: Dataset, item: Imported, merged: Merged) -> list[Finding]:
    """Missing values of new rows, patterns and limits: so that all errors of a file are told the first time."""
    new = {item.lines[number] for place, number in merged.origin.items() if place >= len(merged.rows) - merged.added}
    wrong: dict[tuple[str, str], list[RowRef]] = defaultdict(list)
    for line, row in zip(item.lines, item.rows, strict=True):
        for field in (field for field in dataset.fields if not field.computed):
            value = row.get(field.name, "")
            check = broken_limit(field, value, line in new)
            if check:
                ref = RowRef(line, key_of(row, dataset.key), value, cell_of(item, field.name, line))
                wrong[check, field.name].append(ref)
    fields = {field.name: field for field in dataset.fields}
    return [
        finding(check, dataset.name, column, refs, file=item.file, expected=limit_of(fields[column], check), found="",
                value="", example=str(fields[column].descriptor.get("example", "")))
        for (check, column), refs in wrong.items()
    ]


def broken_limit(field: Field, value: str, new: bool) -> str:
    """The check that a value fails by the schema alone, "" for none."""
    limits = field.descriptor.get("constraints", {})
    if not value:
        return "required" if field.required and new else ""
    if "pattern" in limits and not re.fullmatch(limits["pattern"], value):
        return "pattern"
    number = Decimal(value) if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", value) and field.type != "string" else None
    if number is not None and not limits.get("minimum", number) <= number <= limits.get("maximum", number):
        return "limit"
    return ""


def doubled(dataset: Dataset, item: Imported) -> list[Finding]:
    """Rows of one file that have the same key and say different things: nobody can tell which is right."""
    unread = {row.line for found in item.findings if found.severity == "critical" and found.column in dataset.key
              for row in found.rows}
    places = defaultdict(list)
    for line, row in zip(item.lines, item.rows, strict=True):
        if line not in unread:  # its key is empty only because it could not be read
            places[key_of(row, dataset.key)].append(line)
    letter = next(item.letters[name] for name in dataset.key if name in item.letters)
    again = [
        RowRef(line, key, key, f"{letter}{line}")
        for key, lines in places.items() if key.strip("|") for line in lines[1:]
    ]
    return [finding("duplicate-key", dataset.name, ", ".join(dataset.key), again, file=item.file)] if again else []


def personal(item: Imported) -> list[Finding]:
    """Columns of the file that hold data of private people: such a file must not come here at all."""
    letters = {text: letter for letter, text in item.headings.items()}
    return [
        finding("privacy-column", item.dataset, heading, [RowRef(None, "", heading, f"{letters[heading]}1")],
                file=item.file, found=heading, example="", expected="", value=heading)
        for heading in personal_headings(list(letters))
    ]


def kept_values(item: Imported, merged: Merged) -> list[Finding]:
    if not merged.kept:
        return []
    return [finding("kept-values", item.dataset, "", [RowRef(None, "", "")], "note", merged.kept, item.file)]


def cell_of(item: Imported, column: str, line: int) -> str:
    """The address of a cell of the file, of the first column when the finding is about none or several."""
    letter = item.letters.get(column.split(", ")[0])
    return f"{letter}{line}" if letter else ""
