"""What happens to a person, step by step: what the rows say stands on its page, in order."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html
from support.repository import TESTS

if TYPE_CHECKING:
    from playwright.sync_api import Browser

with (TESTS / "domain" / "deadline_cases.csv").open(encoding="utf-8", newline="") as file:
    CASES = list(csv.DictReader(file))
COUNT = """(cases) => cases.map((one) => {
  const form = document.getElementById("dates");
  form.reset();
  const term = document.querySelector("#deadlines [data-from]");
  Object.assign(term.dataset, {value: one.value, unit: one.unit, kind: one.kind});
  form.elements[term.dataset.from].value = one.day;
  form.dispatchEvent(new Event("input"));
  return term.querySelector(".mine").dataset.day;
})"""


def rows(site: Path, name: str) -> list[dict[str, Any]]:
    path = site / "dati" / f"{name}.json"
    if not path.exists():
        pytest.skip(f"this city has no table {name}")
    found: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))["records"]
    return found


def page_of(site: Path, situation: str, language: str = "") -> str:
    return (site / language / "situazioni" / situation / "index.html").read_text("utf-8")


def counted(site: Path) -> str:
    """A situation with a deadline."""
    return next((row["situation_id"] for row in rows(site, "steps") if row["deadline_value"] is not None), "") \
        or pytest.skip("no deadline")


def test_every_step_stands_on_the_page_of_its_situation_in_its_order(built_site: Path) -> None:
    steps = rows(built_site, "steps")
    for situation in {row["situation_id"] for row in steps}:
        text = page_of(built_site, situation).split('id="deadlines"')[0]
        told = re.findall('data-fact="steps ([^"]+)"', page_of(built_site, situation))
        assert {row["step"] for row in steps if row["situation_id"] == situation} == set(told)
        own = [row["step"] for row in sorted(steps, key=lambda row: row["position"])
               if row["situation_id"] == situation and row["kind"] == "path"]
        places = [text.index(f'data-fact="steps {name}"') for name in own]
        assert places == sorted(places)


def test_each_page_says_whom_to_call_or_where_to_go_and_that_it_is_no_legal_advice(built_site: Path) -> None:
    for row in rows(built_site, "situations"):
        document = html.fromstring(page_of(built_site, row["situation_id"]))
        first = document.xpath("//*[contains(@class, 'calling')]")[0]
        assert first.xpath(".//a[starts-with(@href, 'tel:')] | .//bdi"), row["situation_id"]
        assert "non una consulenza legale" in document.text_content()
        before = document.xpath("//main//*[self::h1 or self::h2]")
        assert before[0].tag == "h1"


def test_nobody_is_told_to_call_what_others_activate(built_site: Path) -> None:
    assert [row["contact_id"] for row in rows(built_site, "emergency_contacts")
            if row["kind"] == "out_of_hours" and (row["phone"] or row["dial"])] == []


def test_every_number_of_the_emergency_card_can_be_called_and_has_its_date(built_site: Path) -> None:
    known = {row["contact_id"]: row for row in rows(built_site, "emergency_contacts")}
    document = html.fromstring((built_site / "situazioni" / "index.html").read_text("utf-8"))
    calls = document.xpath("//*[contains(@class, 'calls')]/li")
    chosen = sorted((row for row in known.values() if row["card"]), key=lambda row: row["card"])
    assert [call.get("data-fact").split()[1] for call in calls] == [row["contact_id"] for row in chosen]
    for call in calls:
        row = known[call.get("data-fact").split()[1]]
        assert call.xpath(".//a/@href") == ([f"tel:{row['dial']}"] if row["phone"] else [])
        assert call.xpath(".//time") or "La fonte è senza data." in call.text_content()


def test_deadlines_are_worked_out_without_a_script_as_an_example(built_site: Path) -> None:
    text = page_of(built_site, counted(built_site))
    terms = html.fromstring(text).xpath("//*[@id='deadlines']//li")
    assert terms
    assert all("Esempio: dal " in term.text_content() for term in terms)
    assert 'data-inferred="deadlines"' in text


def test_the_page_counts_the_days_as_the_program_does_and_keeps_them(
    built_site: Path, served_site: str, browser: Browser
) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(f"{served_site}/situazioni/{counted(built_site)}/", wait_until="networkidle")
    asked: list[str] = []
    # Browsers may ask for the icon of a page at any time.
    page.on("request", lambda request: request.url.endswith(".svg") or asked.append(request.url))
    assert page.evaluate(COUNT, CASES) == [case["due"] for case in CASES]
    assert asked == []
    assert page.evaluate("[localStorage.length, sessionStorage.length, location.search]") == [0, 0, ""]
    page.close()


def test_home_begins_with_situations_and_ends_with_the_data(built_site: Path) -> None:
    known = sorted(rows(built_site, "situations"), key=lambda row: row["position"])
    text = (built_site / "index.html").read_text("utf-8")
    main = html.fromstring(text).get_element_by_id("main")
    links = main.xpath(".//*[contains(@class, 'situations')]//a")
    assert [link.get("href") for link in links] == [f"./situazioni/{row['situation_id']}/" for row in known]
    assert [link.get("class") == "urgent" for link in links] == [row["urgent"] for row in known]
    order = ['class="situations', 'id="closing"', 'id="home-desks"', 'id="emergency"', 'id="home-money"',
             'id="home-data"']
    places = [text.index(sign) for sign in order if sign in text]
    assert places == sorted(places)
    assert len(places) >= 3
