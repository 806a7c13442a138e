"""Single checks: hostile cells and bytes, controlled values, and the words people read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from support.catalogs import MINIATURE

from etl.checks.expectations import needed, plan
from etl.checks.structure import check_structure, hostile
from etl.checks.values import KINDS, check_values, real_date
from etl.meta.messages import finding, messages
from etl.meta.model import RowRef, Table
from etl.runtime import report
from etl.runtime.tables import parse_csv

ROOMS = MINIATURE["rooms"]


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\r\n", b" \t"])
def test_a_file_without_a_line_is_empty(data: bytes) -> None:
    """Excel saves an empty sheet as a lone byte-order mark."""
    records, findings = check_structure(ROOMS, data)
    assert (records, [item.check for item in findings]) == (None, ["empty-file"])


def test_lines_are_the_lines_of_the_file() -> None:
    records = parse_csv('a,b\n"two\nlines",1\n\nlast,2\n')
    assert records == [(1, ["a", "b"]), (2, ["two\nlines", "1"]), (5, ["last", "2"])]


@pytest.mark.parametrize(("value", "wrong"), [
    ("#RIF!", True), ("#VALORE!", True), ("Err:508", True), ("#N/D", True), ("via #BEZUG! 3", True),
    ("via Roma #3", False),
])
def test_no_error_of_a_spreadsheet_is_a_value_of_a_source_table(value: str, wrong: bool) -> None:
    name = next(field.name for field in ROOMS.fields if not field.computed and field.type == "string")
    row = dict.fromkeys(ROOMS.source_columns, "") | {name: value}
    assert ("cell-error" in {item.check for item in check_values(ROOMS, [(2, row)])}) == wrong


@pytest.mark.parametrize(
    ("value", "checks"),
    [
        ("piazza San Magno 9", []), ("a < b", []), ("l’affitto «giusto» – 50 %", []), ("più\ndi una riga", []),
        ("=1+1", ["formula"]), ("+39 02", ["formula"]), ("-1", ["formula"]), ("@SUM(A1)", ["formula"]),
        ("\t=1", ["formula", "spaces"]), ("<b>x</b>", ["html"]), ("<!-- x", ["html"]),
        ("x\u200b", ["control-character"]),
        ("a\x00b", ["control-character"]), ("\u202egpj.exe", ["direction-character"]), (" x", ["spaces"]),
        ("x\xa0", ["spaces"]),
    ],
)
def test_hostile_cells(value: str, checks: list[str]) -> None:
    assert list(hostile(value, may_start_with_sign=False)) == checks


def test_a_number_or_a_phone_may_start_with_a_sign() -> None:
    assert list(hostile("+39 02 0070 7160", may_start_with_sign=True)) == []
    assert list(hostile("=1", may_start_with_sign=True)) == ["formula"]


@pytest.mark.parametrize(
    ("kind", "right", "wrong"),
    [
        ("project-code", ["TO3.1.1.b1", "TO3.2.8.3.b", "1AGCOE395"], ["XX3.1.1.a", "MI", "to3.1.1.b1"]),
        ("cup", ["B42G19000230006"], ["B42G1900023000", "B42G190002300067", "042G19000230006", "b42g19000230006"]),
        ("istat", ["001272"], ["1272", "0012720", "999999", "Torino"]),
        ("cap", ["10121", "00184"], ["2012", "201211", "MI"]),
        ("email", ["info@citta.example.org"], ["info@", "info", "a b@c.it", "a@b"]),
        ("phone", ["02 0070 7160", "800.131.151", "345 5853166", "+39 02 884.50432"], ["02", "abc", "1" * 20]),
        ("url", ["https://a.it/x?y=1", "http://a.it"], ["javascript:alert(1)", "www.a.it", "https://a", "x"]),
        ("slug", ["sportello-1"], ["../x", "Sportello", "a--b", "è", "-a", "a_b", ""]),
        ("language", ["it", "en", "uk"], ["ita", "IT", "xx", ""]),
    ],
)
def test_kinds(kind: str, right: list[str], wrong: list[str]) -> None:
    assert [value for value in right if not KINDS[kind](value)] == []
    assert [value for value in wrong if KINDS[kind](value)] == []


@pytest.mark.parametrize("value", ["2020", "2020-02", "2020-02-29"])
def test_real_dates(value: str) -> None:
    assert real_date(value)


@pytest.mark.parametrize("value", ["2019-02-29", "2020-13", "31-02-2020", "20", "2020-2-1", "٢٠٢٠", "2020-02-01T00:00"])
def test_dates_that_do_not_exist(value: str) -> None:
    assert not real_date(value)


@pytest.mark.parametrize(("value", "there"), [
    ("2026-11-30", True), ("2026-11-30T12:00", True), ("2026-02-30T12:00", False), ("2026-11-30T24:30", False),
    ("1970-01-01", False), ("mezzogiorno", False)])
def test_moments_that_exist(value: str, there: bool) -> None:
    assert KINDS["moment"](value) == there


def test_one_mistake_in_many_rows_is_one_finding_with_a_count() -> None:
    row = {"room_id": "x", "name": "X", "seats": "1_000", "opened_on": "", "open": "", "source_url": ""}
    found = check_values(ROOMS, [(line, row) for line in range(2, 1002)])
    (item,) = found
    assert (item.check, item.column, item.count, len(item.rows)) == ("integer", "seats", 1000, 1000)


@pytest.mark.parametrize("check", sorted(messages()))
def test_every_message_says_what_and_how_in_both_languages(check: str) -> None:
    item = finding(check, "desks", "phone", [RowRef(7, "x", "y")], expected="E", found="F", example="G", value="V")
    assert all("{" not in text and text.endswith((".", "E", "F", "G", "/")) for text in
               (*item.message.values(), *item.remedy.values()))
    assert item.message["it"] != item.message["en"]
    assert item.remedy["it"] != item.remedy["en"]


def test_the_line_a_steward_reads() -> None:
    item = finding("number", "funding", "paid_eur", [RowRef(19, "TO3.1.1.b1|", "1.514,44")], example="1514648.44")
    assert report.as_text([item]) == (
        "datasets/source/funding.csv:19: ERRORE / ERROR: paid_eur: Il valore non è un numero scritto nel modo "
        "previsto. "
        "Chiave: TO3.1.1.b1|. Valore: «1.514,44». Usa il punto per i decimali e nessun separatore delle migliaia. "
        "Esempio: 1514648.44 || The value is not a number in the expected form. Key: TO3.1.1.b1|. Value: «1.514,44». "
        "Use a point for decimals and no thousands separator. Example: 1514648.44"
    )


def test_github_annotations_cannot_be_broken_by_a_value() -> None:
    item = finding("enum", "desks", "status", [RowRef(3, "k", "a\n::error::100%")], expected="current, dated")
    assert report.as_github([item]) == (
        "::error file=datasets/source/desks.csv,line=3,title=enum::Il valore non è nell'elenco dei valori ammessi. "
        "Chiave: k. Valore: «a ::error::100%25». Scegli uno di questi: current, dated"
    )


def test_texts_that_come_again_stand_in_memory_once() -> None:
    (_, head), (_, first), (_, second) = parse_csv("id,via\n10,via Roma\n20,via Roma\n")
    assert (head, first, second) == (["id", "via"], ["10", "via Roma"], ["20", "via Roma"])
    assert first[1] is second[1]


@pytest.mark.parametrize(("rows", "asked"), [(0, True), (1, False)])
def test_only_a_floor_that_is_not_met_is_asked_about(rows: int, asked: bool) -> None:
    dataset = replace(MINIATURE["bookings"], about=MINIATURE["bookings"].about | {"rows": {"min": 1}})
    table = Table([[""] * len(dataset.columns)] * rows, [None] * rows)
    kinds = [kind for (kind, _), _ in plan(dataset, table, date(2026, 11, 29))]
    assert ("ExpectTableRowCountToBeBetween" in kinds) == asked


def test_rules_are_asked_about_the_cells_that_they_name() -> None:
    dataset = MINIATURE["bookings"]
    table = Table([[f"{name} {number}" for name in dataset.columns] for number in range(3)], [2, 3, 4])
    rules = plan(dataset, table, date(2026, 11, 29))
    asked, shorter, _ = needed(dataset, table, rules)
    named = {str(value) for (_, args), _ in rules for key, value in args.items() if key.startswith("column")}
    assert named
    assert set(dataset.columns) > set(asked.columns) >= named | set(dataset.key)
    assert asked.key == dataset.key
    whole = [dict(zip(dataset.columns, row, strict=True)) for row in table.rows]
    assert shorter.rows == [[row[name] for name in asked.columns] for row in whole]
