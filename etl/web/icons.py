"""Drawings of 24 by 24: those of Bootstrap Italia's sprite, and our own before them, put where they are used."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from urllib.parse import quote

from markupsafe import Markup

from etl.meta.errors import DeclarationError
from etl.meta.places import PROGRAM
from etl.web.framework import package_folder

OWN = PROGRAM / "site" / "theme" / "layout" / "icons.svg"
SYMBOL = re.compile(r'<symbol id="(?:it-)?([\w-]+)" viewBox="0 0 24 24">(.*?)</symbol>', re.DOTALL)
NAMED = re.compile(r"var\(--icon-([\w-]+)\)")
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" {}>{}</svg>'
LINES = 'fill="none" stroke="#000" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"'
LOOK = {"icon": "", "icon drawn": LINES}
"""Class -> what makes a drawing of it by itself look as the stylesheet makes it look in a page."""


@cache
def drawings() -> dict[str, tuple[str, str]]:
    """Name -> (class, shapes): the package's are filled, without the `it-` of their names; ours are lines."""
    sprites = ("icon", package_folder() / "svg" / "sprites.svg"), ("icon drawn", OWN)
    return {name: (kind, shapes.strip()) for kind, path in sprites
            for name, shapes in SYMBOL.findall(path.read_text("utf-8"))}


def shapes_of(name: str) -> tuple[str, str]:
    """The class and the shapes of a drawing. Raises DeclarationError when there is none of this name."""
    try:
        return drawings()[name]
    except KeyError:
        raise DeclarationError(f"no drawing `{name}`: neither in Bootstrap Italia's sprite nor in {OWN.name}") from None


@cache
def icon(name: str) -> Markup:
    """A drawing as a piece of a page, for the eye alone: words beside it say the same. It has the colour of text."""
    kind, shapes = shapes_of(name)
    return Markup(f'<svg class="{kind}" viewBox="0 0 24 24" aria-hidden="true">{shapes}</svg>')  # noqa: S704 - ours


def signs(*names: str) -> Markup:
    """Drawings that a page shows many times, for `sign`: they stand in it once, unseen."""
    symbols = "".join(f'<symbol id="sign-{name}" viewBox="0 0 24 24">{shapes_of(name)[1]}</symbol>' for name in names)
    return Markup(f"<div hidden><svg>{symbols}</svg></div>")  # noqa: S704 - ours


def sign(name: str) -> Markup:
    """A drawing of `signs` as `icon` would show it."""
    return Markup(f'<svg class="{shapes_of(name)[0]}" aria-hidden="true"><use href="#sign-{name}"/></svg>')  # noqa: S704


def in_sheets(sheets: Iterable[bytes]) -> bytes:
    """`--icon-NAME` for each drawing that stylesheets name: masks, which take their colour from what they stand on."""
    names = sorted({name for sheet in sheets for name in NAMED.findall(sheet.decode("utf-8"))})
    known = ((name, *shapes_of(name)) for name in names)
    pictures = (f'--icon-{name}:url("{data_address(PICTURE.format(LOOK[kind], shapes))}")'
                for name, kind, shapes in known)
    return f":root{{{';'.join(pictures)}}}".encode() if names else b""


SAFE = "'=:/,;!*()"


def data_address(drawing: str) -> str:
    """An SVG drawing as an address that holds it."""
    return f"data:image/svg+xml,{quote(drawing, safe=SAFE)}"


def logo_of(root: Path, path: str | None) -> Path | None:
    """The file of the city's own mark, as `[site] logo` of city.toml names it; None where it names none."""
    if not path:
        return None
    if not (root / path).is_file():
        raise DeclarationError(f"city.toml: `site.logo`: there is no {path}")
    return root / path
