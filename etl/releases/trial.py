"""Files that people hand in: read, put into the tables they are about, checked as the release would be.

What is found is told in the rows and cells of the person's own file; what was wrong before is left out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from etl.checks.privacy import personal_headings
from etl.checks.schema import limit_of
from etl.domain.citing import TABLE
from etl.meta.catalog import load_catalog
from etl.meta.errors import DeclarationError
from etl.meta.messages import finding, messages
from etl.meta.model import Dataset, Draft, Field, Finding, RowRef, Words
from etl.meta.view import key_of
from etl.releases import draft as release
from etl.releases.merge import Merged, update, with_sources
from etl.runtime.source_tables import Rows, source_rows, table_bytes, with_tables
from etl.runtime.tables import parse_csv
from etl.spreadsheets.read.headings import must_have
from etl.spreadsheets.read.importer import Imported, import_file


@dataclass(frozen=True)
class HandedIn:
    """One file. findings: all that concerns it, in its own rows; table: the source table with the file in it;
    sources: that of the sources, where the file names new ones.

    The table is None when nothing could be read; with a critical finding it must not be used (`holds` is False).
    """

    imported: Imported
    findings: list[Finding]
    merged: Merged | None = None
    table: bytes | None = None
    sources: bytes | None = None

    @property
    def holds(self) -> bool:
        return self.table is not None and not any(item.severity == "critical" for item in self.findings)

    def in_words(self) -> str:
        """What would come of the file, on one line, in both languages."""
        if self.merged is None:
            return "non si può leggere / cannot be read"
        m = self.merged
        return (f"{self.imported.dataset}: {m.added} righe nuove, {m.changed} cambiate, {m.same} uguali / "
                f"{m.added} new rows, {m.changed} changed, {m.same} the same")


def hand_in(root: Path, paths: Sequence[Path], today: date, wanted: str | None = None) -> list[HandedIn]:
    """What the release would say of each file, tried together: a new desk and its hours may come in two files."""
    datasets = load_catalog(root)
    if wanted and wanted not in datasets:
        raise DeclarationError(f"--table {wanted}: there is no such table. Tables: {', '.join(sorted(datasets))}")
    read = [import_file(path, datasets, wanted) for path in paths]
    usable = [item for item in read if item.rows and key_is_there(datasets[item.dataset], item)]
    tables, merges = merge_all(root, datasets, usable)
    drafts = try_tables(root, tables, today, datasets) if tables else None
    results = []
    for item in read:
        own = [*item.findings, *doubled(datasets, item), *personal(item)]
        merged = merges.get(id(item))
        if drafts is None or merged is None:
            results.append(HandedIn(item, own))
            continue
        dataset = datasets[item.dataset]
        own += unsaid(own, translate(dataset, item, merged, tables[item.dataset], *drafts))
        own += unsaid(own, broken_limits(dataset, item, merged))
        told = [in_their_words(dataset, found, item) for found in [*own, *kept_values(item, merged)]]
        results.append(HandedIn(item, discreet(told), merged, tables[item.dataset], tables.get(TABLE)))
    return results


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


def key_is_there(dataset: Dataset, imported: Imported) -> bool:
    return must_have(dataset) <= set(imported.letters)


def merge_all(
    root: Path, datasets: Mapping[str, Dataset], files: Sequence[Imported]
) -> tuple[dict[str, bytes], dict[int, Merged]]:
    """(table name -> bytes with every file in it, id of what was read -> how it went in); sources that are new too."""
    rows: dict[str, Rows] = {}
    merges = {}
    for item in files:
        dataset = datasets[item.dataset]
        before = rows[dataset.name] if dataset.name in rows else source_rows(root, dataset)
        merges[id(item)] = update(dataset, before, item.rows, by_people=True)
        rows[dataset.name] = merges[id(item)].rows
    if TABLE in datasets:
        known = rows.get(TABLE) or source_rows(root, datasets[TABLE])
        whole = with_sources(known, (row for item in files for row in item.rows), {})
        if len(whole) > len(known):
            rows[TABLE] = whole
    return {name: table_bytes(datasets[name], table) for name, table in rows.items()}, merges


def try_tables(
    root: Path, tables: Mapping[str, bytes], today: date, datasets: Mapping[str, Dataset]
) -> tuple[Draft, Draft]:
    """(the release as it would be now, the release with these tables in place); nothing is written."""
    before = release.draft_release(root, datasets, today)
    with with_tables(root, tables) as place:
        return before, release.draft_release(place, datasets, today)


def doubled(datasets: Mapping[str, Dataset], item: Imported) -> list[Finding]:
    """Rows of one file that have the same key and say different things: nobody can tell which is right."""
    if not item.rows or not key_is_there(datasets[item.dataset], item):
        return []
    dataset = datasets[item.dataset]
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


def translate(
    dataset: Dataset, item: Imported, merged: Merged, table: bytes, before: Draft, after: Draft
) -> list[Finding]:
    """The findings that the file makes: those of its rows, told in its rows, and those that were not there before."""
    lines = [line for line, _ in parse_csv(table.decode("utf-8"))][1:]
    own = {lines[place]: item.lines[number] for place, number in merged.origin.items()}
    known = {(f.dataset, f.check, f.column): f.count for f in before.findings}
    told = []
    for found in after.findings:
        there = known.get((found.dataset, found.check, found.column), 0)
        if found.dataset == dataset.name:
            rows = tuple(
                replace(row, line=own[row.line], cell=cell_of(item, found.column, own[row.line]))
                for row in found.rows if row.line in own
            )
            if rows:
                told.append(replace(found, rows=rows, count=len(rows), file=item.file))
                continue
            found = replace(found, file=item.file)
        if found.count > there and found.severity == "critical":
            told.append(found)
    return told


def cell_of(item: Imported, column: str, line: int) -> str:
    """The address of a cell of the file, of the first column when the finding is about none or several."""
    letter = item.letters.get(column.split(", ")[0])
    return f"{letter}{line}" if letter else ""
