"""The worked examples of our templates, in a file that comes back: they are no facts and never go into a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from etl.meta.messages import finding
from etl.meta.model import Dataset, Finding, RowRef
from etl.releases.merge import same_number
from etl.runtime.source_tables import EXAMPLE, example_row
from etl.spreadsheets.read.importer import Imported

SOURCE = "source_url"


def without_examples(dataset: Dataset, item: Imported) -> Imported:
    """The rows of a part without those that show how one is written; each is told.

    A row that bears the source of the example and says something else may be a fact: that is asked.
    """
    shown = example_row(dataset)
    out = {line: differs(row, shown) for line, row in zip(item.lines, item.rows, strict=True) if is_example(row, shown)}
    if not out:
        return item
    kept = [(line, row) for line, row in zip(item.lines, item.rows, strict=True) if line not in out]
    said = [left for left in (about_others(item, found, set(out)) for found in item.findings) if left]
    for check, severity, lines in (("example-left-out", "note", [line for line, changed in out.items() if not changed]),
                                   ("example-source", "critical", [line for line, changed in out.items() if changed])):
        if lines:
            letter = item.letters.get(SOURCE, "A")
            rows = [RowRef(line, "", "", f"{letter}{line}") for line in lines]
            said.append(finding(check, dataset.name, SOURCE if SOURCE in item.letters else "", rows, severity,  # type: ignore[arg-type]
                                file=item.file, expected=EXAMPLE))
    return replace(item, rows=[row for _, row in kept], lines=[line for line, _ in kept], findings=said)


def is_example(row: Mapping[str, str], shown: Mapping[str, str]) -> bool:
    """Whether a row bears the source of the example, or says nothing but what the example says."""
    return row.get(SOURCE) == EXAMPLE or (sum(map(bool, row.values())) > 2 and not differs(row, shown))


def differs(row: Mapping[str, str], shown: Mapping[str, str]) -> bool:
    return any(value and name != SOURCE and value != shown.get(name) and not same_number(shown.get(name), value)
               for name, value in row.items())


def about_others(item: Imported, found: Finding, lines: set[int]) -> Finding | None:
    """A finding without the rows of examples; None when it was about nothing else."""
    rows = tuple(row for row in found.rows if row.line not in lines)
    if len(rows) == len(found.rows):
        return found
    if not rows:
        return None
    before, after = (as_read(item, found.column, row) for row in (found.rows[0], rows[0]))
    words = {language: text.replace(before, after) for language, text in found.message.items()}
    return replace(found, rows=rows, count=len(rows), message=words)


def as_read(item: Imported, column: str, row: RowRef) -> str:
    """The value that a finding shows of its first row: as it was written and as it was read."""
    read = item.rows[item.lines.index(row.line)].get(column) if row.line in item.lines else ""
    return f"{row.value} → {read or '–'}"
