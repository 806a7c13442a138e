"""The findings of a file as one page of HTML that stands alone: Italian first, English below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from etl.meta.model import LANGUAGES, Finding
from etl.spreadsheets.write.style import SEVERITIES, WORDS, printable

SHOWN, VALUES, LONGEST = 20, 5, 200
"""Places and values shown of one finding, and characters of a value: a page must stay readable."""
SAID = WORDS["report"]


class UnderstoodRow(NamedTuple):
    """A row as it was understood. state: new, changed or same; cells: as people write them; before: per cell what
    stood there and changes, "" where nothing does."""

    line: int
    state: str
    cells: Sequence[str]
    before: Sequence[str]


class Understood(NamedTuple):
    """What one sheet says: the table, its headings, the first rows, and how many more there are.

    empty: the headings of columns that hold no value, in the sheet or in our rows.
    """

    title: str
    headings: Sequence[str]
    rows: Sequence[UnderstoodRow]
    more: int
    empty: Sequence[str] = ()


def page(
    name: str, findings: Sequence[Finding], counts: Mapping[str, int], understood: Sequence[Understood] = ()
) -> str:
    """The whole page. counts: what would happen to the table (added, changed, same), empty when nothing was read.

    understood: what the file says as we read it, sheet by sheet, to be looked at before it is taken.
    """
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )
    holds = not any(item.severity == "critical" for item in findings)
    sections = [
        {"language": language, "words": SAID[language], "groups": groups(findings, language)} for language in LANGUAGES
    ]
    text = environment.get_template("report.html").render(
        name=name, holds=holds, counts=counts, sections=sections, understood=understood)
    return printable(text)


def groups(findings: Sequence[Finding], language: str) -> list[dict[str, Any]]:
    """The findings by severity, worst first, in one language."""
    found = []
    for severity in SEVERITIES:
        told = [in_words(item, language) for item in findings if item.severity == severity]
        if told:
            found.append({"severity": severity, "title": SAID[language]["titles"][severity], "told": told})
    return found


def in_words(item: Finding, language: str) -> dict[str, Any]:
    """One finding, with the places and values of its first rows as the person sees them."""
    words = SAID[language]
    places = list(dict.fromkeys(row.cell or f"{words['row']} {row.line}" for row in item.rows if row.cell or row.line))
    values = list(dict.fromkeys(row.value for row in item.rows if row.value))
    more = max(item.count, len(places)) - SHOWN
    return {
        "message": item.message[language], "remedy": item.remedy[language], "column": item.column,
        "count": item.count, "places": places[:SHOWN], "more": words["more"].format(n=more) if more > 0 else "",
        "samples": [value if len(value) <= LONGEST else f"{value[:LONGEST]}…" for value in values[:VALUES]],
        "who": words.get(item.who, item.who),
    }
