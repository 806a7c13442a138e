"""Whom to ask, and what to do before going: one answer for every page, never more than the rows state."""

from __future__ import annotations

from typing import Any

from etl.meta.model import Release
from etl.meta.view import Row, by_key, grouped, in_language, phones, rows
from etl.web.kinds import N_
from etl.web.lineage import once
from etl.web.pages.services.view import known_services

FIRST = {
    "phone": N_("Telefona prima di andare."),
    "email": N_("Scrivi un’e-mail prima di andare."),
    "appointment": N_("Prendi un appuntamento prima di andare."),
}
"""What to do before going to a desk, by the first of its columns that is known."""


def before_going(desk: Row) -> str:
    """The advice that a desk's own row allows; empty where it has no telephone, no mailbox and no appointments."""
    return next((words for column, words in FIRST.items() if desk[column]), "")


def whom_to_ask(desk: Row, sent: list[dict[str, Any]], bodies: dict[str, Row]) -> dict[str, Any]:
    """Whom to ask about a desk: itself where it has a telephone or a mailbox, else whom its source sends to, else the
    body in charge as the source writes it.

    sent: see referrals. bodies: by id and by name. Gives itself (bool), sent, and bodies with their websites.
    """
    itself = bool(desk["phone"] or desk["email"])
    names = [] if itself or sent else (desk["organisation"] or "").split("; ")
    charged = [bodies.get(name) or {"name": name} for name in names if name]
    return {"itself": itself, "sent": [] if itself else sent, "bodies": charged}


@once
def known_bodies(release: Release) -> dict[str, Row]:
    """Bodies by id and by name: desks name them either way."""
    bodies = rows(release, "organisations")
    return by_key(bodies, "name") | by_key(bodies, "organisation_id")


@once
def referrals(release: Release, language: str) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """(kind, id) of who sends -> the rows that say so, each with the `target` and the words `fact` in a language.

    target: {"desk"|"service"|"organisation": its row, a desk with its phones}. A row about what is not published is
    left out: its table says why it went.
    """
    known = {
        "desk": {row["desk_id"]: {**row, "phones": phones(row)} for row in rows(release, "desks")},
        "service": by_key(known_services(release, language), "service_id"),
        "organisation": by_key(rows(release, "organisations"), "organisation_id"),
    }
    told = [
        {**row, "from": (row["from_kind"], row["from_id"]), "fact": in_language(row, "fact", language),
         "target": {row["to_kind"]: known[row["to_kind"]][row["to_id"]]}}
        for row in rows(release, "referrals")
        if row["to_id"] in known[row["to_kind"]]
    ]
    return grouped(told, "from")
