"""Accept what pages look like now: `make looks`. Look at what changed (git diff shows it) before you commit."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))
from support.browser import browser_path, serving
from support.looking import ARABIC, PAGES, PICTURES, Eye, content
from support.looks import site_to_look_at


def main() -> None:
    """Take every picture anew; those of pages that are no more go."""
    PICTURES.mkdir(exist_ok=True)
    for path in PICTURES.iterdir():
        path.unlink()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = site_to_look_at(Path(folder) / "town")
        chromium = playwright.chromium.launch(executable_path=browser_path(), args=["--no-sandbox", "--disable-gpu"])
        with serving(site) as address:
            eye = Eye(chromium, address)
            for names, language in ((tuple(PAGES), "it"), (ARABIC, "ar")):
                for shot, picture in eye.shots(language, names):
                    (PICTURES / shot.name).write_bytes(content(picture))
            eye.close()
        chromium.close()


if __name__ == "__main__":
    main()
