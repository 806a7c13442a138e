"""Agencies and networks of municipalities, as sources of different years name them: each with its date."""

from __future__ import annotations

from typing import Any

from etl.meta.model import Release
from etl.meta.view import Row, by_key, codes, grouped, in_language, rows
from etl.web.lineage import once


@once
def memberships(release: Release, language: str) -> dict[str, list[dict[str, Any]]]:
    """ISTAT code -> what sources say of its networks, the newest first: the row, its `network`, its `fact`, and
    lead_code, the ISTAT code of the lead municipality where one is named."""
    networks = by_key(rows(release, "networks"), "network_id")
    codes = {row["name"]: row["istat_code"] for row in rows(release, "municipalities")}
    told = [
        {**row, "network": networks[row["network_id"]], "fact": in_language(row, "fact", language),
         "lead_code": codes.get(networks[row["network_id"]]["lead"])}
        for row in rows(release, "network_members")
        if row["network_id"] in networks
    ]
    return grouped(sorted(told, key=day_of, reverse=True), "istat_code")


def known_networks(release: Release, language: str) -> list[dict[str, Any]]:
    """One entry per network, the newest first: its row; its members by name, and `told`, the rows that say so of each
    in the same order; the `fact` that holds for them all."""
    names = {row["istat_code"]: row["name"] for row in rows(release, "municipalities")}
    told = [{**row, "name": names[code]} for code, found in memberships(release, language).items() if code in names
            for row in found]
    members = grouped(sorted(told, key=lambda row: row["name"]), "network_id")
    return [
        {**row, "members": [(told["name"], told["istat_code"]) for told in found], "told": found, "fact": shared(found)}
        for row in sorted(rows(release, "networks"), key=lambda row: (day_of(row), row["name"]), reverse=True)
        if (found := members.get(row["network_id"], []))
    ]


def networks_by_kind(release: Release, language: str) -> list[tuple[str, list[dict[str, Any]]]]:
    """The networks under the kinds that there are of them, in the order of the schema."""
    found = grouped(known_networks(release, language), "kind")
    return [(kind, found[kind]) for kind in codes(release, "networks", "kind") if kind in found]


def day_of(row: Row) -> str:
    """The day to put rows in order by: of the fact, else of the source; rows without one are the oldest."""
    return str(row["as_of"] or row["source_date"] or "")


def shared(members: list[dict[str, Any]]) -> tuple[str, str] | None:
    """What a source says of all members of a network alike; None where it says different things."""
    facts = {member["fact"] for member in members}
    return facts.pop() if len(facts) == 1 else None
