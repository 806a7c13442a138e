"""What people take away from a desk: read back by readers made by others, and true to the timetable."""

from __future__ import annotations

import io
import json
import re
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import numpy
import pytest
import vobject
import zxingcpp
from icalendar import Calendar, vText
from pypdf import PdfReader
from support.release import example, records
from support.repository import ROOT

from etl.domain.hours import Band, Timetable, open_days
from etl.runtime.tables import read_release
from etl.web import desk_files
from etl.web.pages.desks.view import known_desks

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROME = ZoneInfo("Europe/Rome")
TODAY = date(2026, 11, 25)
TABLE = Timetable((Band(0, "09:00", "12:00"), Band(5, "09:00", "13:00", week=-1)),
                  ((date(2027, 8, 2), date(2027, 8, 20)),), patron="TO")
DESK = {"desk_id": "prova", "name": "Sportello; «prova», uno", "phones": [("02 1", "+39021")], "email": "a@example.org",
        "address": "via Roma 1, scala B", "municipality": "Torino", "postal_code": "10121", "website": None}
DESKS = records("desks")


def test_the_contact_card_is_read_back_whole() -> None:
    data = desk_files.card(DESK, "https://example.org/sportelli/prova/")
    assert data.startswith(b"BEGIN:VCARD\r\nVERSION:4.0\r\n")
    read = vobject.readOne(data.decode())
    assert read.fn.value == DESK["name"]
    assert (read.adr.value.street, read.adr.value.city, read.adr.value.code) == (
        "via Roma 1, scala B", "Torino", "10121")
    assert [read.tel.value, read.email.value] == ["+39021", "a@example.org"]
    assert read.source.value == "https://example.org/sportelli/prova/"


def test_what_is_not_known_is_not_on_the_card() -> None:
    bare = {**DESK, "phones": [], "email": None, "address": None, "municipality": None}
    names = {line.split(":")[0].split(";")[0] for line in desk_files.card(bare, "https://x/").decode().splitlines()}
    assert not names & {"TEL", "EMAIL", "ADR", "URL"}


@pytest.mark.parametrize("text", ["a\nb", "a\r\nb\r\nEND:VCARD", "a\\Nb", "a;b,c:d"])
def test_lines_and_signs_in_a_text_stay_in_it(text: str) -> None:
    """A name of two lines ended the build in an error of the library, and no sign of a name was escaped."""
    desk = {**DESK, "name": text, "phones": [(text, "")], "email": text, "address": text}
    read = vobject.readOne(desk_files.card(desk, "https://example.org/").decode())
    plain = text.replace("\r\n", "\n").replace("\\N", "\n")
    assert [read.fn.value, read.tel.value, read.email.value] == [plain] * 3
    data = desk_files.calendar(desk, TABLE, TODAY, "https://example.org/x/", text, "Abitare")
    assert b"X-WR-CALNAME:" + vText(plain).to_ical() in data.split(b"\r\n")
    calendar = Calendar.from_ical(data)
    assert {event["summary"] for event in calendar.walk("VEVENT")} == {plain}


def occurrences(data: bytes) -> set[tuple[datetime, datetime]]:
    """Every opening in a calendar file, as vobject reads its rules and exceptions."""
    found = set()
    for event in vobject.readOne(data.decode()).vevent_list:
        length = event.dtend.value - event.dtstart.value
        for start in event.getrruleset(addRDate=True):
            local = start.replace(tzinfo=None)
            found.add((local, local + length))
    return found


def bands(table: Timetable) -> set[tuple[datetime, datetime]]:
    """The same by the timetable."""
    return {
        (datetime.fromisoformat(f"{day}T{opens}"), datetime.fromisoformat(f"{day}T{closes}"))
        for day, hours in open_days(table, TODAY, desk_files.DAYS + 1)
        for opens, closes in hours
    }


def test_the_calendar_says_what_the_timetable_says_for_a_year() -> None:
    data = desk_files.calendar(DESK, TABLE, TODAY, "https://example.org/x/", "nota", "Abitare")
    assert occurrences(data) == bands(TABLE)
    read = Calendar.from_ical(data)
    assert [event["summary"] for event in read.walk("VEVENT")] == [DESK["name"]] * 2
    assert read.walk("VTIMEZONE")


def test_the_published_calendars_say_what_may_be_told_from_the_day_of_the_build_on(built_site: Path) -> None:
    day = json.loads((built_site / "release.json").read_text("utf-8"))["date"]
    desks = known_desks(read_release(built_site / "dati", day), "it")
    assert [desk["desk_id"] for desk in desks if desk["opening"]]
    for desk in desks:
        path, table = built_site / "sportelli" / desk["desk_id"] / "aperture.ics", desk["table"]
        expected = {
            (datetime.fromisoformat(f"{day}T{opens}"), datetime.fromisoformat(f"{day}T{closes}"))
            for day, hours in (open_days(table, date.fromisoformat(day), desk_files.DAYS + 1) if table else ())
            for opens, closes in hours
        }
        assert path.exists() is bool(expected)
        assert (occurrences(path.read_bytes()) if expected else set()) == expected


def test_every_desk_has_a_card_and_a_code_in_each_language(built_site: Path) -> None:
    assert DESKS
    for desk in DESKS:
        folder = built_site / "sportelli" / desk["desk_id"]
        assert vobject.readOne((folder / "contatto.vcf").read_text("utf-8")).fn.value == desk["name"]
        for path in (folder, built_site / "en" / "desks" / desk["desk_id"]):
            assert {"qr.svg", "volantino.pdf"} <= {file.name for file in path.iterdir()}


@pytest.mark.parametrize("folder", ["sportelli", "en/desks"])
def test_every_leaflet_is_one_tagged_sheet_with_its_facts(built_site: Path, folder: str) -> None:
    for desk in DESKS:
        data = (built_site / folder / desk["desk_id"] / "volantino.pdf").read_bytes()
        read = PdfReader(io.BytesIO(data))
        assert len(read.pages) == 1, desk["desk_id"]
        box = read.pages[0].mediabox
        assert (round(box.width), round(box.height)) == (595, 842)  # A4
        root = read.trailer["/Root"]
        assert bool(root["/MarkInfo"]["/Marked"].value)
        assert root["/Lang"][:2] == ("en" if folder.startswith("en") else "it")
        assert b"pdfuaid:part" in root["/Metadata"].get_data()
        text = " ".join(read.pages[0].extract_text().split())
        assert " ".join(desk["name"].split()) in text
        for number in (desk["phone"] or "").split("|"):
            assert number in text, desk["desk_id"]


@pytest.mark.parametrize("folder", ["sportelli", "en/desks", "ar/sportelli"])
def test_the_code_leads_to_the_page(built_site: Path, served_site: str, browser: Browser, folder: str) -> None:
    path = f"{folder}/{example('desks')['desk_id']}/"
    page = browser.new_page(viewport={"width": 400, "height": 400})
    page.goto(f"{served_site}/{path}qr.svg")
    width, height, pixels = page.evaluate("""async () => {
      const image = new Image();
      image.src = location.href;
      await image.decode();
      const canvas = document.createElementNS("http://www.w3.org/1999/xhtml", "canvas");
      canvas.width = canvas.height = 400;
      const context = canvas.getContext("2d");
      context.fillStyle = "#fff";
      context.fillRect(0, 0, 400, 400);
      context.imageSmoothingEnabled = false;
      context.drawImage(image, 0, 0, 400, 400);
      const data = context.getImageData(0, 0, 400, 400).data;
      return [400, 400, [...data].filter((_, place) => place % 4 === 0)];
    }""")
    picture = numpy.array(pixels, dtype=numpy.uint8).reshape(height, width)
    page.close()
    (code,) = zxingcpp.read_barcodes(picture)
    canonical = (built_site / path / "index.html").read_text("utf-8").split('rel="canonical" href="')[1].split('"')[0]
    assert code.text == canonical


def test_dates_run_from_the_day_of_the_build(built_site: Path) -> None:
    today = json.loads((built_site / "release.json").read_text("utf-8"))["date"]
    starts = [start for path in built_site.rglob("aperture.ics") for start, _ in occurrences(path.read_bytes())]
    assert starts
    assert min(starts).date() >= date.fromisoformat(today)
    assert max(starts).date() <= date.fromisoformat(today) + timedelta(days=desk_files.DAYS)


def test_hours_are_counted_from_the_day_of_the_build_however_old_the_data_are() -> None:
    example("desk_hours")
    release = read_release(ROOT / "datasets" / "release", "2027-02-01")
    shown = [entry["open"] for entry in known_desks(release, "it") if entry["open"]]
    days = [day[:10] for said in shown for day in said.split(";")]
    assert shown
    assert min(days) >= "2027-02-01"
    assert "2027-03-01" < max(days) < "2027-03-09"


def test_every_value_in_the_leaflet_is_escaped() -> None:
    """Typst has no autoescape: each value of the template must pass through one of the two filters."""
    template = (Path(__file__).parents[2] / "site" / "theme" / "desks" / "leaflet.typ").read_text("utf-8")
    values = re.findall(r"\{\{(.*?)\}\}", template)
    assert len(values) > 20
    bare = [value for value in values if "typst" not in value.rsplit("|", 1)[-1] and value.strip() not in SAFE]
    assert bare == []


SAFE = ("lang", '", " if not loop.last')
