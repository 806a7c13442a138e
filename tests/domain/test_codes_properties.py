"""Codes, telephone numbers and dates: what holds for any text."""

from __future__ import annotations

from datetime import date

import phonenumbers
from support.properties import given, st

from etl.checks.values import is_phone
from etl.domain.codes import CITIES, ProjectCode, full_date, parse_project_code, phone_e164

SUFFIX = st.from_regex(r"[a-z][0-9]{0,2}", fullmatch=True)
DIGIT, NUMBER = st.integers(0, 9), st.integers(0, 99)


@given(st.sampled_from(sorted(CITIES)), DIGIT, NUMBER, NUMBER, SUFFIX)
def test_an_action_is_its_code_without_city_and_letter(city: str, axis: int, a: int, b: int, suffix: str) -> None:
    said = parse_project_code(f"{city}{axis}.{a}.{b}.{suffix}")
    assert said == ProjectCode(CITIES[city], str(axis), f"{axis}.{a}.{b}", "2014-2020")


@given(st.sampled_from(sorted(CITIES)), DIGIT, NUMBER, NUMBER, NUMBER, SUFFIX)
def test_a_code_of_2021_has_a_priority_and_no_action(city: str, axis: int, a: int, b: int, c: int, suffix: str) -> None:
    said = parse_project_code(f"{city}{axis}.{a}.{b}.{c}.{suffix}")
    assert said == ProjectCode(CITIES[city], str(axis), "", "2021-2027")


@given(st.text())
def test_no_text_breaks_the_reader_of_codes(text: str) -> None:
    said = parse_project_code(text)
    assert said is None or text.startswith(tuple(CITIES))


@given(st.text())
def test_the_international_form_of_any_text_is_a_number_or_nothing(text: str) -> None:
    form = phone_e164(text)
    assert form == "" or phonenumbers.is_possible_number(phonenumbers.parse(form))
    assert bool(form) == is_phone(text)  # a phone that passes the checks always gets its form


@given(st.from_regex(r"0[1-9][0-9]{6,8}", fullmatch=True))
def test_the_international_form_of_an_international_form_is_itself(number: str) -> None:
    assert phone_e164(phone_e164(number)) == phone_e164(number) == f"+39{number}"


@given(st.dates())
def test_a_whole_date_is_its_day(day: date) -> None:
    assert full_date(day.isoformat()) == day
