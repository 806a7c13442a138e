"""The stylesheet: what the purge keeps, and that fonts come out the same each time."""

from __future__ import annotations

import gzip
from itertools import chain
from pathlib import Path

import pytest
from support.repository import ROOT

from etl.web.framework import package_folder
from etl.web.stylesheet import light, parted, purge, without_unread, words_of
from etl.web.theme import SHEETS, sheets_of, stylesheet_files, subset, version_rule, within

BOM = b"\xef\xbb\xbf"
KNOWN = frozenset({".card", "main", "a", ".menu"})
BREATH = 10 * 1460
"""Bytes that a server sends before it waits for an answer: the first window of TCP."""
HEADERS = 600
"""Bytes of them that say what comes."""


def kept(css: bytes) -> str:
    return purge(css, KNOWN).decode()


def test_only_rules_that_can_match_stay() -> None:
    assert kept(b".card a{color:red}.modal{color:red}#menu{x:y}#other{x:y}em{x:y}") == ".card a{color:red}#menu{x:y}"


def test_of_a_list_of_selectors_the_known_ones_stay() -> None:
    assert kept(b".card,.modal a,a:hover{x:y}") == ".card,a:hover{x:y}"


def test_pseudo_classes_and_attributes_do_not_decide() -> None:
    assert kept(b'a[data-bs-toggle=x]:not(.off)::before{x:y}*{x:y}:root{x:y}').count("{x:y}") == 3


def test_it_looks_inside_conditions_and_drops_empty_ones() -> None:
    css = b"@media print{.card{x:y}.modal{x:y}}@media (width>1px){.modal{x:y}}@supports (x:y){@media print{a{x:y}}}"
    assert kept(css) == "@media print{.card{x:y}}@supports (x:y){@media print{a{x:y}}}"


def test_animations_stay_only_when_used_and_foreign_fonts_never() -> None:
    css = b"@keyframes spin{to{x:y}}@keyframes fade{to{x:y}}a{animation:1s spin}@font-face{src:url(x)}"
    assert kept(css) == "@keyframes spin{to{x:y}}a{animation:1s spin}"


def test_the_byte_order_mark_goes_and_the_licence_stays() -> None:
    assert kept(BOM + b"/*! licence */a{x:y}/* note */") == "/*! licence */\na{x:y}"


def test_words_are_found_wherever_templates_write_them() -> None:
    found = words_of(['<p class="it-footer {{ x }}">', 'add("is-open")', "{{ kind('badge') }}{# <nav class='note'> #}"])
    assert found >= {".it-footer", "p", ".is-open", ".badge"}
    assert not found & {"nav", ".note", ".add", "badge"}


def test_a_sheet_says_the_same_without_spaces_and_remarks() -> None:
    css = b"""/*! ours */ a > b , i::before { content: " ( a ) "; /* why */ margin : calc(1px + 2px) 0 ; color: red; }
    @media (min-width: 10px) and (hover) { .x :is( p, q ) { --set: ; font: 1em/2 "A  B", serif !important; } }
    """
    assert light(css).decode() == (
        '/*! ours */\na>b,i::before{content:" ( a ) ";margin :calc(1px + 2px) 0;color:red}'
        '@media (min-width:10px) and (hover){.x :is(p,q){--set: ;font:1em/2 "A  B",serif !important}}')


def test_a_property_that_no_sheet_reads_goes_and_what_only_it_read() -> None:
    sheets = {"one": b":root{--a:var(--b);--b:1px;--c:2px;--bootstrap-italia-version:\"2\"}p{--d:0}",
              "two": b"q{margin:var(--c)}"}
    assert without_unread(sheets) == {"one": b':root{--c:2px;--bootstrap-italia-version:"2"}', "two": sheets["two"]}


def test_pages_of_the_path_load_one_sheet_others_the_figures_too() -> None:
    assert sheets_of("services/need.html") == sheets_of("desks/desk.html") == ["site.css"]
    assert sheets_of("money/project.html") == sheets_of("services/home.html") == ["site.css", "figures.css"]


def test_a_small_drawing_stands_in_the_page_a_large_one_beside_it() -> None:
    found = within({"mark.svg": b'<svg fill="#fff"/>\n', "large.svg": b"<svg>" + b" " * 2000, "x.js": b""})
    assert found == {"mark.svg": "data:image/svg+xml,%3Csvg%20fill=%22%23fff%22/%3E"}


def test_rules_for_paper_are_parted_from_those_for_screens() -> None:
    sheet = b"a{x:y}@media print{a{x:z}@page{margin:1cm}}@media print and (width<9cm){b{x:y}}@media screen{c{x:y}}"
    screen, paper = map(light, parted(sheet))
    assert screen == b"a{x:y}@media print and (width<9cm){b{x:y}}@media screen{c{x:y}}"
    assert paper == b"a{x:z}@page{margin:1cm}"
    assert parted(b"a{x:y}") == (b"a{x:y}", b"")


@pytest.mark.slow
def test_what_every_page_loads_is_light(tmp_path: Path) -> None:
    """Fonts of two thirds of a breath each, a stylesheet of one with its headers, a second one of a third."""
    weights = {name: len(data if name.endswith("woff2") else gzip.compress(data, 6))
               for name, data in stylesheet_files(ROOT, tmp_path).items()}
    assert weights["site.css"] < BREATH - HEADERS
    assert weights["figures.css"] < BREATH / 3
    assert max(weights[f"fonts/titillium-web-{weight}.woff2"] for weight in (400, 600)) < 0.65 * BREATH
    assert weights["page.js"] < BREATH / 7


def test_the_version_stands_in_double_quotes() -> None:
    framework = (package_folder() / "css" / "bootstrap-italia.min.css").read_bytes()
    assert version_rule(framework).startswith(b':root{--bootstrap-italia-version:"2.')
    assert version_rule(b"a{x:y}") == b""


@pytest.mark.slow
def test_the_same_font_gives_the_same_bytes() -> None:
    font = package_folder() / "fonts" / "Titillium_Web" / "titillium-web-v10-latin-ext_latin-600.woff2"
    first = subset(font.read_bytes())
    assert first == subset(font.read_bytes())
    assert first[:4] == b"wOF2"
    assert len(first) < 0.8 * font.stat().st_size


def test_every_sheet_of_ours_has_its_place_in_the_order() -> None:
    ours = sorted(path.stem for path in (ROOT / "site" / "assets" / "style").iterdir())
    assert ours == sorted(chain(*SHEETS.values()))
