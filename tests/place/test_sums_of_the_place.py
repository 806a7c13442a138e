"""Milan's sums: of how many projects, what is in doubt in them, and what cannot be compared."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from etl.domain.figures import FIGURES


def records(site: Path, name: str) -> list[dict[str, Any]]:
    """The rows of a published table."""
    found: list[dict[str, Any]] = json.loads((site / f"dati/{name}.json").read_text("utf-8"))["records"]
    return found


def text(site: Path, page: str) -> str:
    """What a page says."""
    main = html.fromstring((site / page / "index.html").read_bytes()).xpath("//main")[0]
    return re.sub(r"\s+", " ", main.text_content()).replace("\xa0", " ")


def row_of(site: Path, group: str) -> str:
    """What the table of all cities, or of all axes and actions, says of a group."""
    chart = "money-by-city" if group.startswith("city") else "money-by-axis"
    page = html.fromstring((site / f"trasparenza/grafici/{chart}/index.html").read_bytes())
    (row,) = page.xpath(f"//tr[@data-group='{group}']")
    return re.sub(r"\s+", " ", row.text_content()).replace("\xa0", " ")


@pytest.mark.parametrize(
    ("group", "coverage"),
    [("action 3.1.1", "1 su 3"), ("axis 3", "4 su 14"), ("axis 1", "0 su 8"), ("city Milano", "6 su 17"),
     ("city Bologna", "2 su 6"), ("city Genova", "1 su 4"), ("city Bari", "0 su 1"), ("city Napoli", "0 su 1"),
     ("city Palermo", "0 su 1"), ("city Venezia", "0 su 1")],
)
def test_a_group_is_counted_in_the_table_of_projects(built_site: Path, group: str, coverage: str) -> None:
    assert coverage in row_of(built_site, group)


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("trasparenza", ["pagati 48,34.", "11 progetti su 40",
                         "32,67 senza 2 importi in dubbio: erogato identico all’ammesso, forse copiato"]),
        ("trasparenza/citta/milano", ["pagati 83,52.", "6 progetti su 17", "66,55 senza 2 importi in dubbio"]),
        ("en/transparency/cities/milano", ["83.52", "6 projects of 17", "66.55 without 2 amounts in doubt"]),
    ],
)
def test_a_share_says_what_it_is_without_the_amounts_that_may_be_copied(
    built_site: Path, page: str, shown: list[str]
) -> None:
    assert [words for words in shown if words not in text(built_site, page)] == []


@pytest.mark.parametrize("code", ["MI2.2.3.d", "MI3.2.2.a"])
def test_an_amount_that_may_be_copied_says_so_wherever_it_goes(built_site: Path, code: str) -> None:
    words, item = "erogato identico all’ammesso, forse copiato", code.lower()
    for page in (f"progetti/{item}", f"incorpora/{item}"):
        assert words in re.sub(r"\s+", " ", (built_site / page / "index.html").read_text("utf-8")), page
    answer = json.loads((built_site / f"api/v1/projects/{item}.json").read_text("utf-8"))
    assert ["paid_equals_admitted" in (row["doubts"] or "") for row in answer["data"]["funding"]] == [True]
    spent = [row for row in records(built_site, "spending") if (row["project_code"], row["stage"]) == (code, "paid")]
    assert [row["doubts"] for row in spent] == ["paid_equals_admitted"]
    assert "paid_equals_admitted" in next(
        row["avvisi"] for row in records(built_site, "operations_2014_2020") if row["codice_operazione"] == code)


def test_the_figures_of_the_register_stand_on_pages(built_site: Path) -> None:
    """No payment of today has a day to measure time at, and no register differs: these have no figure yet."""
    marked = {name for path in built_site.rglob("*.html")
              for name in re.findall(r'data-figure="([^"]+)"', path.read_text("utf-8"))}
    assert set(FIGURES) - marked <= {"allocation_sum", "project_time_elapsed", "register_difference"}


def test_a_comparison_of_one_amount_of_three_is_none(built_site: Path) -> None:
    words = "confronto non possibile: 1 importo noto su 3"
    assert words in text(built_site, "trasparenza/azioni/3.1.1")
    assert words in row_of(built_site, "action 3.1.1")
    assert "Su 100 euro ammessi ne risultano pagati" not in text(built_site, "trasparenza/azioni/3.1.1")


def test_an_undated_payment_stands_beside_no_time_and_promises_nothing(built_site: Path) -> None:
    page = text(built_site, "progetti/mi3.1.1.b1")
    assert "Su 100 euro ammessi ne risultano pagati 29,69. La fonte non dice a che giorno." in page
    assert "Inizio e fine indicati1 luglio 2016 – 31 ottobre 2020" in page
    assert "non dice se il resto è dovuto" in page
    found = [words for words in ("Tempo passato", "doveva finire", "Finisce il progetto", "non ancora erogato")
             if words in page]
    assert found == []
    overview = text(built_site, "trasparenza") + text(built_site, "trasparenza/grafici/money-timeline")
    assert "Di nessuno di questi progetti la fonte dice a che giorno si riferiscono gli importi" in overview
    gone = ("quasi mai", "approvato dopo i controlli", "non ancora pagati")
    assert [words for words in gone if words in overview] == []


@pytest.mark.parametrize(
    ("name", "qualifier", "written"),
    [("contratti-dall-avvio-2020", "almost", "quasi 1.500"), ("risorse-salva-affitto", "over", "oltre 660.000 €"),
     ("risorse-da-casa-a-casa", "over", "oltre 395.000 €"), ("risorse-credito-solidale-abitare", "up_to",
                                                              "fino a 900.000 €"),
     ("progetti-pon-metro-2019-02", "over", "oltre 450"), ("una-tantum-liquidati-2022", "about", "circa 139.000 €")],
)
def test_a_value_keeps_the_word_of_its_source(built_site: Path, name: str, qualifier: str, written: str) -> None:
    assert [row["qualifier"] for row in records(built_site, "indicators") if row["indicator_id"] == name] == [qualifier]
    assert written in text(built_site, "trasparenza/numeri")
