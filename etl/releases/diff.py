"""What changed between two releases, row by row and cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from etl.exports.datapackage import READINGS
from etl.meta.view import as_json
from etl.releases.history import Row, Table, described, read_tables
from etl.releases.masked import masked

NONE = Table([], {})
SIGNS = {ord(sign): f"&#{ord(sign)};" for sign in "\\`*_{}[]<>#|!~&@"}
Kind = Literal[
    "added", "changed", "removed", "column_added", "column_removed", "column_renamed", "dataset_added",
    "dataset_removed",
]


@dataclass(frozen=True)
class Change:
    """One row added or removed (field is ""), or one cell changed. key: the values of the primary key, with |.

    The history of releases also knows columns (key is "") and whole tables (both are "").
    """

    dataset: str
    kind: Kind
    key: str
    field: str = ""
    before: str = ""
    after: str = ""


def changes(old: Path, new: Path) -> list[Change]:
    """Every change between the releases in two folders, by dataset and key; a folder without a release is empty.

    That a source was read once more is nothing that a person must look at. A mark stands for what was erased.
    """
    after = read_tables(new)
    before = masked(read_tables(old), after, described(old))
    for name in before.keys() & after.keys():
        before[name] = renamed(before[name], after[name])
    return [change for name in sorted({*before, *after} - {READINGS})
            for change in compare(name, before.get(name, NONE).rows, after.get(name, NONE).rows)]


def renamed(old: Table, new: Table) -> Table:
    """The older state of a table with the columns called as the newer one does."""
    names = {was: now for now, was in new.renamed.items() if was in old.columns and now not in old.columns}
    if not names:
        return old
    return Table([names.get(column, column) for column in old.columns],
                 {key: {names.get(column, column): value for column, value in row.items()}
                  for key, row in old.rows.items()})


def compare(name: str, before: Mapping[str, Row], after: Mapping[str, Row]) -> Iterator[Change]:
    """The changes of one dataset, in order of key."""
    for key in sorted(set(before) | set(after)):
        if key not in before:
            yield Change(name, "added", key)
        elif key not in after:
            yield Change(name, "removed", key)
        else:
            old, new = before[key], after[key]
            for field in [*old, *(field for field in new if field not in old)]:
                if old.get(field, "") != new.get(field, ""):
                    yield Change(name, "changed", key, field, old.get(field, ""), new.get(field, ""))


def as_text(found: Sequence[Change]) -> str:
    """One line per change."""
    lines = []
    for item in found:
        cell = f" {item.field}: {item.before!r} → {item.after!r}" if item.field else ""
        lines.append(f"{item.dataset}: {item.kind} {item.key}{cell}")
    return "\n".join(lines)


def in_json(found: Sequence[Change]) -> str:
    return as_json([vars(item) for item in found], 2).decode().rstrip("\n")


def plain(text: str, longest: int = 120) -> str:
    """A text of the data as words: no markup, link, mention or line break of it takes effect."""
    short = text if len(text) <= longest else text[: longest - 1] + "…"
    return " ".join(short.translate(SIGNS).replace("://", "&#58;//").replace("www.", "www&#46;").split())


FORMATS = {"json": in_json, "text": as_text}
