"""Who helps a person: one rule for every page, from the desk nearest to the need to whoever answers for the region.

A desk that one can call, write to or book goes before one that can only be visited, and that before one of which
nothing is known; which of several equals is the best is our choice, and pages say so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Row = Mapping[str, Any]
SOCIAL = "social_service"
PUBLIC = (SOCIAL, "borough_hall", "registry_office", "welfare_space", "public_office")
"""Kinds of offices that are for everything, not for the home."""
MUNICIPAL = ("municipal_desk", "area_public_housing_desk", SOCIAL)
"""Kinds of desks that a lead municipality answers with for the whole of its area."""
STEPS = ("own", "here", "network", "lead", "social", "region")
"""The rule, in its order. own: serves the place, or stands there, and helps with the need. here: does not say that it
helps with it. network: of a network of the place. lead: in the lead municipality of one. social: social services of the
place; without a desk where none is known. region: answers for the region, and helps with the need."""
FAR = ("call", "write", "book")
"""Ways to reach a desk without going there."""


@dataclass(frozen=True)
class Place:
    """A municipality by its ISTAT code, or one of its districts by number."""

    code: str
    district: str = ""


@dataclass(frozen=True)
class Answer:
    """One whom a person may ask. step: see STEPS. desk: an entry of known_desks; None where no desk is known.

    way: how it is reached: one of FAR, "go" (its address), "site" (only its website) or "". rests: (dataset, key) of
    the rows that say why it answers. row: that of desk_areas or network_members; None where it is the desk's own.
    """

    step: str
    desk: Row | None
    way: str
    rests: tuple[tuple[str, str], ...] = ()
    row: Row | None = None


def answers(need: str, place: Place, desks: Iterable[Row], networks: Sequence[Row]) -> list[Answer]:
    """Everybody whom a person with a need may ask in a place: the best first, then in the order of the rule. Who does
    not say that it helps is left out where somebody who does can be reached.

    desks: entries with needs, areas, serves, districts, region, doubts, public. networks: what sources say of the
    networks of the municipality (network_members), with lead_code, the ISTAT code of the lead municipality if known.
    """
    found = [answer for desk in desks if (answer := one(need, place, desk, networks))]
    if any(answer.step == "own" and answer.way in FAR for answer in found):
        found = [answer for answer in found if answer.step not in ("here", "network")]
    if not any(answer.step == "social" for answer in found):
        found.append(Answer("social", None, ""))
    found.sort(key=order)
    far = next((answer for answer in found if answer.way in FAR), None)
    best = far or next((answer for answer in found if answer.way), found[0])
    return [best, *(answer for answer in found if answer is not best)]


def one(need: str, place: Place, desk: Row, networks: Sequence[Row]) -> Answer | None:
    """Why a desk answers in a place, by the first step of the rule that holds; None where none does."""
    fits, own = need in desk["needs"], ("desks", desk["desk_id"])
    if desk["region"]:
        return Answer("region", desk, way(desk), (own,)) if fits else None
    area = serving(desk, place)
    stands = desk["istat_code"] == place.code and not desk["areas"]
    if area or (stands and not desk["public"]):
        step = "social" if desk["kind"] == SOCIAL else "" if desk["public"] else "own" if fits else "here"
        said = ("desk_areas", f"{desk['desk_id']}|{area['area_kind']}|{area['area']}") if area else own
        return Answer(step, desk, way(desk), (said,), area) if step else None
    for row in networks:
        member = ("network_members", f"{row['istat_code']}|{row['network_id']}")
        if desk["desk_id"] == row["network_id"]:
            return Answer("network", desk, way(desk), (member,), row)
        if row["lead_code"] not in (None, place.code) and desk["istat_code"] == row["lead_code"] \
                and desk["kind"] in MUNICIPAL and not desk["districts"]:
            return Answer("lead", desk, way(desk), (member, own), row)
    return None


def serving(desk: Row, place: Place) -> Row | None:
    """The row that says that a desk serves a place: its district, else all of its municipality."""
    def says(area: Row) -> bool:
        if area["area_kind"] == "district":
            return bool(place.district) and area["istat_code"] == place.code and area["area"] == place.district
        return area["area_kind"] in ("city", "municipality") and area["istat_code"] == place.code

    rows = sorted(filter(says, desk["areas"]), key=lambda area: area["area_kind"] != "district")
    return rows[0] if rows else None


def way(desk: Row) -> str:
    """How a desk is reached: by telephone, by e-mail, by booking on its site, by going there, else by its
    site alone; "" where none is known."""
    known = {"call": desk["phone"], "write": desk["email"], "book": desk["website"] and desk["appointment"],
             "go": desk["address"], "site": desk["website"]}
    return next((name for name, value in known.items() if value), "")


def order(answer: Answer) -> tuple[Any, ...]:
    """The place of an answer among all: by the rule, then what can be reached from afar, then what nothing speaks
    against, what a row ties to the place, its district first, the newest, and by name."""
    desk = answer.desk or {}
    day = str(desk.get("fact_date") or desk.get("source_date") or "")
    near = answer.row is not None and answer.row.get("area_kind") == "district"
    return (STEPS.index(answer.step), answer.way not in FAR, bool(desk.get("doubts")), answer.row is None, not near,
            [-ord(sign) for sign in day] or [0], desk.get("name", ""))
