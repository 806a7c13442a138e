"""Nothing of a file is markup on the page of its report."""

from __future__ import annotations

from support.properties import given, settings, st
from support.report_pages import FOUND, HOSTILE, Text, said

from etl.meta.model import RowRef
from etl.spreadsheets.write.report_page import page


@settings(max_examples=50)
@given(st.text(max_size=40) | st.just(HOSTILE))
def test_nothing_of_the_file_becomes_markup(text: str) -> None:
    clean, found = Text(page("x", FOUND, {})), [
        said("formula", "critical", [RowRef(2, "", text or "x", "A2")], example="x"), *FOUND[1:]]
    made = page(text, found, {})
    assert made.encode("utf-8")
    assert "\x00" not in made
    assert "script" not in Text(made).tags
    assert set(Text(made).tags) == set(clean.tags)
