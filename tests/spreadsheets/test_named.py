"""Names beside codes: what our drop-downs offer reads back as its code, and nothing else is taken for one."""

from __future__ import annotations

import pytest

from etl.spreadsheets.read.named import read_named

NAMES = {"004901": "Borgo", "004902": "Valle", "001": "San Tiglio", "002": "San Tiglio", "003": "", "casa": "Casa – A"}


@pytest.mark.parametrize(("text", "code"), [
    ("004901", "004901"), ("004901 – Borgo", "004901"), ("004901 - borgo", "004901"), ("Borgo (004901)", "004901"),
    ("BORGO", "004901"), ("Borgo – 004901", "004901"), ("004901: Borgo", "004901"), ("casa – Casa – A", "casa"),
    ("Casa - A", "casa"), ("003", "003"),
])
def test_a_code_is_read_in_each_spelling(text: str, code: str) -> None:
    read = read_named(text, NAMES)
    assert (read.value, read.problem, bool(read.note)) == (code, "", text != code)


@pytest.mark.parametrize(("text", "problem"), [
    ("San Tiglio", "name-twice"), ("004901 – Valle", "name-of-another"), ("Valle (004901)", "name-of-another"),
    ("Monte", ""), ("999999 – Monte", ""), ("Borgo centro", ""), ("", ""),
])
def test_what_is_no_certain_name_is_asked_about_or_left_to_the_checks(text: str, problem: str) -> None:
    read = read_named(text, NAMES)
    assert (read.value, read.problem, read.note) == (text, problem, "")
