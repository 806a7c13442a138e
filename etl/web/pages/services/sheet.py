"""What the first screen of a service says: whether it can be asked for, how much, until when, and what to press."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from etl.domain.hours import last_day
from etl.domain.inference import recent_until
from etl.domain.ways import Way, beginning, ways
from etl.meta.view import Row
from etl.web.pages.buttons import action, reached

ASKED = ("requirements", "how_to_apply", "documents", "what_you_get", "deadlines", "cost")
"""Columns of the words of a service that answer what readers ask."""
ORDER = ("site", "phone", "email")
"""Of the ways that the words of a service name: to apply, to call, to write."""
SEVERAL = 3
"""Desks beyond which a button leads to their list."""


def first_screen(
    service: dict[str, Any], notices: list[dict[str, Any]], conditions: list[Row], italian: Row, desks: list[Row],
    sent: list[dict[str, Any]], today: date,
) -> dict[str, Any]:
    """What the first screen needs besides the row and its words.

    notices, conditions: its own. italian: the original words of the service. desks: those that give it, with their
    phones. sent: see referrals. Gives current (the notices that are not over, appointments last), standing, gets (the
    beginning of what one gets), more (the highest amount where `gets` does not say it), until (the beginning of the
    deadlines, where no notice tells them), actions and gaps.
    """
    current = sorted((notice for notice in notices if notice["part"] != "over"), key=is_booking)
    text, now = service["text"], standing(service, today)
    gets, most = beginning(text.get("what_you_get")), service["amount_max_eur"]
    return {
        "current": current, "standing": now, "gets": gets, "more": None if most is None or says(gets, most) else most,
        "until": "" if current else beginning(text.get("deadlines")),
        "gaps": gaps(service, text, given=bool(desks), ruled=bool(conditions)),
        "actions": actions(current, italian, desks, sent, can_apply=now in ("open", "said")),
    }


def standing(service: Row, today: date) -> str:
    """Whether a service can be asked for, as its row says it.

    open: its source of the last two years says so. said: an older or undated source does. with_notice: only while a
    notice is open. over: its own last day is past, or it is announced, closed or not sure.
    """
    ends, recent = last_day(service["closes_on"]), recent_until(service["source_date"])
    if service["status"] == "on_call":
        return "with_notice"
    if not service["available"] or (ends and ends < today):
        return "over"
    return "open" if recent and recent >= today else "said"


def says(text: str, amount: Any) -> bool:
    """Whether a text holds an amount in whole euro, however its thousands are written."""
    return str(int(amount)) in re.findall(r"\d+", re.sub(r"(?<=\d)[.,\s'’](?=\d{3})", "", text))


def actions(
    notices: list[dict[str, Any]], italian: Row, desks: list[Row], sent: list[dict[str, Any]], *, can_apply: bool,
) -> list[dict[str, Any]]:
    """What to press, the first the best: the form of a notice, then as the service's own words say, then the desks that
    give it, those without a doubt and of the newest fact first, then whom its source sends to. Two, or one for each of
    a few desks; none where nothing is known.

    Each has kind (online, booking, page, site, phone, email, body, desks), shown, href, who (the desk or body, None
    where the words say it) and notice, which takes the button away when it ends. The words name no site where a notice
    leads to its own, or where the service cannot be asked for.
    """
    forms = [form(notice) for notice in notices if notice["application_url"]]
    own = sorted(ways(italian.get("how_to_apply")), key=lambda way: ORDER.index(way.kind))
    found = [*forms, *(action(way, None) for way in own if way.kind != "site" or (can_apply and not forms))]
    newest = sorted(desks, key=lambda desk: desk["fact_date"] or desk["source_date"] or "", reverse=True)
    given = [one for one in map(reached, sorted(newest, key=lambda desk: bool(desk["doubts"]))) if one]
    told = [one for one in (reached(row["target"].get("desk") or row["target"].get("organisation") or {})
                            for row in sent) if one]
    if len(given) > SEVERAL:
        given = [action(Way("desks", str(len(given)), "#access"), None)]
    distinct = list({one["href"]: one for one in [*found, *given, *told]}.values())
    return distinct[:2 if found else max(2, len(given))]


def is_booking(notice: dict[str, Any]) -> bool:
    """Whether a notice leads to an appointment and not to a form."""
    return "booking" in (notice["channels"] or "")


def form(notice: dict[str, Any]) -> dict[str, Any]:
    """The button of a notice: to its form, to an appointment, or to the page that says how."""
    kind = "booking" if is_booking(notice) else "online" if "online" in (notice["channels"] or "") else "page"
    return {**action(Way(kind, notice["title"], notice["application_url"]), None), "notice": notice["notice_id"]}


def gaps(service: Row, text: Row, *, given: bool, ruled: bool) -> list[str]:
    """What nobody says of a service: columns of ASKED, and `office` where nobody is known to be in charge.

    given: whether a desk gives it. ruled: whether its conditions say who can ask. site/theme/layout/sheet.html has the
    words of each.
    """
    unknown = [column for column in ASKED if not text.get(column) and not (ruled and column == "requirements")]
    return [*unknown, *([] if given or service["office"] else ["office"])]
