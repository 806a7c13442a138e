"""The findings of a file as one page of HTML that stands alone: Italian first, English below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from etl.model import LANGUAGES, Finding

SHOWN = 20
ORDER = ("critical", "rejected", "warning", "note")
WORDS = {
    "it": {
        "title": "Controllo del file", "fine": "Il file va bene.", "not_fine": "Il file è da correggere.",
        "critical": "Da correggere", "rejected": "Righe escluse", "warning": "Da controllare",
        "note": "Come è stato letto", "column": "Colonna", "where": "Dove", "values": "Valori", "remedy": "Rimedio",
        "more": "e altre {n}", "row": "riga", "added": "righe nuove", "changed": "righe cambiate",
        "same": "righe uguali", "nothing": "Non c'è niente da dire.",
    },
    "en": {
        "title": "Check of the file", "fine": "The file is fine.", "not_fine": "The file needs correcting.",
        "critical": "To correct", "rejected": "Rows left out", "warning": "To check", "note": "How it was read",
        "column": "Column", "where": "Where", "values": "Values", "remedy": "Remedy", "more": "and {n} more",
        "row": "row", "added": "new rows", "changed": "changed rows", "same": "rows the same",
        "nothing": "There is nothing to say.",
    },
}


def page(name: str, findings: Sequence[Finding], counts: Mapping[str, int]) -> str:
    """The whole page. counts: what would happen to the table (added, changed, same), empty when nothing was read."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )
    holds = not any(item.severity == "critical" for item in findings)
    sections = [
        {"language": language, "words": WORDS[language], "groups": groups(findings, language)} for language in LANGUAGES
    ]
    return environment.get_template("report.html").render(name=name, holds=holds, counts=counts, sections=sections)


def groups(findings: Sequence[Finding], language: str) -> list[dict[str, object]]:
    """The findings by severity, worst first, in one language."""
    found: list[dict[str, object]] = []
    for severity in ORDER:
        items = [in_words(item, language) for item in findings if item.severity == severity]
        if items:
            found.append({"severity": severity, "items": items})
    return found


def in_words(item: Finding, language: str) -> dict[str, object]:
    """One finding, with the places and values of its first rows."""
    words = WORDS[language]
    places = [row.cell or f"{words['row']} {row.line}" for row in item.rows if row.cell or row.line]
    values = list(dict.fromkeys(row.value for row in item.rows if row.value))
    more = item.count - SHOWN
    return {
        "message": item.message[language], "remedy": item.remedy[language], "column": item.column, "count": item.count,
        "places": places[:SHOWN], "values": values[:5], "more": words["more"].format(n=more) if more > 0 else "",
    }
