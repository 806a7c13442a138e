"""Desks of Milan: those of a Municipio and of the whole city, and the way from the home page to their telephones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.journeys import shown, to_a_telephone

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def test_a_desk_of_the_whole_city_is_for_every_municipio(served_site: str, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{served_site}/sportelli/")
    page.select_option("#f-need", "losing_home")
    page.select_option("#f-municipio", "6")
    assert "municipio-6-morosita" in shown(page)
    assert "municipio-3-morosita" not in shown(page)
    assert "milano-abitare" in shown(page)
    page.close()


@pytest.mark.parametrize("place", ["#municipio-3", "#municipio-6", "Sesto San Giovanni", "San Giuliano Milanese"])
def test_from_home_to_the_telephone_of_a_desk_in_three_choices(served_site: str, browser: Browser, place: str) -> None:
    """On a telephone: what I need, where I live, the number; that of the agency where no desk has a known one."""
    link = f".jump a[href='{place}']" if place.startswith("#") else f".jump a:has-text('{place}')"
    assert to_a_telephone(served_site, browser, link).startswith("tel:+39")
