"""The signs of charts: none outside the drawing, no number that is none, whatever the data."""

from __future__ import annotations

import re
from decimal import Decimal

from lxml import etree
from support.charts import chart_of, faults, language, maker
from support.properties import given, st

from etl.web.charts import drawing
from etl.web.charts.model import Mark, Period, Rate
from etl.web.charts.picture import picture
from etl.web.charts.shown import drawn

AMOUNTS = st.none() | st.decimals(-10**9, 10**15, places=2) | st.sampled_from([Decimal(0), Decimal("0.01")])
PLACES = st.floats(allow_nan=True, allow_infinity=True)


@given(st.lists(AMOUNTS, min_size=4, max_size=4))
def test_a_staged_bar_holds_for_hostile_amounts(amounts: list[Decimal | None]) -> None:
    shown = drawn(language("it"), chart_of(amounts))
    assert list(faults(shown["svg"])) == []
    assert [stage["amount"] for stage in shown["stages"]] == amounts[::-1]
    assert "nan" not in shown["title"].lower()
    etree.fromstring(picture(chart_of(amounts), maker("it"), "Fonte: x.", "y").encode())


@given(PLACES, PLACES, st.sampled_from(["bar", "dot", "stem", "edge"]), st.sampled_from([None, 320.0, 664.0]))
def test_no_sign_leaves_its_plot(start: float, end: float, shape: str, width: float | None) -> None:
    text = drawing.mark(Mark(shape, "k1", start, end), 20, width)
    assert list(faults(text)) == []
    assert all(float(value.rstrip("%")) <= (width or 100) for value in re.findall(r'\b(?:x|x1|x2|cx)="([^"]+)"', text))


@given(st.lists(st.tuples(PLACES, PLACES, st.none() | PLACES), max_size=6), PLACES)
def test_a_rate_holds_for_hostile_periods(periods: list[tuple[float, float, float | None]], top: float) -> None:
    body = Rate(tuple(Period(*period, "1") for period in periods), top, "", ((0, "2015"),))
    assert list(faults(drawing.rate(body, str))) == []
