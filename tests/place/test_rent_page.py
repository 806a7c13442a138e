"""The page of the agreed rent says the whole of Milan's agreement, article by article, and that it is of 2023."""

from __future__ import annotations

import re
from decimal import Decimal
from html import unescape
from pathlib import Path

import pytest
from support.release import records

from etl.domain.rent import inwards

# What the agreement says -> the article under which the page must say it, and words by which to find it.
SAID = [
    ("2", "5 marzo 2019"), ("4.1.a", "cinque, con i numeri da 1 a 5"), ("4.1.a", "non è il Municipio né il quartiere"),
    ("4.1.a", "attraversato da un confine sta tutto nella zona di valore più alto"),
    ("4.1.b", "manca anche un solo elemento A"), ("4.1.b", "tutti gli A e almeno un B"),
    ("4.1.b", "almeno un B e tre C"),
    ("4.1.b", "almeno cinque elementi D"), ("4.1.b", "scaldabagno predisposto"), ("4.1.b", "D10"),
    ("4.1.c", "d.P.R. 138/98"), ("4.1.c", "Tra 28 e 50 metri quadrati"), ("4.1.c", "entro il 4 per cento"),
    ("4.1.c", "fino a +15 %"), ("4.1.c", "fino a +8 %"), ("4.1.c", "4 anni: +3 %"), ("4.1.c", "5 anni: +5 %"),
    ("4.1.c", "6 anni: +8 %"), ("4.1.c", "più di 6 anni: +10 %"), ("4.1.c", "Classe energetica G: −2 %"),
    ("4.1.d", "non supera mai il massimo"), ("4.1.d", "sotto il minimo della sub-fascia se le parti sono d’accordo"),
    ("4.1.d", "Sotto il minimo della zona"), ("4.1.d", "75 per cento della variazione ISTAT"),
    ("4.1.d", "cedolare secca"),
    ("5", "fino a 30 giorni: canone libero"), ("6", "Contratti per studenti"), ("6.2", "due mesi di preavviso"),
    ("7.1", "quota degli spazi comuni"), ("7.1", "non supera il canone dell’intero alloggio"),
    ("7.2", "almeno 12 metri quadrati"), ("7.2", "almeno 9 metri quadrati"), ("7.2", "non è previsto per la zona 1"),
    ("8", "oltre 100 alloggi in Italia"), ("8", "oltre 60 alloggi a Milano"), ("8", "accordi integrativi"),
    ("10", "non supera tre mensilità"), ("10", "garanzie alternative, entro la stessa misura"),
    ("12", "insieme un’organizzazione di proprietari e una di inquilini"), ("12", "allegato 6"),
    ("14", "tre anni dal deposito"), ("14", "resta in vigore fino al nuovo accordo"), ("14", "intera variazione ISTAT"),
    ("14", "da agosto 2023"),
]


def plain(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).replace("\xa0", " ").split())


@pytest.fixture(scope="module")
def page(built_site: Path) -> str:
    html = (built_site / "canone" / "index.html").read_text("utf-8")
    return html[html.index("<main"):html.index("</main>")]


def test_the_whole_agreement_stands_under_its_articles(page: str) -> None:
    under = {article: re.sub(r" (?=[:.,)])", "", plain(words)) for article, words in
             re.findall(r'<ul id="art-([\w.]+)">(.*?)</ul>', page, re.DOTALL)}
    assert list(under) == [
        "2", "4.1.a", "4.1.b", "4.1.c", "4.1.d", "5", "6", "6.2", "7.1", "7.2", "8", "10", "12", "14"]
    assert [entry for entry in SAID if entry[1] not in under[entry[0]]] == []


def test_every_rule_of_the_table_stands_on_the_page(page: str) -> None:
    words = plain(page)
    texts = {row["rule_id"]: row["text"] for row in records("rent_rule_texts") if row["language"] == "it"}
    named = {row["rule_id"] for row in records("rent_rules") if row["kind"] not in ("validity",) or row["article"]}
    assert [name for name in sorted(named) if texts[name] not in words] == []


def test_the_figures_are_those_of_2023_and_the_page_says_how_they_rise(page: str) -> None:
    """They stood there as today's."""
    words = plain(page)
    assert "Sono i limiti dell’accordo del 27 luglio 2023, non quelli di oggi." in words
    assert "Oggi i limiti possono essere più alti: l’accordo dura 3 anni dal deposito, poi crescono con" in words
    assert "contata da agosto 2023" in words
    assert len(re.findall(r"<caption[^>]*>[^<]*\(limiti del 2023\)</caption>", page)) == 3
    assert "al mese (limiti del 2023)" in unescape(page)


def test_one_organisation_of_each_side_certifies_and_not_one_or_the_other(page: str) -> None:
    assert "una dei proprietari e una degli inquilini (articolo 12)" in re.sub(r" (?=[).])|(?<=\() ", "", plain(page))
    assert "proprietari o di inquilini" not in plain(page)


def test_a_zone_without_a_ceiling_for_rooms_still_has_rooms(page: str) -> None:
    """Its cell said that no rooms were provided for."""
    cells = re.findall(r'<th scope="row">(\d)</th><td>(.*?)</td>', page[page.index('id="table-rooms"'):], re.DOTALL)
    assert "art-7.1" in dict(cells)["1"]
    assert "non previsto" not in dict(cells)["1"]


def test_the_examples_never_pass_the_ceiling_and_are_what_the_program_says(page: str) -> None:
    """Four were rounded above it, and ten differed from the script by one euro."""
    table = page[page.index('id="table-months"'):].split("</table>")[0]
    lines = re.findall(r'<tr><th scope="row">(\d+)</th><td>(\d+)</td>(.*?)</tr>', table, re.DOTALL)
    bands = {(str(row["zone"]), str(row["sub_band"])): row for row in records("rent_bands")}
    assert len(lines) == len(bands) == 15
    for zone, band, cells in lines:
        row, shown = bands[zone, band], re.findall(r'class="num">([\d.]+)–([\d.]+)', cells)
        for size, ends in zip((30, 60, 90), shown, strict=True):
            low, high = (int(end.replace(".", "")) for end in ends)
            assert row["min_eur_m2_year"] * size <= low * 12
            assert high * 12 <= row["max_eur_m2_year"] * size
            least, most = (Decimal(row[name]) * size for name in ("min_eur_m2_year", "max_eur_m2_year"))
            assert (low, high) == inwards(least, most, 12)


def test_another_municipality_has_its_own_agreement_with_its_day(page: str) -> None:
    words = plain(page[page.index('id="altri-sesto-san-giovanni"'):])
    assert "possono essere cambiati" in words
    assert "(accordo del 22 maggio 2017)" in words
    assert re.search("4 ?: Torretta 30–70 €", words)


def test_each_language_says_the_figures_are_not_those_of_today(built_site: Path) -> None:
    for path, words in (("en/rent", "not those of today"), ("es/canone", "no los de hoy"), ("zh/canone", "不是今天的")):
        assert words in (built_site / path / "index.html").read_text("utf-8")
