"""Days in the words of a service sheet: each spelling gives its day in its role, or a question; never another day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from support.properties import given, st

from etl.sources.sheets.dates import dates_in

MONTHS = ("gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre").split()
DAYS = st.dates(date(2019, 1, 1), date(2035, 12, 31))
SPELLINGS: dict[str, Callable[[date], str]] = {
    "words": lambda day: f"{day.day} {MONTHS[day.month - 1]} {day.year}",
    "capital": lambda day: f"{day.day} {MONTHS[day.month - 1].title()} {day.year}",
    "short": lambda day: f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}",
    "first": lambda day: f"{day.day}° {MONTHS[day.month - 1]} {day.year}",
    "slashes": lambda day: f"{day:%d/%m/%Y}",
    "bare": lambda day: f"{day.day}/{day.month}/{day.year}",
    "points": lambda day: f"{day:%d.%m.%Y}",
    "hyphens": lambda day: f"{day:%d-%m-%Y}",
    "iso": lambda day: day.isoformat(),
    "two digits": lambda day: f"{day:%d/%m/%y}",
}
CLOSES = ["entro il {}", "Scadenza: {}", "Le domande si presentano fino al {}.", "Termine: {} ore 12:00"]
OPENS = ["a partire dal {}", "dal {}"]
spelled = st.sampled_from(list(SPELLINGS.values()))


@given(DAYS, spelled, st.sampled_from(CLOSES))
def test_the_last_day_comes_back(day: date, spell: Callable[[date], str], words: str) -> None:
    said = dates_in([words.format(spell(day))])
    hour = "T12:00" if "12:00" in words else ""
    assert (said.closes, said.opens, said.unclear) == ([f"{day.isoformat()}{hour}"], [], [])


@given(DAYS, spelled, st.sampled_from(OPENS))
def test_the_first_day_comes_back(day: date, spell: Callable[[date], str], words: str) -> None:
    said = dates_in([words.format(spell(day))])
    assert (said.opens, said.closes, said.unclear) == ([day.isoformat()], [], [])


@given(DAYS, DAYS, spelled, spelled)
def test_both_ends_of_a_span_come_back(
    one: date, other: date, first: Callable[[date], str], last: Callable[[date], str]
) -> None:
    begins, ends = sorted((one, other))
    said = dates_in([f"Domande dal {first(begins)} al {last(ends)}"])
    assert (said.opens, said.closes, said.unclear) == ([begins.isoformat()], [ends.isoformat()], [])


@given(DAYS, st.sampled_from(["dal {first} al {last} {month} {year}", "dal {first} {month} al {last} {month} {year}"]))
def test_a_span_within_a_month_takes_what_stands_with_its_end(day: date, form: str) -> None:
    month = MONTHS[day.month - 1]
    said = dates_in([form.format(first=1, last=day.day, month=month, year=day.year)])
    assert (said.opens, said.closes) == ([day.replace(day=1).isoformat()], [day.isoformat()])


@given(DAYS, spelled, st.sampled_from(["{}", "Delibera del {}", "Bergamo, {}", "legge n. 431 del {}"]))
def test_a_day_that_nothing_names_is_asked_about(day: date, spell: Callable[[date], str], words: str) -> None:
    said = dates_in([words.format(spell(day))])
    assert (said.opens, said.closes, len(said.unclear)) == ([], [], 1)


@given(st.text(max_size=40) | st.text("0123456789/.- entrodalig°", max_size=40))
def test_no_text_gives_a_day_that_does_not_exist(text: str) -> None:
    said = dates_in([text])
    for value in [*said.opens, *said.closes, *said.updated]:
        assert date.fromisoformat(value[:10]).isoformat() in value


@pytest.mark.parametrize("text", ["entro il 31/02/2026", "entro il 30 febbraio 2026", "entro il 31 marzo"])
def test_a_day_that_is_none_or_has_no_year_is_asked_about(text: str) -> None:
    said = dates_in([text])
    assert (said.closes, len(said.unclear)) == ([], 1)
