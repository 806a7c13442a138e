"""Amounts are written as Babel writes them, whatever they are."""

from __future__ import annotations

from decimal import Decimal

import pytest
from babel.numbers import format_currency
from support.properties import given, st

from etl.web.language import money_writer

LOCALES = ("it", "en_GB", "es", "fr", "ar", "zh", "uk", "de_CH", "pl", "hi")


@pytest.mark.parametrize("locale", LOCALES)
@given(st.one_of(st.decimals(-10, 10**17, places=2), st.decimals(0, 10**6, places=5)))
def test_amounts_are_those_of_babel(locale: str, value: Decimal) -> None:
    assert money_writer(locale)(value) == format_currency(value + 0, "EUR", locale=locale)
