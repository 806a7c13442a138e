"""The words of the findings that our own checks make, in every language, with the remedy and who acts.

They stand in the TOML files of this folder, one block a check. Placeholders: {value}, {column}, {expected}, {found},
{example}. Findings of Great Expectations take their words from the declaration instead.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from etl.meta.model import Finding, RowRef, Severity, Words


@dataclass(frozen=True)
class Message:
    """What is wrong, how to mend it, and who can: steward, contributor or owner (of the source)."""

    message: Words
    remedy: Words
    who: str = "steward"

    def said(self, **words: str) -> tuple[Words, Words]:
        """What is wrong and the remedy, with their placeholders filled in."""
        what, remedy = ({language: text.format(**words) for language, text in texts.items()}
                        for texts in (self.message, self.remedy))
        return what, remedy


@cache
def messages() -> dict[str, Message]:
    """The message of each check."""
    texts = [path.read_text("utf-8") for path in files(__name__).iterdir() if path.name.endswith(".toml")]
    return {check: Message(**block) for text in texts for check, block in tomllib.loads(text).items()}


def finding(
    check: str, dataset: str, column: str, rows: list[RowRef], severity: Severity = "critical",
    count: int | None = None, file: str = "", **words: str,
) -> Finding:
    """A finding of one of the checks above: its words filled in, its rows kept and counted."""
    template = messages()[check]
    message, remedy = template.said(column=column, **words)
    return Finding(
        dataset=dataset, check=check, severity=severity, column=column, message=message, remedy=remedy,
        who=template.who, rows=tuple(rows), count=len(rows) if count is None else count, file=file,
    )
