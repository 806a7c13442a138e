"""Invented tables for the page of a table, and how long it takes to open one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.runtime.tables import csv_bytes
from support.browser import until
from support.catalogs import CATALOG

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FUNDING = CATALOG["funding"]
LOADED = "!document.getElementById('filters').hidden && document.getElementById('count').textContent !== ''"
HOSTILE = ["=1+1", "a,b", 'say "no"', "two\nlines", "'@x", "<b>x</b>", "città"]


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
