"""The arithmetic and the sentences of the money pages."""

from __future__ import annotations

import csv
import re
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader
from jinja2.environment import TemplateModule

from etl.domain.sums import per_hundred
from etl.meta.model import Release
from etl.web.pages.data.data import written
from etl.web.pages.money.money import context, money, overview
from etl.web.pages.money.projects import by_city
from etl.web.pages.trust.checks import by_project, declared, findings

ROOT = Path(__file__).parents[2]
from etl.web.language import Language  # noqa: E402 - only found there

STAGES = ("programmed", "admitted", "committed", "paid")
ITALIAN = Language("it", "it_IT", [ROOT / "site/locale"], {})
ENGLISH = Language("en", "en_GB", [ROOT / "site/locale"], {})


def exact(number: float | None) -> Decimal | None:
    """A number of these tests as a release has it."""
    return None if number is None else Decimal(str(number))


def observation(day: str | None, *amounts: float | None) -> dict[str, object]:
    stated = {f"{s}_eur": exact(a) for s, a in zip(STAGES, amounts, strict=True)}
    return {"observed_on": day, "source_url": "https://example.org/", "source_date": None, **stated}


@pytest.mark.parametrize(
    ("paid", "admitted", "out_of_100"),
    [
        (449646.43, 1514648.44, 29.69), (0.0, 100.0, 0.0), (100.0, 100.0, 100.0), (150.0, 100.0, 150.0),
        (None, 100.0, None), (100.0, None, None), (100.0, 0.0, None), (1.0, 3.0, 33.33), (2.0, 3.0, 66.67),
    ],
)
def test_euro_out_of_100(paid: float | None, admitted: float | None, out_of_100: float | None) -> None:
    assert per_hundred(exact(paid), exact(admitted)) == exact(out_of_100)


def test_the_last_observation_counts_and_what_is_missing_stays_missing() -> None:
    assert money([]) is None
    known = money([observation(None, 1.0, 1.0, 1.0, 1.0), observation("2020-01-31", 300.0, 200.0, None, 50.0)])
    assert known is not None
    assert known["amounts"] == {"programmed": 300.0, "admitted": 200.0, "committed": None, "paid": 50.0}
    assert (known["complete"], known["paid_of_100"], known["difference"]) == (False, 25.0, 150.0)
    assert [item["width"] for item in known["stages"]] == [100, exact(66.67), 0, exact(16.67)]


def test_every_project_page_shows_its_amounts_to_the_cent(built_site: Path) -> None:
    with (ROOT / "datasets/source/funding.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if all(row[f"{stage}_eur"] for stage in STAGES)]
    for row in rows:
        html = (built_site / "progetti" / row["project_code"].lower() / "index.html").read_text("utf-8")
        for stage in STAGES:
            amount = Decimal(row[f"{stage}_eur"])
            assert f"{amount:,.2f}".translate(str.maketrans(",.", ".,")) in html, (row["project_code"], stage)
        share = (Decimal(row["paid_eur"]) * 100 / Decimal(row["admitted_eur"])).quantize(Decimal("0.01"))
        shown = re.search(r"Su 100 euro ammessi ne risultano pagati ([0-9,]+)\.", html)
        assert shown, row["project_code"]
        assert Decimal(shown[1].replace(",", ".")) == share


@cache
def macros(language: Language, name: str = "money/money.html") -> TemplateModule:
    """The macros of a template of the money pages in a language."""
    env = Environment(loader=FileSystemLoader(ROOT / "site/theme"), autoescape=True, trim_blocks=True)
    env.filters.update(language.filters())
    env.globals |= {"_": language.gettext, "lang": language.code}
    return env.get_template(name).module


def plain(text: object) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", str(text)).split())


def finding(*amounts: float | None, language: Language = ITALIAN) -> str:
    """What the page says of a project with these amounts (none = no observation), and what it warns of."""
    project = {"elapsed": None, "money": money([observation(None, *amounts)] if amounts else [])}
    said = macros(language)
    return plain(said.finding(project) + " " + said.caveats(project))  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("amounts", "said"),
    [
        ((), "Quanto è stato pagato non è disponibile."),
        ((5.0, 5.0, 5.0, None), "Quanto è stato pagato non è disponibile."),
        ((5.0, 5.0, 5.0, 0.0), "Su 100 euro ammessi ne risultano pagati 0."),
        ((5.0, 5.0, 5.0, 5.0), "Su 100 euro ammessi ne risultano pagati 100."),
        ((5.0, 4.0, 5.0, 5.0), "Su 100 euro ammessi ne risultano pagati 125. È più di quanto è stato ammesso."),
        ((5.0, None, 5.0, 1234.5), "Risultano pagati 1.234,50 €. Quanto è stato ammesso non è disponibile."),
        ((5.0, 0.0, 5.0, 5.0), "Risultano pagati 5,00 €. L’importo ammesso è zero."),
    ],
)
def test_the_sentence_holds_for_odd_amounts(amounts: tuple[float | None, ...], said: str) -> None:
    undated = " La fonte non dice a che giorno." if amounts else ""
    assert finding(*amounts) == f"{said}{undated}"


@pytest.mark.parametrize(
    ("amounts", "said"),
    [
        ((), "How much was paid is not available."),
        ((5.0, 5.0, 5.0, 0.0), "Out of 100 euro admitted, 0 are recorded as paid."),
        ((5.0, 5.0, 5.0, 5.0), "Out of 100 euro admitted, 100 are recorded as paid."),
        ((5.0, 4.0, 5.0, 5.0), "Out of 100 euro admitted, 125 are recorded as paid. This is more than was admitted."),
    ],
)
def test_the_sentence_holds_in_english(amounts: tuple[float | None, ...], said: str) -> None:
    undated = " The source does not say as of which day." if amounts else ""
    assert finding(*amounts, language=ENGLISH) == f"{said}{undated}"


def test_every_amount_that_is_known_is_on_the_page_of_its_project(built_site: Path) -> None:
    with (ROOT / "datasets/source/funding.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        html = (built_site / "progetti" / row["project_code"].lower() / "index.html").read_text("utf-8")
        for name in [*(f"{stage}_eur" for stage in STAGES), "stated_eur"]:
            if row[name]:
                assert f"{Decimal(row[name]):,.2f}".translate(str.maketrans(",.", ".,")) in html, (row, name)


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (None, "2020-10-31", "Fine indicata 31 ottobre 2020"), (None, "2099-10-31", "Fine indicata 31 ottobre 2099"),
        (None, "2020-10", "Fine indicata ottobre 2020"), ("2016-07", None, "Inizio indicato luglio 2016"),
        ("2016", "2020", "Inizio e fine indicati 2016 – 2020"), (None, None, ""),
    ],
)
def test_the_page_says_which_end_the_source_states_and_not_that_it_was_due(
    start: str | None, end: str | None, said: str,
) -> None:
    project = {"start_date": start, "end_date": end, "beneficiary": None, "rup": None, "money": None}
    facts = macros(ITALIAN, "money/project_more.html")
    assert plain(facts.key_facts(project)) == said  # type: ignore[attr-defined]


def test_totals_are_over_complete_projects_only_and_to_the_cent() -> None:
    projects = [
        {"money": money([observation(None, 0.1, 0.1, 0.1, 0.1)]), "end_date": "2020-12-31"},
        {"money": money([observation(None, 0.2, 0.2, 0.2, 0.0)]), "end_date": "2020-12-31"},
        {"money": money([observation(None, 9.0, 9.0, None, 9.0)]), "end_date": None},
        {"money": None},
    ]
    shown = overview(Release({}, {"resources": []}, today=date(2021, 1, 1)), projects)
    assert shown["past_end"] == [projects[1]]  # the first is paid in full, the third has no end
    assert {stage: found.value for stage, found in shown["totals"].items()} == {
        stage: exact(0.1 if stage == "paid" else 0.3) for stage in STAGES}
    assert (shown["share"].value, shown["share"].known, shown["share"].of) == (exact(33.33), 2, 4)
    assert [len(shown[name]) for name in ("projects", "in_part", "silent")] == [2, 1, 1]


def test_the_city_with_most_projects_comes_first_then_the_alphabet() -> None:
    projects = [{"place": place} for place in (None, None, None, "Roma", "Bari", "Torino", "Torino")]
    assert [one["place"] for one in by_city(projects)] == ["Torino", "Torino", "Bari", "Roma", None, None, None]
    assert by_city([]) == []


def test_allocations_are_listed_by_city_then_by_programme() -> None:
    names = [("Bari", "P"), (None, "P"), (None, "P"), (None, "P"), ("Torino", "P"), ("Torino", "P"), (None, None)]
    allocations = [{"allocation_id": str(n), "city": city, "programme": programme}
                   for n, (city, programme) in enumerate(names)]
    shown = context(Release({"allocations": allocations}, {"resources": []}, today=date(2021, 1, 1)), "it")
    assert [(name, len(rows)) for name, rows in shown["allocations"]] == [
        ("Torino", 2), ("Bari", 1), ("P", 3), (None, 1)]
    assert shown["indicators"] == []


@pytest.mark.parametrize(
    ("column", "value", "cell"),
    [("paid_eur", 1864908.0, "1864908.00"), ("paid_eur", 357367903853.1, "357367903853.10"), ("value", 30.0, "30"),
     ("share_of_admitted", 0.00001, "0.00001"), ("value", 1e16, "10000000000000000"), ("value", None, None),
     ("axis", 3, 3)],
)
def test_numbers_in_the_preview_are_plain(column: str, value: object, cell: object) -> None:
    assert written(column, exact(value) if isinstance(value, float) else value) == cell


def tiny_release() -> Release:
    """Seven projects without a title, in two languages; one whose amounts break their order."""
    def finding(number: str, dataset: str, check: str, column: str, *keys: str) -> list[dict[str, Any]]:
        words = {f"{kind}_{lang}": f"{kind} {lang}" for kind in ("message", "remedy") for lang in ("it", "en")}
        return [{"finding_id": f"{number}{key}", "dataset": dataset, "check": check, "column": column, "row_key": key,
                 "value": None, **words} for key in keys]

    titles = [{"project_code": f"P{n}", "language": lang, "title": None} for n in range(7) for lang in ("it", "en")]
    amounts = [{"project_code": f"P{n}", "observed_on": None} for n in range(7)]
    schemas = {"project_texts": ["project_code", "language"], "funding": ["project_code", "observed_on"]}
    about = {"expectations": [{
        "type": "ExpectColumnPairValuesAToBeGreaterThanB", "args": {"column_A": "a", "column_B": "b"},
        "severity": "warning", "because": {"it": "perché", "en": "because"}, "message": {"it": "a < b", "en": "a < b"},
    }]}
    quality = [
        *finding("1", "project_texts", "empty-cell", "title",
                 *(f"P{n}|{language}" for n in range(7) for language in ("en", "it"))),
        *finding("2", "funding", "wrong-order", "a, b", "P6|"),
        *finding("3", "rooms", "stale", "seen_on", ""),
    ]
    package = {"resources": [{"name": name, "schema": {"primaryKey": key}} for name, key in schemas.items()]}
    records = {"project_texts": titles, "funding": amounts, "quality": quality}
    return Release(records, package, {"funding": about}, today=date(2021, 1, 1))


def test_each_project_has_every_finding_about_it_once() -> None:
    found = by_project(tiny_release(), "it")
    assert {code: sorted(row["check"] for row in rows) for code, rows in found.items()} == {
        **{f"P{n}": ["empty-cell"] for n in range(6)}, "P6": ["empty-cell", "wrong-order"]}
    held = [value for rows in found.values() for row in rows for value in row.values()]
    assert not [value for value in held if isinstance(value, list)], "rows of other projects: as many as there are"


def test_a_finding_says_why_its_check_is_there() -> None:
    found = findings(tiny_release(), "en")
    assert [(row["check"], row["rows"], row["because"]) for row in found] == [
        ("wrong-order", 1, "because"), ("empty-cell", 14, None), ("stale", 1, None)]
    assert found[1]["row_key"] == "P0|en ; P0|it ; P1|en ; P1|it ; P2|en"
    assert findings(tiny_release(), "fr")[1]["message"] == "message it"
    limit = {"because": {"it": "sì"}}
    kinds = declared({"rows": {"min": 3, **limit}, "freshness": {"column": "d", "max_age_days": 9, **limit}}, "it")
    assert [(c["kind"], c["columns"], c["limit"]) for c in kinds] == [("rows", "", 3), ("freshness", "d", 9)]


