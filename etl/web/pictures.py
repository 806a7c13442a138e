"""Draws the pictures that go with the addresses of pages (see sharing.py)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from etl.meta.errors import DeclarationError, PublishError
from etl.meta.model import Page
from etl.meta.places import listed
from etl.web.charts.inks import tokens
from etl.web.sharing import HEIGHT, WIDTH, Picture
from etl.web.theme import print_fonts
from etl.web.typesetting import Press, TypesettingError
from etl.web.writer import Writer

SHEET, ONE = "layout/pictures.typ", "layout/picture.typ"
TOKENS = "style/tokens.css"
HEX = re.compile("#[0-9a-fA-F]{3,8}")
HEAVIEST = 60_000
"""Bytes of a picture: some networks do not show what is heavy, and who pays for a telephone pays for it."""
SCALES = (1, 0.7, 0.45, 0.3)
"""How large its title is: smaller where a picture came out heavier. Few do."""
COLOURS = ("bg", "ink", "brand", "brand-deep", "on-brand", "sun")
"""What the pictures take from the tokens of the stylesheet, in their light values."""

Draw = Callable[[Sequence[str], float], list[bytes]]
"""PNG of each of some pictures, which are Typst markup; their titles so large."""


def pictures_of(writer: Writer, root: Path, cache: Path, mark: bytes) -> Iterator[tuple[str, bytes]]:
    """(path in the site, PNG) of every picture. root: the repository. cache: where those of the last build are.
    mark: of the site, as SVG.

    Those of a kind and a language are drawn together: one by one they take three times as long, and a new title then
    asks for few others.
    """
    colours = colours_of(listed(root, "site/assets")[TOKENS].read_text("utf-8"))
    template = writer.envs[writer.config.main].get_template(SHEET)
    groups: dict[tuple[str, str], dict[str, str]] = {}
    for picture, page in writer.sharing.all(writer.pages).items():
        group = groups.setdefault((page.language, picture.label), {})
        group[picture.path] = source(writer, picture, page)
    with Press(cache / "pictures", print_fonts(cache)) as press:

        def draw(pictures: Sequence[str], scale: float) -> list[bytes]:
            sheet = template.render(pictures=pictures, colours=colours, scale=scale, width=WIDTH, height=HEIGHT)
            try:
                return press.made(sheet, {"mark.svg": mark}, format="png", ppi=72)  # a point is as wide as a pixel
            except TypesettingError as error:
                raise PublishError(f"site/theme/{SHEET}: {error}") from error

        for group in groups.values():
            made = light(draw, list(dict.fromkeys(group.values())))
            yield from ((path, made[text]) for path, text in group.items())


def light(draw: Draw, pictures: list[str]) -> dict[str, bytes]:
    """The PNG of each picture, its title as large as HEAVIEST allows."""
    made: dict[str, bytes] = {}
    for scale in SCALES:
        heavy = [text for text in pictures if len(made.get(text, b"")) > HEAVIEST or text not in made]
        made.update(zip(heavy, draw(heavy, scale) if heavy else [], strict=True))
    return made


def source(writer: Writer, picture: Picture, page: Page) -> str:
    """One picture as Typst markup. A page that has it as its own says more of itself in it."""
    own = page.context if picture.label else {}
    return writer.render(Page(page.id, page.language, page.path, ONE, {**own, "picture": picture}))


def colours_of(css: str) -> dict[str, str]:
    """The light values of COLOURS in tokens.css."""
    known = tokens(css)
    if lacking := [name for name in COLOURS if not HEX.fullmatch(known.get(name, ""))]:
        raise DeclarationError(f"site/assets/{TOKENS}: --{lacking[0]} has no colour such as #0b4a8f.")
    return {name: known[name] for name in COLOURS}
