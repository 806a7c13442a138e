"""Letters that Windows-1252 and Windows-1250 show as others: read right, or asked about in both readings."""

from __future__ import annotations

import pytest
from support.properties import given, st

from etl.spreadsheets.read.decode import decode


@pytest.mark.parametrize(("words", "shown"), [
    ("Gorička, Števerjan", "«Gorièka» / «Gorička»"), ("Soči in Nabrežina", "«Soèi» / «Soči»"),
    ("Petrič", "«Petriè» / «Petrič»"), ("via Černigoj", "«Èernigoj» / «Černigoj»"),
    ("KOVAČIČ", "«KOVAÈIÈ» / «KOVAČIČ»"),
])
def test_letters_that_may_be_of_two_encodings_are_asked_about_in_both_readings(words: str, shown: str) -> None:
    text, (found,) = decode(f"a;b\nx;{words}\n".encode("cp1250"), "x.csv")
    assert (text, found.check, found.severity, [row.line for row in found.rows]) == (
        None, "encoding-two", "critical", [2])
    assert shown in found.message["it"]


SLOVENE = ["Kovač", "Petrič", "Maleč", "Černigoj", "Župančič", "Šempeter", "Škerk", "Đurđević", "Filipič", "Čok",
           "Žerjal"]
ITALIAN = ["è", "caffè", "perché", "Forlì", "però", "più", "Giosuè", "piè", "Noè", "Città", "PERCHÈ", "tè"]


@given(st.lists(st.sampled_from(SLOVENE), min_size=1), st.booleans())
def test_slovene_names_are_read_right_or_asked_about(names: list[str], capitals: bool) -> None:
    said = " ".join(names).upper() if capitals else " ".join(names)
    text, found = decode(f"a;{said}\n".encode("cp1250"), "x.csv")
    assert text in (None, f"a;{said}\n")
    assert found


@given(st.lists(st.sampled_from(ITALIAN), min_size=1))
def test_italian_words_are_never_taken_for_slovene_ones(words: list[str]) -> None:
    said = f"a;{' '.join(words)}\n"
    assert decode(said.encode("cp1252"), "x.csv")[0] == said
