"""Other projects beside one: those that complement it, and a few with a title to compare what is paid with."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, islice
from typing import Any

from etl.domain.doubts import about
from etl.meta.view import Alike, Row

SHOWN = 12
"""Complementary projects that a page lists for each reason; the list of the action or of the city has the others."""
COMPARED = 3
"""Projects that a page compares one with."""
NEAR = ("same_action", "same_place_3", "same_place_4", "same_place")
"""What makes another project complementary: the same action elsewhere; in the same place social services (axis 3),
housing and buildings recovered (axis 4), or another axis."""


class Near:
    """Which projects are complementary to one, found without comparing each with each."""

    def __init__(self, projects: list[dict[str, Any]]) -> None:
        self._said = {project["project_code"]: named(project) for project in projects}
        # (why, group) -> action -> projects
        self._groups: dict[tuple[Any, ...], dict[str | None, list[dict[str, Any]]]] = {}
        self._first: dict[tuple[Any, ...], Alike] = {}
        # (programme, axis) -> the first projects of which title and payment are known
        self._axes: dict[tuple[Any, ...], list[Row]] = {}
        for project in projects:
            action = project["action_code"]
            keys: list[tuple[Any, ...]] = [("same_action", action)] if action else []
            keys += [(in_place(project), project["programme"], project["place"])] if project["place"] else []
            for key in keys:
                self._groups.setdefault(key, {}).setdefault(action, []).append(project)
            same = self._axes.setdefault(axis_of(project), [])
            if comparable(said := self._said[project["project_code"]]) and len(same) <= COMPARED:
                same.append(said)

    def of(self, project: dict[str, Any]) -> list[dict[str, Any]]:
        """The complementary projects in the order of NEAR, each once.

        why, the first SHOWN projects, their codes in one text, how many there are more, and in all.
        """
        action = project["action_code"]
        found = []
        for why in NEAR:
            same = why == "same_action"
            key = (why, action) if same else (why, project["programme"], project["place"])
            groups = self._groups.get(key, {})
            # In the same place those of the same action are left out: they stand under it already.
            lists = [items for name, items in groups.items() if same or name is None or name != action]
            itself = same or (not action and why == in_place(project))
            if shown := self._shown((*key, action), lists, project["project_code"]):
                more = sum(map(len, lists)) - itself - len(shown)
                codes = ",".join(other["project_code"] for other in shown)
                found.append({"why": why, "projects": shown, "codes": codes, "more": more, "count": len(shown) + more})
        return found

    def _shown(self, key: tuple[Any, ...], lists: list[list[dict[str, Any]]], code: str) -> Alike:
        """The first SHOWN projects of some lists, one left out: for most that are left out they are the same."""
        if key not in self._first:
            self._first[key] = self._first_of(lists, "")
        first = self._first[key]
        return first if all(other["project_code"] != code for other in first) else self._first_of(lists, code)

    def _first_of(self, lists: list[list[dict[str, Any]]], without: str) -> Alike:
        codes = (other["project_code"] for other in chain.from_iterable(lists) if other["project_code"] != without)
        return Alike(self._said[code] for code in islice(codes, SHOWN))

    def compared(self, project: dict[str, Any], near: Iterable[dict[str, Any]]) -> list[Row]:
        """At most COMPARED projects of which title and payment are known: complementary ones, then of the same axis.

        near: what `of` gives.
        """
        candidates = chain(*(group["projects"] for group in near), self._axes[axis_of(project)])
        found = {other["project_code"]: other for other in candidates if comparable(other)}
        found.pop(project["project_code"], None)
        return list(found.values())[:COMPARED]


def named(project: dict[str, Any]) -> Row:
    """What the page of another project says of one, with the source of what is paid where that is known."""
    known = project["money"]
    paid = known and known["paid_of_100"]
    source = {name: known["row"][name] for name in ("source_url", "source_date")} if paid is not None else {}
    return {"project_code": project["project_code"], "title": project["title"], "place": project["place"],
            "language": project["text"].get("language"), "paid_of_100": paid,
            "doubts": about(known["doubts"], "paid") if known else [], **source}


def comparable(said: Row) -> bool:
    """Whether another project can be compared with: it has a name, and what is paid of it is known."""
    return said["title"] is not None and said["paid_of_100"] is not None


def axis_of(project: Row) -> tuple[Any, ...]:
    """What a project is compared in where it has no neighbours."""
    return project["programme"], project["axis_code"]


def in_place(project: Row) -> str:
    """Why a project is complementary to others in its place."""
    known = f"same_place_{project['axis_code']}"
    return known if known in NEAR else "same_place"
