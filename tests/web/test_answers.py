"""The words, places and codes that search answers at once: what the file of words may say, and what comes of it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from support.repository import ROOT

from etl.meta.errors import DeclarationError
from etl.meta.model import Page, Release
from etl.meta.settings import SiteConfig
from etl.runtime.tables import read_release
from etl.web.answers import WORDS, Answers, Word, read_words, refuse_strays
from etl.web.index import group, letter
from etl.web.pages import KINDS
from etl.web.search import shortened

CONFIG = SiteConfig("https://example.org/", {"it": {}, "en": {}, "es": {"partial": True}}, district="Zona")
EMPTY = replace(read_release(ROOT / "datasets" / "release"), records={})


def page(name: str, language: str, title: str, **context: Any) -> Page:
    kind, *item = name.split("/")
    return KINDS[kind].page(language, "/".join(item) or None, title=title, **context)


PAGES = [
    page("needs/losing-home", "it", "Sto perdendo la casa"), page("needs/losing-home", "en", "I am losing my home"),
    page("needs/losing-home", "es", "Estoy perdiendo la casa"),
    page("services/loan", "it", "Prestito", service={"available": True}),
    page("services/loan", "en", "Loan", service={"available": True}),
    page("services/old", "it", "Vecchio", service={"available": False}),
    page("notices/n", "it", "Avviso", notice={"part": "dated"}),
    page("notices/o", "it", "Avviso chiuso", notice={"part": "over"}), page("projects/x1", "it", "Un progetto"),
    page("municipalities/001", "it", "Rivo"), page("guide", "it", "Guida"), page("desks/d", "it", "Sportello"),
    page("municipalities/001/3", "it", "Rivo, zona 3"),
]
WRITTEN = [
    Word(2, "it", ("sfratto", "Sfratti"), ("needs/losing-home", "services/loan")),
    Word(3, "en", ("eviction",), ("needs/losing-home",)), Word(4, "es", ("desahucio",), ("needs/losing-home",)),
    Word(5, "*", ("10100",), ("municipalities/001",)),
]
ROWS: dict[str, list[dict[str, Any]]] = {
    "projects": [{"project_code": "X1", "cup": "A11B22"}],
    "municipalities": [{"istat_code": "001", "postal_code": "10200"}],
    "desk_areas": [{"desk_id": "d", "area_kind": "district", "area": area, "istat_code": "001"} for area in "34"],
    "terms": [{"language": "it", "word": "sfratto", "italian_name": "sfratto"}],
}


def answers(release: Release = EMPTY, words: list[Word] = WRITTEN, pages: list[Page] = PAGES) -> Answers:
    return Answers(CONFIG, release, pages, words, lambda page: page.context["title"], lambda _, text: text)


def titles(language: str, word: str, **about: Any) -> list[str]:
    """Titles of the pages that a word leads to, with their language where it is another."""
    known = answers(**about)
    first, more = known.table(language), known.more(language)
    pages, words = [*first["pages"], *more["pages"]], {**more["words"], **first["words"]}
    assert len(set(map(tuple, pages))) == len(pages)  # no page is said twice
    found = [pages[number] for number in words[word]]
    return [f"{page[0]} {page[4]}".strip() for page in found]


def titles_of(table: dict[str, Any]) -> list[str]:
    return [page[0] for page in table["pages"]]


def test_a_word_leads_to_its_pages_best_first() -> None:
    assert titles("it", "sfratti") == ["Sto perdendo la casa", "Prestito"]
    assert titles("en", "eviction") == ["I am losing my home"]


def test_what_a_language_lacks_is_in_the_first_one_and_says_so() -> None:
    assert titles("es", "10100") == ["Rivo it"]


def test_who_writes_in_another_language_on_the_first_one_is_led_there() -> None:
    assert titles("it", "desahucio") == ["Estoy perdiendo la casa es"]


def test_who_has_chosen_a_language_stays_in_it() -> None:
    assert titles("es", "eviction") == ["Estoy perdiendo la casa"]
    assert titles("en", "sfratto") == ["I am losing my home", "Loan"]


@pytest.mark.parametrize(("word", "title"), [
    ("x1", "Un progetto"), ("a11b22", "Un progetto"), ("10200", "Rivo"), ("rivo", "Rivo"),
    ("sto perdendo la casa", "Sto perdendo la casa"),
])
def test_codes_places_and_titles_are_known_without_a_file(word: str, title: str) -> None:
    assert titles("it", word, release=replace(EMPTY, records=ROWS), words=[]) == [title]


def test_a_part_of_the_city_leads_to_its_page_or_to_its_desk_then_to_the_city() -> None:
    assert titles("it", "zona 3", release=replace(EMPTY, records=ROWS)) == ["Rivo, zona 3", "Sportello", "Rivo"]
    assert titles("it", "zona 4", release=replace(EMPTY, records=ROWS)) == ["Sportello", "Rivo"]


def test_a_language_with_few_pages_lists_them_all() -> None:
    assert "Estoy perdiendo la casa" in titles_of(answers(words=[]).table("es"))
    assert "Sportello" not in titles_of(answers(words=[]).table("it"))  # no word leads there


def test_the_words_stand_in_alphabetical_order_with_their_best_page() -> None:
    assert [(word, to.title) for word, to in answers().index("it")] == [
        ("Sfratti", "Sto perdendo la casa"), ("sfratto", "Sto perdendo la casa")]


def test_pages_are_shown_in_their_group() -> None:
    assert [group(page) for page in PAGES[3:]] == [
        "services", "services", "past", "answers", "past", "data", "answers", "pages", "desks", "answers"]
    assert group(page("services", "it", "Servizi")) == "pages"
    assert group(Page("faq", "it", "faq/index.html", "layout/page.html", {})) == "pages"


def test_words_that_begin_alike_are_told_by_their_ends() -> None:
    assert shortened(["casa", "cane", "case"]) == "0cane 2sa 3e"


def test_chinese_titles_have_one_place_in_the_alphabet() -> None:
    assert [letter(title) for title in ("驱逐", "«Élan»", "Їжа")] == ["文", "E", "І"]


@pytest.mark.parametrize(("row", "said"), [
    ("it,sfratto,services/nowhere", "line 2: no page «services/nowhere»"),
    ("xx,sfratto,services/loan", "line 2: write a language of the site"),
    ("it,,services/loan", "line 2: write a language of the site"),
    ("it,mutuo,services/loan\nit,Mutuo|prestito,services/old", "line 3: «mutuo» stands in line 2, too"),
])
def test_a_word_that_leads_nowhere_stops_the_build_and_says_how_to_write_it(
    tmp_path: Path, row: str, said: str,
) -> None:
    (tmp_path / WORDS).parent.mkdir(parents=True)
    (tmp_path / WORDS).write_text(f"language,words,pages\n{row}\n", "utf-8")
    with pytest.raises(DeclarationError, match=re.escape(f"{WORDS}, {said}")):
        refuse_strays(read_words(tmp_path), {page.id: {} for page in PAGES}, CONFIG.languages)


def test_a_city_may_have_no_file_of_words_and_none_with_other_columns(tmp_path: Path) -> None:
    assert read_words(tmp_path) == []
    (tmp_path / WORDS).parent.mkdir(parents=True)
    (tmp_path / WORDS).write_text("word,page\n", "utf-8")
    with pytest.raises(DeclarationError, match="the first line must be language,words,pages"):
        read_words(tmp_path)
