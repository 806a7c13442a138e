"""What the first screen of a desk says besides its row: what to press, and what is not known of it."""

from __future__ import annotations

from typing import Any

from etl.domain.ways import Way
from etl.meta.view import Row
from etl.web.pages.buttons import action, reached

ASKED = ("hours", "phone", "email", "address", "appointment", "areas", "services", "languages", "wheelchair_access",
         "postal_code", "website")
"""What readers ask of a desk, the most useful first; site/theme/layout/sheet.html has the words of each."""
MOST = 3
"""Buttons of one desk."""


def actions(desk: dict[str, Any]) -> list[dict[str, Any]]:
    """What to press, the first the best: its telephones, its mailbox, its site; without them, whom its source sends to
    or the body in charge. None where nothing is known. See etl/web/pages/services/sheet.py for the keys of each."""
    own = [action(Way("phone", shown, f"tel:{number}"), None) for shown, number in desk["phones"] if number]
    if desk["email"]:
        own.append(action(Way("email", desk["email"], f"mailto:{desk['email']}"), None))
    if own:
        return own[:MOST]
    if desk["website"]:
        return [action(Way("body", desk["name"], desk["website"]), None)]
    targets = [row["target"].get("desk") or row["target"].get("organisation") or {} for row in desk["ask"]["sent"]]
    found = [one for one in map(reached, [*targets, *desk["ask"]["bodies"]]) if one]
    return found[:MOST]


def gaps(desk: dict[str, Any]) -> list[str]:
    """What no source says of a desk: names of ASKED. The hours of its telephone are no opening hours."""
    said: Row = {**desk, "hours": desk["hours"] or desk["text"].get("hours_note"), "services": desk["needs"]}
    return [name for name in ASKED if not said[name]]
