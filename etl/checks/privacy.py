"""The privacy gate: personal data are refused before anything is written, unless a declaration allows the column.

Secondary suppression (a small count that can be computed from a total and its other parts) is not done: the tables hold
no such breakdowns, and hiding more cells by rule would need to know which totals are published elsewhere.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from etl.checks.identifiers import emails, fiscal_codes, ibans, mobiles, names
from etl.meta.messages import finding
from etl.meta.model import Dataset, Field, Finding, RowRef
from etl.meta.view import key_of
from etl.meta.words import normal

Rows = list[tuple[int, dict[str, str]]]
SMALLEST = 5  # people that a published count must at least be of, where a declaration names no other number

DETECTORS: dict[str, tuple[re.Pattern[str], Callable[[str], Iterator[str]]]] = {
    # kind: (what a text must hold to be worth a look, what finds it)
    "fiscal-code": (re.compile(r"[A-Za-z]{3} ?[A-Za-z]{3} ?\w\w ?[A-Ea-eHhLlMmPpRrSsTt]"), fiscal_codes),
    "iban": (re.compile(r"[A-Za-z]{2}[0-9]{2} ?\w"), ibans),
    "email": (re.compile("@"), emails),
    "mobile": (re.compile(r"3[0-9]{2}.?[0-9]"), mobiles),
    "name": (re.compile(r"[A-ZÀ-Ý][a-zà-ÿ]|nat[oa]"), names),
}
NOT_PERSONAL = frozenset({"partial-date", "moment", "cup", "istat", "cap", "language", "slug"})
"""Kinds of values that hold no person."""
PERSONAL = frozenset(
    "codice fiscale|cod fiscale|cf|cognome|cognome e nome|nome e cognome|nominativo|data di nascita|"
    "luogo di nascita|nato a|nato il|nata il|inquilino|conduttore|assegnatario|beneficiario nome|"
    "richiedente|iban|conto corrente|reddito|reddito annuo|isee|valore isee|isee del nucleo|"
    "stato di famiglia|componenti del nucleo|documento d identita|carta d identita|numero documento|"
    "cellulare personale|e mail personale|cittadinanza|disabilita|invalidita|fiscal code|surname|"
    "last name|first name|full name|date of birth|place of birth|tenant|applicant|income|id card|"
    "nationality".split("|")
)


def check_privacy(dataset: Dataset, rows: Rows) -> list[Finding]:
    """Personal data in a table, counted once per column and kind; what was found is shown with only its first signs."""
    declared = dataset.about.get("privacy", {})
    allowed = declared.get("allow", {})
    wrong: dict[tuple[str, str], list[RowRef]] = defaultdict(list)
    for field in dataset.fields:
        kinds = [kind for kind in looked_for(field) if kind not in allowed.get(field.name, [])]
        for line, row in rows:
            text = row.get(field.name, "")
            for kind in kinds if text else ():
                worth, find = DETECTORS[kind]
                found = next(find(text), None) if worth.search(text) else None
                if found:
                    wrong[kind, field.name].append(RowRef(line, masked_key(dataset, row), masked(found)))
    findings = [finding(f"privacy-{kind}", dataset.name, column, refs) for (kind, column), refs in wrong.items()]
    return findings + small_counts(dataset, rows, declared.get("counts"))


def looked_for(field: Field) -> list[str]:
    """The kinds of personal data that a column may hold; numbers, dates, closed lists and addresses hold none."""
    closed = field.type != "string" or field.kind in NOT_PERSONAL
    if closed or "enum" in field.descriptor.get("constraints", {}):
        return []
    return ["email"] if field.kind == "url" else list(DETECTORS)


def masked_key(dataset: Dataset, row: Mapping[str, str]) -> str:
    """The key of a row; a key that is personal itself is masked."""
    parts = {name: row.get(name, "") for name in dataset.key}
    return key_of({name: masked(part) if any(next(find(part), None) for _, find in DETECTORS.values()) else part
                   for name, part in parts.items()}, dataset.key)


def masked(text: str) -> str:
    """The first two signs of what was found; the rest is nobody's business."""
    return text[:2] + "*" * max(len(text) - 2, 1)


def small_counts(dataset: Dataset, rows: Rows, counts: Mapping[str, Any] | None) -> list[Finding]:
    """Counts of people between one and the smallest allowed: they may point to persons."""
    if not counts:
        return []
    column, smallest = counts["column"], int(counts.get("minimum", SMALLEST))
    refs = [
        RowRef(line, masked_key(dataset, row), "*")
        for line, row in rows
        if all(row.get(name) in values for name, values in counts.get("where", {}).items())
        and re.fullmatch(r"[0-9]+(\.0*)?", row.get(column, "")) and 0 < float(row[column]) < smallest
    ]
    return [finding("privacy-small-count", dataset.name, column, refs, expected=str(smallest))] if refs else []


def personal_headings(headings: list[str]) -> list[str]:
    """The headings of a person's file that announce data of private people."""
    return [heading for heading in headings if normal(heading) in PERSONAL]
