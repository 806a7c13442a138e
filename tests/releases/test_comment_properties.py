"""A comment stays short whatever comes in, and no text of the data speaks up in it."""

from __future__ import annotations

import pytest
from support.properties import given, settings, st
from support.proposals import comment, release


@settings(max_examples=25)
@given(text=st.text(max_size=400), count=st.sampled_from((5, 100)))
def test_a_comment_stays_short_and_data_stay_words(
    tmp_path_factory: pytest.TempPathFactory, count: int, text: str
) -> None:
    folder = tmp_path_factory.mktemp("comment")
    cell = text.replace("\r", " ").replace("\0", " ")
    rows = [(f"d{number}", cell or "x", f"{number} {cell}", "2026-01-01", "") for number in range(count)]
    said = comment(release(folder / "old", []), release(folder / "new", rows))
    assert "<script" not in said
    assert "@" not in said
