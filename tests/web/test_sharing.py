"""What other sites show of a page whose address is sent to them: its title, and a picture that says no more."""

from __future__ import annotations

import re
import struct
from html import unescape
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from support.pages import base_of, pages
from support.repository import ROOT

from etl.domain.legible import LONGEST, SIGNS, legible
from etl.meta.errors import DeclarationError
from etl.meta.model import Page
from etl.meta.settings import SiteConfig
from etl.web import pictures, typesetting
from etl.web.language import Language, typst_string
from etl.web.sharing import HEIGHT, MOST, WIDTH, Picture, Sharing, absolute, crowded
from etl.web.theme import print_fonts

CACHE = ROOT / "build" / "cache"
MARK = (ROOT / "site" / "assets" / "logo.svg").read_bytes()
THEME = ROOT / "site" / "theme"
META = re.compile(r'<meta (?:property|name)="((?:og|twitter):[\w:]+)" content="([^"]*)">')
ONCE = ("og:type", "og:site_name", "og:title", "og:url", "og:image", "og:image:type", "og:image:width",
        "og:image:height", "og:image:alt", "og:locale", "twitter:card")
HOSTILE = ("W" * 500, "@" * 99, "parola " * 80, "🏠" * 50 + " casa", "= #x \\ \" $ ` <b> @y *z* _w_", "\u202etesto\x07")
NOT_LATIN = ("ar", "uk", "zh")


def size(data: bytes) -> tuple[int, int]:
    """Width and height of a PNG."""
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", data[16:24])
    return width, height


def told_by(text: str) -> dict[str, list[str]]:
    """What the tags of a page say, by their name."""
    found: dict[str, list[str]] = {}
    for name, value in META.findall(text):
        found.setdefault(name, []).append(unescape(value))
    return found


def test_every_page_has_the_tags_and_its_picture(built_site: Path) -> None:
    """A shared link had no picture, no title."""
    base = base_of(built_site)
    seen: dict[Path, set[str]] = {}
    for page in pages(built_site):
        text, place = page.read_text("utf-8"), page.relative_to(built_site)
        head = unescape(text.partition("</head>")[0])
        told = told_by(text)
        assert [name for name in ONCE if len(told.get(name, [])) != 1] == [], place
        title, address = told["og:title"][0], told["og:url"][0]
        assert f"<title>{title} – {told['og:site_name'][0]}</title>" in head, place
        assert f'<link rel="canonical" href="{address}">' in head, place
        described = re.search(r'<meta name="description" content="([^"]*)">', text)
        assert told.get("og:description", [""]) == [unescape(described[1]) if described else ""], place
        others = set(re.findall(r'hreflang="(?!x-default)([\w-]+)"', head))
        assert len(told.get("og:locale:alternate", [])) == max(0, len(others) - 1), place
        picture = built_site / told["og:image"][0].removeprefix(base)
        seen.setdefault(picture, set()).add(told["og:image:alt"][0])
        if picture.parent == page.parent and page.name == "index.html" and place.parts[0] not in NOT_LATIN:
            assert told["og:image:alt"] == [legible(title)], place
    for picture, alts in seen.items():
        data = picture.read_bytes()
        assert size(data) == (WIDTH, HEIGHT), picture
        assert len(data) <= pictures.HEAVIEST, picture
        assert len(alts) == 1, (picture, alts)
    assert set(seen) == set(built_site.rglob("anteprima.png"))


def test_needs_services_notices_and_projects_have_their_own(built_site: Path) -> None:
    for folder in ("servizi/bisogni", "avvisi", "situazioni", "progetti"):
        listed = [path.parent for path in (built_site / folder).glob("*/index.html")]
        own = [place for place in listed if (place / "anteprima.png").exists()]
        assert len(own) > len(listed) / 2, folder
        assert len({(place / "anteprima.png").read_bytes() for place in own}) == len(own), folder
    # Letters that the font lacks are not drawn as boxes: one picture has the mark and the name alone.
    assert len({(built_site / code / "anteprima.png").read_bytes() for code in NOT_LATIN}) == 1


def test_a_text_is_drawn_only_with_letters_that_the_font_has() -> None:
    from fontTools.ttLib import TTFont

    for font in print_fonts(CACHE).glob("*.ttf"):
        assert set(map(ord, SIGNS)) <= TTFont(font).getBestCmap().keys()
    assert legible("Città di domani – 500 €") == "Città di domani – 500 €"
    assert legible("🏠 Casa\u202e\x07 mia") == "Casa mia"
    assert legible("e\u0301") == "é"
    assert [legible(text) for text in ("ساكن", "Дім", "Casa 家", "")] == [""] * 4
    assert len(legible("parola " * 80)) <= LONGEST
    assert legible("x" * 500).endswith("…")


def writer_of(titles: tuple[str, ...]) -> Any:
    """As much of a writer as pictures ask for: one page for each title."""
    env = Environment(  # noqa: S701 - Typst, no HTML
        loader=FileSystemLoader(THEME), trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)
    env.filters |= {"legible": legible, "typst_string": typst_string}
    config = SimpleNamespace(main="it", name="Città «d’altri»")
    env.globals["config"] = config
    asked = {Picture(f"{number}/anteprima.png", legible(title)): Page(title, "it", f"{number}/index.html", "", {})
             for number, title in enumerate(titles)}
    return SimpleNamespace(
        envs={"it": env}, config=config, pages=[], sharing=SimpleNamespace(all=lambda _: asked),
        render=lambda page: f'#picture("Avvisi", "{typst_string(page.context["picture"].title)}", "Chiude")',
    )


def drawing(writer: Any, cache: Path) -> dict[str, bytes]:
    """The pictures of a writer."""
    return dict(pictures.pictures_of(writer, ROOT, cache, MARK))


@pytest.mark.slow
def test_hostile_titles_are_drawn_and_only_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = drawing(writer_of(HOSTILE), tmp_path)
    assert len(made) == len(HOSTILE)
    assert {size(data) for data in made.values()} == {(WIDTH, HEIGHT)}
    assert max(map(len, made.values())) <= pictures.HEAVIEST
    again = drawing(writer_of(HOSTILE), tmp_path / "elsewhere")
    assert again == made, "the same titles give other bytes"
    monkeypatch.setattr(typesetting, "keep", lambda folder, _: pytest.fail(f"drawn anew: {folder}"))
    assert drawing(writer_of(HOSTILE), tmp_path) == made
    with pytest.raises(BaseException, match="drawn anew"):
        drawing(writer_of(("another", *HOSTILE)), tmp_path)


def test_colours_come_from_the_tokens() -> None:
    found = pictures.colours_of((ROOT / "site/assets/style/tokens.css").read_text("utf-8"))
    assert set(found) == set(pictures.COLOURS)
    assert pictures.colours_of(":root{--bg:#fff;--ink:#000;--brand:#111;--brand-deep:#222;--on-brand:#333;--sun:#444}"
                               "@media dark{--bg:#000}")["bg"] == "#fff"
    with pytest.raises(DeclarationError, match="--bg"):
        pictures.colours_of("--ink: Canvas")


def test_no_address_is_made_up() -> None:
    assert absolute("https://casa.example/", "x/anteprima.png") == "https://casa.example/x/anteprima.png"
    assert absolute("/", "x/anteprima.png") == ""
    env = Environment(loader=FileSystemLoader(THEME), autoescape=True, undefined=StrictUndefined)
    config = SimpleNamespace(name="Casa", languages={"it": {"locale": "it_IT"}})
    said = env.get_template("layout/sharing.html").render(
        heading='"', sentence="", config=config, picture={"absolute": ""}, alternates=[], lang="it", canonical="/x/")
    assert "og:image" not in said
    assert "og:url" not in said
    assert 'content="summary"' in said


def test_where_a_kind_has_too_many_pages_one_picture_serves_all() -> None:
    def picture(count: int) -> Picture:
        listed = {f"projects/{number}": {"it": f"progetti/{number}/"} for number in range(count)}
        addresses = {"home": {"it": ""}, "projects": {"it": "progetti/"}, **listed}
        page = Page("projects/1", "it", "progetti/1/index.html", "money/project.html", {"title": "Uno"})
        config = SiteConfig("https://casa.example/", {"it": {"name": "Italiano", "locale": "it_IT"}})
        return Sharing(config, addresses, {"it": Language("it", "it_IT", (), {})}).of(page)

    assert crowded(f"projects/{number}" for number in range(MOST + 1)) == ["projects"]
    assert picture(2) == Picture("progetti/1/anteprima.png", "Uno", "Progetti")
    assert picture(MOST + 1) == Picture("progetti/anteprima.png", "Progetti")
