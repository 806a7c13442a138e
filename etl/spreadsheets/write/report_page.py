"""The findings of a file as one page of HTML that stands alone: Italian first, English below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from etl.meta.model import LANGUAGES, Finding
from etl.spreadsheets.write.style import IN_WORDS, SEVERITIES, printable

SHOWN, VALUES, LONGEST = 20, 5, 200
"""Places and values shown of one finding, and characters of a value: a page must stay readable."""
WORDS = {
    "it": {
        "title": "Controllo del file", "fine": "Il file va bene.", "not_fine": "Il file è da correggere.",
        "column": "Colonna", "where": "Dove", "value": "Valore", "remedy": "Rimedio", "who": "Chi",
        "more": "e altre {n}", "row": "riga", "times": "volte", "added": "Righe nuove", "changed": "Righe cambiate",
        "same": "Righe uguali", "nothing": "Non c'è niente da correggere.", "other": "This page in English",
        "steward": "chi cura i dati", "contributor": "chi mantiene il programma", "owner": "il titolare del dato",
    },
    "en": {
        "title": "Check of the file", "fine": "The file is fine.", "not_fine": "The file needs correcting.",
        "column": "Column", "where": "Where", "value": "Value", "remedy": "Remedy", "who": "Who",
        "more": "and {n} more", "row": "row", "times": "times", "added": "New rows", "changed": "Changed rows",
        "same": "Rows the same", "nothing": "There is nothing to correct.",
        "steward": "data steward", "contributor": "contributor", "owner": "owner of the data",
    },
}
TITLES = {
    "it": {**IN_WORDS["it"], "rejected": "Righe escluse"}, "en": {**IN_WORDS["en"], "rejected": "Rows left out"},
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
    text = environment.get_template("report.html").render(name=name, holds=holds, counts=counts, sections=sections)
    return printable(text)


def groups(findings: Sequence[Finding], language: str) -> list[dict[str, Any]]:
    """The findings by severity, worst first, in one language."""
    found = []
    for severity in SEVERITIES:
        told = [in_words(item, language) for item in findings if item.severity == severity]
        if told:
            found.append({"severity": severity, "title": TITLES[language][severity], "told": told})
    return found


def in_words(item: Finding, language: str) -> dict[str, Any]:
    """One finding, with the places and values of its first rows as the person sees them."""
    words = WORDS[language]
    places = list(dict.fromkeys(row.cell or f"{words['row']} {row.line}" for row in item.rows if row.cell or row.line))
    values = list(dict.fromkeys(row.value for row in item.rows if row.value))
    more = max(item.count, len(places)) - SHOWN
    return {
        "message": item.message[language], "remedy": item.remedy[language], "column": item.column,
        "count": item.count, "places": places[:SHOWN], "more": words["more"].format(n=more) if more > 0 else "",
        "samples": [value if len(value) <= LONGEST else f"{value[:LONGEST]}…" for value in values[:VALUES]],
        "who": words.get(item.who, item.who),
    }
