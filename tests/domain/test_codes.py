"""The column functions that recipes are made of: project codes, telephone numbers, partial dates."""

from __future__ import annotations

from datetime import date

import phonenumbers
import pytest
from support.properties import given, st

from etl.checks.values import is_phone
from etl.domain.codes import CITIES, ProjectCode, full_date, parse_project_code, phone_e164

SUFFIX = st.from_regex(r"[a-z][0-9]{0,2}", fullmatch=True)
DIGIT, NUMBER = st.integers(0, 9), st.integers(0, 99)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("MI3.1.1.b1", ProjectCode("Milano", "3", "3.1.1", "2014-2020")),
        ("RC4.2.1.a", ProjectCode("Reggio Calabria", "4", "4.2.1", "2014-2020")),
        ("MI3.2.8.3.b", ProjectCode("Milano", "3", "", "2021-2027")),
        ("TO4.4.11.1.b", ProjectCode("Torino", "4", "", "2021-2027")),
    ],
)
def test_a_project_code_says_city_axis_action_and_period(code: str, said: ProjectCode) -> None:
    assert parse_project_code(code) == said


@pytest.mark.parametrize(
    "code",
    ["", "1AGCOE395", "XX3.1.1.a", "mi3.1.1.b1", "MI3.1.1", "MI3.1.b", "MI3.1.1.B", "MI3.1.1.b1\n", "MI3.1.1.1.1.b",
     "MI٣.1.1.b"],
)
def test_any_other_code_says_nothing(code: str) -> None:
    assert parse_project_code(code) is None


def test_the_programme_has_fourteen_cities() -> None:
    assert sorted(CITIES) == "BA BO CA CT FI GE ME MI NA PA RC RM TO VE".split()


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


@pytest.mark.parametrize(
    ("written", "international"),
    [
        ("02 0070 7160", "+390200707160"), ("02.0202", "+39020202"), ("02 884.58300", "+390288458300"),
        ("333-4913599", "+393334913599"), ("800.131.151", "+39800131151"), ("+39 02 0070 7160", "+390200707160"),
        ("0039 02 0070 7160", "+390200707160"), ("+41 91 8150000", "+41918150000"),
        ("", ""), ("02", ""), ("al centralino", ""), ("1" * 20, ""),
    ],
)
def test_a_phone_in_its_international_form(written: str, international: str) -> None:
    assert phone_e164(written) == international


@given(st.text())
def test_the_international_form_of_any_text_is_a_number_or_nothing(text: str) -> None:
    form = phone_e164(text)
    assert form == "" or phonenumbers.is_possible_number(phonenumbers.parse(form))
    assert bool(form) == is_phone(text)  # a phone that passes the checks always gets its form


@given(st.from_regex(r"0[1-9][0-9]{6,8}", fullmatch=True))
def test_the_international_form_of_an_international_form_is_itself(number: str) -> None:
    assert phone_e164(phone_e164(number)) == phone_e164(number) == f"+39{number}"


@pytest.mark.parametrize("text", ["", "2016", "2016-07"])
def test_a_year_or_a_month_is_not_a_day(text: str) -> None:
    assert full_date(text) is None


@given(st.dates())
def test_a_whole_date_is_its_day(day: date) -> None:
    assert full_date(day.isoformat()) == day
