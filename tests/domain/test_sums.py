"""Sums that know what they leave out, and the findings that follow a row into them."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pytest

from etl.domain.doubts import CONCERNED, STAGES, about, differing, doubts
from etl.domain.sums import Sum, summed
from etl.web.language import Language


def found(*amounts: str | None, **more: list[str]) -> list[str]:
    """The findings about a row with these four amounts."""
    return doubts({stage: None if text is None else Decimal(text) for stage, text in zip(STAGES, amounts, strict=True)},
                  more.get("differing", []))


@pytest.mark.parametrize(
    ("amounts", "codes"),
    [
        (("100", "100", "80", "50"), []), ((None, None, None, None), []), (("0", "0", "0", "0"), []),
        (("100", "100", "100", "100"), ["paid_equals_admitted"]), (("100", "100.00", "100", "99.99"), []),
        (("90", "100", "80", "50"), ["admitted_above_programmed"]),
        (("100", "59.99", "59", "1"), ["admitted_much_below_programmed"]), (("100", "60", "60", "1"), []),
        (("100", "100", "24.99", "1"), ["committed_below_quarter"]), (("100", "100", "25", "1"), []),
        (("100", "90", "95", "96"), ["committed_above_admitted", "paid_above_committed"]),
        (("100", "90", None, "101"), ["paid_above_programmed"]),
    ],
)
def test_what_is_odd_about_four_amounts(amounts: tuple[str | None, ...], codes: list[str]) -> None:
    assert found(*amounts) == codes


def test_another_source_makes_an_amount_doubtful_and_only_that_one() -> None:
    codes = found("100", "100", "80", "50", differing=["admitted"])
    assert codes == ["admitted_differs"]
    assert about(codes, "admitted") == codes
    assert about(codes, "paid") == []
    assert {stage for stages in CONCERNED.values() for stage in stages} == set(STAGES)


def test_another_source_differs_only_where_it_says_something_else() -> None:
    table = pd.DataFrame({"a": ["x", "y"], "b": ["", "1"], "amount": ["1.00", "2.00"]})
    others = pd.DataFrame([("t", "x|", "amount", "3.00"), ("t", "y|1", "amount", "2.00"), ("u", "x|", "amount", "3.00"),
                           ("t", "z|", "amount", "3.00"), ("t", "x|", "nothing", "3.00")],
                          columns=["dataset", "key", "field", "value"])
    assert differing(table, ["a", "b"], others, "t") == {"x|": {"amount"}}
    assert differing(table, ["a", "b"], None, "t") == {}


def total(of: int, *rows: tuple[int, str]) -> Sum:
    """The sum of rows (amount, its finding or nothing)."""
    return summed("f", rows, of, lambda some: Decimal(sum(row[0] for row in some)), lambda row: filter(None, [row[1]]))


def test_a_sum_names_what_it_is_of_and_what_it_is_without_the_rows_in_doubt() -> None:
    assert total(4, (3, ""), (4, "copied"), (5, "copied")) == Sum(
        "f", Decimal(12), 3, 4, 2, ("copied",), Decimal(3))
    assert total(2, (4, "copied"), (5, "other")) == Sum("f", Decimal(9), 2, 2, 2, ("copied", "other"), None)
    assert total(3, (4, "")) == Sum("f", Decimal(4), 1, 3)


def test_nothing_known_is_not_zero() -> None:
    assert total(3) == Sum("f", None, 0, 3)


@pytest.mark.parametrize(("known", "of", "comparable"), [(1, 3, False), (1, 2, True), (5, 10, True), (4, 10, False)])
def test_with_fewer_than_half_there_is_no_comparison(known: int, of: int, comparable: bool) -> None:
    assert total(of, *[(1, "")] * known).comparable is comparable


def test_a_sum_is_no_number_that_could_be_written_alone() -> None:
    language = Language("it", "it_IT", [], {})
    for write in (language.money, language.number, language.percent):
        with pytest.raises((TypeError, ArithmeticError)):
            write(total(3, (4, "")))  # type: ignore[arg-type]
