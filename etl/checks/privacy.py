"""The privacy gate: personal data are refused before anything is written, unless a declaration allows the column.

One detector per kind of datum (personal_detectors.py): check digits where a datum has them, a label or its company
where it has none. The lists that they know people by are in personal.toml, names.toml and ordinary.toml. Secondary
suppression (a small count that can be computed from a total and its other parts) is not done: the tables hold no such
breakdowns, and hiding more cells by rule would need to know which totals are published elsewhere.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from etl.checks.identifiers import readable
from etl.checks.personal_detectors import DETECTORS, pieces
from etl.meta.messages import finding
from etl.meta.model import Dataset, Field, Finding, RowRef
from etl.meta.schemas import PEOPLE
from etl.meta.view import key_of

Rows = Iterable[tuple[int, dict[str, str]]]
LONGEST = 100_000  # letters of a text that are looked at; no cell may be longer

NOT_PERSONAL = frozenset({"partial-date", "moment", "cup", "istat", "cap", "language"})
"""Kinds of values that hold no person."""


@dataclass(frozen=True)
class Found:
    """A personal datum inside a text: its kind (a key of DETECTORS), and its first two signs."""

    kind: str
    shown: str


def personal_in(text: str, name: bool = False) -> tuple[Found, ...]:
    """What a text holds of private people, each kind once, masked. Texts that come with a file (comments, properties,
    headings, cells of any sheet) are given as they are; the names of files and sheets, and ids, with `name`."""
    return look(text[:LONGEST], name)


@lru_cache(maxsize=1 << 15)
def look(text: str, name: bool) -> tuple[Found, ...]:
    """See personal_in; cells repeat."""
    return tuple(Found(kind, masked(piece)) for kind, piece in pieces(readable(text), name))


def check_privacy(dataset: Dataset, rows: Rows) -> list[Finding]:
    """Personal data in a table, counted once per column and kind; what was found is shown with only its first signs."""
    declared = dataset.about.get("privacy", {})
    allowed = declared.get("allow", {})
    wrong: dict[str, dict[str, list[RowRef]]] = {field.name: defaultdict(list) for field in dataset.fields}
    looked = [(field.name, is_id(field), kinds) for field in dataset.fields
              if (kinds := set(looked_for(field)) - set(allowed.get(field.name, [])))]
    for line, row in rows:
        for name, ids, kinds in looked:
            text = row.get(name, "")
            for found in personal_in(text, ids) if text else ():
                if found.kind in kinds:
                    wrong[name][found.kind].append(RowRef(line, masked_key(dataset, row), found.shown))
    findings = [finding(f"privacy-{kind}", dataset.name, column, refs)
                for column, kinds_found in wrong.items() for kind, refs in kinds_found.items()]
    return findings + [found for field in dataset.fields if PEOPLE in field.descriptor
                       for found in small_counts(dataset, rows, field)]


def looked_for(field: Field) -> list[str]:
    """The kinds of personal data that a column may hold; numbers, dates, closed lists and addresses hold none."""
    closed = field.type != "string" or field.kind in NOT_PERSONAL
    if closed or "enum" in field.descriptor.get("constraints", {}):
        return []
    return ["email"] if field.kind == "url" else list(DETECTORS)


def is_id(field: Field) -> bool:
    """Whether the cells of a column are names that machines use: words in small letters, joined by hyphens."""
    return field.kind == "slug"


def masked_key(dataset: Dataset, row: Mapping[str, str]) -> str:
    """The key of a row; a key that is personal itself is masked."""
    parts = {name: row.get(name, "") for name in dataset.key}
    return key_of({name: masked(part) if personal_in(part) or personal_in(part, name=True) else part
                   for name, part in parts.items()}, dataset.key)


def masked(text: str) -> str:
    """The first two signs of what was found; the rest is nobody's business."""
    return text[:2] + "*" * max(len(text) - 2, 1)


def small_counts(dataset: Dataset, rows: Rows, field: Field) -> list[Finding]:
    """Counts of people between one and the smallest that a column may say: they may point to persons."""
    counts, column = field.descriptor[PEOPLE], field.name
    refs = [
        RowRef(line, masked_key(dataset, row), "*")
        for line, row in rows
        if all(row.get(name) in values for name, values in counts.get("where", {}).items())
        and re.fullmatch(r"[0-9]+(\.[0-9]*)?", row.get(column, "")) and 0 < float(row[column]) < counts["smallest"]
    ]
    return [finding("privacy-small-count", dataset.name, column, refs, expected=str(counts["smallest"]))
            ] if refs else []
