"""The column functions that recipes are made of: project codes, telephone numbers, partial dates."""

from __future__ import annotations

import pytest

from etl.domain.codes import CITIES, ProjectCode, full_date, parse_project_code, phone_e164


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("TO3.1.1.b1", ProjectCode("Torino", "3", "3.1.1", "2014-2020")),
        ("RC4.2.1.a", ProjectCode("Reggio Calabria", "4", "4.2.1", "2014-2020")),
        ("TO3.2.8.3.b", ProjectCode("Torino", "3", "", "2021-2027")),
        ("TO4.4.11.1.b", ProjectCode("Torino", "4", "", "2021-2027")),
    ],
)
def test_a_project_code_says_city_axis_action_and_period(code: str, said: ProjectCode) -> None:
    assert parse_project_code(code) == said


@pytest.mark.parametrize(
    "code",
    ["", "1AGCOE395", "XX3.1.1.a", "to3.1.1.b1", "TO3.1.1", "TO3.1.b", "TO3.1.1.B", "TO3.1.1.b1\n", "TO3.1.1.1.1.b",
     "TO٣.1.1.b"],
)
def test_any_other_code_says_nothing(code: str) -> None:
    assert parse_project_code(code) is None


def test_the_programme_has_fourteen_cities() -> None:
    assert sorted(CITIES) == "BA BO CA CT FI GE ME MI NA PA RC RM TO VE".split()


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


@pytest.mark.parametrize("text", ["", "2016", "2016-07"])
def test_a_year_or_a_month_is_not_a_day(text: str) -> None:
    assert full_date(text) is None
