"""Sources on the pages: named by who says them, never by a host alone."""

from __future__ import annotations

import json
import re
from pathlib import Path

from lxml import html
from support.pages import pages

HOST = re.compile(r"(https?://)?[\w-]+(\.[\w-]+)+/?")


def known_sources(site: Path) -> set[str]:
    """The addresses of all sources of a finished site."""
    rows = json.loads((site / "dati" / "source_documents.json").read_text("utf-8"))["records"]
    return {row["source_url"] for row in rows}


def test_no_source_is_only_the_name_of_a_host(built_site: Path) -> None:
    known, bare, seen = known_sources(built_site), [], 0
    for page in pages(built_site):
        for link in html.fromstring(page.read_text("utf-8")).iter("a"):
            if link.get("href") not in known or "website" in link.classes:
                continue
            seen += 1
            if HOST.fullmatch(" ".join(link.text_content().split())):
                bare.append(f"{page.relative_to(built_site)}: {link.get('href')}")
    assert bare == []
    assert seen > len(known)
