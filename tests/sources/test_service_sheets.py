"""Service sheets: the same facts from every skeleton, nothing of their prose, and what nobody can tell is asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.service_sheets import (
    DATA,
    FACTS,
    FIREWALL,
    SHEET,
    SKELETONS,
    hooked,
    listing,
    whole,
    with_data,
)

from etl.sources.model import Batch, FailedSourceError, Record, Request, Response
from etl.sources.sheets import code_of, read
from etl.sources.sheets.dates import dates_in

SITE = "https://www.borgofiorito.example"
URL = f"{SITE}/servizi/fondo-affitto"
WANTED = {name: name for name in ("title", "status", "phone", "address", "closes_on", "opens_on", "isee")}


class Pages:
    """Gives pages from memory, and a fault for the addresses that it does not hold."""

    def __init__(self, pages: Mapping[str, bytes], folder: Path) -> None:
        self.pages, self.folder = pages, folder

    def get(self, url: str, kind: str, conditional: bool = True) -> Response:
        assert (kind, conditional) == ("html", False)
        if url not in self.pages:
            raise FailedSourceError("source-status", expected="404", found=url)
        path = self.folder / str(len(list(self.folder.iterdir())))
        path.write_bytes(self.pages[url])
        return Response(url, 200, "text/html", None, path, "", 1)


def asked(folder: Path, pages: Mapping[str, bytes], address: Any = None) -> Batch:
    options = {"address": address or next(iter(pages)), "hosts": ["www.borgofiorito.example"], "rows": [WANTED]}
    return read(Request("services", options, [], Pages(pages, folder), date(2026, 11, 25)))


def one(folder: Path, page: bytes) -> tuple[Record, list[str]]:
    """The record of one sheet, and the checks of what was told."""
    batch = asked(folder, {URL: page})
    (record,) = batch.records
    return record, [item.check for item in batch.findings]


@pytest.mark.parametrize("skeleton", SKELETONS)
def test_the_same_facts_from_every_skeleton(skeleton: str, tmp_path: Path) -> None:
    record, told = one(tmp_path, whole(SKELETONS[skeleton](SHEET)))
    assert {name: record.get(name) for name in FACTS} == FACTS
    assert (record["@id"], record["@url"], record["@date"]) == ("fondo-affitto", URL, "2026-11-25")
    assert not [name for name in record if name.startswith("?")]
    assert told == ["sheet-prose"]


@pytest.mark.parametrize("skeleton", SKELETONS)
def test_neither_prose_nor_people_are_taken(skeleton: str, tmp_path: Path) -> None:
    record, _ = one(tmp_path, whole(SKELETONS[skeleton](SHEET)))
    text = " ".join(record.values())
    for words in ("spera", "aspetta", "difficoltà", "regolamento", "Una prosa", "Persona", "333", "555 0999"):
        assert words not in text


def test_a_sheet_that_speaks_only_to_machines(tmp_path: Path) -> None:
    record, told = one(tmp_path, whole("<p>Pagina in costruzione.</p>", with_data()))
    assert {name: record[name] for name in ("title", "audience", "office", "phone", "address")} == {
        "title": "Fondo per l’affitto", "audience": "Inquilini", "office": "Ufficio casa", "phone": "0171 555 0101",
        "address": "Piazza dei Portici, 1, 12900 Borgofiorito"}
    assert ("status" in record, "–" in record["?status"], told) == (False, True, ["sheet-asked"])


def test_machines_and_people_are_told_the_same(tmp_path: Path) -> None:
    record, told = one(tmp_path, whole(hooked(), with_data()))
    assert {name: record.get(name) for name in FACTS} == FACTS
    assert told == ["sheet-prose"]


@pytest.mark.parametrize(("field", "changes"), [
    ("title", {"name": "Fondo casa"}),
    ("phone", {"availableChannel": {"servicePhone": "0171 555 0202"}}),
    ("address", {"availableChannel": {"serviceLocation": {"address": {
        "streetAddress": "Via Nuova 4", "postalCode": "12900", "addressLocality": "Borgofiorito"}}}}),
])
def test_data_that_contradict_the_page_are_asked(field: str, changes: dict[str, Any], tmp_path: Path) -> None:
    record, told = one(tmp_path, whole(hooked(), with_data(**changes)))
    assert field not in record
    assert record[f"?{field}"].count(" / ") >= 1
    assert "sheet-asked" in told


@pytest.mark.parametrize("data", ["{", "[" * 100_000, '{"@type": "Article"}', "null", "[1, {}]"])
def test_broken_data_hide_no_page(data: str, tmp_path: Path) -> None:
    record, told = one(tmp_path, whole(hooked(), data))
    assert {name: record.get(name) for name in FACTS} == FACTS
    assert ("sheet-data" in told) == (data[0] in "{[" and not data.startswith(("[1", '{"')))


@pytest.mark.parametrize(("words", "status"), [
    ("Servizio attivo", "active"), ("ATTIVO", "active"), ("Servizio non attivo", "closed"), ("Chiuso", "closed"),
    ("Sospeso fino a nuovo avviso", ""), ("Attivo solo il martedì", ""), ("", ""),
])
def test_only_known_words_are_a_state(words: str, status: str, tmp_path: Path) -> None:
    record, told = one(tmp_path, whole(hooked(status=words)))
    assert record.get("status", "") == status
    assert ("?status" in record) == ("sheet-asked" in told) == (not status)


@pytest.mark.parametrize(("text", "opens", "closes", "unclear"), [
    ("Dal 1 marzo 2026 al 31 dicembre 2026", "2026-03-01", "2026-12-31", 0),
    ("dal 1° marzo al 31 dicembre 2026", "2026-03-01", "2026-12-31", 0),
    ("dal 1º al 31 marzo 2026.", "2026-03-01", "2026-03-31", 0),
    ("dall’1 marzo 2026 all’8 aprile 2026", "2026-03-01", "2026-04-08", 0),
    ("dal 15/09/2026 al 30/10/26 ore 23.59", "2026-09-15", "2026-10-30T23:59", 0),
    ("Entro il 31/12/2026", "", "2026-12-31", 0), ("ENTRO IL 31 DIC. 2026", "", "2026-12-31", 0),
    ("fino al 31.12.2026 alle ore 12:00", "", "2026-12-31T12:00", 0), ("scade il 2026-12-31", "", "2026-12-31", 0),
    ("entro e non oltre le ore 13 del 1 aprile 2026", "", "2026-04-01T13:00", 0),
    ("dal 1 marzo 2026 entro le ore 12.30 del 3 aprile 2026", "2026-03-01", "2026-04-03T12:30", 0),
    ("entro il 3 aprile 2026; entro le ore 12 del 3 aprile 2026", "", "2026-04-03T12:00", 0),
    ("30 set/2026 Scadenza domande", "", "2026-09-30", 0), ("A partire dal 7-1-2027", "2027-01-07", "", 0),
    ("entro il 31 gennaio di ogni anno", "", "", 1), ("Entro il 31 novembre 2026", "", "", 1),
    ("Dal 13/25/2026", "", "", 1), ("Delibera del 3 marzo 2025. Domande entro il 30 aprile 2026", "", "2026-04-30", 1),
    ("60 giorni dalla domanda", "", "", 0), ("legge n. 431/1998", "", "", 0),
])
def test_dates_in_their_spellings(text: str, opens: str, closes: str, unclear: int) -> None:
    said = dates_in([text])
    assert ("".join(said.opens), "".join(said.closes), len(said.unclear)) == (opens, closes, unclear)


def with_calendar(body: str) -> bytes:
    return whole(hooked([(hook, heading, body if "calendar" in hook else text) for hook, heading, text in SHEET]))


@pytest.mark.parametrize(("body", "field"), [
    ("<p>Entro il 31 marzo 2026 gli anziani.</p><p>Entro il 30 aprile 2026 gli altri.</p>", "closes"),
    ("<p>Dal 1 maggio 2026 al 30 aprile 2026</p>", "closes"),
    ("<p>Entro il 31 gennaio di ogni anno</p>", "closes"), ("<p>Graduatoria del 3 marzo 2026</p>", "closes"),
])
def test_days_that_nobody_can_tell_are_asked(body: str, field: str, tmp_path: Path) -> None:
    record, told = one(tmp_path, with_calendar(body))
    assert field not in record
    assert record[f"?{field}"] == record[f"?{field}_on"]
    assert (record.get("closes_on", ""), "sheet-asked" in told) == ("", True)


def test_a_timeline_is_read_by_its_labels(tmp_path: Path) -> None:
    body = "".join(f"<div><div>{day}</div><div>{month}</div><p>{label}</p></div>" for day, month, label in (
        ("1", "mar/2026", "Apertura"), ("30", "apr/2026", "Scadenza")))
    record, _ = one(tmp_path, with_calendar(body))
    assert (record["opens_on"], record["closes_on"]) == ("2026-03-01", "2026-04-30")


@pytest.mark.parametrize(("text", "operator", "amount"), [
    ("ISEE fino a 15.000 euro", "<=", "15000"), ("ISEE 2026 inferiore a € 9.360,00", "<", "9360"),
    ("ISEE pari o inferiore a 26.000,50 €", "<=", "26000.50"), ("ISEE tra 3.000 e 9.000 euro", "", ""),
    ("ISEE superiore a 5.000 euro", "", ""), ("modello ISEE 2026", "", ""),
])
def test_the_limit_of_the_isee(text: str, operator: str, amount: str, tmp_path: Path) -> None:
    sections = [("service-addressed", "A chi è rivolto", f"<p>{text}</p>"), *SHEET[1:3]]
    record, _ = one(tmp_path, whole(hooked(sections)))
    assert (record.get("isee_operator", ""), record.get("isee", "")) == (operator, amount)
    assert ("?isee" in record) == (not amount and "euro" in text)


@pytest.mark.parametrize("page", [
    FIREWALL, b"<!DOCTYPE html><html><body></body></html>", whole("<h1>Notizie</h1><p>Cosa serve sapere.</p>"),
    b"<html>" + b"<div>" * 50_000, b"<p><" * 20_000, b"<html>" + b"<!-- a>" * 100_000, b"<a =" * 100_000,
], ids=["firewall", "empty", "news", "deep", "broken", "comments", "endless"])
def test_a_page_that_is_no_sheet_is_refused_in_words(page: bytes, tmp_path: Path) -> None:
    with pytest.raises(FailedSourceError) as error:
        asked(tmp_path, {URL: page})
    assert error.value.check == "source-web-page"
    assert "Apri l'indirizzo" in str(error.value)
    good = f"{SITE}/servizi/altro"
    batch = asked(tmp_path, {URL: page, good: whole(hooked())}, [URL, good])
    assert ([item.check for item in batch.findings if item.severity == "warning"], batch.complete) == (
        ["page-not-a-sheet"], False)


@pytest.mark.parametrize("hooks", [True, False])
def test_a_list_leads_to_its_sheets(hooks: bool, tmp_path: Path) -> None:
    start = f"{SITE}/servizi/casa"
    paths = [f"/servizi/casa/{name}" for name in ("uno", "due", "tre")]
    pages = {start: listing(*paths, "/servizi/casa/uno#dopo", hooks=hooks)} | {
        SITE + path: whole(hooked(name=path)) for path in paths}
    batch = asked(tmp_path, pages, {start: {"group": "public_housing"}})
    assert [record["@id"] for record in batch.records] == ["uno", "due", "tre"]
    assert {record["group"] for record in batch.records} == {"public_housing"}
    assert batch.complete
    del pages[SITE + paths[1]]
    batch = asked(tmp_path, pages, {start: {}})
    assert (len(batch.records), batch.complete) == (2, False)
    assert [item.check for item in batch.findings if item.severity == "warning"] == ["page-failed"]


def test_the_code_of_a_service_stays_when_its_title_changes() -> None:
    assert code_of(f"{SITE}/servizi/Fondo%20Affitti.html", "Altro") == "fondo-affitti"
    assert code_of(f"{SITE}/servizio?id=12", "Un titolo") == "un-titolo"
    assert code_of(f"{SITE}/servizi/12/", "Un titolo") == "un-titolo"
    assert DATA["@type"] == "GovernmentService"
