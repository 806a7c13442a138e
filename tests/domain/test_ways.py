"""Ways to reach somebody, read in the words of a row."""

from __future__ import annotations

import pytest

from etl.domain.ways import Way, beginning, ways


@pytest.mark.parametrize(("text", "found"), [
    ("Registrati su agenzia.example.org.", [("site", "agenzia.example.org", "https://agenzia.example.org")]),
    ("Si chiede per e-mail a info@example.org.", [("email", "info@example.org", "mailto:info@example.org")]),
    ("Fai domanda su www.a.example.it/domande, o chiama lo 02.0202.",
     [("site", "www.a.example.it/domande", "https://www.a.example.it/domande"), ("phone", "02.0202", "tel:+39020202")]),
    ("Chiama il 333-4913599 o l’800.131.151.",
     [("phone", "333-4913599", "tel:+393334913599"), ("phone", "800.131.151", "tel:+39800131151")]),
    ("https://a.example.it/a?B=c", [("site", "https://a.example.it/a?B=c", "https://a.example.it/a?B=c")]),
    ("Fino a 12.000 euro, dal 20 aprile al 31 dicembre 2025. Avviso n. 12562, art. 3.2. Oltre 395.000 euro.", []),
    ("", []), (None, []),
])
def test_ways_are_what_the_text_names_and_no_more(text: str | None, found: list[tuple[str, str, str]]) -> None:
    assert ways(text) == [Way(*way) for way in found]


def test_a_way_is_named_once() -> None:
    assert len(ways("info@example.org, e ancora info@example.org")) == 1


@pytest.mark.parametrize(("text", "first"), [
    ("Una casa pubblica. Si può rinnovare. Una volta.", "Una casa pubblica. Si può rinnovare."),
    ("Fino a 2.700 euro l’anno, per le spese. Poi altro.", "Fino a 2.700 euro l’anno, per le spese."),
    ("一套公共住房。可以续约。一次。", "一套公共住房。可以续约。"),
    ("Quanto costa? Molto.", "Quanto costa? Molto."), ("senza fine", "senza fine"), (None, ""),
])
def test_the_beginning_of_a_text_ends_with_a_sentence(text: str | None, first: str) -> None:
    assert beginning(text, 10 if "。" in first else 25) == first
