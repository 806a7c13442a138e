"""Numbers and days that a language writes are read back, and what is written into an address means one thing."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from babel.dates import format_date
from babel.numbers import format_decimal
from support.properties import example, given, st
from support.rows import ask, read

pytestmark = pytest.mark.slow

LOCALES = {"it-IT": "it_IT", "en-GB": "en_GB", "fr-FR": "fr_FR"}
VALUE = {"numbers": re.compile(r"-?\d+(\.\d+)?"), "dates": re.compile(r"\d{4}(-\d\d){0,2}")}


@given(st.decimals(-10**9, 10**9, places=4) | st.integers(-10**9, 10**9).map(Decimal))
@example(Decimal("1.234"))
@example(Decimal("-100000"))
def test_what_a_language_writes_is_read_back_and_written_for_all(value: Decimal) -> None:
    for locale, babel in LOCALES.items():
        first, *_ = read("numbers", format_decimal(value, locale=babel, decimal_quantization=False), locale)
        assert Decimal(first) == value
        assert [read("numbers", first, other) for other in LOCALES] == [[first]] * len(LOCALES)


@given(st.dates(date(1900, 1, 1), date(2999, 12, 31)))
def test_days_in_words_are_read_back(day: date) -> None:
    for locale, babel in LOCALES.items():
        assert read("dates", format_date(day, "long", locale=babel), locale) == [day.isoformat()]
        assert read("dates", format_date(day, "MMMM y", locale=babel), locale) == [day.isoformat()[:7]]
        assert read("dates", day.isoformat(), locale) == [day.isoformat()]


@given(st.text(max_size=40) | st.text("0123456789.,' €-+/marzoil", max_size=20))
def test_any_text_is_read_or_refused(text: str) -> None:
    for locale in LOCALES:
        for kind, value in VALUE.items():
            for found in read(kind, text, locale):
                assert value.fullmatch(found), text
                assert read(kind, found, locale) == [found], text


@given(st.text(max_size=30), st.lists(st.sampled_from(["x", "has", "is", "~", "&", "%", "=", "\n"]), max_size=8))
def test_any_address_gives_a_view(text: str, parts: list[str]) -> None:
    settings = {"columns": [{"name": "x", "title": "x", "type": "string", "labels": {}}], "locale": "it-IT",
                "words": {"tests": {"has": "", "is": ""}}}
    told = ask("(t => t.recall(t.query(t.recall(search))))(Rows.rows(settings))", settings=settings,
               search=f"?f=x~has~{''.join(parts)}&f={text}&sort={text}&page={text}")
    assert told["page"] >= 0
    assert told["lost"] == []
