"""The files beside the page of each desk: contact card, calendar, QR code, leaflet."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from etl.meta.model import LANGUAGES, Page
from etl.runtime.cache import cache_key, code_of, read_cache, write_cache
from etl.web.pages.desks import files as desk_files
from etl.web.pages.desks.desks import FILES, HOURS_CHANGE
from etl.web.theme import print_fonts
from etl.web.writer import Writer

TEMPLATE, LEAFLET = "desks/desk.html", "desks/leaflet.typ"


def files_of_desks(writer: Writer, cache: Path) -> Iterator[tuple[str, bytes]]:
    """(path in the site, content) of every file; card and calendar once, the others for each language that has them."""
    fonts, kept = print_fonts(cache), cache / "codes.json"
    program = cache_key(version("segno"), code_of("web/pages/desks/files.py"))
    known: dict[str, str] = (read_cache(kept) or {}).get(program, {})
    used: dict[str, str] = {}
    for page in writer.pages:
        if page.template == TEMPLATE:
            address = writer.config.site_url + page.path.removesuffix("index.html")
            used[address] = known.get(address) or desk_files.code(address).decode()
            yield from files_of(writer, page, fonts, address, used[address].encode())
    write_cache(kept, {program: used})


def files_of(writer: Writer, page: Page, fonts: Path, address: str, picture: bytes) -> Iterator[tuple[str, bytes]]:
    """The files of the page of one desk in one language. address: of the page; picture: its QR code."""
    desk, folder = page.context["desk"], page.path.removesuffix("index.html")
    yield folder + FILES["code"], picture
    if page.context["printed"]:
        source = writer.render(Page(page.id, page.language, page.path, LEAFLET, page.context))
        yield folder + FILES["leaflet"], desk_files.leaflet(source, picture, fonts)
    if page.language == LANGUAGES[0]:
        yield folder + FILES["card"], desk_files.card(desk, address)
        if page.context["calendar"]:
            note = writer.languages[page.language].gettext(HOURS_CHANGE)
            made = desk_files.calendar(desk, desk["table"], writer.release.today, address, note,
                                       writer.config.name)
            yield folder + FILES["calendar"], made
