"""Words, errors and amounts in any spelling are read right, asked about or refused: never another value."""

from __future__ import annotations

import unicodedata
from decimal import Decimal

import pytest
from support.properties import assume, given, st

from etl.domain.sheet_errors import declared, sheet_error
from etl.meta.model import Field
from etl.spreadsheets.read.cells import typed
from etl.spreadsheets.read.convert import column_style, convert
from etl.spreadsheets.read.model import Cell


def column(type_: str = "string", kind: str = "", **more: object) -> Field:
    return Field("column", type_, {"name": "column", "type": type_, "kind": kind or None, **more})


TEXT, DAY, MONEY, NUMBER = column(kind="text"), column(kind="partial-date"), column("number", "money"), column("number")
PHONE, CAP, URL = column(kind="phone"), column(kind="cap"), column(kind="url")
STATE = column(
    constraints={"enum": ["open", "none"]},
    categories=[
        {"value": "open", "label": "aperto", "label_en": "open"},
        {"value": "none", "label": "nessuno", "label_en": "none"},
    ],
)
WORDS = [
    "NA",
    "n.a.",
    "N/A",
    "ND",
    "n.d.",
    "N.D.",
    "nd",
    "NONE",
    "None",
    "none",
    "null",
    "NULL",
    "NaN",
    "n.p.",
    "N.P.",
    "non disponibile",
    "Non Disponibile",
    "non pervenuto",
    "non noto",
    "not available",
    "n. d.",
]
ERRORS = sorted(
    {text for texts in declared()["excel"].values() for text in texts}
    | {f"{word}:{number}" for word in declared()["libreoffice"]["words"] for number in (501, 508, 519, 522, 540)}
    | {"####"}
)
WITHOUT_VALUE = declared()["not_available"]["names"]
NAMES = st.text(
    st.characters(categories=("Lu", "Ll"), max_codepoint=0x17F, exclude_characters="ÃÂâï"), min_size=3, max_size=12
)


@pytest.mark.parametrize("word", WORDS)
def test_a_word_for_missing_is_asked_about_in_texts_and_missing_elsewhere(word: str) -> None:
    assert convert(TEXT, Cell(word)) == (word, "", "missing-word")
    for quotes in ('"{}"', "«{}»", "“{}”", "'{}'"):
        assert convert(TEXT, Cell(quotes.format(word))) == (word, "read-quoted", "")
    for field in (DAY, MONEY, NUMBER, PHONE, CAP, URL, column("integer"), column("date"), column("boolean")):
        assert convert(field, Cell(word)) == ("", "read-missing", "")
    assert convert(STATE, Cell(word)).value in ("", "none")


@given(st.lists(st.from_regex(r"[A-Z]{2}", fullmatch=True), min_size=3, max_size=20, unique=True))
def test_a_code_among_codes_is_a_value(codes: list[str]) -> None:
    assume(len({*codes} - {"NA", "ND", "NP"}) > 1)
    style = column_style(TEXT, [Cell(code) for code in [*codes, "NA", ""]])
    assert convert(TEXT, Cell("NA"), style) == ("NA", "read-word", "")
    assert convert(TEXT, Cell("n.a."), style).problem == "missing-word"


@given(NAMES)
def test_other_words_are_values(name: str) -> None:
    assert convert(TEXT, Cell(name)).problem in ("", "missing-word", "cell-boolean")
    assert convert(TEXT, Cell(f"via {name}")).value == unicodedata.normalize("NFC", f"via {name}")


@pytest.mark.parametrize("error", ERRORS)
def test_an_error_is_never_a_value(error: str) -> None:
    for field in (TEXT, DAY, MONEY, PHONE, STATE):
        assert convert(field, Cell(error)).problem == "cell-error"
        assert convert(field, Cell(error, "error")).problem == "cell-error"
    assert error == "####" or ":" in error or convert(TEXT, Cell(f"via {error} 3")).problem == "cell-error"


@given(st.sampled_from(WITHOUT_VALUE), st.sampled_from([str, str.lower, lambda text: f" {text} "]))
def test_a_look_up_that_found_nothing_is_missing(error: str, spell: object) -> None:
    assert convert(TEXT, Cell(spell(error))) == ("", "read-missing", "")  # type: ignore[operator]


@given(st.sampled_from(["via Roma, n. 3 (scala #2)!", "C# e altro", "#1", "interno: 5", "aula 508", "È #qui? Sì"]))
def test_a_text_with_such_signs_is_no_error(text: str) -> None:
    assert (sheet_error(text), convert(TEXT, Cell(text))) == ("", (text, "", ""))


@given(
    st.integers(1, 10**11),
    st.sampled_from(
        [
            "0%",
            "0.00%",
            "$#,##0.00",
            '"$"#,##0',
            "[$£-809]#,##0.00",
            "[$USD] #,##0",
            '#,##0 "CHF"',
            "#,##0,",
            '0.0,, "mln"',
            "0.00E+00",
            '0" mila"',
            "# ?/?",
        ]
    ),
)
def test_an_amount_that_looks_like_another_is_asked_about(cents: int, pattern: str) -> None:
    problem = convert(MONEY, typed(cents / 100, pattern)).problem
    assert problem in ("number-percent", "number-currency", "number-format")


@given(
    st.integers(0, 10**13 - 1),
    st.sampled_from(
        [
            "General",
            "0.00",
            "#,##0.00",
            '#,##0.00 "€"',
            "[$€-410] #,##0.00",
            '_-* #,##0.00 "€"_-;-* #,##0.00 "€"_-',
            "#,##0",
            "[$EUR] 0",
        ]
    ),
)
def test_an_amount_of_euros_is_read_to_the_cent(cents: int, pattern: str) -> None:
    read = convert(MONEY, typed(cents / 100, pattern))
    assert (Decimal(read.value), read.problem) == (Decimal(cents) / 100, "")
    assert bool(read.note) == ("." not in pattern and cents % 100 > 0 and pattern != "General")


@given(st.integers(0, 10**9), st.integers(3, 9), st.sampled_from(["{}.{}", "{},{}", "€ {},{}", "{},{} euro"]))
def test_parts_of_a_cent_are_asked_about(whole: int, digits: int, spelling: str) -> None:
    text = spelling.format(whole, "0" * (digits - 1) + "7")
    read = convert(MONEY, Cell(text))
    assert read.problem in ("money-decimals", "ambiguous-number") or Decimal(read.value) % 1 == 0, text
    assert convert(MONEY, typed(whole + 0.00501, "0.00")).problem == "money-decimals"


@given(st.integers(10**15, 10**18), st.sampled_from([int, float]))
def test_digits_that_a_spreadsheet_loses_are_asked_about(number: int, type_: object) -> None:
    assume(len(str(number).strip("0")) > 15)
    cell = typed(type_(number))  # type: ignore[operator]
    lost = len(cell.text.strip("0")) > 15
    assert convert(MONEY, cell).problem == ("number-digits" if lost else "")
    assert convert(TEXT, cell).problem == ("number-digits" if lost else "")


@given(
    st.sampled_from(["$ {}", "{} $", "USD {}", "£{}", "{} CHF", "US$ {}", "{} %", "{} per cento", "¥ {}"]),
    st.integers(1, 999),
)
def test_amounts_of_no_euros_are_refused_by_name(spelling: str, number: int) -> None:
    assert convert(MONEY, Cell(spelling.format(number))).problem in ("number-currency", "number-percent")


@pytest.mark.parametrize(
    ("text", "beside", "value"),
    [
        ("1,234", [], ""),
        ("1,234", ["12,50"], ""),
        ("1,234", ["1,234.50"], "1234"),
        ("1.234", [], "1234"),
        ("1.234", ["12,50"], "1234"),
        ("1.234", ["12.50"], ""),
    ],
)
def test_thousands_of_euros_follow_their_column(text: str, beside: list[str], value: str) -> None:
    read = convert(MONEY, Cell(text), column_style(MONEY, [Cell(each) for each in [text, *beside]]))
    assert read.value == value if value else read.problem == "ambiguous-number"
