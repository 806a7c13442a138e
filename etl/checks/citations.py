"""Sources in `other_sources`, several in one cell and so no foreign key: they must be in the table of sources too."""

from __future__ import annotations

from etl.domain.citing import KEY, OTHERS, TABLE, others
from etl.meta.messages import finding
from etl.meta.model import Draft, Finding, RowRef
from etl.meta.view import key_of, rows_of


def check_citations(draft: Draft) -> list[Finding]:
    """One finding per table with rows whose other sources have no row in source_documents, which a city may lack."""
    if TABLE not in draft.tables:
        return []
    known = {row[KEY] for row in rows_of(draft, TABLE)}
    found = []
    for name, table in draft.tables.items():
        dataset = draft.datasets[name]
        if OTHERS in dataset.columns:
            strange = [RowRef(line, key_of(row, dataset.key), address)
                       for line, row in zip(table.lines, rows_of(draft, name), strict=True)
                       for address, _ in others(row[OTHERS]) if address not in known]
            if strange:
                found.append(finding("unknown-reference", name, OTHERS, strange, expected=TABLE))
    return found
