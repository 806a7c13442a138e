"""Findings as people and machines read them: one line each, in both languages."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from etl.meta.model import Finding, RowRef
from etl.meta.view import as_json, digest

SEVERITY = {
    "critical": ("ERRORE", "ERROR"), "rejected": ("RIGA ESCLUSA", "ROW LEFT OUT"), "warning": ("AVVISO", "WARNING"),
    "note": ("LETTO COSÌ", "READ LIKE THIS"),
}
ORDER = {"critical": 0, "rejected": 1, "warning": 2, "note": 3}
Provider = Callable[[str, str], str]
FIRST_ROWS = 5  # rows shown of one kind of mistake; the count says how many there are


def in_order(findings: Sequence[Finding]) -> list[Finding]:
    """Worst first, then by place, so that two runs print the same."""
    return sorted(
        findings, key=lambda f: (ORDER[f.severity], f.dataset, f.check, f.column, f.rows[0].line or 0 if f.rows else 0)
    )


def quality_rows(findings: Sequence[Finding], provider: Provider = lambda _dataset, _key: "") -> list[dict[str, str]]:
    """Rows of the `quality` dataset: one per row that a finding is about, or one about a table as a whole.

    The id depends on what was found, not on its position. provider: (dataset, key of a row) -> who can tell. `file` and
    `line` (or cell) are for whoever mends it; the dataset leaves them out.
    """
    rows, seen = [], Counter[str]()
    for item in in_order(findings):
        for ref in item.rows or (RowRef(None, "", ""),):
            seed = "\x1f".join((item.dataset, item.check, item.column, ref.key, ref.value, item.message["it"]))
            seen[seed] += 1
            again = f"\x1f{seen[seed]}" if seen[seed] > 1 else ""
            rows.append({
                "finding_id": digest(seed + again)[:12],
                "dataset": item.dataset, "check": item.check, "severity": item.severity, "row_key": ref.key,
                "column": item.column, "value": ref.value,
                "message_it": item.message["it"], "message_en": item.message["en"],
                "remedy_it": item.remedy["it"], "remedy_en": item.remedy["en"], "who": item.who,
                "provider": provider(item.dataset, ref.key),
                "file": place(item)[0], "line": ref.cell or str(ref.line or ""),
            })
    return rows


def place(item: Finding) -> tuple[str, str]:
    """File and line of a finding, as "datasets/source/x.csv" and "12" ("" when it has no line)."""
    line = next((row.line for row in item.rows if row.line), None)
    return item.file or f"datasets/source/{item.dataset}.csv", str(line) if line else ""


def rows_named(item: Finding) -> str:
    """The first rows of a finding, ": 4, 9, 12 …", as cells ("C4") in a file handed in; "" without lines."""
    named = [row.cell or str(row.line) for row in item.rows if row.line][:FIRST_ROWS]
    return f": {', '.join(named)}{' …' if item.count > len(named) else ''}" if named else ""


def details(item: Finding, language: str) -> str:
    """Message, where, value and remedy of a finding in one language, on one line."""
    words = {"it": ("Chiave", "Valore", "righe", "riga", "cella"), "en": ("Key", "Value", "rows", "row", "cell")}
    said = words[language]
    keys = ", ".join(row.key for row in item.rows[:FIRST_ROWS] if row.key)
    values = " | ".join(row.value for row in item.rows[:FIRST_ROWS] if row.value)
    parts = [item.message[language]]
    if keys:
        parts.append(f"{said[0]}: {keys}.")
    if values:
        parts.append(f"{said[1]}: «{values}».")
    if item.count > 1:
        parts.append(f"({item.count} {said[2]}{rows_named(item)})")
    elif item.file and rows_named(item):
        parts.append(f"({said[3 + any(row.cell for row in item.rows)]}{rows_named(item)})")
    return " ".join([*parts, item.remedy[language]]).replace("\n", " ")


def as_text(findings: Sequence[Finding]) -> str:
    """One line per finding: file:line: severity: column: Italian || English."""
    lines = []
    for item in in_order(findings):
        file, line = place(item)
        where = f"{file}:{line}" if line else file
        column = f" {item.column}:" if item.column else ""
        label = " / ".join(SEVERITY[item.severity])
        lines.append(f"{where}: {label}:{column} {details(item, 'it')} || {details(item, 'en')}")
    return "\n".join(lines)


def in_json(findings: Sequence[Finding]) -> str:
    """A JSON array of the quality rows, one per row that a finding is about."""
    return as_json(quality_rows(findings), 2).decode().rstrip("\n")


def as_csv(findings: Sequence[Finding]) -> str:
    """The quality rows as CSV, for a spreadsheet: one per row that a finding is about."""
    rows = quality_rows(findings)
    out = io.StringIO()
    writer: Any = csv.DictWriter(out, rows[0] if rows else ["finding_id"], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().rstrip("\n")


def as_github(findings: Sequence[Finding]) -> str:
    """Workflow commands, so that a pull request shows each finding at its line."""
    def escape(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    lines = []
    for item in in_order(findings):
        file, line = place(item)
        level = "error" if item.severity == "critical" else "warning"
        spot = f"file={file}" + (f",line={line}" if line else "")
        lines.append(f"::{level} {spot},title={escape(item.check)}::{escape(details(item, 'it'))}")
    return "\n".join(lines)


FORMATS: dict[str, Callable[[Sequence[Finding]], str]] = {
    "text": as_text, "json": in_json, "csv": as_csv, "github": as_github,
}
