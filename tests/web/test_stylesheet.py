"""The stylesheet: what the purge keeps, and that fonts come out the same each time."""

from __future__ import annotations

import pytest
from support.repository import ROOT

from etl.web.framework import package_folder
from etl.web.theme import LAYERS, purge, subset, version_rule, words_of

BOM = b"\xef\xbb\xbf"
KNOWN = frozenset({"card", "main", "a", "menu"})


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
    assert words_of(['<p class="it-footer {{ x }}">', 'add("is-open")']) >= {"it-footer", "is-open", "p"}


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
    assert sorted(path.stem for path in (ROOT / "site" / "assets" / "style").iterdir()) == sorted(LAYERS)
