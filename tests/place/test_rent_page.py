"""The rent range in the page agrees with the formula of the agreement, step by step, and with the tables."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SOURCE = Path(__file__).parents[2] / "datasets" / "source"


def records(name: str) -> list[dict[str, str]]:
    with (SOURCE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


BANDS = {
    (int(row["zone"]), int(row["sub_band"])): (float(row["min_eur_m2_year"]), float(row["max_eur_m2_year"]))
    for row in records("rent_bands")
}
PERCENT = {row["rule_id"]: float(row["value"]) for row in records("rent_rules") if row["value"]}


def expected(zone: int, band: int, m2: float, sure: float, most: float) -> tuple[int, int]:
    """Monthly ends of the range in whole euro. sure, most: per cent added to the lower and to the upper end."""
    low, high = BANDS[zone, band]
    return half_up(low * m2 * (100 + sure) / 1200), half_up(high * m2 * (100 + most) / 1200)


def half_up(value: float) -> int:
    return int(value + 0.5)


def answer(page: Page) -> tuple[int, int]:
    text = page.locator(".rent-answer").inner_text()
    low, high = (int(re.sub(r"\D", "", part)) for part in re.findall(r"[\d.,]+", text)[:2])
    return low, high


@pytest.mark.parametrize("path", ["canone/", "en/rent/"])
def test_it_follows_the_formula(served_site: str, browser: Browser, path: str) -> None:
    page = browser.new_page()
    page.goto(f"{served_site}/{path}")
    none, part, full, usual = "mobili-nessuno", "mobili-in-parte", "mobili-per-intero", "durata-3-piu-2"
    for zone, band, m2, furniture, length, energy, small in [
        (1, 1, "60", none, usual, False, False), (2, 3, "75,5", full, "durata-4", False, False),
        (5, 2, "90", part, "durata-oltre-6", True, False), (3, 2, "40", full, "durata-6", True, True),
        (4, 1, "51", none, "durata-5", False, True), (1, 3, "28", none, usual, False, True),
    ]:
        page.select_option("#r-zone", str(zone))
        page.select_option("#r-band", str(band))
        page.fill("#r-m2", m2)
        page.select_option("#r-furniture", furniture)
        page.select_option("#r-length", length)
        page.set_checked("input[name=classe-energetica-g]", energy)
        page.set_checked("input[name=superficie-piccola]", small)
        square = float(m2.replace(",", "."))
        square *= 1 + PERCENT["superficie-piccola"] / 100 if small and 28 <= square <= 50 else 1
        sure = PERCENT[length] + (PERCENT["classe-energetica-g"] if energy else 0)
        assert answer(page) == expected(zone, band, square, sure, sure + PERCENT[furniture]), (zone, band, m2)
        assert page.locator("#rent-result li").count() == 5
    page.close()


def test_a_wrong_size_is_explained_and_gives_no_range(served_site: str, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(f"{served_site}/canone/")
    for wrong in ("", "tanti", "-5", "0", "1e9"):
        page.fill("#r-m2", wrong)
        assert "60" in page.locator("#rent-error").inner_text()
        assert page.locator(".rent-answer").count() == 0
    page.fill("#r-m2", "60")
    assert page.locator("#rent-error").inner_text() == ""
    page.close()


def test_the_tables_hold_every_band_and_the_examples(built_site: Path) -> None:
    html = (built_site / "canone" / "index.html").read_text("utf-8")
    for (zone, band), (low, high) in BANDS.items():
        assert f"{low:g}–{high:g}" in html, (zone, band)
    low, high = expected(2, 2, 60, 0, 0)
    assert f"{low}–{high}" in html
