"""Days to remember as iCalendar files: the timeline, and the ends of notices, each with an alarm before it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, vText

from etl.domain.notices import DAY

UTC_MIDNIGHT = time(0, tzinfo=ZoneInfo("UTC"))
BEFORE = (timedelta(days=7), timedelta(days=1), timedelta(hours=3))
"""How long before the end of a notice its alarms ring."""


def of(name: str, subject: str, title: str = "") -> Calendar:
    """An empty calendar. name: of the site, which is what programs call the calendar unless there is a title."""
    made = Calendar()
    made.add("prodid", f"-//{name}//{subject}//IT")
    made.add("version", "2.0")
    made["x-wr-calname"] = vText(title or name)  # no property that the library knows to be a text, and would escape
    return made


def timeline(facts: list[dict[str, Any]], name: str, domain: str, address: str) -> bytes:
    """Facts with a whole date as an iCalendar file of all-day events. name: of the site.

    cited: the source of a fact in words. domain: what the ids of events end with. address: of the page that tells them.
    """
    made = of(name, "attivita")
    for fact in facts:
        first = date.fromisoformat(fact["date"])
        last = date.fromisoformat(fact["date_end"]) if len(fact["date_end"] or "") == 10 else first
        event = Event()
        event.add("uid", f"{fact['milestone_id']}@{domain}")
        event.add("dtstamp", datetime.combine(first, UTC_MIDNIGHT))
        event.add("dtstart", first)
        event.add("dtend", last + timedelta(days=1))
        event.add("summary", fact["text"].get("title") or fact["milestone_id"])
        told = (fact["text"].get("detail"), fact["cited"], fact["source_url"])
        event.add("description", "\n".join(filter(None, told)))
        event.add("url", f"{address}#{fact['milestone_id']}")
        made.add_component(event)
    return bytes(made.to_ical())


def deadlines(notices: Iterable[dict[str, Any]], name: str, domain: str) -> bytes:
    """The ends of notices as an iCalendar file. name: of the site. domain: what the ids of events end with.

    notices: entries with `closes_at`, the `summary` and `detail` of an event, and the `address` of the page. An end
    with an hour is a moment, one without is that whole day.
    """
    made = of(name, "avvisi")
    for notice in notices:
        stated, whole = notice["closes_at"], len(notice["closes_at"]) == DAY
        event = Event()
        event.add("uid", f"{notice['notice_id']}@{domain}")
        event.add("dtstamp", datetime.combine(date.fromisoformat(notice["day"]), UTC_MIDNIGHT))
        event.add("dtstart", date.fromisoformat(stated) if whole else datetime.fromisoformat(notice["ends"]))
        event.add("summary", notice["summary"])
        event.add("description", notice["detail"])
        event.add("url", notice["address"])
        for before in BEFORE:
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", notice["summary"])
            alarm.add("trigger", -before)
            event.add_component(alarm)
        made.add_component(event)
    return bytes(made.to_ical())
