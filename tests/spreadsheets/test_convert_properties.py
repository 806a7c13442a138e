"""Cells: every day and amount comes back, and no text is changed in silence."""

from __future__ import annotations

from datetime import date

from support.properties import example, given, st

from etl.meta.model import Field
from etl.spreadsheets.read.convert import convert
from etl.spreadsheets.read.model import Cell


def column(type_: str = "string", kind: str = "", **more: object) -> Field:
    return Field("column", type_, {"name": "column", "type": type_, "kind": kind or None, **more})


NUMBER = column("number")
DAY, TEXT = column("string", "partial-date"), column("string", "text")


@given(st.dates(date(1990, 1, 1), date(2060, 12, 31)), st.sampled_from(["%d/%m/%Y", "%d-%m-%y", "%d.%m.%Y", "%Y%m%d"]))
def test_every_day_comes_back(day: date, spelling: str) -> None:
    assert convert(DAY, Cell(day.strftime(spelling))).value == day.isoformat()


@given(st.integers(0, 10**12), st.sampled_from(["{:,.2f}", "{:.2f}", "€ {:,.2f}"]))
def test_every_amount_of_two_decimals_comes_back(cents: int, spelling: str) -> None:
    english = spelling.format(cents / 100)
    italian = english.translate(str.maketrans(",.", ".,"))
    for text in (english, italian):
        read = convert(NUMBER, Cell(text))
        assert float(read.value) == cents / 100, text


@given(st.text(max_size=30))
@example("\u00ad")  # nothing but a hyphen that nobody sees
def test_no_text_is_changed_in_silence(text: str) -> None:
    read = convert(TEXT, Cell(text))
    unchanged = " ".join(read.value.split()) == " ".join(text.split())
    assert unchanged or read.note or read.problem or not text.strip()
