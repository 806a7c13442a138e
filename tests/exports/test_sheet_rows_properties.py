"""The rows of a sheet are what XlsxWriter itself writes of the same cells, byte for byte."""

from __future__ import annotations

import io
from datetime import date, datetime, time
from typing import Any
from zipfile import ZipFile

import xlsxwriter
from support.bookings import BOOKINGS
from support.properties import example, given, settings, st

from etl.exports.model import exact, is_day
from etl.exports.sheet_rows import FIRST_YEAR, SHEET, TIME, write_rows
from etl.exports.worded import in_words, words
from etl.exports.xlsx import OPTIONS, STYLES
from etl.meta.model import Field

FIELDS = BOOKINGS.fields
SIGNS = "'\"=&<>_x000D \t\r\n\u00a0\U0001f600"
TEXTS = (st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\0"), max_size=8)
         | st.text(SIGNS, max_size=8)).filter(lambda text: not text.startswith("<r>"))
"""The library takes a text that begins so for its own markup."""
VALUES = {
    "string": TEXTS, "boolean": st.sampled_from(["", "true", "false"]), "year": st.sampled_from(["", "2019"]),
    "date": st.sampled_from(["", "1899-12-31", "1901-01-01", "2026-02-28"]),
    "time": st.sampled_from(["", "00:00", "23:59"]),
    "datetime": st.sampled_from(["", "1850-01-01T00:00", "2026-03-31T09:30", "1987-07-07T23:59"]),
    "integer": st.integers(-10**17, 10**17).map(str) | st.just(""),
    "number": st.decimals(-10**14, 10**14, places=2).map(str) | st.just(""),
}
ROWS = st.lists(st.tuples(TEXTS.filter(bool), *(VALUES[field.type] for field in FIELDS[1:])), min_size=1, max_size=4)


def by_the_library(rows: list[tuple[str, ...]]) -> bytes:
    """The sheet with these rows and one more, without which the library would number styles of the last one later."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    head = book.add_format({"bold": True})
    sheet = book.add_worksheet("Dati")
    styles: dict[str, Any] = {name: book.add_format({"num_format": form}) for name, form in STYLES.items()}
    for place, field in enumerate(FIELDS):
        sheet.write_string(0, place, field.name, head)
    for number, row in enumerate(rows, 1):
        for place, (field, value) in enumerate(zip(FIELDS, row, strict=True)):
            if value:
                write(sheet, number, place, field, in_words(field, words(field, "it"), value), styles)
    book.close()
    with ZipFile(out) as made:
        return made.read(SHEET)


def write(sheet: Any, number: int, place: int, field: Field, value: str, styles: dict[str, Any]) -> None:
    if field.type in ("integer", "number", "year") and exact(value):
        sheet.write_number(number, place, float(value), styles["money"] if field.kind == "money" else None)
    elif is_day(field, value) and int(value[:4]) >= FIRST_YEAR:
        sheet.write_datetime(number, place, date.fromisoformat(value), styles["day"])
    elif field.type == "datetime" and int(value[:4]) >= FIRST_YEAR:
        sheet.write_datetime(number, place, datetime.fromisoformat(value), styles["moment"])
    elif field.type == "time" and TIME.fullmatch(value):
        sheet.write_datetime(number, place, time.fromisoformat(value), styles["time"])
    else:
        sheet.write_string(number, place, value, styles["text"])


@given(ROWS)
@settings(max_examples=60)
@example([("_x0041_ & <b>", "1234567890123.45", "0", "true", "2026-02-28", "09:30", "2026-03-31T09:30", "2019", "-0.5",
           " a\r\n\x01\uffff ", "open")])
def test_rows_are_those_of_the_library(rows: list[tuple[str, ...]]) -> None:
    out = io.BytesIO()
    write_rows(out, FIELDS, [words(field, "it") for field in FIELDS], rows)
    sheet = by_the_library([*rows, rows[0]])
    theirs = sheet[sheet.index(b'<row r="2">'): sheet.index(f'<row r="{len(rows) + 2}">'.encode())]
    assert out.getvalue() == theirs
