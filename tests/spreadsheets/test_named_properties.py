"""Names beside codes, whatever things are called: the right code, or a question."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from etl.meta.words import normal
from etl.spreadsheets.read.named import read_named, with_name

NAMES = st.from_regex(r"[A-Za-z]([A-Za-z –(),-]{0,8}[a-z])?", fullmatch=True)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.from_regex(r"[0-9]{3,6}", fullmatch=True), NAMES, min_size=1, max_size=4), st.data())
def test_a_choice_gives_its_code_and_a_mixed_one_is_asked_about(names: dict[str, str], data: st.DataObject) -> None:
    code, other = (data.draw(st.sampled_from(sorted(names))) for _ in range(2))
    for text in (with_name(code, names[code]), f"{names[code]} ({code})", f"{names[code]} - {code}"):
        assert read_named(text, names).value == code
    mixed = read_named(with_name(code, names[other]), names)
    assert mixed.problem == "name-of-another" or normal(names[code]) == normal(names[other])
