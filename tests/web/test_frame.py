"""The frame of every page: a header that leaves the telephone to the page, drawings, and a mark of the city's own."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.kinds import ALONE, PAGES, address
from support.pages import pages
from support.repository import ROOT

from etl.meta.errors import DeclarationError
from etl.web.icons import NAMED, drawings, icon, in_sheets, logo_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

HIGHEST, LEAST = 96, 44
"""Of the header on a telephone, where it was 315 px of 844; of what a finger presses there."""
FRAMED = [name for name in PAGES if name not in ALONE]
EVERYWHERE = [*((name, "it") for name in FRAMED),
              *(("home", language) for language in ("en", "es", "fr", "ar", "zh", "uk")),
              *((name, "ar") for name in ("service", "need", "desks", "desk", "situation") if name in PAGES)]
TOO_WIDE = """size => {
  document.documentElement.style.fontSize = size + "%";
  return document.documentElement.scrollWidth - innerWidth;
}"""
CALLED = re.compile(r"(?<![\w.])icon\(\"([\w-]+)\"")


def test_the_header_leaves_the_telephone_to_the_page(built_site: Path, served_site: str, browser: Browser) -> None:
    """And nothing pushes a page sideways: at 320 px, and with text of twice and four times the size, where the Arabic
    page of a desk was 422 px wide of 390."""
    window = browser.new_context(java_script_enabled=False)
    page, high, wide = window.new_page(), {}, {}
    for name, language in EVERYWHERE:
        page.goto(f"{served_site}/{address(built_site, name, language)}")
        for width in (390, 320):
            page.set_viewport_size({"width": width, "height": 844})
            high[name, language, width] = box(page, ".site-header")["height"]
            wide[name, language, width, 100] = page.evaluate(TOO_WIDE, 100)
        page.set_viewport_size({"width": 390, "height": 844})
        for size in (200, 400):
            wide[name, language, 390, size] = page.evaluate(TOO_WIDE, size)
    assert {where: height for where, height in high.items() if not 60 < height <= HIGHEST} == {}
    assert {where: more for where, more in wide.items() if more > 0} == {}
    assert page.evaluate(TOO_WIDE, 100) <= 0
    page.set_viewport_size({"width": 1280, "height": 800})
    assert box(page, ".site-header")["height"] <= 200
    assert page.locator(".site-menu").is_visible()
    assert not page.locator(".site-more").is_visible()
    window.close()


def test_menu_search_and_languages_open_without_a_script(served_site: str, browser: Browser) -> None:
    window = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 844})
    page = window.new_page()
    page.goto(f"{served_site}/sportelli/")
    main = box(page, "main")["y"]
    buttons = page.locator(".site-brand .pop > summary")
    assert buttons.count() == 2
    for number, shown in enumerate((".site-search input", ".site-more nav a >> nth=-1")):
        pressed = buttons.nth(number).bounding_box()
        assert pressed
        assert min(pressed["width"], pressed["height"]) >= LEAST
        assert not page.locator(shown).is_visible()
        buttons.nth(number).click()
        assert page.locator(shown).is_visible()
        assert box(page, shown)["height"] >= LEAST
        assert box(page, "main")["y"] == main, "what opens must not push the page down"
    page.locator(".site-languages > summary").click()
    assert page.locator(".site-languages [hreflang=ar]").is_visible()
    page.goto(f"{served_site}/cerca/")
    assert page.locator("input[type=search]").count() == 1
    window.close()


def test_menu_items_are_told_apart_without_colours(served_site: str, browser: Browser) -> None:
    """Forced colours paint every border: all items of the menu were underlined like the one that is open."""
    page = browser.new_page(viewport={"width": 1280, "height": 800}, forced_colors="active")
    page.goto(f"{served_site}/servizi/")
    lines = page.evaluate("[...document.querySelectorAll('.site-menu .nav-link')].map(e => "
                          "[e.ariaCurrent, getComputedStyle(e).borderBottomColor])")
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert [current for current, colour in lines if colour != ground] == ["page"]
    page.close()


def test_every_choice_has_its_arrow(served_site: str, browser: Browser) -> None:
    """Lost on two pages with the rules that Bootstrap Italia has for it."""
    for scheme in ("light", "dark"):
        page = browser.new_page(color_scheme=scheme)
        for path in ("sportelli/", "canone/", "dati/desks/tabella/"):
            page.goto(f"{served_site}/{path}")
            arrows = page.evaluate("[...document.querySelectorAll('select')].map(e => getComputedStyle(e))"
                                   ".map(s => s.backgroundImage.split('gradient').length + s.appearance)")
            assert arrows
            assert set(arrows) == {"3none"}, path
        page.close()


def box(page: Page, selector: str) -> dict[str, float]:
    found = page.locator(selector).first.bounding_box()
    assert found, selector
    return dict(found)  # type: ignore[arg-type]


def test_what_must_be_read_on_every_page_is_there(built_site: Path) -> None:
    framed = [path for path in pages(built_site) if ' site-header"' in path.read_text("utf-8")]
    assert len(framed) > 100
    assert [path for path in framed if path.read_text("utf-8").count('class="site-notice"') != 1] == []


def test_every_drawing_that_is_named_is_there() -> None:
    sheets = [path.read_bytes() for path in (ROOT / "site" / "assets" / "style").glob("*.css")]
    text = "".join(path.read_text("utf-8") for path in (ROOT / "site" / "theme").rglob("*.html"))
    named = {*CALLED.findall(text), *(name for sheet in sheets for name in NAMED.findall(sheet.decode()))}
    assert len(named) > 5
    assert named <= drawings().keys()
    rule = in_sheets(sheets).decode()
    assert rule.count("--icon-") == len({name for sheet in sheets for name in NAMED.findall(sheet.decode())})
    assert "<" not in rule
    assert in_sheets([b"a{color:red}"]) == b""


def test_a_drawing_says_nothing_to_those_who_listen() -> None:
    assert str(icon("search")).startswith('<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"')
    assert 'class="icon drawn"' in icon("door")
    with pytest.raises(DeclarationError, match="no drawing `unicorn`"):
        icon("unicorn")


def test_a_city_names_its_mark_or_has_a_house(tmp_path: Path) -> None:
    assert logo_of(tmp_path, None) is None
    with pytest.raises(DeclarationError, match=r"there is no mark\.svg"):
        logo_of(tmp_path, "mark.svg")
    (tmp_path / "mark.svg").write_text("<svg/>")
    assert logo_of(tmp_path, "mark.svg") == tmp_path / "mark.svg"
