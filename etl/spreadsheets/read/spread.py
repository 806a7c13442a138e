"""A row of a person's sheet that stands for several rows of the table: its days, its hours, each told as understood.

For tables of opening hours: a column of weekdays and the columns `opens` and `closes`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from etl.meta.messages import finding
from etl.meta.model import Dataset, Finding, RowRef, Severity
from etl.meta.view import meanings
from etl.meta.words import normal
from etl.spreadsheets.read.bands import CLOSED, Band, bands_in, days_in, matched
from etl.spreadsheets.read.clock import clock_time, undated
from etl.spreadsheets.read.day_words import unclear_days
from etl.spreadsheets.read.headings import Header, letter
from etl.spreadsheets.read.letters import clean
from etl.spreadsheets.read.model import Cell
from etl.spreadsheets.read.rows import Kept
from etl.spreadsheets.read.weekdays import codes_of_days, day_number
from etl.spreadsheets.read.wording import is_missing

DAY, OPENS, CLOSES = "weekday", "opens", "closes"
EVENING, MORNING = "18:00", "06:00"  # hours that go past midnight begin after the one and end before the other
SEVERITY: Mapping[str, Severity] = {"hours-spread": "note", "closed-day": "rejected"}


class Said(NamedTuple):
    """What the cells of a row say. days: codes, [] for the cell as it is; bands: the same of hours; problem: column and
    check of what cannot be read."""

    days: list[str]
    bands: list[Band]
    problem: tuple[str, str] = ("", "")


def spread(dataset: Dataset, header: Header, kept: Kept, file: str) -> Kept:
    """The rows of the table, with one for each day and band that a row of the sheet names."""
    places = {column: position for position, column in header.columns.items()}
    fields = {field.name: field for field in dataset.fields}
    codes = codes_of_days(fields[DAY]) if DAY in fields else {}
    if not codes or not {OPENS, CLOSES} <= set(places):
        return kept
    words = {code: said["it"] for code, said in meanings(fields[DAY].descriptor).items()}
    rows: list[tuple[int, list[Cell]]] = []
    told: dict[tuple[str, str], list[tuple[RowRef, str]]] = defaultdict(list)
    for line, cells in kept.rows:
        texts = {column: clean(cells[places[column]].text, False)[0]
                 if column in places and places[column] < len(cells) else "" for column in (DAY, OPENS, CLOSES)}
        said = understood(texts, codes)
        column, problem = said.problem
        if problem or said.days or said.bands:
            column = column or (DAY if said.days else OPENS)
            ref = RowRef(line, "", " ".join(filter(None, texts.values())), f"{letter(places[column])}{line}")
            told[problem or "hours-spread", column].append((ref, in_words(said, texts, words)))
        if problem != "closed-day":
            rows += [(line, each) for each in filled(cells, places, said)]
    return Kept(rows, [*kept.findings, *findings(dataset, told, file)])


def understood(texts: Mapping[str, str], codes: Mapping[int, str]) -> Said:
    """What the day and the hours of a row mean."""
    day, opens, closes = texts[DAY], undated(texts[OPENS]), undated(texts[CLOSES])
    hours = [text for text in (opens, closes) if text]
    if day and hours and all(normal(text) in CLOSED for text in hours):
        return Said([], [], (OPENS, "closed-day"))
    numbers = days_in(day)
    if numbers == []:
        return Said([], [], (DAY, "days-unsure"))
    if numbers is None and (unclear := unclear_days(day)):
        return Said([], [], (DAY, unclear))
    days = [codes[number] for number in numbers or ()]
    if len(hours) == 2 and all(map(clock_time, hours)):
        return late(days, day, clock_time(opens), clock_time(closes))
    bands = matched(opens, closes) if len(hours) == 2 else bands_in(hours[0]) if hours else None
    several = bands == [] and (len(hours) == 1 or any(bands_in(text) is not None for text in hours))
    if several:
        return Said(days, [], (OPENS if opens else CLOSES, "hours-unsure"))
    return Said(days, bands or [], ("", "") if bands else no_hours(opens, closes))


def no_hours(opens: str, closes: str) -> tuple[str, str]:
    """The column that holds neither an hour nor a word for none, and the check that says so; ("", "") for hours."""
    for column, text in ((OPENS, opens), (CLOSES, closes)):
        if text and not clock_time(text) and not is_missing(text):
            return column, "hours-unsure" if any(map(str.isdigit, text)) else "hours-words"
    return "", ""


def late(days: list[str], day: str, opens: str, closes: str) -> Said:
    """Hours of one band: one that ends at midnight has its own spelling, one that goes past it takes two rows."""
    if closes == "00:00" < opens:
        return Said(days, [(opens, "24:00")])
    past = closes < opens and opens >= EVENING and closes <= MORNING
    return Said(days, [], (CLOSES, "hours-night") if past and (days or day_number(day) is not None) else ("", ""))


def filled(cells: list[Cell], places: Mapping[str, int], said: Said) -> list[list[Cell]]:
    """The row once for each day and band; what cannot be read is emptied, so that nothing wrong is carried on."""
    changes: list[dict[str, str]] = [{}]
    if said.days:
        changes = [{DAY: code} for code in said.days]
    if said.bands:
        changes = [{**change, OPENS: opens, CLOSES: closes} for change in changes for opens, closes in said.bands]
    if said.problem[1]:
        changes = [{**change, said.problem[0]: ""} for change in changes]
    width = max(len(cells), *(position + 1 for position in places.values()))
    wide = [*cells, *[Cell("")] * (width - len(cells))]
    names = {position: column for column, position in places.items()}
    return [[Cell(change[names[position]]) if names.get(position) in change else cell
             for position, cell in enumerate(wide)] for change in changes]


def in_words(said: Said, texts: Mapping[str, str], words: Mapping[str, str]) -> str:
    """What was understood, as a person says it."""
    days = ", ".join(words[code] for code in said.days) or texts[DAY]
    hours = ", ".join(f"{opens}–{closes}" for opens, closes in said.bands) or f"{texts[OPENS]}–{texts[CLOSES]}"
    return f"{days} {hours}"


def findings(
    dataset: Dataset, told: Mapping[tuple[str, str], list[tuple[RowRef, str]]], file: str
) -> list[Finding]:
    """One finding per kind; it shows the first row as written and as understood."""
    return [
        finding(check, dataset.name, column, [ref for ref, _ in items], SEVERITY.get(check, "critical"), file=file,
                found=f"{items[0][0].value} → {items[0][1]}" if check == "hours-spread" else items[0][0].value)
        for (check, column), items in told.items()
    ]
