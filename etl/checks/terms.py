"""Translations that lose a term of the law: its word in the language, or its Italian name."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from etl.checks.recall import Recalled, program
from etl.domain.terms import lost
from etl.meta.messages import finding
from etl.meta.model import LANGUAGES, Dataset, Draft, Finding, RowRef
from etl.meta.view import NOT_TRANSLATED, Row, key_of, rows_of
from etl.runtime.cache import cache_key

TERMS = "terms"


def check_terms(draft: Draft, recalled: Recalled) -> list[Finding]:
    """One warning per cell of a table of texts that loses a term of the table `terms`; none where that is missing."""
    known = {(row["term_id"], row["language"]): row for row in rows_of(draft, TERMS)}
    found = []
    for name, dataset in draft.datasets.items():
        if known and name != TERMS and "language" in dataset.key and name in draft.tables:
            table = draft.tables[name]
            key = cache_key(name, dataset.columns, dataset.key, table.rows, table.lines, known, program())
            found += recalled.of(key, partial(of_texts, draft, dataset, known))
    return found


def of_texts(draft: Draft, dataset: Dataset, known: Mapping[tuple[str, str], Row]) -> list[Finding]:
    """The warnings of one table of texts."""
    key = next(name for name in dataset.key if name != "language")
    columns = [name for name in dataset.columns if name != key and name not in NOT_TRANSLATED]
    said = list(zip(draft.tables[dataset.name].lines, rows_of(draft, dataset.name), strict=True))
    originals = {row[key]: row for _, row in said if row["language"] == LANGUAGES[0]}
    pairs = {
        language: [(known[term, LANGUAGES[0]], own) for (term, of), own in known.items()
                   if of == language and (term, LANGUAGES[0]) in known]
        for language in {language for _, language in known} - {LANGUAGES[0]}
    }
    return [
        finding("term-lost", dataset.name, column, [RowRef(line, key_of(row, dataset.key), row[column])], "warning",
                expected=f"{term['word']} ({term['italian_name']})")
        for line, row in said if row["language"] in pairs and row[key] in originals
        for column, term in lost(pairs[row["language"]], originals[row[key]], row, columns)
    ]
