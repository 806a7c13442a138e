"""The files beside the page of each desk: contact card, calendar, QR code, leaflet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from writer import Writer

from etl import desk_files
from etl.model import LANGUAGES, Page
from etl.pages.desks import FILES, HOURS_CHANGE, released

TEMPLATE, LEAFLET = "desk.html", "leaflet.typ"


def files_of_desks(writer: Writer, fonts: Path) -> Iterator[tuple[str, bytes]]:
    """(path in the site, content) of every file; card and calendar once, the others for each language that has them."""
    for page in writer.pages:
        if page.template == TEMPLATE:
            yield from files_of(writer, page, fonts)


def files_of(writer: Writer, page: Page, fonts: Path) -> Iterator[tuple[str, bytes]]:
    """The files of the page of one desk in one language."""
    desk, folder = page.context["desk"], page.path.removesuffix("index.html")
    address = writer.config.site_url + folder
    picture = desk_files.code(address)
    yield folder + FILES["code"], picture
    if page.context["printed"]:
        source = writer.render(Page(page.id, page.language, page.path, LEAFLET, page.context))
        yield folder + FILES["leaflet"], desk_files.leaflet(source, picture, fonts)
    if page.language == LANGUAGES[0]:
        yield folder + FILES["card"], desk_files.card(desk, address)
        if page.context["calendar"]:
            note = writer.languages[page.language].gettext(HOURS_CHANGE)
            today = released(writer.release)
            yield folder + FILES["calendar"], desk_files.calendar(desk, desk["table"], today, address, note)
