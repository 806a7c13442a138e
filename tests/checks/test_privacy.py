"""The privacy gate: what it must find, what it must leave alone, and that it never shows what it found."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from support.identifiers import check_letter, iban
from support.repository import ROOT

from etl.checks.identifiers import emails, fiscal_codes, ibans, mobiles
from etl.checks.personal_headings import personal_headings
from etl.checks.personal_lives import births
from etl.checks.persons import names
from etl.checks.privacy import check_privacy
from etl.meta.catalog import load_catalog
from etl.meta.errors import DeclarationError
from etl.meta.model import Dataset
from etl.meta.schemas import check_people
from etl.runtime.tables import parse_csv

FIRST = "PRVPRV80A01F205"
CODE = FIRST + check_letter(FIRST)
IBAN = iban("X0542811101000000123456")


@pytest.mark.parametrize("text", [CODE, CODE.lower(), f"CF: {CODE}.",
                                  f"{CODE[:3]} {CODE[3:6]} {CODE[6:11]} {CODE[11:]}",
                                  "PRVPRVUL" + "A01F205" + check_letter("PRVPRVULA01F205")])
def test_fiscal_codes(text: str) -> None:
    assert list(fiscal_codes(text))


@pytest.mark.parametrize("text", [IBAN, " ".join(IBAN[i : i + 4] for i in range(0, 27, 4)),
                                  f"iban {IBAN.lower()} grazie",
                                  iban("500105175407324931", "DE"),
                                  f"IBAN {IBAN} GRAZIE MILLE", f"{iban('86011117947', 'NO')} GRAZIE MILLE"])
def test_ibans(text: str) -> None:
    assert list(ibans(text))


@pytest.mark.parametrize(("find", "text"), [
    (emails, "prova.prova@gmail.com"), (emails, "scrivi a mario.prova@comune.example.it"), (emails, "x@LIBERO.IT"),
    (mobiles, "345 1234567"), (mobiles, "+39 345 123 4567"), (mobiles, "cell. 333-1234567"),
    (mobiles, "00393451234567"),
    (names, "Sig.ra Maria Prova"), (names, "chiedere del dott. Prova"), (names, "Maria Prova"), (names, "Prova Maria"),
    (births, "nato a Torino"), (names, "Signora Prova"),
])
def test_what_is_personal(find: Any, text: str) -> None:
    assert list(find(text))


@pytest.mark.parametrize(("find", "text"), [
    (emails, "info@citta.example.org"), (emails, "sportello.casa@comune.example.it"),
    (emails, "protocollo@pec.example.it"),
    (mobiles, "02 0070 7160"), (mobiles, "800 667733"), (mobiles, "€ 333.123,45"), (mobiles, "2020-03-31"),
    (mobiles, "B42G19000230006"), (mobiles, "https://example.org/3451234567"), (mobiles, "001272"),
    (names, "via Giuseppe Verdi 3"), (names, "Fondazione Aldo Moro"), (names, "Piazza San Magno"),
    (names, "La Cordata"),
    (names, "via Dott. Prova 3"), (names, "Comune di Torino"), (names, "Cologno Monzese"),
    (fiscal_codes, "TO3.1.1.b1"), (fiscal_codes, "menomumu muvi muse"),
    (fiscal_codes, "AGENZIA SOCIALE PER LA LOCAZIONE"), (ibans, "B42G19000230006"),
    (ibans, "IT SERVIZI PER LA PA"),
])
def test_what_is_not(find: Any, text: str) -> None:
    assert list(find(text)) == []


def dataset(counts: object = None, **privacy: Any) -> Dataset:
    fields = [{"name": name, "type": "string", "title": name, "kind": "text"} for name in ("key", "text", "other")]
    people = {"name": "people", "type": "integer", "title": "people"} | ({"people": counts} if counts else {})
    return Dataset("trials", {"fields": [*fields, people],
                              "primaryKey": ["key"]}, {"source": {"kind": "table"}, "privacy": privacy}, None, ())


def test_a_finding_never_shows_what_it_found() -> None:
    texts = [CODE, IBAN, "prova.prova@gmail.com", "345 1234567", "Sig.ra Maria Prova"]
    rows = [(line, {"key": text, "text": text, "other": "", "people": ""}) for line, text in enumerate(texts, 2)]
    found = check_privacy(dataset(), rows)
    assert {item.check for item in found} == {
        "privacy-fiscal-code", "privacy-iban", "privacy-email", "privacy-mobile", "privacy-name"}
    assert all(item.severity == "critical" for item in found)
    shown = repr(found)
    assert not [text for text in texts if text in shown or text[3:] in shown]


def test_a_declaration_allows_one_kind_in_one_column() -> None:
    rows = [(2, {"key": "a", "text": "Maria Prova", "other": "Maria Prova", "people": ""})]
    found = check_privacy(dataset(allow={"text": ["name"]}), rows)
    assert [(item.check, item.column) for item in found] == [("privacy-name", "other")]


def test_small_counts_are_refused() -> None:
    counts = [("people", "4"), ("people", "5"), ("people", "0"), ("homes", "1"), ("people", ""), ("people", "1")]
    rows = [(line, {"key": str(line), "text": "x", "other": unit, "people": people})
            for line, (unit, people) in enumerate(counts)]
    found = check_privacy(dataset({"smallest": 5, "where": {"other": ["people"]}}), rows)
    assert [(item.check, [row.line for row in item.rows]) for item in found] == [("privacy-small-count", [0, 5])]
    found = check_privacy(dataset({"smallest": 2}), rows)
    assert [(item.column, [row.line for row in item.rows]) for item in found] == [("people", [3, 5])]
    assert not [row for item in found for row in item.rows if row.value != "*"]


WHY = {"it": "x", "en": "x"}


@pytest.mark.parametrize("people", [
    {"smallest": 1, "because": WHY}, {"smallest": "5", "because": WHY}, {"smallest": 5, "because": {"it": "x"}},
    {"smallest": 5, "where": {"nothing": ["a"]}, "because": WHY}, {"smallest": 5, "least": 3, "because": WHY},
])
def test_a_count_of_people_that_is_not_whole_is_refused(people: dict[str, object]) -> None:
    column = {"name": "families", "type": "integer", "people": people}
    with pytest.raises(DeclarationError, match="smallest"):
        check_people(Path("schemas/x.json"), column, ["families"])


def test_what_counts_people_here_says_from_which_number_on() -> None:
    item = load_catalog(ROOT)["indicators"]
    row = {"indicator_id": "prova", "value": "4", "unit": "people"}
    assert [found.check for found in check_privacy(item, [(2, row)])] == ["privacy-small-count"]
    assert check_privacy(item, [(2, row | {"unit": "homes"}), (3, row | {"value": "5"})]) == []


def test_headings_that_announce_personal_data() -> None:
    headings = ["Codice Fiscale", "COGNOME", "Nome", "Data di nascita:", "Indirizzo", "Codice"]
    assert personal_headings(headings) == ["Codice Fiscale", "COGNOME", "Data di nascita:"]


@pytest.mark.slow
def test_every_real_table_passes() -> None:
    for name, item in load_catalog(ROOT).items():
        path = ROOT / "datasets" / "source" / f"{name}.csv"
        if path.exists():
            (_, header), *records = parse_csv(path.read_text("utf-8"))
            rows = [(line, dict(zip(header, cells, strict=True))) for line, cells in records]
            assert check_privacy(item, rows) == [], name


@pytest.mark.parametrize("block", [
    'allow = { rup = ["iban"] }', 'allow = { nothing = ["name"] }', 'counts = { column = "nothing" }',
])
def test_a_declaration_that_allows_too_much_is_refused(tmp_path: Path, block: str) -> None:
    (tmp_path / "etl").mkdir()  # whole: nothing of the program is lent to it
    for folder, names_ in (("datasets", "rooms.toml"), ("schemas", "rooms.json")):
        (tmp_path / folder).mkdir()
        text = (ROOT / "tests/tiny" / folder / names_).read_text("utf-8").replace("[rows]", f"[privacy]\n{block}\n"
                'because = { it = "x", en = "x" }\n\n[rows]')
        (tmp_path / folder / names_).write_text(text)
    with pytest.raises(DeclarationError, match="privacy"):
        load_catalog(tmp_path)
