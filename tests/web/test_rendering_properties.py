"""Amounts are written as Babel writes them, and values are escaped as by markupsafe, whatever they are."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import markupsafe
import pytest
from babel.numbers import format_currency
from support.properties import given, st

from etl.web.language import money_writer
from etl.web.templates import SiteEnvironment, escape

LOCALES = ("it", "en_GB", "es", "fr", "ar", "zh", "uk", "de_CH", "pl", "hi")


@pytest.mark.parametrize("locale", LOCALES)
@given(st.one_of(st.decimals(-10, 10**17, places=2), st.decimals(0, 10**6, places=5)))
def test_amounts_are_those_of_babel(locale: str, value: Decimal) -> None:
    assert money_writer(locale)(value) == format_currency(value + 0, "EUR", locale=locale)


@given(st.one_of(st.text(), st.text("&<>\"'a").map(markupsafe.Markup), st.integers(), st.none(), st.booleans()))
def test_values_are_escaped_as_by_markupsafe(value: Any) -> None:
    template = SiteEnvironment(autoescape=True).from_string("{{ x }}{% set y %}{{ x }}{% endset %}{{ y }}")
    assert escape(value) == markupsafe.escape(value)
    assert template.render(x=value) == markupsafe.escape(value) * 2
