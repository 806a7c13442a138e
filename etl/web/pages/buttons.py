"""Buttons: the ways to reach a desk, a body or a form, as site/theme/layout/sheet.html shows them."""

from __future__ import annotations

from typing import Any

from etl.domain.ways import Way
from etl.meta.view import Row


def action(way: Way, who: Row | None) -> dict[str, Any]:
    """A button from a way to reach somebody."""
    return {"kind": way.kind, "shown": way.shown, "href": way.href, "who": who, "notice": None}


def reached(who: Row) -> dict[str, Any] | None:
    """How a desk or a body is reached: by telephone, else by mail, else on its site; None where nothing is known."""
    phone = next(((shown, number) for shown, number in who.get("phones", ()) if number), None)
    if phone:
        return action(Way("phone", phone[0], f"tel:{phone[1]}"), who)
    if who.get("email"):
        return action(Way("email", who["email"], f"mailto:{who['email']}"), who)
    return action(Way("body", who["name"], who["website"]), who) if who.get("website") else None
