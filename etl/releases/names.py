"""Names beside codes in a file that was handed in: what they stand for, by our tables and by the file itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from etl.meta.messages import finding
from etl.meta.model import Dataset, Finding, RowRef, Severity
from etl.meta.words import normal
from etl.runtime.source_tables import name_column, names
from etl.spreadsheets.read.importer import Imported
from etl.spreadsheets.read.named import read_named, with_name


class Names:
    """What people call the rows of our tables, by code; each table is read once."""

    def __init__(self, root: Path, datasets: Mapping[str, Dataset]) -> None:
        self.root, self.datasets = root, datasets
        self.known: dict[tuple[str, str], dict[str, str]] = {}

    @cached_property
    def targets(self) -> dict[tuple[str, str], tuple[str, str]]:
        """(table, column) -> (table, column) that it points to, where one column is enough to."""
        return {(name, key["fields"][0]): (key["reference"]["resource"], key["reference"]["fields"][0])
                for name, dataset in self.datasets.items() for key in dataset.schema.get("foreignKeys", [])
                if len(key["fields"]) == 1 and not self.datasets[key["reference"]["resource"]].derived}

    def of(self, table: str, column: str) -> Mapping[str, str]:
        """Code -> name of the rows that a column points to; {} for a column that points nowhere."""
        target = self.targets.get((table, column))
        if not target:
            return {}
        if target not in self.known:
            self.known[target] = names(self.root, self.datasets[target[0]], target[1], self.datasets)
        return self.known[target]

    def shown(self, table: str, column: str, code: str) -> str:
        """A code with its name, where it has one."""
        return with_name(code, self.of(table, column).get(code, ""))


def read_names(known: Names, parts: Sequence[Imported]) -> tuple[Imported, ...]:
    """The parts of a file with codes where people chose or wrote names, each with what was read so or cannot be."""
    brought = {key: code for part in parts for key, code in called(known.datasets, part)}
    read = []
    for part in parts:
        rows, said = [dict(row) for row in part.rows], list(part.findings)
        for column in part.letters:
            target = known.targets.get((part.dataset, column))
            own = brought.get(target, {}) if target else {}
            if target:
                said += read_column(part, rows, column, {**known.of(part.dataset, column), **own})
        read.append(replace(part, rows=rows, findings=said))
    return tuple(read)


def called(datasets: Mapping[str, Dataset], part: Imported) -> Iterator[tuple[tuple[str, str], dict[str, str]]]:
    """(table, key column) and the names of the rows that a part brings."""
    if part.rows and len(datasets[part.dataset].key) == 1:
        (key,), name = datasets[part.dataset].key, name_column(datasets[part.dataset])
        yield (part.dataset, key), {row[key]: row.get(name, "") for row in part.rows if row.get(key)}


def read_column(
    part: Imported, rows: Sequence[dict[str, str]], column: str, known: Mapping[str, str]
) -> Iterator[Finding]:
    """Put codes in the place of names in one column; gives what is said of that."""
    told: dict[tuple[Severity, str], list[tuple[RowRef, str]]] = defaultdict(list)
    for line, row in zip(part.lines, rows, strict=True):
        text = row.get(column, "")
        read = read_named(text, known)
        row[column] = "" if read.problem else read.value
        if read.problem or read.note:
            severity: Severity = "critical" if read.problem else "note"
            ref = RowRef(line, "", text[:200], f"{part.letters[column]}{line}")
            told[severity, read.problem or read.note].append((ref, read.value))
    for (severity, check), items in told.items():
        ref, value = items[0]
        same = sorted(code for code, name in known.items() if normal(name) == normal(ref.value))
        meant = same or [with_name(*item) for item in known.items() if item[0] in ref.value]
        found = ref.value if severity == "critical" else f"{ref.value} → {value}"
        yield finding(check, part.dataset, column, [row for row, _ in items], severity, file=part.file, found=found,
                      expected=", ".join(meant)[:300])
