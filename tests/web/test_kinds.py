"""Kinds of pages are declared once: what a declaration names is there, and nothing else says it again."""

from __future__ import annotations

import re

import pytest
from support.repository import ROOT

from etl.meta.errors import DeclarationError
from etl.meta.model import Page, Release
from etl.meta.settings import SiteConfig
from etl.meta.words import slug
from etl.runtime.tables import read_release
from etl.web.kinds import Kind
from etl.web.lineage import Watched
from etl.web.links import Links
from etl.web.pages import KINDS, line, section

THEME = ROOT / "site" / "theme"
RELEASE = read_release(ROOT / "datasets" / "release")
CONFIG = SiteConfig("https://example.org/", {"it": {}, "en": {}, "es": {"partial": True}})


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_what_a_declaration_names_is_there(kind: Kind) -> None:
    assert [name for name in kind.templates if not (THEME / name).is_file()] == []
    assert [name for name in kind.requires if name not in RELEASE.records] == []
    assert not kind.under or kind.under in KINDS
    assert kind.title or kind.words
    assert "it" in kind.slugs


def test_every_template_of_a_page_is_declared_once() -> None:
    declared = [name for kind in KINDS.values() for name in kind.templates]
    own = {path.relative_to(THEME).as_posix() for path in THEME.rglob("*.html")
           if re.search(r'extends "layout/(base|frame)', path.read_text("utf-8"))}
    elsewhere = {"layout/404.html", "layout/page.html", "trust/gone.html"}
    assert own - set(declared) == elsewhere
    shared = {name for name in declared if declared.count(name) > 1}
    assert shared == {"money/activities.html", "money/money_view.html"}


def test_no_other_file_names_a_template_or_an_address() -> None:
    own = [name for kind in KINDS.values() for name in kind.templates]
    for path in (ROOT / "etl").rglob("*.py"):
        text = path.read_text("utf-8")
        found = [name for name in own if text.count(f'"{name}"') and "KINDS = (" not in text]
        assert found == [], path


def test_the_trail_and_the_menu_are_read_off_the_declarations() -> None:
    assert [kind.name for kind in line("operations")] == ["home", "transparency", "operations"]
    assert [section(name) for name in ("guide", "network", "facts", "about")] == ["services", "desks", "facts", "about"]
    pages = [Page("home", "it", "index.html", "", {}), Page("desks", "it", "sportelli/index.html", "", {}),
             Page("desks/x", "it", "sportelli/x/index.html", "", {})]
    links = Links(CONFIG, pages)
    assert links.trail(pages[2], str) == [("Home", ""), ("Sportelli", "sportelli/")]
    assert links.trail(pages[1], str) == [("Home", "")]
    assert [kind.name for kind in links.named("menu", "it")] == ["desks"]


def test_two_rows_that_would_have_one_address_are_named_with_their_table() -> None:
    pages = [Page(f"municipalities/{code}", "it", f"sportelli/comuni/{slug(name)}/index.html", "", {"title": name})
             for code, name in (("004901", "Castel Nuovo"), ("004902", "Castel-nuovo"))]
    said = r"comuni/castel-nuovo/.*municipalities, 004901 «Castel Nuovo» and municipalities, 004902 «Castel-nuovo»"
    with pytest.raises(DeclarationError, match=said):
        Links(CONFIG, pages)


def test_a_new_kind_needs_its_rows() -> None:
    kind = Kind("rooms", {"it": "stanze"}, "Stanze", lambda kind, _, language: [kind.page(language)], ("x.html",),
                requires=("rent_rooms",))
    rows = [{"zone": "1"}]
    for records, made in (({}, 0), ({"rent_rooms": []}, 0), ({"rent_rooms": rows}, 1)):
        release = Watched(Release(records, {"resources": []}, today=RELEASE.today), CONFIG)
        assert len(kind.made(release, "it")) == made
    assert kind.address("de", "È/Uno") == "stanze/e/uno/"
