"""Twelve people with a telephone and a question each: they open the home page, tap what they see, and read the answer
on the first screen of the page where they end. The same without JavaScript, with a tap or two more."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

import pytest
from support.browser import until
from support.walk import Walk, walking

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CLOSES = datetime(2026, 11, 30, 12, tzinfo=ZoneInfo("Europe/Rome"))
"""Of the notice for public housing that is known."""
MOST = {True: 3, False: 5}
"""Taps to the answer, with JavaScript and without."""
Task = Callable[[Walk], None]


def answered(walk: Walk, *words: str, to: str = "") -> None:
    """The screen says these words, and a link on it leads there."""
    for _ in range(20):  # the page may still be moving to its part
        screen = walk.screen()
        missing = [one for one in words if one not in screen]
        if not missing:
            break
        walk.page.wait_for_timeout(100)
    assert missing == [], f"{walk.page.url}\n{screen}"
    assert not to or [link for link in walk.leads() if to in link], (walk.page.url, to, walk.leads())


def eviction_in_rho(walk: Walk) -> None:
    walk.tap("Ho ricevuto uno sfratto")
    walk.tap("Sto perdendo la casa")
    walk.tap("Rho")
    answered(walk, "Sportello Unico d’Ambito SAP del Rhodense", to="tel:+393334913599")


def eviction_in_milan_in_ukrainian(walk: Walk) -> None:
    walk.tap("Я отримав папір про виселення")
    answered(walk, "Подивися дату засідання", to="tel:+39020202")
    walk.tap("Втрачаю житло")
    walk.tap("Municipio 6")
    assert "/uk/" in walk.page.url
    answered(walk, "Milano Abitare", "На нашу думку", to="tel:+390200707160")


def guarantee_for_an_owner(walk: Walk) -> None:
    """No source of these years says that the fund is still there: the page says so, and whom to call."""
    walk.tap("Do in affitto una casa")
    walk.tap("Fondo di garanzia per i proprietari")
    answered(walk, "Informazione vecchia, da verificare", "Chi affitta a canone concordato", to="tel:+390200707160")


def rent_of_seventy_square_metres(walk: Walk) -> None:
    walk.tap("Do in affitto una casa")
    walk.tap("Canone concordato")
    if walk.script:
        walk.page.locator("#r-m2").fill("70")
        until(walk.page, "() => document.querySelector('main').innerText.includes('70')")
        answered(walk, "al mese", "limiti del 2023")
    else:
        assert "55–90 €" in walk.page.locator("#alloggi ~ * table").first.inner_text().replace("\xa0", " ")


def no_bed_tonight(walk: Walk) -> None:
    walk.tap("Stanotte non ho un letto")
    answered(walk, "Centro Sammartini", "via Sammartini 120", "Non serve appuntamento")
    assert walk.page.locator("main a[href='tel:+390288447646']").count(), "whom to tell of somebody in the street"


def public_housing_today(walk: Walk) -> None:
    """The notice of these days, its last minute, and where to apply."""
    walk.tap("Casa popolare")
    walk.tap("Casa popolare: fare domanda")
    made = walk.page.request.get(urljoin(walk.page.url, "/release.json")).json()["checked_on"]
    if datetime.now(CLOSES.tzinfo) < CLOSES:
        answered(walk, "lunedì 30 novembre 2026 alle 12:00", "16.000", to="servizi.comune.milano.it")
    elif made > CLOSES.date().isoformat():
        answered(walk, "Nessun avviso aperto", "16.000")
    else:  # built before it closed: the page names the hour, and its script takes the form away
        answered(walk, "30 novembre 2026 alle 12:00", "16.000")
        if walk.script:
            assert not walk.page.locator("main a[href*='servizi.comune.milano.it']").first.is_visible()


def young_worker(walk: Walk) -> None:
    walk.tap("Cerco casa in affitto")
    walk.tap("Contributo affitto per giovani lavoratori")
    answered(walk, "meno di 35 anni", "26.000 €", "2.400 euro", "la pagina è del 10 settembre 2026",
             to="formshd4.comune.milano.it")


def wrong_telephone_number(walk: Walk) -> None:
    """Whom to tell, with the page and the row already written."""
    walk.tap("Tutti i Comuni")
    walk.tap("Rho")
    link = walk.page.get_by_role("link", name="Segnala un errore").get_attribute("href") or ""
    assert re.match(r"mailto:[^?]+\?subject=.*Rho", link), link


def saturday_morning(walk: Walk) -> None:
    walk.tap("Trova uno sportello")
    if walk.script:
        walk.page.select_option("#f-day", "sa")
        walk.page.select_option("#f-part", "am")
    shown = walk.page.locator("[data-desk]").filter(has_text=re.compile("sabato")).locator("visible=true")
    assert shown.count()
    assert not walk.script or shown.count() == walk.page.locator("[data-desk]").locator("visible=true").count()


def postal_code(walk: Walk) -> None:
    if walk.script:
        walk.unfold("Cerca")
        walk.page.locator("#site-query").fill("20129")
        walk.tap("Cerca", "button")
        walk.page.wait_for_url("**/cerca/**")
        until(walk.page, "() => document.querySelector('#results a')")
        walk.page.locator("#results a").first.tap()
        walk.page.wait_for_url("**/sportelli/**")
        walk.taps += 1
    else:
        walk.tap("Tutti i Comuni")
        walk.tap("Milano", exact=True)
    answered(walk, "Aiuto per la casa a Milano")


def tenant_in_canegrate(walk: Walk) -> None:
    walk.tap("Non riesco a pagare l’affitto")
    walk.tap("Non riesco a pagare l’affitto")
    if walk.script:
        walk.page.locator("#place").fill("Canegrate")
        walk.tap("A chi chiedo?", "button")
    else:
        walk.tap("Tutti i Comuni")
        walk.tap("Canegrate")
        walk.tap("Non riesco a pagare l’affitto")
    answered(walk, "Agenzia dell’Abitare dell’Alto Milanese", to="tel:+390236556650")


def parents_of_a_child_of_2024(walk: Walk) -> None:
    walk.tap("Non riesco a pagare l’affitto")
    walk.tap("Contributo affitto per genitori")
    answered(walk, "nato o adottato dal 1º gennaio 2023", "30.000 €", "9.000 €", "meno di 35 anni",
             to="repository.comune.milano.it")


TASKS: dict[Task, str] = {
    eviction_in_rho: "", eviction_in_milan_in_ukrainian: "uk/", guarantee_for_an_owner: "",
    rent_of_seventy_square_metres: "", no_bed_tonight: "", public_housing_today: "", young_worker: "",
    wrong_telephone_number: "", saturday_morning: "", postal_code: "", tenant_in_canegrate: "",
    parents_of_a_child_of_2024: "",
}


@pytest.mark.parametrize("script", [True, False], ids=["script", "none"])
@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.__name__)
def test_the_answer_is_a_few_taps_away(served_site: str, browser: Browser, task: Task, script: bool) -> None:
    with walking(browser, f"{served_site}/{TASKS[task]}", script=script) as walk:
        task(walk)
        assert walk.taps <= MOST[script]
