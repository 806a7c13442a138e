"""Words that had lost the law: each text of this city against the glossary, and what was said wrongly."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter

import pytest
from babel.messages.pofile import read_po
from support.repository import ROOT

from etl.domain.terms import lost, used
from etl.meta.view import NOT_TRANSLATED
from etl.web.rendering import site_settings

Row = dict[str, str]
LANGUAGES = tuple(site_settings(ROOT, None).extra["languages"])
SOURCE = ROOT / "datasets" / "source"
SHEETS = (("service_texts", "service_id"), ("desk_texts", "desk_id"), ("rent_rule_texts", "rule_id"),
          ("condition_texts", "condition_id"), ("situation_texts", "situation_id"), ("step_texts", "step"),
          ("emergency_contact_texts", "contact_id"))
HELD = sorted(path.stem for path in SOURCE.glob("*_texts.csv"))


def table(name: str) -> list[Row]:
    with (SOURCE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


TERMS = {(row["term_id"], row["language"]): row for row in table("terms")}
TEXTS = {(name, row[key], row["language"]): row for name, key in SHEETS for row in table(name)}


def numbers(text: str) -> Counter[str]:
    """The numbers of a text, without what parts their thousands."""
    return Counter(re.findall(r"\d+", re.sub(r"(?<=\d)[., ](?=\d{3}(?!\d))", "", text)))


@pytest.mark.parametrize("name", HELD)
def test_no_text_loses_a_term_of_the_law(name: str) -> None:
    rows = table(name)
    key = next(iter(rows[0]))
    columns = [column for column in rows[0] if column != key and column not in NOT_TRANSLATED]
    originals = {row[key]: row for row in rows if row["language"] == "it"}
    pairs = {code: [(TERMS[term, "it"], own) for (term, of), own in TERMS.items() if of == code] for code in LANGUAGES}
    found = [(row[key], row["language"], column, term["word"]) for row in rows if row["language"] != "it"
             for column, term in lost(pairs[row["language"]], originals[row[key]], row, columns)]
    assert found == []


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "it"])
def test_the_words_of_the_site_are_those_of_the_glossary(code: str) -> None:
    found = []
    for path in sorted((ROOT / "site" / "locale" / code).rglob("*.po")):
        with path.open("rb") as file:
            said = [(" ".join(entry.id), " ".join(entry.string)) if isinstance(entry.id, tuple)
                    else (entry.id, entry.string) for entry in read_po(file) if entry.id]
        found += [(italian, term["word"]) for italian, own in said for (name, of), term in TERMS.items()
                  if of == code and used(TERMS[name, "it"], italian) and not used(term, own)]
    assert found == []


def test_each_term_has_a_word_in_each_language_and_a_definition_in_all_or_in_none() -> None:
    schema = json.loads((ROOT / "schemas" / "terms.json").read_text("utf-8"))
    assert [field["name"] for field in schema["fields"]] == list(next(iter(TERMS.values())))
    for term in {term for term, _ in TERMS}:
        said = [TERMS[term, code] for code in LANGUAGES]
        assert all(row["word"] and row["source_url"] for row in said)
        shared = {(row["italian_name"], row["source_url"], row["source_date"], bool(row["definition"])) for row in said}
        assert len(shared) == 1, term


@pytest.mark.parametrize(("name", "key"), SHEETS)
def test_every_field_on_the_path_is_in_every_language_with_the_same_numbers(name: str, key: str) -> None:
    for row in table(name):
        italian = TEXTS[name, row[key], "it"]
        for column in (column for column in row if column not in NOT_TRANSLATED and column != key):
            where = (row[key], row["language"], column)
            assert bool(row[column]) == bool(italian[column]), where
            assert not numbers(italian[column]) - numbers(row[column]), where
    codes = {row[key] for row in table(name)}
    assert {(name, code, language) for code in codes for language in LANGUAGES} <= set(TEXTS)


@pytest.mark.parametrize(("service", "column"), [
    ("contributo-pensionati", "audience"), ("contributo-pensionati", "requirements"),
    ("contributo-neogenitori", "audience"), ("detrazione-giovani-inquilini", "requirements"),
    ("sat-servizi-abitativi-transitori", "audience"), ("sap-domanda-casa-popolare", "requirements"),
    ("morosita-incolpevole", "how_to_apply"),
])
def test_residents_are_not_people_who_live_somewhere(service: str, column: str) -> None:
    said = TEXTS["service_texts", service, "it"][column].replace("Milano Abitare", "")
    assert re.search(r"residen(za|te|ti)\b", said)
    assert not re.search(r"\b[Aa]bit(i|a|ano|are)\b", said)


@pytest.mark.parametrize("service", ["salva-affitto-fondo", "da-casa-a-casa"])
@pytest.mark.parametrize("code", LANGUAGES)
def test_a_condition_of_two_measures_is_named_in_every_language(service: str, code: str) -> None:
    said = " ".join(TEXTS["service_texts", service, code].values())
    assert code == "it" or "(canone convenzionato)" in said
    assert "subsidised" not in said


def test_words_that_meant_something_else_are_gone() -> None:
    everything = [value for row in TEXTS.values() for value in row.values()]
    everything += [path.read_text("utf-8") for path in (ROOT / "site" / "locale").rglob("*.po")]
    for wrong in ("sans faute", "столичн", "المدينة الكبرى", "subsidised", "aire métropolitaine"):
        assert not [text for text in everything if wrong in text.lower()], wrong
    asked = [TEXTS["service_texts", "contributo-una-tantum-proprietari", code]["requirements"] for code in LANGUAGES]
    assert all("valori soglia" in text and "Città metropolitana" in text for text in asked)
