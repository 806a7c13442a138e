"""Milan's facts that are old: hours of 2022, offices of closed notices, and what nobody has verified."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from support.release import records

from etl.domain.inference import doubts

DAY = date(2026, 11, 29)
MILO, OFFICE, AGENCY = "milo-lab-lorenteggio", "comune-milano-assegnazione-erp", "milano-abitare"
DESKS = {row["desk_id"]: row for row in records("desks")}


def test_what_a_source_says_is_apart_from_how_old_it_is() -> None:
    """A desk of September 2023 was "current", and an office of November 2025 "dated"."""
    told = {name: (row["status"], doubts(row, DAY)) for name, row in DESKS.items()}
    assert told[OFFICE] == ("with_notice", ("ended",))
    assert told[MILO] == ("continuation_not_stated", ("continuation", "old"))
    assert {row["status"] for row in DESKS.values()} == {"operating", "with_notice", "continuation_not_stated"}
    assert DESKS[OFFICE]["recent_until"] == "2027-11-20"
    recent = [row["fact_date"] for row in DESKS.values() if (row["recent_until"] or "") >= DAY.isoformat()]
    old = [row["fact_date"] or "" for row in DESKS.values() if (row["recent_until"] or "") < DAY.isoformat()]
    assert max(old) < "2024-11-29" < min(recent)


@pytest.mark.parametrize("language", ["", "en/", "es/", "fr/", "ar/", "zh/", "uk/"])
def test_milo_lab_promises_nothing(built_site: Path, language: str) -> None:
    """It opened "lunedì 30 novembre alle 14:00", by hours of August 2022 of which nobody knows whether they go on."""
    folder = built_site / language / ("desks" if language == "en/" else "sportelli") / MILO
    html = (folder / "index.html").read_text("utf-8")
    assert "14:00" in html  # what was true is told
    promises = ("upcoming", "2099", "aperture.ics", "openingHours", "OpenStreetMap):")
    assert [word for word in promises if word in html] == []
    assert not (folder / "aperture.ics").exists()
    assert 'datetime="2022-08"' in html


def test_the_page_of_milo_lab_says_why(built_site: Path) -> None:
    html = (built_site / "sportelli" / MILO / "index.html").read_text("utf-8")
    assert "La fonte non dice se continua." in html
    assert "Orari di allora: agosto 2022. Chiedi prima di andare." in html
    assert 'data-inferred="age"' in html


def test_nobody_has_verified_anything_and_every_form_says_so(built_site: Path) -> None:
    """`assured_date` of HSDS held the date of a press article, and the pages the words "Ultima verifica"."""
    for name in ("desks", "services"):
        rows = json.loads((built_site / "dati" / f"{name}.json").read_text("utf-8"))["records"]
        assert {(row["verified_on"], row["verified_by_role"], row["verified_fields"]) for row in rows} == {(None,) * 3}
        with (built_site / "dati" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            assert {row["verified_on"] for row in csv.DictReader(file)} == {""}
        book = load_workbook(built_site / "dati" / f"{name}.xlsx", read_only=True)
        heads, *cells = next(sheet for sheet in book.worksheets).iter_rows(values_only=True)
        package = json.loads((built_site / "dati" / "datapackage.json").read_text("utf-8"))
        fields = next(item["schema"]["fields"] for item in package["resources"] if item["name"] == name)
        place = heads.index(next(field["title"] for field in fields if field["name"] == "verified_on"))
        assert {row[place] for row in cells} == {None}
    with (built_site / "dati" / "hsds" / "services.csv").open(encoding="utf-8", newline="") as file:
        assert {row["assured_date"] for row in csv.DictReader(file)} == {""}
    sheet = (built_site / "servizi" / "morosita-incolpevole" / "index.html").read_text("utf-8")
    assert sheet.count("Nessuno ha ancora verificato questi dati.") == 1


@pytest.mark.parametrize(("place", "words"), [
    ("sto-perdendo-la-casa", "anche sugli sfratti"), ("non-riesco-a-pagare-l-affitto", "inquilini in difficoltà")])
def test_a_need_tells_what_a_desk_says_of_itself(built_site: Path, place: str, words: str) -> None:
    """ "Non dichiara i suoi servizi" stood under a union whose own text names evictions."""
    html = (built_site / "servizi" / "bisogni" / place / "index.html").read_text("utf-8")
    card = next(part for part in html.split("<li class=\"desk-entry") if words in part)
    assert 'data-inferred="needs"' in card
    assert "Non dichiara i suoi servizi" not in html
