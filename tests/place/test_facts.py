"""What is known of Milan is published, to the cent and in the words of its sources."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from lxml import html
from support.release import records

AT_LEAST = {
    "projects": 40, "funding": 18, "desks": 20, "services": 23, "municipalities": 133, "rent_bands": 15,
    "milestones": 30, "network_members": 132, "networks": 20, "desk_areas": 35,
    "indicators": 30, "organisations": 35, "allocations": 90,
}


@pytest.mark.parametrize("name", AT_LEAST)
def test_every_known_fact_is_published_with_its_source(name: str) -> None:
    rows = records(name)
    assert len(rows) >= AT_LEAST[name]
    assert [row for row in rows if not str(row["source_url"]).startswith(("http://", "https://"))] == []


def test_eleven_projects_have_all_four_amounts() -> None:
    stages = ("programmed_eur", "admitted_eur", "committed_eur", "paid_eur")
    complete = [row["project_code"] for row in records("funding") if all(row[s] is not None for s in stages)]
    assert len(complete) >= 11
    assert "MI3.1.1.b1" in complete


@pytest.mark.parametrize("page", ["progetti/mi3.1.1.b1", "en/projects/mi3.1.1.b1"])
def test_the_project_page_shows_every_field_of_the_programme_page(built_site: Path, page: str) -> None:
    html = (built_site / page / "index.html").read_text("utf-8")
    shown = ["1.514.648,44", "1.326.980,00", "449.646,43", "MI3.1.1.b1", "Angelo Zito", "Comune di Milano", "Milano",
             'datetime="2016-07-01"', 'datetime="2020-10-31"', "https://pnmetroplus.it/progetto?codice=MI3.1.1.b1"]
    words = {"progetti/mi3.1.1.b1": ["1 luglio 2016", "31 ottobre 2020", "non disponibil"],
             "en/projects/mi3.1.1.b1": ["1 July 2016", "31 October 2020", "€1,514,648.44", "not available"]}
    assert [text for text in shown + words[page] if text not in html] == []


def test_the_published_tables_hold_the_amounts_as_numbers(built_site: Path) -> None:
    expected = {"programmed_eur": 1514648.44, "admitted_eur": 1514648.44, "committed_eur": 1326980.0,
                "paid_eur": 449646.43}
    rows = json.loads((built_site / "dati" / "funding.json").read_text("utf-8"))["records"]
    row = next(r for r in rows if r["project_code"] == "MI3.1.1.b1")
    assert {name: row[name] for name in expected} == expected
    with (built_site / "dati" / "funding.csv").open(encoding="utf-8", newline="") as file:
        cells = next(r for r in csv.DictReader(file) if r["project_code"] == "MI3.1.1.b1")
    assert {name: float(cells[name]) for name in expected} == expected


@pytest.mark.parametrize(
    ("page", "finding", "caveat", "dates"),
    [
        ("progetti/mi3.1.1.b1", "Su 100 euro ammessi ne risultano pagati 29,69.", "La fonte non dice a che giorno.",
         "Inizio e fine indicati 1 luglio 2016 – 31 ottobre 2020"),
        ("en/projects/mi3.1.1.b1", "Out of 100 euro admitted, 29.69 are recorded as paid.",
         "The source does not say as of which day.", "Start and end stated 1 July 2016 – 31 October 2020"),
        ("progetti/mi3.2.2.a", "Su 100 euro ammessi ne risultano pagati 100.",
         "La fonte non dice a che giorno. Avviso: erogato identico all’ammesso, forse copiato.",
         "Inizio e fine indicati 1 gennaio 2016 – 1 marzo 2020"),
        ("progetti/ct3.2.2.a", "Quanto è stato pagato non è disponibile.", "La fonte non dice a che giorno.",
         "Fine indicata 2022"),
        ("en/projects/mi3.2.8.3.b", "How much was paid is not available.", "The source does not say as of which day.",
         "Start stated 1 May 2025"),
    ],
)
def test_the_first_screen_says_what_is_known(
    built_site: Path, page: str, finding: str, caveat: str, dates: str,
) -> None:
    document = html.fromstring((built_site / page / "index.html").read_bytes())
    (head,) = document.xpath("//div[contains(@class, 'finding')]")
    for path, words in (("p[@class='lead']", finding), ("p[contains(@class, 'callout-warning')]", caveat)):
        (said,) = head.xpath(f".//{path}")
        assert " ".join(said.text_content().split()) == words
    facts = [" ".join(" ".join(part.text_content().split()) for part in fact) for fact in head.xpath(".//dl/div")]
    assert dates in facts


def test_a_project_with_one_observation_says_that_it_has_no_history(built_site: Path) -> None:
    html = (built_site / "progetti/mi3.1.1.b1/index.html").read_text("utf-8")
    assert "C’è un solo dato: non si può dire come cambia la spesa nel tempo." in html


def test_the_english_page_shows_amounts_as_the_source_writes_them_too(built_site: Path) -> None:
    html = (built_site / "en/projects/mi3.1.1.b1/index.html").read_text("utf-8")
    assert "€1,514,648.44" in html
    assert "as written at the source: € 1.514.648,44" in html
