"""Dates, telephones, codes and texts as people and programs write them: read right, or asked about."""

from __future__ import annotations

import html
import unicodedata
from datetime import date, datetime

import pytest
from support.properties import assume, given, st

from etl.meta.model import Field
from etl.spreadsheets.read.cells import typed
from etl.spreadsheets.read.convert import column_style, convert
from etl.spreadsheets.read.model import Cell
from etl.spreadsheets.read.telephones import is_valid

DAYS = st.dates(date(2000, 1, 1), date(2030, 12, 31))


def column(type_: str = "string", kind: str = "", **more: object) -> Field:
    return Field("column", type_, {"name": "column", "type": type_, "kind": kind or None, **more})


TEXT, DAY, PHONE, CAP = (column(kind=kind) for kind in ("text", "partial-date", "phone", "cap"))
LANGUAGE, URL = column(kind="language"), column(kind="url")


@given(DAYS, st.sampled_from(["3/25/2025", "12-31-24"]))
def test_real_dates_beside_american_texts_are_asked_about(day: date, text: str) -> None:
    cells = [typed(datetime(day.year, day.month, day.day), "dd/mm/yyyy"), Cell(text)]
    read = convert(DAY, cells[0], column_style(DAY, cells))
    assert read.problem == "swapped-date" if day.day <= 12 and day.day != day.month else read.value == day.isoformat()


@given(DAYS)
def test_real_dates_beside_texts_that_an_american_program_left_are_asked_about(day: date) -> None:
    cells = [typed(day), Cell("25/03/2025")]
    read = convert(DAY, cells[0], column_style(DAY, cells))
    assert read.problem == "swapped-date" if day.day <= 12 and day.day != day.month else read.value == day.isoformat()


DATES = ["%d/%m/%Y %H:%M", "%d/%m/%Y ore %H.%M", "%d.%m.%Y, %H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%d %m %Y"]


@given(st.datetimes(datetime(2000, 1, 1), datetime(2030, 12, 31)), st.sampled_from(DATES))
def test_a_date_with_its_hour_is_a_date(moment: datetime, spelling: str) -> None:
    read = convert(DAY, Cell(moment.strftime(spelling)))
    assert read.value == moment.date().isoformat() or (read.value, read.note) == (moment.strftime(spelling), "")


@given(DAYS, st.integers(0, 6), st.sampled_from(["{} {:%d/%m/%Y}", "{}, {:%d.%m.%Y}"]))
def test_a_day_of_the_week_holds_with_its_date(day: date, weekday: int, spelling: str) -> None:
    names = ["lunedì", "mar", "mer.", "Giovedì", "VEN", "sab", "dom."]
    read = convert(DAY, Cell(spelling.format(names[weekday], day)))
    assert read.problem == "date-weekday" if weekday != day.weekday() else read.value == day.isoformat()


@pytest.mark.parametrize(
    ("text", "value", "problem"),
    [
        ("mar-25", "2025-03", ""),
        ("25-mar", "25-mar", "date-no-year"),
        ("25/3", "25/3", "date-no-year"),
        ("25 marzo", "25 marzo", "date-no-year"),
        ("2025-03-01T23:30:00Z", "2025-03-01T23:30:00Z", "date-zone"),
        ("2025-03-01T10:30:00+01:00", "2025-03-01", ""),
        ("March 25, 2025", "2025-03-25", ""),
        ("25-mar-2025", "2025-03-25", ""),
    ],
)
def test_dates_of_programs(text: str, value: str, problem: str) -> None:
    read = convert(DAY, Cell(text))
    assert (read.value, read.problem) == (value, problem)


def test_a_month_in_a_cell_of_dates_stays_a_month() -> None:
    assert convert(DAY, typed(datetime(2025, 3, 1), "mmm-yy")) == ("2025-03", "read-date", "")
    assert convert(DAY, typed(datetime(2025, 3, 1), "dd/mm/yyyy")) == ("2025-03-01", "", "")
    assert convert(TEXT, typed(datetime(2025, 3, 1), "d-mmm")).problem == "cell-date"
    assert convert(TEXT, typed(True)).problem == convert(TEXT, Cell("VERO")).problem == "cell-boolean"


PREFIXES = ["02", "0331", "06", "081", "011"]
SPELLINGS = [
    "{}{}",
    "{} {}",
    "{}-{}",
    "{}/{}",
    "({}) {}",
    "'{}{}",
    "tel. {} {}",
    "Tel: {}{}",
    "+39 {} {}",
    "+39{}{}",
    "0039 {} {}",
    "{}\u2011{}",
    "\u202a{} {}\u202c",
    "{}\u00a0{}",
    "{}.{}",
    '="{}{}"',
    "39{}{}",
    "{} {} int. 4",
    "{} {} interno 12",
]


@given(st.sampled_from(PREFIXES), st.integers(5_000_000, 9_999_999), st.sampled_from(SPELLINGS))
def test_a_telephone_is_dialled_as_it_was_meant(prefix: str, rest: int, spelling: str) -> None:
    rest //= 10 if prefix == "0331" else 1
    assume(is_valid(f"{prefix}{rest}"))
    read = convert(PHONE, Cell(spelling.format(prefix, rest)))
    digits = "".join(filter(str.isdigit, read.value.partition(" int.")[0])).removeprefix("00").removeprefix("39")
    assert read.problem == "phone-zeros" or digits == f"{prefix}{rest}"


@given(st.sampled_from(PREFIXES), st.integers(5_000_000, 9_999_999), st.booleans())
def test_a_telephone_that_lost_its_zero_gets_it_back_or_is_asked_about(prefix: str, rest: int, number: bool) -> None:
    assume(is_valid(f"{prefix}{rest}"))
    read = convert(PHONE, Cell(f"{prefix[1:]}{rest}", "number" if number else "text"))
    assert (read.value, read.note) == (f"{prefix}{rest}", "read-zeros") or read.problem == "phone-zeros"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("02 93332223/24", "phone-ending"),
        ("02 93332223 - 4", "phone-ending"),
        ("fax 02 93332223", "phone-words"),
        ("02 93332223 solo mattina", "phone-words"),
        ("331234567", "phone-zeros"),
        ("3902933322", "phone-zeros"),
    ],
)
def test_a_telephone_that_may_be_another_is_asked_about(text: str, problem: str) -> None:
    assert convert(PHONE, Cell(text)).problem == problem


@given(
    st.from_regex(r"[1-9][0-9]{2,3}", fullmatch=True),
    st.lists(st.from_regex(r"[1-9][0-9]{2,4}", fullmatch=True), max_size=4),
)
def test_a_postal_code_gets_zeros_only_where_they_were_lost(text: str, beside: list[str]) -> None:
    read = convert(CAP, Cell(text), column_style(CAP, [Cell(each) for each in [text, *beside]]))
    shown = len(text) == 3 or any(len(each) == 3 for each in beside)
    assert read == ((text.zfill(5), "read-zeros", "") if shown else (text, "", "cap-digits"))


LETTERS = st.text(st.sampled_from("abcdeàèéìòùçÀÈ' "), min_size=1, max_size=20).map(lambda text: " ".join(text.split()))


@given(
    LETTERS,
    st.sampled_from(range(8)),
    st.sampled_from(["  ", "\u00a0", "\t", "\u2009", "\u2028", "_x000D_\n", "&nbsp;", " \u200e"]),
)
def test_texts_come_back_from_every_wrapping(text: str, wrapping: int, blank: str) -> None:
    assume(text and not convert(TEXT, Cell(text)).note and not convert(TEXT, Cell(text)).problem)
    wrapped = [
        unicodedata.normalize("NFD", text),
        html.escape(text),
        text.encode("ascii", "xmlcharrefreplace").decode(),
        text.replace(" ", blank),
        f"\u202a{text}\u202c",
        f"\u200f{text}\u200b",
        f'="{text}"',
        f"{text}\u00ad",
    ][wrapping]
    read = convert(TEXT, Cell(wrapped))
    assert " ".join(read.value.split()) == text
    assert read.note or read.value == wrapped.strip()


@given(
    st.lists(
        st.sampled_from(["italiano", "Inglese", "ITA", "ENG", "ar", "francese", "FRA", "Ucraino", "ES"]),
        min_size=1,
        max_size=4,
    ),
    st.sampled_from(["/", ", ", " e ", "; ", " ed ", "+", "|", " & "]),
)
def test_languages_come_back(names: list[str], sign: str) -> None:
    codes = {
        "italiano": "it",
        "Inglese": "en",
        "ITA": "it",
        "ENG": "en",
        "ar": "ar",
        "francese": "fr",
        "FRA": "fr",
        "Ucraino": "uk",
        "ES": "es",
    }
    assert convert(LANGUAGE, Cell(sign.join(names))).value == "|".join(dict.fromkeys(codes[name] for name in names))


@pytest.mark.parametrize("text", ["UK", "it, UK", "no", "sì"])
def test_a_word_that_is_the_code_of_another_language_is_asked_about(text: str) -> None:
    assert convert(LANGUAGE, Cell(text)).problem == "language-code"


def test_an_address_gets_what_it_lacks_and_is_told() -> None:
    assert convert(URL, Cell("www.comune.example.it/casa")) == (
        "https://www.comune.example.it/casa",
        "read-address",
        "",
    )
    assert convert(URL, Cell("https://example.it/?a=1&amp;b=2")) == ("https://example.it/?a=1&b=2", "read-codes", "")
