"""A telephone number is read in one piece: no line breaks inside it (html-validate's rule tel-non-breaking)."""

from __future__ import annotations

import re
from pathlib import Path

LINK = re.compile(r'<a\b([^>]*\bhref="tel:[^>]*)>(.*?)</a>', re.DOTALL)
WHOLE = re.compile(r'<bdi class="unbroken" dir="ltr">[^<]*[0-9][^<]*</bdi>')


def test_no_number_that_can_be_dialled_breaks_across_lines(built_site: Path) -> None:
    broken, seen = [], 0
    for path in built_site.rglob("*.html"):
        for tag, inside in LINK.findall(path.read_text("utf-8")):
            seen += 1
            classes = re.search(r'class="([^"]*)"', tag)
            names = classes[1].split() if classes else []
            if "phone" not in names and not ("call" in names and WHOLE.search(inside)):
                broken.append((path.relative_to(built_site).as_posix(), inside[:80]))
    assert seen > 100
    assert broken == []


def test_the_stylesheet_keeps_them_in_one_piece(built_site: Path) -> None:
    css = next((built_site / "assets").glob("site.*.css")).read_text("utf-8")
    (rule,) = re.findall(r"\.phone,\s*\.unbroken\s*\{([^}]*)\}", css)
    assert re.search(r"display:\s*inline-block", rule)
