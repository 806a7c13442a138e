"""Forty invented people (people.csv), judged by hand from the sources: evaluator, pages and script agree with them.

yes, perhaps, no: what each of the services below is to them; a service for another home is a no.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html
from support.browser import opened, until
from support.repository import ROOT

from etl.domain.conditions import AVAILABLE, CHOICES, Answers, Band, concerns, evaluate, exactly, number
from etl.meta.view import grouped
from etl.web.pages.services.checker import FOLDERS, TROUBLES

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HERE = Path(__file__).parent
CHECKER = "cosa-posso-chiedere"
SERVICES = {
    "sat": "sat-servizi-abitativi-transitori", "sap": "sap-domanda-casa-popolare",
    "giovani": "misura-unica-2025-giovani-lavoratori", "neogenitori": "contributo-neogenitori",
    "morosita": "morosita-incolpevole", "solidarieta": "contributo-regionale-solidarieta",
    "adi": "assegno-di-inclusione", "detrazione": "detrazione-inquilini",
    "detrazione_giovani": "detrazione-giovani-inquilini", "salva_fondo": "salva-affitto-fondo",
    "salva_tasso": "salva-affitto-abbattimento-tasso", "credito": "credito-solidale-abitare",
    "registrazione": "registrazione-milano-abitare", "assistenza": "assistenza-contratto-concordato",
    "rimborso": "rimborso-spese-contratto", "una_tantum": "contributo-una-tantum-proprietari",
    "ristrutturazione": "contributo-ristrutturazione",
}
SHOWN = {"yes": "yes", "perhaps": "perhaps", "stale": "perhaps", "no": "no", "other": "no"}
"""Part of a page -> what it says of the services in it."""
ANSWER_AND_READ = """people => people.map(person => {
  const form = document.getElementById("checker");
  form.reset();
  const inside = (text, value) => {
    const number = cut => Number(cut.slice(0, -1).replace(/-/g, ""));
    const [low, high] = text.split("..");
    return (!low || value > number(low) || (low.endsWith("-") && value === number(low)))
      && (!high || value < number(high) || (high.endsWith("+") && value === number(high)));
  };
  for (const radio of form.querySelectorAll("input[type=radio]")) {
    const said = person[radio.name];
    if (!said || !radio.value) continue;
    if (radio.value.includes("..") ? inside(radio.value, Number(said.replace(/-/g, ""))) : radio.value === said) {
      radio.checked = true;
    }
  }
  form.dispatchEvent(new Event("change"));
  return Object.fromEntries([...document.querySelectorAll("[data-service]")]
    .map(entry => [entry.dataset.service, entry.closest("[data-verdict]").dataset.verdict]));
})"""


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


PEOPLE = table(HERE / "people.csv")
RULES = grouped(table(ROOT / "datasets" / "source" / "conditions.csv"), "service_id")
ROWS = {row["service_id"]: row for row in table(ROOT / "datasets" / "source" / "services.csv")}


def answers(person: dict[str, str]) -> dict[str, frozenset[str] | Band]:
    """What a person of the table says."""
    return {about: frozenset(said.split("|")) if set(said.split("|")) <= set(CHOICES[about]) else exactly(said)
            for about in CHOICES if (said := person.get(about))}


def expected(person: dict[str, str]) -> dict[str, str]:
    """Service -> what the table says that it is to a person."""
    return {SERVICES[name]: told for told in ("yes", "perhaps", "no") for name in person[told].split("|") if name}


def verdict(service: str, said: Answers) -> str:
    """What the evaluator says; a service for another home is a no."""
    row = ROWS[service]
    near = concerns(row["audiences"].split("|"), said)
    return evaluate(row["status"], RULES[service], said).verdict if near else "no"


def test_forty_people_are_judged_about_every_service() -> None:
    assert len(PEOPLE) == 40
    assert all(set(expected(person)) == set(SERVICES.values()) for person in PEOPLE)


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person["person"])
def test_the_evaluator_agrees_with_paper(person: dict[str, str]) -> None:
    said = answers(person)
    assert {service: verdict(service, said) for service in SERVICES.values()} == expected(person)


def test_what_is_closed_or_old_is_never_a_yes() -> None:
    shut = [name for name, row in ROWS.items() if row["status"] not in AVAILABLE]
    assert shut
    assert {verdict(name, answers(person)) for name in shut for person in PEOPLE} <= {"perhaps", "no"}


def test_every_limit_of_a_service_is_a_condition() -> None:
    limited = {name for name, row in ROWS.items() if row["isee_max_eur"]}
    assert limited == {name for name, rules in RULES.items() if any(rule["about"] == "isee_eur" for rule in rules)}


def page_of(site: Path, said: dict[str, frozenset[str] | Band]) -> tuple[Path, dict[str, Any]]:
    """The page without a script that says most to a person, and the answers that it knows."""
    home = next(iter(said["home"])) if isinstance(said["home"], frozenset) else ""
    folder, known = site / CHECKER / FOLDERS[home]["it"], {"home": said["home"]}
    for name, codes in TROUBLES.get(home, {}).items():
        if "trouble" in said and isinstance(codes, frozenset) and said["trouble"] <= codes:
            folder, known = folder / FOLDERS[name]["it"], {**known, "trouble": codes}
    for below in folder.glob("isee-*"):
        low, _, high = below.name.removeprefix("isee-").partition("-")
        wide = Band(exactly(low).high if low != "0" else None, exactly(high).high if high else None)
        mine = said.get("isee_eur")
        if isinstance(mine, Band) and mine.low and mine.high and (not wide.low or wide.low <= mine.low) and (
                not wide.high or mine.high <= wide.high):
            return below, {**known, "isee_eur": wide}
    return folder, known


def shown(path: Path) -> dict[str, str]:
    """Service -> what a page says of it; one for another home is not shown with its rules."""
    document = html.fromstring((path / "index.html").read_text("utf-8"))
    return {entry.get("data-service"): SHOWN[part.get("data-verdict")]
            for part in document.xpath("//*[@data-verdict]") for entry in part.xpath(".//*[@data-service]")}


def test_the_pages_without_a_script_agree(built_site: Path) -> None:
    assert number("2023-01-01") == 20230101
    for person in PEOPLE:
        path, known = page_of(built_site, answers(person))
        found = shown(path)
        for service, final in expected(person).items():
            told = found.get(service, "no")
            assert told == verdict(service, known), (person["person"], service)
            assert told in (final, "perhaps"), (person["person"], service)


def test_every_result_says_what_to_do_and_every_eviction_names_the_temporary_homes(built_site: Path) -> None:
    paths = [path.parent for path in (built_site / CHECKER).rglob("index.html") if path.parent.name != CHECKER]
    assert 10 < len(paths) < 40  # fewer when fewer services are open
    for path in paths:
        document = html.fromstring((path / "index.html").read_text("utf-8"))
        entries = document.xpath("//*[@data-service]")
        assert entries
        assert document.xpath("//*[@data-ends][not(ancestor::*[@data-notice])]") == []
        assert [entry.get("data-service") for entry in entries if not entry.xpath(".//*[@data-next]//*[text()]")] == []
        assert document.xpath("//*[@data-verdict='yes' or @data-verdict='perhaps']//*[@data-service]"), path
    evictions = [path for path in paths if FOLDERS["eviction"]["it"] in path.parts]
    assert evictions
    assert all(SERVICES["sat"] in shown(path) for path in evictions)


def test_the_script_agrees(served_site: str, browser: Browser) -> None:
    url = f"{served_site}/{CHECKER}/"
    with opened(browser, url) as (page, complaints):
        until(page, "() => !document.getElementById('checker').hidden")
        found = page.evaluate(ANSWER_AND_READ, PEOPLE)
        # A reset is followed by an update of its own.
        page.wait_for_timeout(50)
        for person, said in zip(PEOPLE, found, strict=True):
            assert {name: SHOWN[said[name]] for name in SERVICES.values()} == expected(person), person["person"]
        assert complaints == []
        assert page.url == url
