"""Takes the pictures of docs/look from the site that `make site` built: two screens of 14 kinds of pages, on a
telephone and on a desk. `make picture` runs it; `python tests/look.py FOLDER NAME` takes those of another site."""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright
from support.browser import browser_path, serving
from support.kinds import PAGES
from support.looking import ASKING, SCREENS, Eye, content
from support.repository import ROOT

KINDS = {name: PAGES[kind] for name, kind in {
    **{name: name for name in ("home", "need", "service", "desk", "desks", "rent", "network", "project", "projects",
                               "dataset", "changes")},
    "transparency": "money", "explorer": "table",
}.items()} | {"search": f"{PAGES['search']}?q=sfratto"}
WIDE = {390: 240, 1280: 480}
"""Width of a page -> of its picture."""
HEAVIEST = 25_000


def light(eye: Eye, picture: str, width: int) -> bytes:
    """A picture as a JPEG that is light enough."""
    for quality in (0.7, 0.55, 0.4, 0.25, 0.15):
        data = content(eye.shrunk(picture, width, quality))
        if len(data) <= HEAVIEST:
            break
    return data


def main(site: Path, when: str) -> None:
    """Take them all."""
    with sync_playwright() as playwright, serving(site) as address:
        chromium = playwright.chromium.launch(executable_path=browser_path(), args=["--no-sandbox", "--disable-gpu"])
        eye = Eye(chromium, address)
        for width, height in SCREENS.items():
            eye.page.set_viewport_size({"width": width, "height": height})
            for name, path in KINDS.items():
                eye.go(path, waits=name in ASKING)
                data = light(eye, eye.seen(width, "light"), WIDE[width])
                (ROOT / "docs" / "look" / f"{name}-{width}-{when}.jpg").write_bytes(data)
        chromium.close()


if __name__ == "__main__":
    main(*((Path(sys.argv[1]), sys.argv[2]) if len(sys.argv) > 1 else (ROOT / "build" / "site", "after")))
