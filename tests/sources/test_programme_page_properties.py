"""Project pages: any order of labels, and any text between them."""

from __future__ import annotations

from support.programme_pages import PLUS, PLUS_FACTS, SKELETONS, page
from support.properties import given, settings, st

from etl.sources.programme_page import parse


@settings(max_examples=40)
@given(st.permutations(PLUS), st.sampled_from(sorted(SKELETONS)))
def test_any_order_of_labels_gives_the_same_record(lines: list[tuple[str, list[str]]], skeleton: str) -> None:
    assert parse(page(SKELETONS[skeleton](lines)).decode()).record() == PLUS_FACTS


@given(st.text(max_size=200), st.permutations(
    ["<p>Codice Progetto</p>", "<dd>", "</table>", "<!--", "&#0;", "<p hidden>", "<![CDATA[", "</p>TO9.9.9.z"]))
def test_no_page_breaks_the_parser(text: str, parts: list[str]) -> None:
    assert isinstance(parse(text.join(parts)).record(), dict)
