"""The first screen of a service or a desk: whether it can be asked for, what to press, and what is not known."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from support.release import records

from etl.web.pages.desks import sheet as of_desk
from etl.web.pages.services.sheet import actions, first_screen, gaps, says, standing

if TYPE_CHECKING:
    from playwright.sync_api import Browser

TODAY = date(2026, 11, 29)
SERVICES = [row["service_id"] for row in records("services")]
SHEETS = [*(f"servizi/{name}" for name in SERVICES), *(f"sportelli/{row['desk_id']}" for row in records("desks"))]
MISSING = re.compile(r'class="missing"')
PHONE = (390, 844)


def service(**cells: Any) -> dict[str, Any]:
    row = {"status": "active", "available": True, "closes_on": None, "source_date": "2026-07", "office": None,
           "amount_max_eur": None, "text": {}}
    return {**row, **cells}


def desk(name: str, **cells: Any) -> dict[str, Any]:
    return {"name": name, "phones": [], "email": None, "doubts": (), "fact_date": "2026", "source_date": None, **cells}


@pytest.mark.parametrize(("cells", "expected"), [
    ({}, "open"),
    ({"source_date": "2023-09-19"}, "said"),
    ({"source_date": None}, "said"),
    ({"status": "on_call"}, "with_notice"),
    ({"status": "on_call", "closes_on": "2025-12-29"}, "with_notice"),
    ({"closes_on": "2026-11-28"}, "over"),
    ({"closes_on": "2026-11"}, "open"),
    ({"available": False, "status": "dated"}, "over"),
])
def test_a_service_can_be_asked_for_only_as_its_row_says(cells: dict[str, Any], expected: str) -> None:
    assert standing(service(**cells), TODAY) == expected


CALLED = desk("Alfa", phones=[("02 123456", "+3902123456")])
WRITTEN = desk("Beta", email="b@example.org")
SENT = [{"target": {"organisation": {"name": "Ente", "website": "https://example.org"}}}]
ONLINE = {"how_to_apply": "Chiama lo 02 654321 o vai su domande.example.org."}


@pytest.mark.parametrize(("italian", "desks", "sent", "can_apply", "pressed"), [
    (ONLINE, [CALLED], [], True, ["https://domande.example.org", "tel:+3902654321"]),
    (ONLINE, [CALLED], [], False, ["tel:+3902654321", "tel:+3902123456"]),
    ({}, [WRITTEN], SENT, True, ["mailto:b@example.org", "https://example.org"]),
    ({}, [], SENT, False, ["https://example.org"]),
    ({}, [desk("muto")], [], True, []),
    ({}, [WRITTEN, CALLED, desk("C", email="c@example.org", fact_date="2024")], [], True,
     ["mailto:b@example.org", "tel:+3902123456", "mailto:c@example.org"]),
    ({}, [desk(str(n), email=f"{n}@example.org") for n in range(4)], [], True, ["#access"]),
    ({}, [desk("D", email="d@example.org", doubts=("old",)), CALLED], [], True,
     ["tel:+3902123456", "mailto:d@example.org"]),
])
def test_the_button_is_the_best_way_that_rows_give(
    italian: dict[str, Any], desks: list[Any], sent: list[Any], can_apply: bool, pressed: list[str],
) -> None:
    assert [one["href"] for one in actions([], italian, desks, sent, can_apply=can_apply)] == pressed


def test_the_form_of_a_notice_comes_first_and_goes_with_it() -> None:
    form = {"notice_id": "n", "title": "Avviso", "channels": "online|desk", "application_url": "https://form.example.org"}
    book = {"notice_id": "m", "title": "Visita", "channels": "booking", "application_url": "https://book.example.org"}
    pressed = actions([form, book], ONLINE, [CALLED], [], can_apply=True)
    assert [(one["kind"], one["notice"]) for one in pressed] == [("online", "n"), ("booking", "m")]
    pressed = actions([form], ONLINE, [CALLED], [], can_apply=True)
    assert [one["href"] for one in pressed] == ["https://form.example.org", "tel:+3902654321"]


def test_an_amount_is_said_once() -> None:
    assert says("Fino a 12.000 euro.", 12000.0)
    assert says("最高 12000 欧元", 12000.0)
    assert not says("1.200 euro per un 3+2.", 2000.0)
    told = service(amount_max_eur=2000.0, text={"what_you_get": "1.200 euro."})
    shown = first_screen(told, [], [], {}, [], [], TODAY)
    assert shown["more"] == 2000.0


def test_what_is_not_known_is_counted_and_somebody_in_charge_is_no_gap() -> None:
    said = {"requirements": "x", "how_to_apply": "x", "documents": "x", "what_you_get": "x", "deadlines": "x"}
    assert gaps(service(), said, given=False, ruled=False) == ["cost", "office"]
    assert gaps(service(office="Ufficio"), said, given=False, ruled=False) == ["cost"]
    assert gaps(service(), {**said, "requirements": None, "cost": "x"}, given=True, ruled=True) == []


def office(**cells: Any) -> dict[str, Any]:
    row = dict.fromkeys(of_desk.ASKED)
    return {**row, "name": "Alfa", "phones": [], "ask": {"sent": [], "bodies": []}, "needs": [], "text": {}, **cells}


@pytest.mark.parametrize(("cells", "pressed"), [
    ({"phones": [("02 12", "+390212"), ("interno 3", "")], "email": "a@example.org"},
     ["tel:+390212", "mailto:a@example.org"]),
    ({"website": "https://alfa.example.org"}, ["https://alfa.example.org"]),
    ({"ask": {"sent": SENT, "bodies": []}}, ["https://example.org"]),
    ({"ask": {"sent": [], "bodies": [{"name": "Senza sito"}]}}, []),
])
def test_the_button_of_a_desk_is_its_own_way_or_whom_its_source_sends_to(
    cells: dict[str, Any], pressed: list[str],
) -> None:
    assert [one["href"] for one in of_desk.actions(office(**cells))] == pressed


def test_hours_in_words_are_hours_and_those_of_the_telephone_are_not() -> None:
    assert "hours" not in of_desk.gaps(office(text={"hours_note": "Il primo lunedì."}))
    assert of_desk.gaps(office(answers=[{}]))[0] == "hours"


@pytest.mark.parametrize("name", SHEETS)
def test_gaps_are_one_folded_line_and_not_a_row_of_holes(built_site: Path, name: str) -> None:
    """19 of 23 sheets of services had up to six lines of "non disponibile", those of desks 7.6 of them."""
    page = (built_site / name / "index.html").read_text("utf-8")
    main = page[page.index("<main"):page.index("</main>")]
    assert "non disponibile" not in main
    holes = len(MISSING.findall(main))
    folded = re.search(r'<details class="fold" id="gaps">.*?<ul>(.*?)</ul>', main, re.DOTALL)
    assert (folded[1].count("<li>") if folded else 0) >= holes


def test_the_first_screen_of_a_telephone_holds_what_to_press(served_site: str, browser: Browser) -> None:
    """The first telephone of a service stood at 2,115 px. The form of a notice goes away in the hour that it closes."""
    page = browser.new_page(viewport={"width": PHONE[0], "height": PHONE[1]})
    low = {}
    for name in SHEETS:
        page.goto(f"{served_site}/{name}/", wait_until="load")  # without its stylesheet a page is longer
        low[name] = page.locator(".sheet-head .btn:visible").first.bounding_box()
    page.close()
    assert {name: box for name, box in low.items() if not box or box["y"] + box["height"] > PHONE[1]} == {}


def test_nothing_says_active_where_only_a_notice_opens_it(built_site: Path) -> None:
    for row in records("services"):
        if row["status"] == "on_call":
            page = (built_site / "servizi" / row["service_id"] / "index.html").read_text("utf-8")
            status = re.search(r'data-element="service-status">(.*?)</p>', page, re.DOTALL)
            assert status
            assert "tag-good" not in status[1]
