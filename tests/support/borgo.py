"""Borgofiorito, an invented second city: copies of its repository that differ in one thing, and their sites."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from etl.commands.build import build
from etl.commands.check import check
from etl.commands.making import remember, with_charts
from etl.releases.archive import releases
from etl.releases.gate import gate
from etl.releases.printed import with_history
from support.repository import OF_PAGES, TESTS

BORGO = TESTS / "borgo"
DAY = date(2026, 11, 29)
LANGUAGES = ("it", "en", "fr")
ONE_LANGUAGE = {r"(?m)^    (en|fr): .*\n": ""}
"""What changes in mkdocs.yml for a site in Italian alone: a third of the pages."""
CACHE = Path("build", "cache")
OF_DESKS = ("desks", "desk_texts", "desk_hours", "desk_services")


def copy_borgo(
    target: Path, without: tuple[str, ...] = (), settings: Mapping[str, str] | None = None, built: Path | None = None,
) -> Path:
    """Borgofiorito in another folder, without some tables. settings: what stands in mkdocs.yml -> what is to stand.

    built: a copy that has been built; what is made of the program alone, its compiled templates and fonts, is taken
    from there. All pages are made anew.
    """
    shutil.copytree(BORGO, target, ignore=shutil.ignore_patterns("*.py", "__pycache__", "build"))
    if built:
        shutil.copytree(built / CACHE, target / CACHE, ignore=OF_PAGES)
    for name in without:
        (target / "datasets" / "source" / f"{name}.csv").unlink()
    path = target / "mkdocs.yml"
    text = path.read_text("utf-8")
    for old, new in (settings or {}).items():
        assert re.search(old, text), f"mkdocs.yml of Borgofiorito holds no {old}"
        text = re.sub(old, new, text)
    path.write_text(text, "utf-8")
    return target


def release_of(root: Path, day: date) -> None:
    """Keep the release of a day in a repository, as a build does, and make no site."""
    draft = check(root, day)
    gate(draft.findings)
    release = with_charts(root, with_history(draft, root / "datasets" / "release"))
    remember(root, release, releases(root, release)[0])


def site_of(root: Path) -> Path:
    """The finished site of a repository."""
    assert build(root, None, None, DAY, str) is not None
    return root / "build" / "site"
