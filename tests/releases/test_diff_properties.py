"""No text of the data can speak up in a comment."""

from __future__ import annotations

from support.properties import given, st

from etl.releases.diff import plain


@given(st.text(max_size=300))
def test_data_stay_words_in_a_comment(text: str) -> None:
    shown = plain(text)
    assert not set(shown) & set("`*_[]<>|@\n")
    assert "://" not in shown
    assert len(shown) <= 120 * 6
