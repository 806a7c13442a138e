"""Words of pictures in lines: none is lost, and one without end costs no more than its letters."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from etl.web.charts.letters import Letters
from etl.web.theme import print_fonts


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory) -> Letters:
    return Letters(print_fonts(Path(tmp_path_factory.mktemp("fonts"))))


@pytest.mark.parametrize("text", ["", "una casa", "parolalunghissimasenzafine e poi", "中" * 40, "a  b"])
def test_every_letter_stands_in_a_line_that_fits(letters: Letters, text: str) -> None:
    lines = letters.lines(text, 12, 90)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(letters.width(line, 12) <= 90 or len(line) == 1 for line in lines)


def test_a_word_of_a_hundred_thousand_letters_is_cut_in_a_moment(letters: Letters) -> None:
    began = time.process_time()
    assert len(letters.lines("xy" * 50_000, 12, 200)) > 1000
    assert time.process_time() - began < 3
