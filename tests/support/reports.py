"""What people read of each message, and of one report in every form: the words that tests/reports holds."""

from __future__ import annotations

from pathlib import Path

from etl.meta.messages import finding, messages
from etl.meta.model import Finding, RowRef
from etl.runtime.report import FORMATS, as_text
from etl.spreadsheets.write.report_page import page

FOLDER = Path(__file__).parents[1] / "reports"
WORDS = {"value": "31/13/2020", "expected": "ATTESO", "found": "TROVATO", "example": "ESEMPIO"}


def in_words() -> str:
    """Each message as a person reads it, with its code above."""
    blocks = []
    for code in sorted(messages()):
        item = finding(code, "desks", "phone", [RowRef(7, "sportello-di-prova", "31/13/2020", "C7")], "critical", None,
                       "sportelli.xlsx", **WORDS)
        blocks.append(f"{code} ({item.who})\n{as_text([item])}\n")
    return "\n".join(blocks)


def sample() -> list[Finding]:
    """One finding of each severity, one of them in many rows, one with a value that tries to be markup."""
    many = [RowRef(line, "", "<b>boh</b>|`x`", f"D{line}") for line in range(2, 40)]
    return [
        finding("read-date", "desks", "Data del fatto", [RowRef(2, "", "31/10/2025", "S2")], "note", None,
                "sportelli.xlsx", found="31/10/2025 → 2025-10-31", example="2025-06-06", expected=""),
        finding("enum", "desks", "Tipo", many, "critical", None, "sportelli.xlsx", expected="sportello per la casa"),
        finding("heading-unknown", "desks", "", [RowRef(1, "", "Boh", "Z1")], "warning", None, "sportelli.xlsx",
                found="Boh", expected="Codice, Nome"),
        finding("loose-row", "desks", "", [RowRef(41, "", "* nota", "A41")], "rejected", None, "sportelli.xlsx",
                found="* nota"),
    ]


def everything() -> dict[str, str]:
    """File in tests/reports -> its text."""
    made = {"messages.txt": in_words()}
    made |= {f"report.{style}": write(sample()) + "\n" for style, write in FORMATS.items()}
    return made | {"report.html": page("sportelli.xlsx", sample(), {"added": 1, "changed": 2, "same": 3}) + "\n"}
