"""Any table comes back from its file, and no bytes break the reader."""

from __future__ import annotations

import csv
import io

import openpyxl
from support.properties import given, settings, st
from support.workbooks import checks, texts

from etl.spreadsheets.read.sheets import read_book

words = st.text(st.characters(exclude_categories=["Cs", "Cc", "Z", "Cf", "Cn", "Co"]), min_size=1, max_size=8)
tables = st.integers(2, 4).flatmap(
    lambda width: st.lists(st.lists(words, min_size=width, max_size=width), min_size=2, max_size=6))


@settings(max_examples=60)
@given(tables, st.sampled_from([",", ";", "\t"]), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_any_table_comes_back_from_a_csv_or_is_refused(rows: list[list[str]], delimiter: str, encoding: str) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    book = read_book("x.csv", out.getvalue().encode(encoding))
    if not book.sheets:
        assert checks(book) in (["delimiter"], ["file-kind"], ["file-export"], ["file-json"], ["file-empty"])
    elif not out.getvalue().lower().startswith("sep="):
        assert texts(book) == rows or len({sign for sign in ";,\t|" if sign in out.getvalue()}) > 1


@settings(max_examples=30)
@given(tables)
def test_any_table_comes_back_from_a_workbook(rows: list[list[str]]) -> None:
    book = openpyxl.Workbook()
    for r, row in enumerate(rows, 1):
        for c, text in enumerate(row, 1):
            book.active.cell(r, c).value, book.active.cell(r, c).data_type = text, "s"
    out = io.BytesIO()
    book.save(out)
    assert texts(read_book("x.xlsx", out.getvalue())) == rows


@settings(max_examples=200)
@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", b"\xff\xfe", b"<", b"a;b\n"]))
def test_no_bytes_break_the_reader(data: bytes, start: bytes) -> None:
    book = read_book("x.csv", start + data)
    assert book.sheets or any(item.severity == "critical" for item in book.findings)
