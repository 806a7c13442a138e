"""Desks of Milan: those of a Municipio and of the whole city, and the way from the home page to their telephones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.journeys import shown, to_a_telephone

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def test_a_municipio_is_served_by_whom_says_so_and_the_silent_stand_apart(served_site: str, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{served_site}/sportelli/")
    page.select_option("#f-need", "losing_home")
    page.select_option("#f-municipio", "6")
    assert "municipio-6-morosita" in shown(page)
    assert "municipio-3-morosita" not in shown(page)
    assert "milano-abitare" in shown(page)
    page.select_option("#f-need", "")
    apart = page.locator("[data-desk].apart:not([hidden])")
    named = set(apart.evaluate_all("all => all.map(one => one.dataset.desk)"))
    assert {"aler-milano-sede", "mm-casa-capuana", "servizio-sociale-via-cesare-brivio"} < named
    assert not {"servizio-sociale-viale-legioni-romane", "municipio-5"} & named
    assert apart.locator(".js-note:not([hidden])").count() == apart.count()
    page.select_option("#f-municipio", "")
    page.select_option("#f-place", "015250")
    assert shown(page) == {"casa-comuni-insieme"}
    page.close()


@pytest.mark.parametrize(("place", "number"), [
    ("Rho", "tel:+393334913599"), ("Legnano", "tel:+390236556650"), ("Milano, Municipio 6", "tel:+390200707160")])
def test_from_home_to_the_telephone_of_a_desk_in_three_choices(
    served_site: str, browser: Browser, place: str, number: str,
) -> None:
    """On a telephone: what I need, where I live, the number; Rho was 3,400 px down and ended on a silent desk."""
    assert to_a_telephone(served_site, browser, f".jump a[data-place='{place}']") == number
