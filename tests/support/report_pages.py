"""Findings of each severity for the page of a report, and the page as its readers see it."""

from __future__ import annotations

from html.parser import HTMLParser

from etl.meta.messages import finding
from etl.meta.model import Finding, RowRef, Severity

HOSTILE = '<script>alert(1)</script>"\'&\x00\x85{{ 7*7 }}'


def said(check: str, severity: Severity, rows: list[RowRef], **words: str) -> Finding:
    return finding(check, "desks", "Data del fatto", rows, severity, file="x", **words)


FOUND = [
    said("read-date", "note", [RowRef(2, "", "31/10/2025", "S2")], found="31/10/2025 → 2025-10-31"),
    said("slug", "critical", [RowRef(row, "", f"valore {row}", f"A{row}") for row in range(2, 32)], example="a-b"),
    said("cells-beyond", "warning", [RowRef(7, "", "")], expected="F"),
    finding("kept-values", "desks", "", [RowRef(None, "", "")], "note", 9),
]


class Text(HTMLParser):
    """Elements of a page, its texts, and the words of each language: language -> text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.languages: list[str] = []
        self.said = {"it": "", "en": ""}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag in ("html", "section"):
            self.languages.append(dict(attrs).get("lang") or "it")

    def handle_data(self, data: str) -> None:
        if self.languages:
            self.said[self.languages[-1]] += f" {data}"


def words(text: str, language: str) -> str:
    return " ".join(Text(text).said[language].split())
