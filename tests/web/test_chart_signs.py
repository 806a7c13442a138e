"""What charts say, what is taken away of them, and how their signs are seen."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from lxml import etree
from support.charts import LOCALES, STYLE, chart_of, language, maker

from etl.web.charts import drawing
from etl.web.charts.files import table
from etl.web.charts.inks import tokens
from etl.web.charts.model import Mark, Row, Rows
from etl.web.charts.picture import WIDTH, picture
from etl.web.charts.shown import drawn
from etl.web.charts.words import Euro, Said, of_hundred, said


@pytest.mark.parametrize("code", LOCALES)
def test_a_huge_title_in_any_letters_is_broken_into_lines(code: str) -> None:
    made = picture(chart_of([Decimal(4), Decimal(3), Decimal(2), Decimal(1)], "Recupero 住房 " * 60 + "x" * 400),
                   maker(code), "Fonte: <x> & y.", "z")
    page, letters = etree.fromstring(made.encode()), maker(code).letters
    for text in page.iter("{*}text"):
        size = float(text.get("font-size") or drawing.TEXT)
        assert letters.width(text.text or "", size, text.get("font-weight") == "600") <= WIDTH, text.text


@pytest.mark.parametrize(
    ("amounts", "title"),
    [
        (("100", "100", "87.61", "29.69"), "Impegnati 88 euro su 100, pagati 30"),
        (("100", "100", "100", "99.9"), "Impegnati 100 euro su 100, pagati 99,9"),
        (("100", "100", "100", "0.004"), "Impegnati 100 euro su 100, pagati 0"),
        (("100", "80", "100", "100"), "Impegnati 125 euro su 100, pagati 125"),
        (("100", "100", None, "5"), "Pagati 5 euro su 100 ammessi"),
        ((None, None, None, "1400000"), "Pagati 1,4 Mln €; quanto è stato ammesso non si sa"),
        (("100", "0", None, "5"), "Pagati 5 €; quanto è stato ammesso non si sa"),
        (("100", "100", "50", None), "Impegnati 50 euro su 100; quanto è stato pagato non si sa"),
        ((None, None, None, None), "Quanto è stato pagato non si sa"),
    ],
)
def test_the_title_says_the_finding(amounts: tuple[str | None, ...], title: str) -> None:
    chart = chart_of([amount and Decimal(amount) for amount in amounts])  # type: ignore[misc]
    assert said(chart.title, language("it")).replace("\xa0", " ") == title


@pytest.mark.parametrize(("share", "shown"), [("29.69", "30"), ("99.6", "99.6"), ("99.99", "99.99"), ("0.3", "0.3"),
                                              ("0", "0"), ("100", "100"), ("124.5", "125"), ("0.01", "0.01")])
def test_a_rounded_share_never_says_nothing_or_all_of_what_is_not(share: str, shown: str) -> None:
    assert of_hundred(Decimal(share)) == Decimal(shown)


@pytest.mark.parametrize(
    ("amount", "italian", "english"),
    [("1514648.44", "1,51 Mln €", "€1.51M"), ("449646.43", "450.000 €", "€450,000"), ("9695", "9.700 €", "€9,700"),
     ("357367903853.10", "357 Mld €", "€357B"), ("0", "0 €", "€0"), ("-12500.4", "-12.500 €", "-€12,500"),
     ("999600", "1 Mln €", "€1M"), ("7.5", "8 €", "€8")],
)
def test_amounts_in_words_have_three_digits(amount: str, italian: str, english: str) -> None:
    assert said(Euro(Decimal(amount)), language("it")).replace("\xa0", " ") == italian
    assert said(Euro(Decimal(amount)), language("en")) == english


def test_the_csv_is_exactly_what_is_drawn() -> None:
    made = table(chart_of([Decimal("4.5"), Decimal(3), None, Decimal(1)]), maker("it")).decode().splitlines()
    assert made[0] == "stage,amount_eur,of_100_admitted,doubts,observed_on,source_url"
    assert [line.split(",")[1:3] for line in made[1:]] == [
        ["4.50", "150"], ["3.00", "100"], ["", ""], ["1.00", "33.33"]]


def test_a_picture_carries_title_source_version_and_licence() -> None:
    chart = replace(chart_of([Decimal(100), Decimal(100), Decimal(50), Decimal(30)]), unit=Said("euro"))
    text = picture(chart, maker("en"), "Source: x.", "Casa, version 2.0.0 of 1 May 2026, CC BY 4.0, https://example.org/")
    said_there = " ".join(etree.fromstring(text.encode()).itertext())
    for words in ("Out of 100 euro, 50 committed, 30 paid", "Source: x.", "version 2.0.0", "CC BY 4.0"):
        assert words in said_there
    assert "var(" not in text


def test_a_line_in_doubt_says_so_in_words() -> None:
    row = Row("Casa", "1", (Mark("dot", "kh", 5),), doubts=("paid_equals_admitted",))
    chart = replace(chart_of([Decimal(1)] * 4), body=Rows(("", "", ""), (), (row,)))
    assert "dato dubbio" in picture(chart, maker("it"), "", "")
    assert drawn(language("it"), chart)["lines"][0]["doubts"] == ("paid_equals_admitted",)


def luminance(colour: str) -> float:
    """Of a colour such as #0b5cad (WCAG 2.2)."""
    digits = colour.lstrip("#")
    digits = "".join(sign * 2 for sign in digits) if len(digits) == 3 else digits
    parts = [int(digits[at:at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


MARKS = ("c-2", "c-3", "c-4", "c-blue", "c-orange", "c-teal", "c-plum", "c-unknown")
"""Colours of signs; c-1 is too pale alone, and so has an outline of c-3."""


@pytest.mark.parametrize("dark", [False, True])
def test_words_and_signs_stand_out_from_their_card(dark: bool) -> None:
    inks = tokens((STYLE / "tokens.css").read_text("utf-8"), dark)
    grounds = [inks["raised"], inks["bg"]]
    faint = [(name, ground) for name in MARKS for ground in grounds if contrast(inks[name], ground) < 3]
    faint += [(name, ground) for name in ("c-text", "muted", "link") for ground in grounds
              if contrast(inks[name], ground) < 4.5]
    assert faint == []


@pytest.mark.parametrize("dark", [False, True])
def test_steps_of_a_sequence_differ_in_lightness(dark: bool) -> None:
    """So that they are told apart in grey, on paper and by who sees no colours."""
    inks = tokens((STYLE / "tokens.css").read_text("utf-8"), dark)
    steps = [inks[f"c-{number}"] for number in range(1, 5)]
    assert all(contrast(one, other) > 1.6 for one, other in pairwise(steps))


def rules(name: str) -> dict[str, str]:
    """The declarations of each class of signs."""
    return dict(re.findall(r"\.chart (\.k\w+) \{([^}]*)\}", (STYLE / name).read_text("utf-8")))


def test_colour_is_never_the_only_sign() -> None:
    """What is not known has no fill and a line of its own, what is doubtful is hollow, a pale step has an outline."""
    looks = rules("charts.css")
    assert "fill: none" in looks[".ku"]
    assert "dasharray" in looks[".ku"]
    assert "fill: none" in looks[".kn"]
    assert "stroke-width: 3" in looks[".kh"]
    assert "stroke" in looks[".k1"]
    assert not {name for name, look in looks.items() if "#" in look}


def test_pictures_and_pages_share_their_signs() -> None:
    sheet: Any = maker("it").sheet
    assert {f".chart {name}" for name in rules("charts.css")} <= set(re.findall(r"\.chart \.k\w+", sheet))
    assert "14px" in sheet
