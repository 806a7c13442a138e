"""A second city, built whole: valid, accessible, without a dead link, and without a word of the first one."""

from __future__ import annotations

import gzip
import io
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.borgo import BORGO, LANGUAGES, OF_DESKS, ONE_LANGUAGE, copy_borgo, site_of
from support.browser import EXTREMES, at_each_width, opened, serving, settled, too_long, violations
from support.pages import broken_links, html_errors, pages
from support.repository import ROOT

from etl.meta.errors import DeclarationError
from etl.releases.gate import InvalidReleaseError

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.slow
# Written in pieces, so that the search for the first city in the tests does not stop here.
NAMES = ("Mil" + "an", "Lomb" + "ard", "Ambro" + "gio", "mil" + "ano")
CODES = ("MI" + "3", "PO" + "N", "0151" + "46", "F2" + "05", "f2" + "05", "ITA_" + "MIL", "2012" + "9")
# A checksum may begin with the letters of a code by chance; a code ends where it ends.
OTHERS = re.compile("|".join([*NAMES, *(rf"(?<![0-9A-Za-z]){code}(?![0-9a-z])" for code in CODES)]))
NAMES_ONLY = re.compile("|".join(NAMES).encode())
OPTIONAL = sorted(path.stem for path in (BORGO / "datasets" / "source").glob("*.csv"))
SEEN = ("", "servizi/", "servizi/fondo-morosita/", "sportelli/", "sportelli/agenzia-casa/", "sportelli/comuni/",
        "rete/", "dati/", "dati/desks/", "dati/desks/tabella/", "trasparenza/qualita/", "trasparenza/novita/", "cerca/",
        "glossario/", "en/", "en/desks/agenzia-casa/", "en/data/", "fr/", "fr/sportelli/agenzia-casa/",
        "fr/servizi/fondo-morosita/", "avvisi/", "avvisi/fondo-2026/", "fr/avvisi/", "en/notices/alloggi-2027/")

FINGER = 24
"""WCAG 2.2, 2.5.8: the least height in px of what is pressed. A font that has not come yet is lower than ours."""


@pytest.fixture
def borgo(town: Path) -> Path:
    """The finished site of Borgofiorito."""
    return town / "build" / "site"


def test_no_page_of_the_path_is_longer_than_six_screens(borgo: Path, browser: Browser) -> None:
    paths = [path for path in SEEN if not path.startswith(("rete/", "dati/", "trasparenza/", "en/data/"))]
    with serving(borgo) as address:
        assert too_long(browser, address, paths) == {}


def contents(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """A file, or what is packed in it, by name."""
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for inner in archive.namelist():
                yield from contents(f"{name}: {inner}", archive.read(inner))
    elif data.startswith(b"\x1f\x8b"):
        yield name, gzip.decompress(data)
    elif data.startswith(b"SQLite format 3"):
        database = sqlite3.connect(":memory:")
        database.deserialize(data)
        yield name, "\n".join(database.iterdump()).encode()
    else:
        yield name, data


def of_others(data: bytes) -> str | None:
    """The first word of another city in a file."""
    try:
        found = OTHERS.search(data.decode("utf-8"))
        return found and found[0]
    except UnicodeDecodeError:
        raw = NAMES_ONLY.search(data)
        return raw and raw[0].decode()


def test_it_holds_no_word_of_the_first_city(borgo: Path) -> None:
    files = [path for path in borgo.rglob("*") if path.is_file()]
    found = {name: word for path in files
             for name, data in contents(path.relative_to(borgo).as_posix(), path.read_bytes())
             if (word := of_others(data))}
    assert found == {}
    assert len(files) > 300


@pytest.mark.parametrize("text", ["<p>Mil" + "ano</p>", "MI" + "3.1.1.b1", "PO" + "N Metro"])
def test_the_search_for_words_finds_them(text: str) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", text)
    assert [of_others(data) is not None for _, data in contents("a.zip", packed.getvalue())] == [True]


def test_every_language_has_every_page(borgo: Path) -> None:
    count = {code: len(list((borgo / code).rglob("index.html"))) for code in ("en", "fr")}
    assert count["en"] == count["fr"] > 50
    for code in LANGUAGES[1:]:
        home = (borgo / code / "index.html").read_text("utf-8")
        assert f'lang="{code}"' in home
        assert "Borgofiorito" in home


def test_what_the_town_has_is_there_and_what_it_lacks_is_not(borgo: Path) -> None:
    desk = (borgo / "sportelli" / "agenzia-casa" / "index.html").read_text("utf-8")
    assert "piazza dei Portici 1" in desk
    assert not (borgo / "canone").exists()
    assert not (borgo / "progetti").exists()
    text = "".join(path.read_text("utf-8") for path in pages(borgo))
    assert "eu.svg" not in text
    assert "0,00" not in text


def test_its_pages_are_valid(borgo: Path, tools: Path) -> None:
    assert html_errors(borgo, tools) == ""


def test_no_link_is_broken(borgo: Path) -> None:
    assert broken_links(borgo) == []


def test_axe_finds_nothing(borgo: Path, browser: Browser, tools: Path) -> None:
    with serving(borgo) as address:
        for place in SEEN:
            with opened(browser, f"{address}/{place}", bypass_csp=True) as (page, complaints):
                settled(page)
                for width in at_each_width(page, EXTREMES):
                    assert violations(page, tools) == [], f"/{place} at {width} px"
                    assert page.evaluate("document.documentElement.scrollWidth") <= width, f"/{place} at {width} px"
                assert complaints == [], place


@pytest.mark.parametrize("fonts", ["ours", "of the telephone"])
def test_links_below_each_other_are_far_enough_apart_for_a_finger(borgo: Path, browser: Browser, fonts: str) -> None:
    page = browser.new_page(viewport={"width": EXTREMES[-1], "height": 844})
    if fonts != "ours":
        page.route("**/*.woff2", lambda route: route.abort())
    with serving(borgo) as address:
        page.goto(f"{address}/sportelli/agenzia-casa/")
        settled(page)
        heights = page.locator(".facts dd br + a").evaluate_all(
            "links => links.map(link => link.getBoundingClientRect().height)")
    page.close()
    assert len(heights) == 2
    assert min(heights) >= FINGER


def whole(site: Path) -> None:
    """A site without a dead link, and without a list of nothing."""
    assert broken_links(site) == []
    empty = re.compile(r"<(ul|ol|dl|tbody|select)(?![^>]* id=)[^>]*>\s*</\1>")
    assert [page.relative_to(site).as_posix() for page in pages(site)
            if "explorer" not in (text := page.read_text("utf-8")) and empty.search(text)] == []


def test_one_language_is_enough(town: Path, tmp_path: Path) -> None:
    site = site_of(copy_borgo(tmp_path / "city", settings=ONE_LANGUAGE, built=town))
    whole(site)
    assert not (site / "en").exists()
    assert "hreflang" not in (site / "index.html").read_text("utf-8")


def test_the_first_language_need_not_be_italian(town: Path, tmp_path: Path) -> None:
    site = site_of(copy_borgo(tmp_path / "city", settings={
        r"(?m)^    (it|fr): .*\n": "", r"(?m)^(    en: .*\n)": r"\1    fr: {name: Français, locale: fr_FR}\n"},
        built=town))
    whole(site)
    assert 'lang="en"' in (site / "index.html").read_text("utf-8")
    assert (site / "fr" / "index.html").exists()


def test_a_town_without_desks_has_no_page_of_desks(town: Path, tmp_path: Path) -> None:
    site = site_of(copy_borgo(tmp_path / "city", OF_DESKS, built=town))
    whole(site)
    assert not (site / "sportelli" / "index.html").exists()


def test_a_language_without_words_is_refused(town: Path, tmp_path: Path) -> None:
    german = r"\1    de: {name: Deutsch, locale: de_DE}\n"
    root = copy_borgo(tmp_path / "city", settings={r"(?m)^(    fr: .*\n)": german}, built=town)
    with pytest.raises(DeclarationError, match=r"(?s)\bde\b.*Servizi"):
        site_of(root)
    assert not (root / "build" / "site").exists()


@pytest.mark.parametrize("name", OPTIONAL)
def test_it_does_without_each_table(town: Path, tmp_path: Path, name: str) -> None:
    """What points to a missing table stops the build by a finding; else the site is built without it, and whole."""
    root = copy_borgo(tmp_path / "city", (name,), ONE_LANGUAGE, town)
    with suppress(InvalidReleaseError):
        whole(site_of(root))


def test_the_mark_of_another_city_is_not_shown(town: Path) -> None:
    """Borgofiorito has no mark of its own: it shows the house of the program."""
    shown = [path.read_bytes() for path in (town / "build" / "site" / "assets").glob("logo.*.svg")]
    assert shown == [(ROOT / "site" / "assets" / "logo.svg").read_bytes()]
    assert shown != [(ROOT / "site" / "content" / "logo.svg").read_bytes()]
