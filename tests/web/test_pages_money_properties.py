"""Amounts are written as the Italian source does, whatever they are."""

from __future__ import annotations

import re
from decimal import Decimal

from support.properties import given, st

from etl.web.pages.money.money import italian


@given(st.decimals(0, 10**9, places=2))
def test_amounts_are_written_as_the_italian_source_does(amount: Decimal) -> None:
    text = italian(float(amount))
    assert re.fullmatch(r"[0-9]{1,3}(\.[0-9]{3})*,[0-9]{2}", text)
    assert Decimal(text.replace(".", "").replace(",", ".")) == amount
