"""What people take away from a desk's page: contact card, calendar, QR code and a leaflet on one sheet."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Component, Event, vAdr, vRecur, vText

from etl.domain.hours import Band, Timetable, open_on
from etl.domain.notices import ZONE
from etl.meta.model import Page
from etl.web import calendars
from etl.web.codes import Codes
from etl.web.pages import KINDS
from etl.web.pages.desks.view import FILES, HOURS_CHANGE
from etl.web.theme import print_fonts
from etl.web.typesetting import Press, TypesettingError
from etl.web.writer import Writer

LEAFLET = "desks/leaflet.typ"
DAYS = 365
"""A calendar is true for a year from the build; the next build brings the next days."""
ICAL_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LOG = logging.getLogger(__name__)


def files_of_desks(writer: Writer, cache: Path, codes: Codes) -> Iterator[tuple[str, bytes]]:
    """(path in the site, content) of every file; card and calendar once, the others for each language that has them."""
    with Press(cache / "leaflets", print_fonts(cache)) as press:
        for page in writer.pages:
            if page.template == KINDS["desks"].templates[-1]:
                address = writer.config.site_url + page.path.removesuffix("index.html")
                yield from files_of(writer, page, press, address, codes.of(address))


def files_of(writer: Writer, page: Page, press: Press, address: str, picture: bytes) -> Iterator[tuple[str, bytes]]:
    """The files of the page of one desk in one language. address: of the page; picture: its QR code."""
    desk, folder = page.context["desk"], page.path.removesuffix("index.html")
    yield folder + FILES["code"], picture
    if not writer.config.is_partial(page.language):
        yield folder + FILES["leaflet"], leaflet(writer, page, press, picture)
    if page.language == writer.config.main:
        yield folder + FILES["card"], card(desk, address)
        if page.context["calendar"]:
            language = writer.languages[page.language]
            note = " ".join(filter(None, (language.gettext(HOURS_CHANGE, day=language.day(desk["hours_date"])),
                                          desk["before"] and language.gettext(desk["before"]))))
            made = calendar(desk, desk["table"], writer.release.today, address, note, writer.config.name)
            yield folder + FILES["calendar"], made


def leaflet(writer: Writer, page: Page, press: Press, picture: bytes) -> bytes:
    """One A4 sheet as tagged PDF/UA-1. Where Typst cannot make it of the texts of a desk, which no known text brings
    about, the sheet leads to the page only, and whoever builds is told: the site does not stop for it."""
    def made(**context: Any) -> bytes:
        source = writer.render(Page(page.id, page.language, page.path, LEAFLET, {**page.context, **context}))
        return press.made(source, {"qr.svg": picture}, format="pdf", pdf_standards=["ua-1"], timestamp=0)[0]

    try:
        return made()
    except TypesettingError as error:
        LOG.warning("%s: %s", page.path.replace("index.html", FILES["leaflet"]), error)
        return made(bare=True)


class Card(Component):
    """A vCard: it is written and folded like an iCalendar component."""

    name = "VCARD"


def card(desk: dict[str, Any], address: str) -> bytes:
    """The contact card of a desk (vCard 4.0), only with what is known. address: of its page."""
    made = Card()
    made.add("version", "4.0")
    made.add("kind", "org")
    made["fn"] = vText(desk["name"])
    made["org"] = vText(desk["name"])
    for written, dialled in desk["phones"]:
        made.add("tel", vText(dialled or written))
    if desk["email"]:
        made["email"] = vText(desk["email"])
    if desk["address"] or desk["municipality"]:
        parts = ("", "", desk["address"], desk["municipality"], "", desk["postal_code"], "Italia")
        made["adr"] = vAdr(tuple(part or "" for part in parts))
    if desk["website"]:
        made.add("url", desk["website"])
    made.add("source", address)
    # In the order of above: a vCard starts with its version.
    return bytes(made.to_ical(sorted=False))


def calendar(desk: dict[str, Any], table: Timetable, today: date, address: str, note: str, site: str) -> bytes:
    """The openings of a desk for a year as an iCalendar file: one repeating event per band, holidays and closures out.

    note: what every event says beside the place, e.g. that hours can change. site: the name of ours.
    """
    made = calendars.of(site, "sportelli", desk["name"])
    for number, (band, days) in enumerate(repetitions(table, today)):
        event = Event()
        event.add("uid", f"{desk['desk_id']}-{number}@{address.split('/')[2]}")
        event.add("dtstamp", datetime.combine(today, calendars.UTC_MIDNIGHT))
        event.add("summary", desk["name"])
        event.add("dtstart", moment(days[0], band.opens))
        event.add("dtend", moment(days[0], band.closes))
        event.add("rrule", vRecur(rule(band, days[-1])))
        skipped = [day for day in held(band, days[0], days[-1]) if day not in set(days)]
        if skipped:
            event.add("exdate", [moment(day, band.opens) for day in skipped])
        if desk["address"]:
            event.add("location", ", ".join(filter(None, (desk["address"], desk["municipality"]))))
        event.add("description", note)
        event.add("url", address)
        made.add_component(event)
    made.add_missing_timezones(first_date=today, last_date=today + timedelta(days=2 * DAYS))
    return bytes(made.to_ical())


def repetitions(table: Timetable, today: date) -> list[tuple[Band, list[date]]]:
    """The bands that are open in the coming year, each with its days; closed days left out."""
    end = today + timedelta(days=DAYS)
    return [(band, days) for band in table.bands
            if (days := [day for day in held(band, today, end) if open_on(table, day)])]


def held(band: Band, first: date, last: date) -> list[date]:
    """The days between two, both included, on which a band counts."""
    return [day for number in range((last - first).days + 1) if band.holds_on(day := first + timedelta(days=number))]


def moment(day: date, hour: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(hour), ZONE)


def rule(band: Band, last: date) -> dict[str, Any]:
    """How a band repeats, until its last day."""
    until = datetime.combine(last, time(23, 59, 59), ZONE).astimezone(ZoneInfo("UTC"))
    weekly = {"freq": "weekly", "byday": ICAL_DAYS[band.weekday]}
    monthly = {"freq": "monthly", "byday": f"{band.week}{ICAL_DAYS[band.weekday]}"}
    return {**(weekly if band.week is None else monthly), "until": until}
