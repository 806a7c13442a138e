"""Whatever the text is, it is the same in every format, and no spreadsheet computes it."""

from __future__ import annotations

import csv
import io
import json
import re
from decimal import Decimal
from pathlib import Path

from support.catalogs import MINIATURE
from support.drafts import ABOUT, downloads, draft_of, row_of
from support.excel_csv import unguarded
from support.properties import example, given, settings, st, tries
from support.round_trips import READERS, from_csv

from etl.exports import FORMATS
from etl.exports.canonical import read_back, written
from etl.exports.guard import guarded
from etl.meta.model import Field
from etl.releases.printed import with_history

BY_NAME = {form.name: form for form in FORMATS}
# Anything that UTF-8 can carry, but NUL, which the check of source tables refuses.
HOSTILE = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\0"), min_size=1, max_size=12)
SIGNS = st.text("'\"=+-@\t\r\n;, \u00a0\u202e\uff1d1a_x000D\U0001f600", min_size=1, max_size=8)


@settings(max_examples=tries(12))
@given(st.lists(HOSTILE | SIGNS, min_size=1, max_size=4))
@example(["=1+1", "'=1+1", "''@x", "\r", "a\rb", "_x0041_"])
@example(["\x01", "\uffff", " =1", "\u202eabc", "👩‍👩‍👧", "<r><t>x</t></r>"])
def test_any_text_is_the_same_in_every_format(texts: list[str]) -> None:
    rooms = MINIATURE["rooms"]
    place = rooms.columns.index("name")
    rows = [row_of(rooms, room_id=f"r{number:03}", name=text) for number, text in enumerate(texts)]
    draft = draft_of(rooms, rows)
    release = with_history(draft, Path("none"))
    files = downloads(release)
    expected = from_csv(rooms, files["rooms.csv"])
    assert [row[place] for row in expected] == texts
    for form, reader in READERS.items():
        path = BY_NAME[form].path_of("rooms") or f"{ABOUT['name']}.sqlite"
        assert reader(rooms, files[path]) == expected, form
    for row in csv.reader(io.StringIO(files["rooms.excel.csv"].decode("utf-8-sig"), newline=""), delimiter=";"):
        assert not re.match("[ \u00a0]*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]", row[place])


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3) | st.integers())
def test_a_number_has_the_digits_of_the_json(number: Decimal | int) -> None:
    field = Field("amount", "number", {})
    given_back = json.loads(written(field, [f"{number:f}"])[0], parse_float=Decimal)
    assert repr(read_back(field, f"{number:f}")) == repr(given_back)


@given(HOSTILE | SIGNS)
def test_a_guarded_text_can_be_told_from_every_other(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert guarded(text) in (text, f"'{text}")


@given(HOSTILE | SIGNS)
def test_no_text_that_needs_a_guard_is_passed_by(text: str) -> None:
    from etl.exports.guard import FIRST_SIGNS, NEEDS_GUARD

    assert not NEEDS_GUARD.match(text) or text[0] in FIRST_SIGNS
