"""The picture of the house shows the house as it is, to those who see it and to those who hear it."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from architecture import PICTURE, ROOMS, picture
from support.repository import ROOT


def test_the_picture_is_current() -> None:
    assert PICTURE.read_text("utf-8") == picture(), "run `make architecture`"


def test_every_room_is_in_the_picture() -> None:
    assert {path.name for path in (ROOT / "etl").iterdir() if path.is_dir()} - {"__pycache__"} == set(ROOMS)


def test_the_picture_can_be_heard() -> None:
    root = ET.fromstring(PICTURE.read_text("utf-8"))  # noqa: S314 - our own file
    (title,), (desc,) = (root.findall(f"{{http://www.w3.org/2000/svg}}{name}") for name in ("title", "desc"))
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "title desc"
    assert title.text
    assert "releases imports" in (desc.text or "")
