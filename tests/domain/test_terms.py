"""Which terms of the law a text uses, and where a translation loses one."""

from __future__ import annotations

import pytest

from etl.domain.terms import forms, lost, named, used

AGREED = (
    {"word": "canone concordato", "italian_name": "canone concordato", "forms": "concordat"},
    {"word": "agreed rent", "italian_name": "canone concordato", "forms": "agreed rent|agreed-rent"},
)
SAP = (
    {"word": "SAP", "italian_name": "servizi abitativi pubblici", "forms": "SAP"},
    {"word": "SAP", "italian_name": "servizi abitativi pubblici", "forms": "SAP"},
)
COLUMNS = ("title", "summary", "note")


def found(original: dict[str, str], translated: dict[str, str]) -> list[tuple[str, str]]:
    empty = dict.fromkeys(COLUMNS, "")
    told = lost([AGREED, SAP], empty | original, empty | translated, COLUMNS)
    return [(name, term["word"]) for name, term in told]


@pytest.mark.parametrize(("text", "says"), [("Contratti CONCORDATI", True), ("un accordo", False)])
def test_a_term_is_recognised_by_its_forms_in_any_letters(text: str, says: bool) -> None:
    assert used(AGREED[0], text) is says


def test_a_form_with_a_capital_is_no_piece_of_another_word() -> None:
    assert used(SAP[0], "la domanda SAP")
    assert not used(SAP[0], "non si sapeva")
    assert forms({"word": "Canone", "forms": ""}) == ["canone"]


def test_a_term_is_named_in_italian_or_by_its_abbreviation() -> None:
    assert named(AGREED[1], "An agreed rent (canone concordato).")
    assert not named(AGREED[1], "An agreed rent.")
    assert named(SAP[1], "Public housing (SAP)")


def test_a_paraphrase_loses_the_term_and_its_name() -> None:
    said = {"summary": "Un contratto a canone concordato."}
    assert found(said, {"summary": "A subsidised rent (canone concordato)."}) == [("summary", "agreed rent")]
    assert found(said, {"summary": "An agreed-rent contract."}) == [("summary", "agreed rent")]
    assert found(said, {"summary": "An agreed-rent contract (canone concordato)."}) == []


def test_the_italian_name_stands_at_the_first_use_after_the_title() -> None:
    said = {"title": "Canone concordato", "summary": "Il canone concordato.", "note": "Un contratto concordato."}
    told = {"title": "Agreed rent", "summary": "The agreed rent (canone concordato).", "note": "An agreed rent."}
    assert found(said, told) == []
    assert found(said, told | {"summary": "The agreed rent."}) == [("summary", "agreed rent")]
    assert found({"title": "Canone concordato"}, {"title": "Agreed rent"}) == [("title", "agreed rent")]


def test_an_empty_cell_loses_nothing() -> None:
    assert found({"note": "Il canone concordato e SAP."}, {}) == []
