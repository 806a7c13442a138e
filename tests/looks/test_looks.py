"""Pages look as they did when somebody last looked at them: `make looks` accepts what they look like now."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.browser import serving
from support.looking import ARABIC, PAGES, PICTURES, SCREENS, Eye, content, kept
from support.repository import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.slow
FAR = 0.07
"""Part of the cells of a page that may be gone: letters of a quite different font take a sixteenth of them."""
LOOKED_AT = ROOT / "build" / "looks"
"""Where pictures that differ are left to be looked at."""


@pytest.fixture(scope="module")
def eye(looks: Path, browser: Browser) -> Iterator[Eye]:
    with serving(looks) as address:
        opened = Eye(browser, address)
        yield opened
        opened.close()


def test_pages_look_as_they_did(eye: Eye) -> None:
    """14 kinds of pages on a telephone and on a desk, light and dark; on paper; in Arabic those that are in it."""
    differ, seen = {}, set()
    LOOKED_AT.mkdir(parents=True, exist_ok=True)
    for names, language in ((tuple(PAGES), "it"), (ARABIC, "ar")):
        for shot, picture in eye.shots(language, names):
            seen.add(shot.name)
            far = eye.apart(picture, kept(shot), shot.width) if (PICTURES / shot.name).exists() else 1.0
            if far > FAR:
                differ[shot.name] = round(far, 3)
                (LOOKED_AT / shot.name).write_bytes(content(picture))
    assert differ == {}, f"look at them in {LOOKED_AT}, beside those in {PICTURES}; `make looks` accepts them"
    assert seen == {path.name for path in PICTURES.iterdir()}
    assert sum(path.stat().st_size for path in PICTURES.iterdir()) < 2_000_000


CHANGED = {
    "main > :nth-child(3) { display: none !important }": "a block is missing",
    ":root { --brand: #8f0b3a !important; --action: #8f0b3a !important; --link: #8f0b3a !important }": "another colour",
    "main { padding-block-start: 18rem !important }": "it begins on the second screen",
}
ALIKE = ("body, button, input { font-family: serif !important }", "body { letter-spacing: 0.02em !important }")


def test_what_is_missing_is_seen_and_other_letters_are_not(eye: Eye) -> None:
    for width, height in SCREENS.items():
        eye.page.set_viewport_size({"width": width, "height": height})
        eye.open("service")
        before = eye.taken(width, "light")
        assert eye.apart(before, before, width) == 0
        for style in (*CHANGED, *ALIKE):
            added = eye.page.add_style_tag(content=style)
            far = eye.apart(before, eye.taken(width, "light"), width)
            added.evaluate("it => it.remove()")
            assert (far > FAR) == (style in CHANGED), (width, CHANGED.get(style, style), far)
