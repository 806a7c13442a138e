"""Records of a source, in its own words -> rows of one of our tables, by the [[source.fetch.rows]] of a declaration."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from etl.checks.values import check_values
from etl.meta.messages import finding
from etl.meta.model import Dataset, Finding, RowRef
from etl.meta.view import key_of
from etl.spreadsheets.read.convert import column_style, convert
from etl.spreadsheets.read.model import Cell

Row = dict[str, str]


def to_rows(
    dataset: Dataset, blocks: Sequence[Mapping[str, Any]], records: Sequence[Mapping[str, str]]
) -> tuple[list[Row], list[Finding]]:
    """One row per record and block, in our spelling; a value that cannot be read is left empty, with a warning.

    A block says for each column the field of the record, or "=text" for a constant; its `where` = { field = "text" }
    names the records that it is for. A record without a value for the key makes no row and is reported.
    """
    cells = [
        {name: cell_of(record, wanted) for name, wanted in block.items() if name != "where"}
        for record in records for block in blocks
        if all(record.get(name) == text for name, text in block.get("where", {}).items())
    ]
    rows, findings = converted(dataset, cells)
    wrong = check_values(dataset, [(number, dict.fromkeys(dataset.source_columns, "") | row)
                                   for number, row in enumerate(rows)])
    for item in wrong:
        for ref in item.rows:
            rows[ref.line or 0][item.column] = ""
        findings.append(as_warning(item))
    lost = [row for row in rows if not any(row.get(name) for name in dataset.key)]
    if lost:
        refs = [RowRef(None, "", "; ".join(filter(None, row.values()))[:200]) for row in lost]
        findings.append(finding("record-without-key", dataset.name, ", ".join(dataset.key), refs, "warning"))
    return [row for row in rows if any(row.get(name) for name in dataset.key)], findings


def cell_of(record: Mapping[str, str], wanted: str) -> str:
    """The text for one cell; a constant may hold fields, "=https://{LINK}", and is empty when one of them is."""
    if not wanted.startswith("="):
        return record.get(wanted, "")
    fields = re.findall(r"{([^{}]+)}", wanted)
    if not all(record.get(name, "").strip() for name in fields):
        return ""
    return re.sub(r"{([^{}]+)}", lambda match: record[match[1]].strip(), wanted[1:])


def converted(dataset: Dataset, cells: Sequence[Row]) -> tuple[list[Row], list[Finding]]:
    """Every cell as its column asks, by the rules of people's files; what can be read in two ways is left empty."""
    rows: list[Row] = [{} for _ in cells]
    problems: dict[tuple[str, str], list[RowRef]] = defaultdict(list)
    for field in dataset.fields:
        texts = [Cell(row[field.name]) for row in cells if field.name in row]
        style = column_style(field, texts)
        for given, row in zip(cells, rows, strict=True):
            if field.name not in given:
                continue
            read = convert(field, Cell(given[field.name]), style)
            row[field.name] = "" if read.problem else read.value
            if read.problem:
                ref = RowRef(None, key_of(given, dataset.key), given[field.name][:200])
                problems[read.problem, field.name].append(ref)
    return rows, [
        finding(check, dataset.name, column, refs, "warning", found=refs[0].value, expected="",
                example=str(next(f for f in dataset.fields if f.name == column).descriptor.get("example", "")))
        for (check, column), refs in problems.items()
    ]


def as_warning(item: Finding) -> Finding:
    """A value that the source itself has wrong does not stop anything: it is left out and told."""
    return replace(item, severity="warning", rows=tuple(replace(row, line=None) for row in item.rows))
