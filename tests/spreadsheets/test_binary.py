"""Binary workbooks, .xls and .xlsb: types, looks, errors and what is hidden; damaged and vast ones are refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.workbooks import archive, checks
from support.xls import xls
from support.xlsb import xlsb

from etl.meta.model import Field
from etl.spreadsheets.read.biff import looks_of_xls
from etl.spreadsheets.read.convert import convert
from etl.spreadsheets.read.model import Cell
from etl.spreadsheets.read.sheets import read_book

FILES = Path(__file__).parent / "files"
"""Made with xlwt, which is not kept any more and no part of the tests."""


def test_an_old_workbook_keeps_its_types() -> None:
    book = read_book("x.xls", (FILES / "cells.xls").read_bytes())
    assert (book.kind, checks(book), [sheet.title for sheet in book.sheets]) == (
        "xls", ["hidden-rows"], ["Foglio1", "nascosto"])
    (_, titles), (line, first), *others = book.sheets[0].rows
    assert ([cell.text for cell in titles][:2], line) == (["Città", "Intero"], 3)
    assert first == [
        Cell("perché"), Cell("15146", "number"), Cell("1514648.44", "number"), Cell("2020-02-29", "date"),
        Cell("2020-02-29 09:30", "date"), Cell("09:30", "time"), Cell("true", "boolean"), Cell("30:00", "time"),
        Cell("00184", "number")]
    assert others == [(4, [Cell("unite"), Cell("unite"), Cell("0.3", "number")]),
                      (5, [Cell("unite"), Cell("unite"), Cell("-5", "number")])]
    assert book.sheets[0].merged == frozenset({(4, 1), (5, 0), (5, 1)})


def test_a_binary_workbook_keeps_its_types() -> None:
    book = read_book("x.xlsb", xlsb([["Città", 1.5, True], [], [None, 15146.0]]))
    assert (book.kind, checks(book), book.sheets[0].title) == ("xlsb", [], "Foglio1")
    assert book.sheets[0].rows == [(1, [Cell("Città"), Cell("1.5", "number"), Cell("true", "boolean")]),
                                   (3, [Cell(""), Cell("15146", "number")])]


OLD = {"xls": xls, "xlsb": xlsb}


@pytest.mark.parametrize("kind", OLD)
def test_a_binary_workbook_shows_what_people_see(kind: str) -> None:
    rows = [["Quota", "Importo"], [0.4, 1514.5], [ValueError("#REF!"), 43890.0], ["unite", None], ["z", None]]
    patterns = [[], ["0%", "[$$-409]#,##0.00"], ["", "mmm-yyyy"]]
    book = read_book(f"x.{kind}", OLD[kind](rows, patterns, hidden=[2], hidden_columns=[1], merged=(3, 4, 0, 1)))
    assert [[row.value for row in item.rows] for item in book.findings] == [["Foglio1!3", "Foglio1!B"]]
    assert [cells for _, cells in book.sheets[0].rows[1:]] == [
        [Cell("0.4", "number", "percent"), Cell("1514.5", "number", "currency")],
        [Cell("#REF!", "error"), Cell("2020-02-29", "date")], [Cell("unite")] * 2, [Cell("unite")] * 2]
    share, amount = (Field("x", "number", {"name": "x", "type": "number", "kind": "money"}) for _ in "ab")
    (_, (percent, dollars)) = book.sheets[0].rows[1]
    assert (convert(share, percent).problem, convert(amount, dollars).problem) == ("number-percent", "number-currency")


def test_an_error_that_another_program_wrote_is_told_in_its_cell() -> None:
    book = read_book("x.xls", (FILES / "error.xls").read_bytes())
    assert [cells for _, cells in book.sheets[0].rows] == [[Cell("a")], [Cell("#REF!", "error")]]


def test_a_damaged_container_ends() -> None:
    whole = bytearray(xls([["a"], [1.0]], pad=70_000))
    links = 512  # where the table of the sectors begins
    whole[links + 4 * 50 : links + 4 * 51] = (10).to_bytes(4, "little")  # a chain that comes back to its beginning
    with pytest.raises(ValueError, match="without an end"):
        looks_of_xls(bytes(whole))
    assert checks(read_book("x.xls", bytes(whole))) in (["file-broken"], ["file-locked"])


def test_a_far_cell_does_not_take_all_the_memory() -> None:
    far = (FILES / "far.xls").read_bytes()
    assert checks(read_book("x.xls", far)) == ["too-many-cells"]
    assert checks(read_book("x.xlsb", xlsb([[None] * 16_383 + ["z"]] * 9 + [["a"]] * 1000))) == ["too-many-cells"]
    assert checks(read_book("x.xls", far[:3000])) == ["file-locked"]
    damaged = archive(**{"xl__workbook.bin": b"\x83\x01\x00"})
    assert checks(read_book("x.xlsb", damaged)) == ["file-broken"]
