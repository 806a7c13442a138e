"""The words of the findings that our own checks make, in every language, with the remedy and who acts.

Placeholders: {value}, {column}, {expected}, {found}, {example}. Findings of Great Expectations take their
words from the declaration instead.
"""

from __future__ import annotations

from etl.meta.messages import connectors, fetching, history, intake, privacy, programme_page, reading, tables
from etl.meta.messages.message import Message
from etl.meta.model import Finding, RowRef, Severity

MESSAGES: dict[str, Message] = {
    **tables.MESSAGES, **fetching.MESSAGES, **connectors.MESSAGES, **programme_page.MESSAGES, **intake.MESSAGES,
    **reading.MESSAGES, **privacy.MESSAGES, **history.MESSAGES,
}


def finding(
    check: str, dataset: str, column: str, rows: list[RowRef], severity: Severity = "critical",
    count: int | None = None, file: str = "", **words: str,
) -> Finding:
    """A finding of one of the checks above: its words filled in, its rows kept and counted."""
    message = MESSAGES[check]
    it, en, remedy_it, remedy_en = (text.format(column=column, **words) for text in message[:4])
    return Finding(
        dataset=dataset, check=check, severity=severity, column=column, message={"it": it, "en": en},
        remedy={"it": remedy_it, "en": remedy_en}, who=message.who, rows=tuple(rows),
        count=len(rows) if count is None else count, file=file,
    )
