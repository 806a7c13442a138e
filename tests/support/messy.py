"""Files as offices make them: one clean table, and faults that can be laid upon it one over the other."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape

import openpyxl

from etl.meta.model import Dataset

Spell = Callable[[str], str]
DATE = {"type": "string", "kind": "partial-date"}
COLUMNS = {
    # name: (title, the rest of the descriptor)
    "item_id": ("Codice", {"type": "string", "kind": "slug", "constraints": {"required": True}}),
    "name": ("Nome", {"type": "string", "kind": "text", "synonyms": ["Denominazione sportello"]}),
    "state": ("Stato", {"type": "string", "constraints": {"enum": ["open", "closed"]}, "categories": [
        {"value": "open", "label": "aperto", "label_en": "open"},
        {"value": "closed", "label": "chiuso", "label_en": "closed"}]}),
    "istat_code": ("Codice ISTAT", {"type": "string", "kind": "istat"}),
    "postal_code": ("CAP", {"type": "string", "kind": "cap"}),
    "phone": ("Telefono", {"type": "string", "kind": "phone", "synonyms": ["Recapito telefonico"]}),
    "opened_on": ("Data di apertura", DATE),
    "amount_eur": ("Importo", {"type": "number", "kind": "money"}),
    "seats": ("Posti", {"type": "integer"}),
    "source_url": ("Fonte", {"type": "string", "kind": "url"}),
}
NAMES = list(COLUMNS)
ROWS = [
    ["prova-uno", "Sportello Città di Prova", "open", "001272", "00184", "0255512341", "2020-10-31", "1514648.44", "12",
     "https://example.org/uno"],
    ["prova-due", "Perché no, così", "closed", "001272", "01100", "0255512342", "2016-07-01", "198000.50", "3",
     "https://example.org/due"],
    ["prova-tre", "Più lontano", "open", "001002", "10081", "0255512343", "2021-12-09", "250.00", "1500",
     "https://example.org/tre"],
]


def dataset() -> Dataset:
    """A table that exists nowhere, with one column of each kind."""
    fields = [
        {"name": name, "title": title, "title_en": name.replace("_", " "), "description": title, "description_en": name,
         "example": ROWS[0][NAMES.index(name)], **more}
        for name, (title, more) in COLUMNS.items()
    ]
    about = {"source": {"kind": "table"}, "title": {"it": "Prove", "en": "Trials"}}
    return Dataset("trials", {"fields": fields, "primaryKey": ["item_id"]}, about, None, ("trials",))


@dataclass
class File:
    """A table on its way to a file. rows: what stands below the headings; expected: what must be read."""

    above: list[list[str]] = field(default_factory=list)
    headings: list[list[str]] = field(default_factory=lambda: [[title for title, _ in COLUMNS.values()]])
    rows: list[list[str]] = field(default_factory=lambda: [list(row) for row in ROWS])
    below: list[list[str]] = field(default_factory=list)
    expected: list[list[str]] = field(default_factory=lambda: [list(row) for row in ROWS])
    empty_rows: int = 0
    empty_columns: int = 0
    delimiter: str = ","
    newline: str = "\r\n"
    encode: Callable[[str], bytes] = lambda text: text.encode("utf-8")
    merged: bool = False
    numbers: bool = False

    def change(self, name: str, rule: Spell, expected: Spell | None = None) -> None:
        """Change one column of the rows, and what must be read if it is another thing."""
        place = NAMES.index(name)
        for row in self.rows:
            if row[0].startswith("prova"):
                row[place] = rule(row[place])
        if expected:
            for row in self.expected:
                row[place] = expected(row[place])

    def grid(self) -> list[list[str]]:
        width = len(NAMES) + self.empty_columns
        rows = [*self.above, *self.headings, *self.rows, *[[] for _ in range(self.empty_rows)], *self.below]
        return [row + [""] * (width - len(row)) for row in rows]

    def as_csv(self) -> bytes:
        out = io.StringIO(newline="")
        csv.writer(out, delimiter=self.delimiter, lineterminator=self.newline).writerows(self.grid())
        return self.encode(out.getvalue())

    def as_xlsx(self) -> bytes:
        book = openpyxl.Workbook()
        sheet = book.active
        for row in self.grid():
            sheet.append([self.value(text) if text else None for text in row])
        if self.merged:
            top = len(self.above) + len(self.headings)
            letter = "ABCDEFGHIJ"[NAMES.index("state")]
            sheet.merge_cells(f"{letter}{top + 1}:{letter}{top + 2}")
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()

    def value(self, text: str) -> str | int:
        """A number where a spreadsheet would make one of digits."""
        return int(text) if self.numbers and text.isdigit() and not text.startswith("0") else text

    def as_ods(self) -> bytes:
        rows = "".join(
            "<table:table-row>" + "".join(
                f'<table:table-cell office:value-type="string"><text:p>{escape(text)}</text:p></table:table-cell>'
                if text else "<table:table-cell/>" for text in row
            ) + "</table:table-row>" for row in self.grid()
        )
        names = " ".join(f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
                         for short in ("office", "table", "text"))
        content = (f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names}><office:body>'
                   f'<office:spreadsheet><table:table table:name="Foglio1">{rows}</table:table></office:spreadsheet>'
                   "</office:body></office:document-content>")
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
            archive.writestr("content.xml", content)
        return out.getvalue()


def mixed(text: str) -> bytes:
    """Rows pasted from two programs: every other line in Windows-1252."""
    lines = text.splitlines(keepends=True)
    return b"".join(line.encode("utf-8" if number % 2 else "cp1252") for number, line in enumerate(lines))


def titles(file: File) -> None:
    file.above = [["Elenco degli sportelli"], [], ["Aggiornato a novembre"]]


def two_headings(file: File) -> None:
    titles_row = file.headings[-1]
    upper = [""] * len(NAMES)
    upper[NAMES.index("phone")] = "Recapiti"
    for place in (0, 1):
        upper[place] = titles_row[place]
    lower = ["" if place in (0, 1) else text for place, text in enumerate(titles_row)]
    file.headings = [upper, lower]


def merged(file: File) -> None:
    """The state of the first two rows written once, over both."""
    place = NAMES.index("state")
    for rows in (file.rows, file.expected):
        rows[1][place] = rows[0][place]
    file.merged = True


def broken_headings(file: File) -> None:
    file.headings = [[text.replace(" ", "\n") for text in row] for row in file.headings]


def loud_headings(file: File) -> None:
    file.headings = [[f"{text.upper()}:" if text else "" for text in row] for row in file.headings]


def other_words(file: File) -> None:
    words = {"Nome": "Denominazione Sportello", "Telefono": "recapito telefònico (fisso)"}
    file.headings = [[words.get(text, text) for text in row] for row in file.headings]


def totals(file: File) -> None:
    total = [""] * len(NAMES)
    total[0], total[NAMES.index("amount_eur")] = "TOTALE", "1.712.898,94"
    file.below.append(total)


def notes(file: File) -> None:
    file.below.append(["* dati provvisori"])


def repeated(file: File) -> None:
    if len(file.headings) == 1:
        file.rows.insert(2, list(file.headings[0]))


def set_(name: str, value: object) -> Callable[[File], None]:
    return lambda file: setattr(file, name, value)


def column(name: str, rule: Spell, expected: Spell | None = None) -> Callable[[File], None]:
    return lambda file: file.change(name, rule, expected)


def italian(text: str) -> str:
    return f"{float(text):,.2f}".translate(str.maketrans(",.", ".,")) if text.replace(".", "", 1).isdigit() else text


def day(pattern: str) -> Callable[[str], str]:
    def spell(text: str) -> str:
        year, month, number = text.split("-") if text.count("-") == 2 else ("", "", "")
        return pattern.format(d=number, m=month, Y=year, y=year[2:]) if len(year) == 4 else text

    return spell


def lost_zeros(file: File) -> None:
    file.numbers = True
    for name in ("istat_code", "postal_code"):
        file.change(name, lambda text: text.lstrip("0"))


FAULTS: dict[str, Callable[[File], None]] = {
    "bom": set_("encode", lambda text: text.encode("utf-8-sig")),
    "windows-1252": set_("encode", lambda text: text.encode("cp1252")),
    "mixed rows": set_("encode", mixed),
    "utf-16": set_("encode", lambda text: text.encode("utf-16")),
    "semicolon": set_("delimiter", ";"),
    "tab": set_("delimiter", "\t"),
    "unix lines": set_("newline", "\n"),
    "decimal comma": column("amount_eur", lambda text: text if "," in text else text.replace(".", ",")),
    "thousands dots": column("amount_eur", italian),
    "euro sign": column("amount_eur", lambda text: f"€ {text}"),
    "thousands in counts": column("seats", lambda text: "1.500" if text == "1500" else text),
    "dd/mm/yyyy": column("opened_on", day("{d}/{m}/{Y}")),
    "dd-mm-yy": column("opened_on", day("{d}-{m}-{y}")),
    "titles above": titles,
    "two heading rows": two_headings,
    "merged cells": merged,
    "line breaks in headings": broken_headings,
    "capitals in headings": loud_headings,
    "other words in headings": other_words,
    "empty columns at the end": set_("empty_columns", 6),
    "thousands of empty rows": set_("empty_rows", 3000),
    "lost zeros": lost_zeros,
    "N/A": column("phone", lambda _: "N/A", lambda _: ""),
    "n.d.": column("amount_eur", lambda _: "n.d.", lambda _: ""),
    "dashes": column("name", lambda _: "-", lambda _: ""),
    "labels": column("state", lambda text: {"open": "Aperto", "closed": "CHIUSO"}.get(text, text)),
    "totals": totals,
    "notes below": notes,
    "headings repeated": repeated,
    "mojibake": column("name", lambda text: text.encode("utf-8").decode("cp1252") if text.isprintable() else text),
    "non-breaking spaces": column("name", lambda text: text.replace(" ", "\u00a0")),
}
BYTES_ONLY = {"bom", "windows-1252", "mixed rows", "utf-16", "semicolon", "tab", "unix lines"}
SHEETS_ONLY = {"merged cells"}
