"""The arithmetic and the sentences of the money pages."""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.pages.money import italian, money, per_hundred

STAGES = ("programmed", "admitted", "committed", "paid")
ROOT = Path(__file__).parent.parent


def observation(day: str | None, *amounts: float | None) -> dict[str, object]:
    return {"observed_on": day, **{f"{s}_eur": a for s, a in zip(STAGES, amounts, strict=True)}}


@pytest.mark.parametrize(
    ("paid", "admitted", "out_of_100"),
    [
        (449646.43, 1514648.44, 29.69), (0.0, 100.0, 0.0), (100.0, 100.0, 100.0), (150.0, 100.0, 150.0),
        (None, 100.0, None), (100.0, None, None), (100.0, 0.0, None), (1.0, 3.0, 33.33), (2.0, 3.0, 66.67),
    ],
)
def test_euro_out_of_100(paid: float | None, admitted: float | None, out_of_100: float | None) -> None:
    assert per_hundred(paid, admitted) == out_of_100


@given(st.decimals(0, 10**9, places=2))
def test_amounts_are_written_as_the_italian_source_does(amount: Decimal) -> None:
    text = italian(float(amount))
    assert re.fullmatch(r"[0-9]{1,3}(\.[0-9]{3})*,[0-9]{2}", text)
    assert Decimal(text.replace(".", "").replace(",", ".")) == amount


def test_the_last_observation_counts_and_what_is_missing_stays_missing() -> None:
    assert money([]) is None
    known = money([observation(None, 1.0, 1.0, 1.0, 1.0), observation("2020-01-31", 300.0, 200.0, None, 50.0)])
    assert known is not None
    assert known["amounts"] == {"programmed": 300.0, "admitted": 200.0, "committed": None, "paid": 50.0}
    assert (known["complete"], known["paid_of_100"], known["unpaid"]) == (False, 25.0, 150.0)
    assert [item["width"] for item in known["stages"]] == [100.0, 66.67, 0, 16.67]


def test_every_project_page_shows_its_amounts_to_the_cent(built_site: Path) -> None:
    with (ROOT / "datasets/source/funding.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if all(row[f"{stage}_eur"] for stage in STAGES)]
    assert len(rows) >= 11
    for row in rows:
        html = (built_site / "progetti" / row["project_code"].lower() / "index.html").read_text("utf-8")
        for stage in STAGES:
            amount = Decimal(row[f"{stage}_eur"])
            assert f"{amount:,.2f}".translate(str.maketrans(",.", ".,")) in html, (row["project_code"], stage)
        share = (Decimal(row["paid_eur"]) * 100 / Decimal(row["admitted_eur"])).quantize(Decimal("0.01"))
        shown = re.search(r"Su 100 euro ammessi ne risultano pagati ([0-9,]+)\.", html)
        assert shown, row["project_code"]
        assert Decimal(shown[1].replace(",", ".")) == share


@pytest.mark.parametrize(
    ("page", "sentence"),
    [
        ("progetti/mi3.1.1.b1",
         "Su 100 euro ammessi ne risultano pagati 29,69. Il progetto doveva finire il 31 ottobre 2020."),
        ("en/projects/mi3.1.1.b1",
         "Out of 100 euro admitted, 29.69 are recorded as paid. The project was due to end on 31 October 2020."),
        ("progetti/mi3.2.2.a",
         "Su 100 euro ammessi ne risultano pagati 100. Il progetto doveva finire il 1 marzo 2020."),
        ("progetti/ct3.2.2.a", "Quanto è stato pagato non è disponibile. Fine indicata: 2022."),
        ("en/projects/mi3.2.8.3.b", "How much was paid is not available. The end date is not available."),
    ],
)
def test_the_sentence_says_what_is_known(built_site: Path, page: str, sentence: str) -> None:
    html = (built_site / page / "index.html").read_text("utf-8")
    lead = re.search(r'<p class="lead">(.*?)</p>', html, re.S)
    assert lead
    assert " ".join(lead[1].split()) == sentence
