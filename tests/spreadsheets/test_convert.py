"""Cells as people write them: what is certain is converted, what could be two things is refused."""

from __future__ import annotations

import pytest

from etl.meta.model import Field
from etl.spreadsheets.read.convert import column_style, convert
from etl.spreadsheets.read.model import Cell, Native
from etl.spreadsheets.read.times import read_date, read_moment


def column(type_: str = "string", kind: str = "", **more: object) -> Field:
    return Field("column", type_, {"name": "column", "type": type_, "kind": kind or None, **more})


NUMBER, INTEGER, MONEY = column("number"), column("integer"), column("number", "money")
LATITUDE = column("number", constraints={"minimum": -90, "maximum": 90})
DAY, TEXT, PHONE = column("string", "partial-date"), column("string", "text"), column("string", "phone")
STATE = column(constraints={"enum": ["current", "closed"]},
               categories=[{"value": "current", "label": "aperto", "label_en": "open"},
                           {"value": "closed", "label": "chiuso", "label_en": "closed"}])
HOUR = column("time", format="%H:%M")
LANGUAGES = column("string", "language", constraints={"pattern": r"[a-z]{2}(\|[a-z]{2})*"})

READ: list[tuple[Field, str, Native, str, str]] = [
    # column, as written, how the file types it, as read, what is told
    (NUMBER, "1514648.44", "text", "1514648.44", ""),
    (NUMBER, "1.514.648,44", "text", "1514648.44", "read-number"),
    (NUMBER, "€ 1.514.648,44", "text", "1514648.44", "read-number"),
    (NUMBER, "1.514.648,44 €", "text", "1514648.44", "read-number"),
    (NUMBER, "EUR\u00a01\u00a0514\u00a0648,44", "text", "1514648.44", "read-number"),
    (NUMBER, "1,514,648.44", "text", "1514648.44", "read-number"),
    (NUMBER, "198000,5", "text", "198000.5", "read-number"),
    (NUMBER, "1234,567", "text", "1234.567", "read-number"),
    (NUMBER, "0,123", "text", "0.123", "read-number"),
    (NUMBER, "-12,50", "text", "-12.50", "read-number"),
    (NUMBER, "−12,50", "text", "-12.50", "read-number"),
    (NUMBER, "1.5", "number", "1.5", ""),
    (NUMBER, "1.234", "number", "1.234", ""),
    (INTEGER, "1.234", "text", "1234", "read-number"),
    (MONEY, "1.234", "text", "1234", "read-number"),
    (LATITUDE, "45,464", "text", "45.464", "read-number"),
    (LATITUDE, "45.464", "text", "45.464", ""),
    (DAY, "2020-02-29", "text", "2020-02-29", ""),
    (DAY, "2020", "number", "2020", ""),
    (DAY, "31/10/2020", "text", "2020-10-31", "read-date"),
    (DAY, "1-7-16", "text", "2016-07-01", "read-date"),
    (DAY, "01.05.99", "text", "1999-05-01", "read-date"),
    (DAY, "20161230", "text", "2016-12-30", "read-date"),
    (DAY, "31 ottobre 2020", "text", "2020-10-31", "read-date"),
    (DAY, "1° ott. 2020", "text", "2020-10-01", "read-date"),
    (DAY, "ottobre 2020", "text", "2020-10", "read-date"),
    (DAY, "10/2020", "text", "2020-10", "read-date"),
    (DAY, "2020-10-31 00:00:00", "text", "2020-10-31", "read-date"),
    (DAY, "12/31/2020", "text", "2020-12-31", "read-date-american"),
    (STATE, "current", "text", "current", ""),
    (STATE, " Aperto ", "text", "current", "read-label"),
    (STATE, "CLOSED", "text", "closed", "read-label"),
    (HOUR, "9", "text", "09:00", "read-time"),
    (HOUR, "ore 9.30", "text", "09:30", "read-time"),
    (HOUR, "17:00", "text", "17:00", ""),
    (LANGUAGES, "Italiano, inglese; ar", "text", "it|en|ar", "read-list"),
    (column("boolean"), "Sì", "text", "true", "read-boolean"),
    (column("boolean"), "false", "boolean", "false", ""),
    (column("string", "istat"), "1272", "number", "001272", "read-zeros"),
    (column("string", "cap"), "184", "number", "00184", "read-zeros"),
    (column("string", "cap"), "10121", "text", "10121", ""),
    (column("string", "cup"), "b42g19000230006 / B44H14000230004", "text", "B42G19000230006|B44H14000230004",
     "read-list"),
    (PHONE, "200707160", "number", "0200707160", "read-zeros"),
    (PHONE, "800 123 456", "text", "800 123 456", ""),
    (TEXT, "CittÃ\u00a0 metropolitana", "text", "Città metropolitana", "read-letters"),
    (TEXT, "Lâ€™agenzia", "text", "L’agenzia", "read-letters"),
    (TEXT, "via\u00a0Roma", "text", "via Roma", "read-blanks"),
    (TEXT, "SÃO PAULO", "text", "SÃO PAULO", ""),
    (column("string", "slug"), "a\nb", "text", "a b", "read-blanks"),
    (TEXT, "a\r\nb", "text", "a\nb", ""),
    *[(TEXT, text, "text", "", "read-missing") for text in ("-", "--", "—", "...", "#N/A", "#N/D", "#NV")],
    *[(field, text, "text", "", "read-missing") for field in (NUMBER, DAY, STATE, HOUR, PHONE)
      for text in ("n.d.", "N/A", "n.p.", "Non disponibile", "NA", "None")],
    (TEXT, "«NA»", "text", "NA", "read-quoted"),
    (TEXT, "#N/A", "error", "", "read-missing"),
    (TEXT, "   ", "text", "", ""),
    (TEXT, "Ndrangheta", "text", "Ndrangheta", ""),
]


@pytest.mark.parametrize(("field", "written", "native", "value", "note"), READ)
def test_what_is_certain_is_read_and_told(field: Field, written: str, native: Native, value: str, note: str) -> None:
    read = convert(field, Cell(written, native))
    assert (read.value, read.note, read.problem) == (value, note, "")


@pytest.mark.parametrize(("field", "written", "native", "problem"), [
    (NUMBER, "1.234", "text", "ambiguous-number"),
    (NUMBER, "1,234", "text", "ambiguous-number"),
    (DAY, "44135", "number", "date-serial"),
    (TEXT, "#REF!", "error", "cell-error"),
    *[(TEXT, text, "text", "missing-word") for text in ("n.d.", "N/A", "n.p.", "Non disponibile", "NA", "None", "ND")],
    (TEXT, "CittÃ  d", "text", "double-encoded"),
    (TEXT, "Citt\ufffd", "text", "lost-letter"),
    (PHONE, "123", "number", "phone-zeros"),
])
def test_what_could_be_two_things_is_refused(field: Field, written: str, native: Native, problem: str) -> None:
    assert convert(field, Cell(written, native)).problem == problem


@pytest.mark.parametrize("written", ["Ultimo trimestre 2016", "31/02/2020", "01/01/75", "12%", "circa 30"])
def test_what_is_no_value_is_left_to_the_checks(written: str) -> None:
    for field in (DAY, NUMBER):
        assert convert(field, Cell(written)) == (written, "", "")


def test_the_rest_of_the_column_tells_how_it_writes() -> None:
    italian = column_style(NUMBER, [Cell("1.234"), Cell("12,50")])
    assert convert(NUMBER, Cell("1.234"), italian).value == "1234"
    mixed = column_style(NUMBER, [Cell("1.234"), Cell("12,50"), Cell("12.50")])
    assert convert(NUMBER, Cell("1.234"), mixed).problem == "ambiguous-number"
    american = column_style(DAY, [Cell("12/31/2020"), Cell("03/04/2020")])
    assert convert(DAY, Cell("03/04/2020"), american).problem == "ambiguous-date"
    assert convert(DAY, Cell("03/03/2020"), american).value == "2020-03-03"


@pytest.mark.parametrize(("text", "day", "moment"), [
    ("31/10/2020 ore 12", "2020-10-31", "2020-10-31T12:00"),
    ("lunedì 3 marzo 2025 alle ore 9", "2025-03-03", "2025-03-03T09:00"),
    ("31/10/2020 ore 25", "31/10/2020 ore 25", "31/10/2020 ore 25"),
])
def test_a_whole_hour_stands_beside_a_day(text: str, day: str, moment: str) -> None:
    assert (read_date(Cell(text), "").value, read_moment(Cell(text)).value) == (day, moment)


@pytest.mark.parametrize(("text", "read"), [
    ("39 02 93332223", "+39 02 93332223"), ("39-02-93332223", "+39-02-93332223"), ("392 123 4567", "392 123 4567"),
    ("02 93332223", "02 93332223"),
])
def test_the_prefix_of_italy_without_its_plus_is_a_prefix(text: str, read: str) -> None:
    assert convert(PHONE, Cell(text)) == (read, "" if read == text else "read-phone", "")
