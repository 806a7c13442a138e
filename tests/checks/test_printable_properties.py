"""Whatever a text is written with, a sheet and a picture show only signs that their fonts have."""

from __future__ import annotations

from support.properties import given, st

from etl.domain.legible import SHEET_SIGNS, legible, printed


@given(st.text())
def test_whatever_is_written_a_sheet_has_only_signs_that_it_can_write(text: str) -> None:
    assert set(printed(text)) <= SHEET_SIGNS
    assert set(legible(text)) <= SHEET_SIGNS
    assert set(printed(text)) >= {sign for sign in text if sign.isascii() and sign.isalnum()}
