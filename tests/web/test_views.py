"""A part of a table: asked for as people write, seen, saved, at an address that stays, in a frame elsewhere."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

import pytest
from support.browser import until
from support.explorer import LOADED, MONEY, add, amount, counted, saved, table_of_amounts

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture
def table(browser: Browser, served_site: str) -> Iterator[Page]:
    yield from table_of_amounts(browser, served_site)


def test_an_amount_that_can_be_read_in_two_ways_is_asked_about(table: Page, browser: Browser, served_site: str) -> None:
    """`100.000` found nothing and said nothing; in the address too."""
    below = sum(row["paid_eur"] is not None and row["paid_eur"] >= 100 for row in MONEY)
    above = sum(row["paid_eur"] is not None and row["paid_eur"] >= 100_000 for row in MONEY)
    add(table, "Importo erogato", "min", "100.000")
    assert parse_qsl(urlsplit(table.url).query) == [("f", "paid_eur~min~100000")]
    for page in (table, None):
        if page is None:
            page = browser.new_page()
            page.goto(f"{served_site}/dati/funding/tabella/?f=paid_eur~min~100.000")
            until(page, LOADED)
        assert page.text_content("#count") == (counted(above) if above else page.text_content("#count"))
        assert page.locator("#active li").inner_text().startswith("Importo erogato: almeno 100.000\xa0€")
        assert page.locator("#notes li").inner_text() == "Ho letto 100.000\xa0€ (100 mila). Intendevi 100\xa0€?"
        page.click("#notes a")
        page.wait_for_url(re.compile("min~100$"))
        until(page, LOADED)
        assert parse_qsl(urlsplit(page.url).query) == [("f", "paid_eur~min~100")]
        assert page.text_content("#count") == counted(below)
        assert page.locator("#notes li").count() == 0
    page.goto(f"{served_site}/en/data/funding/table/?f=paid_eur~min~1.200")
    until(page, LOADED)
    assert page.locator("#notes li").inner_text() == "Read as €1.20. Did you mean €1,200 (1200)?"
    page.goto(f"{served_site}/dati/funding/tabella/?f=paid_eur~min~999.999.999")
    until(page, LOADED)
    amounts = [row["paid_eur"] for row in MONEY if row["paid_eur"] is not None]
    said = page.text_content("#count") or ""
    assert said.startswith(f"Nessuna riga su {len(MONEY)}. Importo erogato: da ")
    assert [amount(part) for part in re.findall(r"[\d.,]+\xa0€", said)] == [min(amounts), max(amounts)]
    page.close()


def test_dates_are_asked_for_as_people_say_them(table: Page) -> None:
    dated = [row["observed_on"] for row in MONEY if row["observed_on"]]
    if not dated:
        pytest.skip("no day of an amount")
    year = max(dated)[:4]
    add(table, "Data degli importi", "max", f"31/12/{year}")
    assert table.text_content("#count") == counted(len(dated))
    assert table.locator("#active li").inner_text().startswith(f"Data degli importi: fino a 31 dicembre {year}")
    add(table, "Data degli importi", "min", f"gennaio {year}")
    assert table.text_content("#count") == counted(sum(day[:4] == year for day in dated))
    add(table, "Data degli importi", "min", "domani")
    assert "marzo 2019" in str(table.evaluate("document.forms.filters.value.validationMessage"))


def test_columns_are_chosen_and_what_is_seen_is_what_is_saved_and_framed(table: Page, browser: Browser) -> None:
    add(table, "Importo erogato", "full")
    table.click("text=Colonne da vedere")
    for box in table.locator("[name=seen]").all():
        title = str(box.evaluate("box => box.parentNode.textContent.trim()"))
        box.set_checked(title in ("Codice progetto", "Importo erogato"))
    lines = [f"{row['project_code']},{row['paid_eur']:.2f}" for row in MONEY if row["paid_eur"] is not None]
    assert saved(table, "csv").decode() == "\n".join(["project_code,paid_eur", *lines, ""])
    assert table.locator("#explorer thead th").all_inner_texts() == ["Codice progetto", "Importo erogato"]
    query = "?f=paid_eur~full~&columns=project_code,paid_eur"
    assert table.text_content("#address") == f"{table.url.split('?')[0]}{query}" == table.url
    frame = re.fullmatch(r'<iframe src="([^"]+)" title="[^"]+" width="100%" height="480" loading="lazy"></iframe>',
                         table.text_content("#frame") or "")
    assert frame
    other = browser.new_page(viewport={"width": 320, "height": 480})
    other.goto(frame[1].replace("&amp;", "&"))
    until(other, "document.getElementById('told').textContent.includes(' su ')")
    assert other.text_content("#told") == f"Importo erogato: con un valore. {counted(len(lines))}"
    assert other.locator("thead th").all_inner_texts() == ["Codice progetto", "Importo erogato"]
    assert other.locator("tbody td:first-child").all_inner_texts() == [line.split(",")[0] for line in lines]
    assert other.get_attribute("#whole", "href")
    assert urlsplit(str(other.evaluate("document.getElementById('whole').href"))).query == query[1:]
    other.close()


def test_a_framed_table_has_all_its_rows_and_its_first_ones_without_a_script(
    browser: Browser, served_site: str, built_site: Path
) -> None:
    """It had ten rows whatever was asked."""
    total = json.loads((built_site / "dati" / "source_documents.json").read_text("utf-8"))["rows"]
    address = f"{served_site}/incorpora/source_documents/"
    page = browser.new_page(java_script_enabled=False)
    page.goto(address)
    assert page.locator("tbody tr").count() == min(total, 50)
    assert page.locator("#pages").is_hidden()
    page.close()
    for width in (320, 600, 900):
        page = browser.new_page(viewport={"width": width, "height": 480})
        page.goto(f"{address}?sort=-source_url")
        until(page, "document.getElementById('told').textContent.includes(' su ')")
        found = set()
        for _ in range(-(-total // 50)):
            found |= set(page.locator("tbody tr td:first-child").all_inner_texts())
            for part in (page.locator("h1"), page.locator("footer a").last):
                box = part.bounding_box()
                assert box
                assert 0 <= box["y"] <= box["y"] + box["height"] <= 480
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            page.evaluate("document.querySelector('[data-step=\"1\"]').click()")
        assert len(found) == total
        page.close()


def test_checks_of_a_table_name_columns_by_their_titles(built_site: Path) -> None:
    """Readers were told of `source_date` and of classes of a library."""
    told = 0
    for path in sorted(built_site.glob("dati/*/index.html")):
        fold = path.read_text("utf-8").partition("I controlli</h2>")[2].partition("</details>")[0]
        told += fold.count("<li>")
        assert re.findall(r"<code>|nella colonna [a-z]+_|Colonna: [a-z]+_", fold) == [], path
    assert told
