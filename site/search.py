"""The search index: Pagefind reads the finished pages; beside it, the words that spelling suggestions choose from."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from html import unescape
from pathlib import Path

from etl.errors import PublishError
from etl.pages.config import SiteConfig

FOLDER = "assets/pagefind"
# Interfaces that come with Pagefind: we have our own.
UNUSED = ("pagefind-ui", "pagefind-modular-ui", "pagefind-component-ui", "pagefind-highlight")
MAIN = re.compile(r"<main\b.*?</main>", re.DOTALL)
TAG = re.compile(r"<(script|style)\b.*?</\1>|<[^>]+>", re.DOTALL)
WORD = re.compile(r"[^\W\d_]{4,}")
MOST = 6000
"""Words that the suggestions of one language choose from: the most frequent of four letters and more."""


def build_search(site_dir: Path, config: SiteConfig) -> None:
    """Write the index and the vocabularies of a finished site. Only pages that mark their content are in it."""
    command = [sys.executable, "-m", "pagefind", "--site", str(site_dir), "--output-subdir", FOLDER, "--quiet"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own interpreter and folder
    if run.returncode:
        raise PublishError(f"pagefind could not index {site_dir}: {run.stderr.strip() or run.stdout.strip()}")
    # Pagefind lists languages in any order; a site must be the same each time that it is built.
    entry = site_dir / FOLDER / "pagefind-entry.json"
    entry.write_text(json.dumps(json.loads(entry.read_text("utf-8")), sort_keys=True), "utf-8")
    for path in (site_dir / FOLDER).iterdir():
        if path.name.startswith(UNUSED):
            path.unlink()
    main = next(iter(config.languages))
    folders = [code for code in config.languages if code != main]
    for code in config.languages:
        if not config.is_partial(code):
            pages = (
                path
                for path in (site_dir if code == main else site_dir / code).rglob("*.html")
                if code != main or path.relative_to(site_dir).parts[0] not in folders
            )
            words = json.dumps(vocabulary(path.read_text("utf-8") for path in sorted(pages)), ensure_ascii=False)
            (site_dir / "assets" / f"words-{code}.json").write_text(words, "utf-8")


def vocabulary(pages: Iterable[str]) -> list[str]:
    """The words of some pages from the most frequent on; as frequent ones in alphabetical order."""
    counts: Counter[str] = Counter()
    for text in pages:
        found = MAIN.search(text)
        if found:
            counts.update(WORD.findall(unescape(TAG.sub(" ", found[0])).lower()))
    return [word for word, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MOST]]
