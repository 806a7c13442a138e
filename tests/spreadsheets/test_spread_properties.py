"""Days and hours that a person writes in one cell: each spelling gives its rows, a question, or a refusal."""

from __future__ import annotations

import csv
import io
import json
from functools import cache

import pytest
from support.properties import given, settings, st
from support.repository import ROOT

from etl.meta.model import Dataset
from etl.spreadsheets.read.bands import bands_in, days_in
from etl.spreadsheets.read.clock import clock_time
from etl.spreadsheets.read.importer import Imported, import_book
from etl.spreadsheets.read.sheets import read_book

DAYS = ["lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica"]
CODES = ["mo", "tu", "we", "th", "fr", "sa", "su"]
SHORT = [str, str.upper, str.title, lambda day: day[:3], lambda day: f"{day[:3]}.", lambda day: day[:4].upper(),
         lambda day: day.replace("ì", "i'"), lambda day: day.replace("ì", "i"), lambda day: day[:2]]
LISTS = [", ", "/", " e ", "; ", " ed ", " + ", "\n", " "]
SPANS = [" al ", " a ", " → ", "÷", " to "]
HOURS = ["{h}:{m:02}", "{h:02}:{m:02}", "{h}.{m:02}", "{h:02}{m:02}", "ore {h}.{m:02}", "{h}h{m:02}", "{h},{m:02}"]
BANDS = ["{}-{}", "{} - {}", "{}–{}", "dalle {} alle {}", "{}/{}", "{} ÷ {}", "{} a {}", "{}\u2011{}"]
BETWEEN = [" / ", "; ", " e ", "\n", ", ", " | "]


@cache
def table() -> Dataset:
    """The columns of opening hours, as every city has them."""
    schema = json.loads((ROOT / "schemas/desk_hours.json").read_text("utf-8"))
    for column in schema["fields"]:
        if codes := [item["value"] for item in column.get("categories", ())]:
            column["constraints"] = {**column.get("constraints", {}), "enum": codes}
    about = {"source": {"kind": "table"}, "title": {"it": "Orari", "en": "Hours"}}
    return Dataset("desk_hours", schema, about, None, ("desk_hours",))


def read(day: str, opens: str, closes: str = "") -> Imported:
    """What is read of a file with one row."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows([
        ["Codice", "Tipo", "Giorno", "Apre", "Chiude", "Fonte"],
        ["prova", "apertura", day, opens, closes, "https://www.example.org/"]])
    return import_book(read_book("orari.csv", out.getvalue().encode()), {"desk_hours": table()}, "desk_hours")


def rows(imported: Imported) -> list[tuple[str, str, str]]:
    return [(row["weekday"], row["opens"], row["closes"]) for row in imported.rows]


def checks(imported: Imported, severity: str) -> set[str]:
    return {item.check for item in imported.findings if item.severity == severity}


@pytest.mark.parametrize(("day", "opens", "closes", "wanted"), [
    ("dom", "9:00", "12:00", [("su", "09:00", "12:00")]),
    ("Dom.", "0900", "1200", [("su", "09:00", "12:00")]),
    ("lun-ven", "9", "13", [(code, "09:00", "13:00") for code in CODES[:5]]),
    ("lunedì e mercoledì", "9", "13", [("mo", "09:00", "13:00"), ("we", "09:00", "13:00")]),
    ("domenica", "9-12.30 / 14–16", "", [("su", "09:00", "12:30"), ("su", "14:00", "16:00")]),
    ("mar e gio", "9 / 14", "12.30 / 16", [(code, *band) for code in ("tu", "th")
                                           for band in (("09:00", "12:30"), ("14:00", "16:00"))]),
    ("sabato", "9:00 AM", "1:00 PM", [("sa", "09:00", "13:00")]),
    ("sabato", "20:00", "24:00", [("sa", "20:00", "23:59")]),
    ("sabato", "20:00", "00:00", [("sa", "20:00", "23:59")]),
    ("tutti i giorni", "h24", "", [(code, "00:00", "23:59") for code in CODES]),
    ("dom", "mezzogiorno", "14", [("su", "12:00", "14:00")]),
])
def test_a_row_stands_for_its_days_and_bands(
    day: str, opens: str, closes: str, wanted: list[tuple[str, str, str]]
) -> None:
    imported = read(day, opens, closes)
    assert rows(imported) == wanted
    assert not checks(imported, "critical")
    assert checks(imported, "note") - {"read-label"}
    assert imported.lines == [2] * len(wanted)


@pytest.mark.parametrize(("day", "opens", "closes", "why"), [
    ("mar-gio", "9", "13", "days-unsure"), ("ven-lun", "9", "13", "days-unsure"),
    ("sabato", "22:00", "02:00", "hours-night"), ("sabato", "9, 11, 14, 16", "", "hours-unsure"),
    ("sabato", "9-12.30", "16", "hours-unsure"), ("sabato", "9-12 solo la mattina", "", "hours-unsure"),
    ("sabato", "dalle 9", "", "hours-unsure"), ("sabato", "mattina", "", "hours-words"),
    ("sabato", "su appuntamento", "", "hours-words"), ("sabato", "9", "orario continuato", "hours-words"),
    ("feriali", "9", "12", "days-group"), ("giorni lavorativi", "9", "12", "days-group"),
    ("week-end", "9", "12", "days-group"), ("tutti i giorni tranne la domenica", "9", "12", "days-group"),
    ("lun-ven esclusi i festivi", "9", "12", "days-group"),
    ("primo lunedì del mese", "9", "12", "days-of-month"), ("1° e 3° lunedì", "9", "12", "days-of-month"),
    ("il II giovedì", "9", "12", "days-of-month"), ("lunedì alterni", "9", "12", "days-of-month"),
    ("lunedì mattina", "9", "12", "day-and-more"), ("sabato 9-12", "", "", "day-and-more"),
    ("lunedì (solo su appuntamento)", "9", "12", "day-and-more"), ("boh", "9", "12", "enum"),
])
def test_what_may_be_other_days_or_hours_is_asked_about(day: str, opens: str, closes: str, why: str) -> None:
    imported = read(day, opens, closes)
    assert why in checks(imported, "critical")
    assert len(imported.rows) == 1
    assert "" in rows(imported)[0]


@given(st.sampled_from(DAYS), st.sampled_from(SHORT[:6]), st.sampled_from([
    ("primo {}", "days-of-month"), ("ultimo {} del mese", "days-of-month"), ("ogni 2° {}", "days-of-month"),
    ("{} a settimane alterne", "days-of-month"), ("{} feriali", "days-group"), ("{} escluse le feste", "days-group"),
    ("{} pomeriggio", "day-and-more"), ("{} 9-12", "day-and-more"), ("ogni {} sera", "day-and-more"),
    ("{}, su appuntamento", "day-and-more"),
]))
def test_a_day_with_other_words_is_asked_about_by_what_they_say(
    day: str, spell: object, said: tuple[str, str]
) -> None:
    imported = read(said[0].format(spell(day)), "9:00", "12:00")  # type: ignore[operator]
    assert checks(imported, "critical") == {said[1]}
    assert rows(imported) == [("", "09:00", "12:00")]


def test_a_day_that_is_closed_adds_no_hours_and_is_told() -> None:
    imported = read("domenica", "chiuso", "chiuso")
    assert imported.rows == []
    assert checks(imported, "rejected") == {"closed-day"}


@settings(max_examples=150)
@given(st.sets(st.integers(0, 6), min_size=1), st.sampled_from(SHORT), st.sampled_from(LISTS))
def test_listed_days_come_back(days: set[int], spell: object, sign: str) -> None:
    text = sign.join(spell(DAYS[day]) for day in sorted(days))  # type: ignore[operator]
    imported = read(text, "9:00", "12:00")
    assert [code for code, _, _ in rows(imported)] == [CODES[day] for day in sorted(days)], text
    assert checks(imported, "note") & {"hours-spread", "read-label"}


@given(st.integers(0, 6), st.integers(0, 6), st.sampled_from(SHORT), st.sampled_from([*SPANS, "-", " – "]))
def test_a_span_of_days_is_read_whole_or_asked_about(first: int, last: int, spell: object, sign: str) -> None:
    text = sign.join(spell(DAYS[day]) for day in (first, last))  # type: ignore[operator]
    found = days_in(text)
    assert found in ([*range(first, last + 1)], []) if first < last else found == []
    assert found or sign not in SPANS or first >= last


@settings(max_examples=150)
@given(st.lists(st.integers(0, 24 * 12 - 1), min_size=2, max_size=6, unique=True), st.sampled_from(HOURS),
       st.sampled_from(BANDS), st.sampled_from(BETWEEN))
def test_bands_come_back_or_are_asked_about(marks: list[int], spell: str, band: str, between: str) -> None:
    times = [(mark // 12, mark % 12 * 5) for mark in sorted(marks)[: len(marks) // 2 * 2]]
    written = [spell.format(h=h, m=m) for h, m in times]
    text = between.join(band.format(*pair) for pair in zip(written[::2], written[1::2], strict=True))
    wanted = [f"{h:02}:{m:02}" for h, m in times]
    assert bands_in(text) in ([*zip(wanted[::2], wanted[1::2], strict=True)], []), text


@given(st.integers(0, 23), st.integers(0, 59), st.sampled_from([*HOURS, "alle ore {h}:{m:02}", "{h}:{m:02}:00"]))
def test_every_hour_comes_back(hour: int, minute: int, spell: str) -> None:
    assert clock_time(spell.format(h=hour, m=minute)) == f"{hour:02}:{minute:02}"


@given(st.integers(0, 23), st.integers(0, 59), st.sampled_from(["AM", "am", "a.m.", " A.M."]))
def test_hours_of_twelve_come_back(hour: int, minute: int, mark: str) -> None:
    said = mark if hour < 12 else mark.replace("a", "p").replace("A", "P")
    assert clock_time(f"{hour % 12 or 12}:{minute:02}{said}") == f"{hour:02}:{minute:02}"


@given(st.text(max_size=12))
def test_no_other_text_becomes_an_hour_outside_the_day(text: str) -> None:
    value = clock_time(text)
    assert value in ("", "24:00") or (0 <= int(value[:2]) < 24 and 0 <= int(value[3:]) < 60)
