"""Projects of Milan and of other cities: removed, corrected, observed again, filtered; the pages and feeds of that."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import feedparser
import pytest
from lxml import etree
from support.browser import opened
from support.once import once
from support.repository import ROOT, copy_repository
from support.standards import ATOM

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SOURCE = "https://pnmetroplus.it/progetto?codice=MI3.1.1.b1"
GONE = ("BO1.1.1.b", "BO1.1.1.c")
ADDED = {
    "removals": [
        ("projects,BO1.1.1.b,Un progetto,moved,BO1.1.1.a,2026-11-26,Ha un altro codice.,It has another code.,"
        f"{SOURCE},"),
        f"projects,BO1.1.1.c,Un altro,withdrawn,,2026-11-26,Non esisteva.,,{SOURCE},",
    ],
    "funding": [f"MI3.1.1.b1,2026-11-26,1514648.44,1514648.44,1326980.00,757324.22,,,{SOURCE},"],
    "corrections": [
        ("erogato-mi4-2-1-b,funding,MI4.2.1.b|,paid_eur,1134293.82,1234293.82,over_source,1134293.82,"
        f"Una cifra sbagliata.,,accepted,journalist,2026-11-26,2026-11-26,{SOURCE},"),
    ],
}


def test_the_filter_is_in_the_address(served_site: str, browser: Browser) -> None:
    with opened(browser, f"{served_site}/trasparenza/grafici/money-projects/?city=Milano&axis=4") as (page, complaints):
        shown = page.locator("#table-complete").locator("xpath=ancestor::table").locator("tbody tr:visible")
        assert {text.split()[0][:3] for text in shown.all_inner_texts()} == {"MI4"}
        page.select_option("#filter-axis", "3")
        assert page.url.endswith("?axis=3&city=Milano")
        assert {text.split()[0][:3] for text in shown.all_inner_texts()} == {"MI3"}
        page.select_option("#filter-axis", "")
        page.select_option("#filter-city", "")
        assert "?" not in page.url
        assert complaints == []


@pytest.fixture(scope="module")
def changed_site(tmp_path_factory: pytest.TempPathFactory, built_site: Path) -> Path:
    """A site of the day after, built from a copy in which things were removed, corrected and observed again."""
    made = once(tmp_path_factory, "changed-projects", lambda folder: change_and_build(folder, built_site))
    return made / "build" / "site"


def change_and_build(folder: Path, built_site: Path) -> None:
    place = copy_repository(folder, built=built_site)
    source = place / "datasets/source"
    for path in source.glob("*.csv"):
        lines = path.read_text("utf-8").splitlines(keepends=True)
        path.write_text("".join(line for line in lines if not line.startswith(GONE)), "utf-8")
    for name, rows in ADDED.items():
        with (source / f"{name}.csv").open("a", encoding="utf-8") as file:
            file.writelines(f"{row}\n" for row in rows)
    command = [sys.executable, "-m", "etl", "build", "--root", str(place), "--date", "2026-11-26"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr


@pytest.mark.slow
def test_what_is_removed_leaves_a_page_and_a_redirect(changed_site: Path) -> None:
    moved = (changed_site / "progetti/bo1.1.1.b/index.html").read_text("utf-8")
    assert 'http-equiv="refresh" content="0; url=../../progetti/bo1.1.1.a/"' in moved
    withdrawn = (changed_site / "en/projects/bo1.1.1.c/index.html").read_text("utf-8")
    assert "was wrong" in withdrawn
    assert '<span lang="it">Non esisteva.</span>' in withdrawn
    assert "bo1.1.1.b" not in (changed_site / "sitemap.xml").read_text("utf-8")
    with (changed_site / "dati/changes.csv").open(encoding="utf-8", newline="") as file:
        made = {row["key"]: row["kind"] for row in csv.DictReader(file)
                if row["dataset"] == "projects" and row["release_date"] == "2026-11-26"}
    assert made == {"BO1.1.1.b": "moved", "BO1.1.1.c": "withdrawn"}


@pytest.mark.slow
def test_a_second_observation_and_a_correction_are_told(changed_site: Path) -> None:
    grown = (changed_site / "progetti/mi3.1.1.b1/index.html").read_text("utf-8")
    assert 'id="tempo"' in grown
    assert "Su 100 euro ammessi ne risultano pagati 50." in grown
    assert "1.234.293,82" in (changed_site / "progetti/mi4.2.1.b/index.html").read_text("utf-8")
    assert 'id="erogato-mi4-2-1-b"' in (changed_site / "trasparenza/rettifiche/index.html").read_text("utf-8")
    entry = feedparser.parse((changed_site / "progetti/mi4.2.1.b/novita.atom").read_bytes()).entries[0]
    assert "Valore corretto: MI4.2.1.b| – Importo erogato: 1134293.82 → 1234293.82" in entry.content[0].value


@pytest.mark.slow
@pytest.mark.skipif(not ATOM.exists(), reason="the grammar of RFC 4287 is not here (../shared)")
def test_the_feeds_of_what_changed_follow_the_grammar(changed_site: Path) -> None:
    grammar = etree.RelaxNG(etree.parse(ATOM))
    for path in changed_site.rglob("*.atom"):
        assert grammar.validate(etree.parse(path)), (path, grammar.error_log)
