"""What makes pages faster prints the same, whatever is printed."""

from __future__ import annotations

from typing import Any

import pytest
from babel.numbers import format_currency
from markupsafe import Markup, escape
from support.properties import given, st

from etl.web.language import plain_money
from etl.web.templates import printed

LOCALES = ("it", "en_GB", "es", "fr", "ar", "zh", "uk", "de_CH", "pl", "hi")


@given(st.one_of(st.text(), st.text("<>&'\"a"), st.text().map(Markup), st.booleans(), st.none(), st.integers(),
                 st.floats(), st.lists(st.text(), max_size=2)))
def test_what_is_printed_is_escaped_as_usual(value: Any) -> None:
    assert str(printed(value)) == str(escape(value))


@pytest.mark.parametrize("locale", LOCALES)
@given(st.one_of(st.floats(-10, 1e13), st.integers(0, 10**14).map(lambda cents: cents / 100)))
def test_amounts_are_those_of_babel(locale: str, value: float) -> None:
    written = plain_money(locale)(value)
    assert written in ("", format_currency(value, "EUR", locale=locale))
