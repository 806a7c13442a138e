"""What makes pages faster prints the same, whatever is printed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from babel.numbers import format_currency
from markupsafe import Markup, escape
from support.properties import given, st

from etl.web.language import money_writer
from etl.web.templates import printed

LOCALES = ("it", "en_GB", "es", "fr", "ar", "zh", "uk", "de_CH", "pl", "hi")


@given(st.one_of(st.text(), st.text("<>&'\"a"), st.text().map(Markup), st.booleans(), st.none(), st.integers(),
                 st.floats(), st.lists(st.text(), max_size=2)))
def test_what_is_printed_is_escaped_as_usual(value: Any) -> None:
    assert str(printed(value)) == str(escape(value))


@pytest.mark.parametrize("locale", LOCALES)
@given(st.one_of(st.decimals(-10, 10**17, places=2), st.decimals(0, 10**6, places=5)))
def test_amounts_are_those_of_babel(locale: str, value: Decimal) -> None:
    assert money_writer(locale)(value) == format_currency(value + 0, "EUR", locale=locale)
