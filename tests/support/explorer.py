"""The page of a table of amounts, what a person does there, invented tables for it, and how long one takes to open."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from etl.runtime.tables import csv_bytes
from support.browser import until
from support.catalogs import CATALOG
from support.release import records

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FUNDING = CATALOG["funding"]
SEEN = replace(FUNDING, schema={**FUNDING.schema, "fields": [f.descriptor for f in FUNDING.fields if not f.rule]})
"""The same table with the columns that are seen until somebody asks for others."""
LOADED = "!document.getElementById('filters').hidden && document.getElementById('count').textContent !== ''"
HOSTILE = ["=1+1", "a,b", 'say "no"', "two\nlines", "'@x", "<b>x</b>", "città"]


MONEY = records("funding")


def table_of_amounts(browser: Browser, served_site: str) -> Iterator[Page]:
    """The page of amounts, open; the test is skipped where there are too few."""
    if sum(row["paid_eur"] is not None for row in MONEY) < 3:
        pytest.skip("no table of amounts to work with")
    page = browser.new_page(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    page.goto(f"{served_site}/dati/funding/tabella/")
    until(page, LOADED)
    yield page
    page.close()


def add(page: Page, column: str, test: str, value: str = "") -> None:
    """Add a condition, as a person does."""
    page.select_option("[name=column]", label=column)
    page.select_option("[name=test]", test)
    if value:
        page.fill("[name=value]", value)
    page.click("#filters button:not([type])")


def counted(shown: int) -> str:
    """What the page of amounts says of its rows."""
    return f"{shown} {'riga' if shown == 1 else 'righe'} su {len(MONEY)}."


def amount(text: str) -> float:
    """Euro of an amount as an Italian page writes it."""
    return float(text.removesuffix("\xa0€").replace(".", "").replace(",", "."))


def saved(page: Page, kind: str) -> bytes:
    """The file that a button hands out."""
    with page.expect_download() as download:
        page.click(f"[data-save={kind}]")
    return Path(download.value.path()).read_bytes()


def seen(data: bytes) -> bytes:
    """What is seen of a canonical CSV."""
    rows = csv.DictReader(io.StringIO(data.decode(), newline=""))
    return csv_bytes(SEEN.columns, [[row[name] for name in SEEN.columns] for row in rows])


def synthetic(count: int) -> bytes:
    """Rows that look like funding, with hostile texts among them."""
    rows = []
    for number in range(count):
        row = dict.fromkeys(FUNDING.columns, "") | {
            "project_code": f"TO3.1.1.b{number}", "observed_on": f"20{number % 90 + 10}-10-31",
            "programmed_eur": f"{number * 7}.{number % 100:02}", "paid_eur": f"{number % 1000}.50",
            "stated_as": HOSTILE[number % len(HOSTILE)], "source_url": f"https://example.org/{number}",
        }
        rows.append(list(row.values()))
    return csv_bytes(FUNDING.columns, rows)


def time_to_open(browser: Browser, address: str, count: int) -> float:
    """Seconds from the moment in which the browser began to open the page to the table with all its rows."""
    page = browser.new_page()
    page.goto(address)
    until(page, LOADED)
    seconds = page.evaluate("performance.getEntriesByName('explorer')[0].startTime") / 1000
    assert page.text_content("#count") == f"{count:,} righe su {count:,}.".replace(",", ".")
    page.close()
    return float(seconds)
