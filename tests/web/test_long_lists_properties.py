"""Pages of lists and related projects: what holds for any number of rows."""

from __future__ import annotations

from typing import Any

from support.properties import given, st

from etl.web.pages.money.near import NEAR, SHOWN, Near
from etl.web.pages.paging import chunks, led_to


@given(st.lists(st.integers(), max_size=30), st.lists(st.integers(), max_size=30), st.integers(1, 7))
def test_pages_hold_every_row_once_and_in_order(one: list[int], two: list[int], size: int) -> None:
    parts = chunks(one, two, size=size)
    assert len(parts) == max(1, -(-max(len(one), len(two)) // size))
    for place, whole in enumerate((one, two)):
        assert [row for part in parts for row in part[place]] == whole
        assert all(len(part[place]) <= size for part in parts)


@given(st.integers(1, 120).flatmap(lambda last: st.tuples(st.integers(1, last), st.just(last))))
def test_a_page_of_a_list_leads_to_its_neighbours_the_ends_and_some_between(place: tuple[int, int]) -> None:
    number, last = place
    shown = led_to(number, last)
    assert shown == sorted(set(shown))
    assert {1, number, last, max(1, number - 1), min(last, number + 1)} <= set(shown) <= set(range(1, last + 1))
    assert len(shown) <= 19
    assert led_to(number, 10) == list(range(1, 11))


def project(code: int, action: str | None, place: str | None, axis: str) -> dict[str, Any]:
    return {"project_code": str(code), "title": None, "text": {}, "money": None, "programme": "p", "place": place,
            "action_code": action, "axis_code": axis}


PROJECTS_MADE = st.lists(
    st.tuples(st.sampled_from([None, "1.1.1", "2.2.2"]), st.sampled_from([None, "a", "b"]), st.sampled_from("134")),
    max_size=60,
).map(lambda made: [project(code, *parts) for code, parts in enumerate(made)])


@given(PROJECTS_MADE)
def test_related_projects_are_those_that_a_comparison_with_each_would_find(projects: list[dict[str, Any]]) -> None:
    near = Near(projects)
    for one in projects:
        wanted: dict[str, list[str]] = {}
        for other in projects:
            if other is one:
                continue
            if one["action_code"] and one["action_code"] == other["action_code"]:
                wanted.setdefault("same_action", []).append(other["project_code"])
            elif one["place"] and one["place"] == other["place"]:
                why = f"same_place_{other['axis_code']}"
                wanted.setdefault(why if why in NEAR else "same_place", []).append(other["project_code"])
        found = {group["why"]: group for group in near.of(one)}
        assert list(found) == [why for why in NEAR if why in wanted]
        for why, group in found.items():
            codes = [other["project_code"] for other in group["projects"]]
            assert len(set(codes)) == len(codes) == min(len(wanted[why]), SHOWN)
            assert set(codes) <= set(wanted[why])
            assert group["more"] == len(wanted[why]) - len(codes)
