"""Cases worked by hand from the articles of Milan's agreement (rent_cases.csv): program and page agree with them.

typed: what a reader writes as square metres. own: the sub-band that they choose. chosen: what they tick, features by
their code. lacking: the first requirement of a sub-band that is not met. worked: the sum, as one does it on paper.
"""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from support.repository import ROOT

from etl.domain.rent import Home, estimate, inwards, read_size, reasons, refusal
from etl.runtime.tables import read_release

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HERE = Path(__file__).parent
with (HERE / "rent_cases.csv").open(encoding="utf-8", newline="") as file:
    CASES = [{**row, "chosen": [f"elemento-{name}" if re.fullmatch("[a-d][0-9]+", name) else name
                                for name in row["chosen"].split()]} for row in csv.DictReader(file)]
TYPE_AND_READ = """(cases) => cases.map((one) => {
  const form = document.getElementById("rent");
  form.reset();
  for (const [name, value] of Object.entries({zone: one.zone, m2: one.typed, band: one.own})) {
    form.elements[name].value = value;
  }
  for (const name of one.chosen) {
    const place = form.elements[name] ?? form.querySelector(`option[value="${name}"]`);
    if (place.type === "checkbox") place.checked = true; else place.selected = true;
  }
  form.dispatchEvent(new Event("input"));
  const lacking = [...form.querySelectorAll('#rent-why li[data-met="false"]')].find((line) => line.dataset.band);
  return {answer: form.querySelector(".rent-answer").textContent,
    error: document.getElementById("rent-error").textContent, notes: form.querySelector(".rent-notes").textContent,
    lacking: lacking ? lacking.dataset.rule : "", steps: form.querySelectorAll("#rent-steps li").length};
})"""


@cache
def tables() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    known = read_release(ROOT / "datasets" / "release").records
    return known["rent_bands"], sorted(known["rent_rules"], key=lambda rule: rule["position"])


def test_there_are_forty_cases_and_more_each_with_its_article() -> None:
    assert len(CASES) >= 40
    articles = {rule["article"] for rule in tables()[1]}
    assert all(case["article"] in articles for case in CASES)
    named = {name for case in CASES for name in [*case["chosen"], case["lacking"], case["idle"]]} - {""}
    assert named <= {rule["rule_id"] for rule in tables()[1]}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_the_program_agrees_with_paper(case: dict[str, Any]) -> None:
    bands, rules = tables()
    size = read_size(case["typed"])
    assert refusal(size, rules) == case["refused"]
    if case["refused"] or size is None:
        return
    own = int(case["own"]) if case["own"] else None
    made = estimate(bands, rules, Home(int(case["zone"]), size, case["chosen"], own))
    assert made
    low, _, high = case["sub_bands"].partition("-")
    assert made.sub_bands == (int(low), int(high or low))
    assert made.month == (int(case["low"]), int(case["high"]))
    assert " ".join(made.idle) == case["idle"]
    if [name for name in case["chosen"] if name.startswith(("elemento", "stufe"))]:
        needed = {rule["rule_id"] for rule in rules if rule["counts"] and rule["sub_band"]}
        lacking = [reason.rule for reason in reasons(rules, case["chosen"]) if reason.rule in needed and not reason.met]
        assert (lacking or [""])[0] == case["lacking"]


@pytest.mark.parametrize("path", ["canone/", "en/rent/"])
def test_the_page_agrees_with_paper(served_site: str, browser: Browser, path: str) -> None:
    page = browser.new_page()
    page.goto(f"{served_site}/{path}")
    cases = [case for case in CASES if written_alike(case, path)]
    shown = page.evaluate(TYPE_AND_READ, cases)
    said = page.evaluate("JSON.parse(document.getElementById('rent').dataset.words)")
    page.close()
    wrong = []
    for case, seen in zip(cases, shown, strict=True):
        if case["refused"]:
            head = said[case["refused"]].split("{")[0] or said[case["refused"]].split("}")[1].split("{")[0]
            right = head in seen["error"] and seen["answer"] == "" and seen["steps"] == 0
        else:
            ends = re.findall(r"\d[\d., \u202f\u00a0]*(?= €)", seen["answer"])
            right = ([re.sub(r"\D", "", end) for end in ends] == [case["low"], case["high"]] and seen["error"] == ""
                     and seen["steps"] == 6 and (said["idle"].split("{")[0] in seen["notes"]) == bool(case["idle"]))
        if [name for name in case["chosen"] if name.startswith(("elemento", "stufe"))]:
            right = right and seen["lacking"] == case["lacking"]
        wrong += [] if right else [(case["case"], seen)]
    assert wrong == []


def written_alike(case: dict[str, Any], path: str) -> bool:
    """Whether a size means the same in the language of a page: English parts thousands with a comma."""
    return not path.startswith("en/") or read_size(case["typed"]) == read_size(case["typed"], ",")


def test_no_rounded_end_leaves_its_band() -> None:
    for band in tables()[0]:
        for size in range(12, 400):
            low, high = inwards(band["min_eur_m2_year"] * size, band["max_eur_m2_year"] * size, 12)
            assert band["min_eur_m2_year"] * size <= low * 12 <= high * 12 <= band["max_eur_m2_year"] * size
    assert inwards(Decimal("100.2"), Decimal("100.9"), 1) == (100, 100)
