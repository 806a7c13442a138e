"""Which row holds the headings of a person's sheet, and which of our columns each heading means."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from string import ascii_uppercase

from etl.meta.model import Dataset
from etl.meta.words import normal
from etl.spreadsheets.read.model import Sheet

BRACKETS = re.compile(r"[(\[][^)\]]*[)\]]")
EURO = re.compile(r"(?i)\b(in\s+)?(euro|eur)\b|€")
MARKS = re.compile(
    r"(?i)[¹²³⁰-⁹*†‡§]+|^\s*(\d{1,2}|[a-z])[.)]\s+|\s\d{1,2}\)\s*$"
    r"|[-–,;:\s]+(\(?(campo\s+)?(obbligatori[oa]|facoltativ[oa]|opzionale|required|mandatory|optional)\)?)\s*$"
    r"|[-–,;:\s]+(v\.|vedi|cfr\.?|see)?\s*(nota|note)(\s+\d+)?\s*$")
"""What people set before or behind a heading: marks of notes and duties, the number of the column."""
SCALED = re.compile(
    r"(?i)\b(migliai[ao]|mila|mili(?:on|ard)[eio]|(?:thousand|[mb]illion)s?|mln|mld|mio|[km] ?(€|euro?)|1[.,]?000)")
OF = ("di", "del", "dello", "della", "dell", "dei", "degli", "delle", "of", "of the")
LETTERS = re.compile(r"\b[a-z](?: [a-z])+\b")  # c a p, as C.A.P. comes out


@dataclass(frozen=True)
class Header:
    """The headings of a sheet. position: 0 for column A; row: the last row of the headings, as a person counts.

    columns: position -> our column; repeated: position -> our column, for headings after the first that mean the
    same; unknown: position -> the heading as written ("" for a column without one that holds values); above: rows
    above the headings; titles: our column -> its heading as written.
    """

    row: int
    height: int
    columns: Mapping[int, str]
    repeated: Mapping[int, str]
    unknown: Mapping[int, str]
    above: int
    titles: Mapping[str, str]

    @property
    def found(self) -> set[str]:
        return set(self.columns.values())


def must_have(dataset: Dataset) -> set[str]:
    """The columns without which nobody knows what a row is about: the required ones of the key, else the whole key."""
    required = {field.name for field in dataset.fields if field.required}
    return set(dataset.key) & required or set(dataset.key)


def aliases(dataset: Dataset) -> dict[str, str]:
    """Normal heading -> column of the source table: its name, its titles and the schema's synonyms."""
    table: dict[str, str] = {}
    for field in dataset.fields:
        if field.computed:
            continue
        said = [field.name, field.descriptor["title"], field.descriptor["title_en"]]
        for heading in [*said, *field.descriptor.get("synonyms", [])]:
            table.setdefault(normal(heading), field.name)
    nouns = nouns_of(dataset)
    for heading, name in list(table.items()):
        for noun in nouns:
            for words in (f"{heading} {noun}", f"{noun} {heading}", *(f"{heading} {of} {noun}" for of in OF)):
                table.setdefault(words, name)
    return table


def nouns_of(dataset: Dataset) -> set[str]:
    """What a row may be called: by its own name, "uno sportello", or by a title of one word: Sportelli, Desks."""
    found = set(normal(dataset.about.get("row", {}).get("it", "")).split()[1:2])
    for language, title in dataset.about["title"].items():
        words = normal(title).split()
        if len(words) == 1 and len(words[0]) > 3:
            ends = ("s", "") if language == "en" else tuple("aeio")
            found |= {words[0], *(words[0][:-1] + end for end in ends)}
    return found


@lru_cache(maxsize=8192)
def forms(text: str) -> tuple[str, ...]:
    """How a heading may be meant: as it is, and then without marks, brackets, units and the points of letters.

    In thousands or millions it stays as it is: the column of the same name has single ones.
    """
    said = [text]
    if not SCALED.search(text):
        for beside in (MARKS, BRACKETS, EURO):
            said.append(beside.sub(" ", said[-1]))
        said.append(EURO.sub(" ", text))
    said = [normal(form) for form in said]
    return tuple(dict.fromkeys([*said, *(LETTERS.sub(lambda match: match[0].replace(" ", ""), form) for form in said)]))


def meaning(text: str, known: Mapping[str, str]) -> str | None:
    """Our column for one heading. Words in brackets, units and marks of obligation may follow: "Telefono (fisso) *"."""
    return next((known[form] for form in forms(text) if form in known), None)


def match(texts: Mapping[int, str], known: Mapping[str, str]) -> tuple[dict[int, str], dict[int, str]]:
    """(position -> column, position -> column said again) of one row of headings."""
    columns: dict[int, str] = {}
    repeated: dict[int, str] = {}
    for position, text in texts.items():
        column = meaning(text, known)
        if column:
            (repeated if column in columns.values() else columns)[position] = column
    return columns, repeated


def find_header(sheet: Sheet, dataset: Dataset) -> Header | None:
    """The row, or the two rows together, that name most of our columns; None when no row names enough of them."""
    known = aliases(dataset)
    best: tuple[int, int, dict[int, str]] | None = None
    most = min(2, len(dataset.source_columns)) - 1
    for index in range(len(sheet.texts)):
        for height in (1, 2):
            texts = heading_texts(sheet, index, height, known)
            count = len(match(texts, known)[0])
            if count > most:
                most, best = count, (index, height, texts)
    return build_header(sheet, *best, known) if best else None


def heading_texts(sheet: Sheet, index: int, height: int, known: Mapping[str, str]) -> dict[int, str]:
    """Position -> the text that `height` rows from sheet.rows[index] on give as heading; {} without so many rows."""
    if height == 1:
        return sheet.texts[index]
    if len(sheet.texts) == index + 1 or sheet.rows[index + 1][0] != sheet.rows[index][0] + 1:
        return {}
    return both(sheet.texts[index], sheet.texts[index + 1], known)


def build_header(sheet: Sheet, index: int, height: int, texts: dict[int, str], known: Mapping[str, str]) -> Header:
    """What the chosen headings say of every column that has a heading or holds something below it."""
    columns, repeated = match(texts, known)
    used = {position for position, last in sheet.depths.items() if last >= index + height}
    unknown = {position: texts.get(position, "").strip()
               for position in sorted((used | set(texts)) - set(columns) - set(repeated))}
    titles = {column: " ".join(texts[position].split()) for position, column in columns.items()}
    return Header(sheet.rows[index + height - 1][0], height, columns, repeated, unknown, index, titles)


def both(upper: Mapping[int, str], lower: Mapping[int, str], known: Mapping[str, str]) -> dict[int, str]:
    """One text per column from two rows of headings: together when that is known, else the one that is."""
    texts = {}
    for position in sorted({*upper, *lower}):
        above, below = upper.get(position, ""), lower.get(position, "")
        said = [f"{above} {below}".strip(), below, above]
        texts[position] = next((text for text in said if text and meaning(text, known)), said[0])
    return texts


def letter(position: int) -> str:
    """The name of a column in a spreadsheet: 0 -> A, 26 -> AA. A CSV may have more columns than openpyxl has names."""
    before, last = divmod(position, len(ascii_uppercase))
    return (letter(before - 1) if before else "") + ascii_uppercase[last]
