"""MkDocs, as the build uses it: its settings, and a run that writes the site."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from etl.meta import places
from etl.meta.city import load_city
from etl.meta.errors import DeclarationError
from etl.meta.settings import SiteConfig

THEME, PLANNED = "site/theme", "planned"


def site_settings(root: Path, base_url: str | None) -> Any:
    """What mkdocs.yml says of the site, read and checked by MkDocs, with the name and address that city.toml gives it.

    base_url: another address.
    """
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    site = load_city(root).get("site") or {}
    given = {"site_name": site.get("name"), "site_url": base_url or site.get("url")}
    settings: dict[str, Any] = {} if places.is_whole(root) else made_by_the_program(root)
    settings |= {key: value for key, value in given.items() if value}
    try:
        found = load_config(str(root / "mkdocs.yml"), strict=True, **settings)
    except MkDocsException as error:
        raise DeclarationError(f"mkdocs.yml: {error}") from error
    found.theme.dirs = list(dict.fromkeys([*found.theme.dirs, *(str(layer / THEME) for layer in places.layers(root))]))
    return found


def settings_of(found: Any, **others: Any) -> SiteConfig:
    """The settings of the site, from those that MkDocs has read and city.toml. others: those of this one build."""
    from etl.web import pages

    root = Path(found.config_file_path).parent
    address, languages = (found.site_url or "").rstrip("/") + "/", found.extra["languages"]
    folders = pages.folders(next(iter(languages)))
    return SiteConfig.of(load_city(root), site_url=address, languages=languages, folders=folders, **others)


def made_by_the_program(root: Path) -> dict[str, Any]:
    """How a site is built, which mkdocs.yml of a city without a clone does not say."""
    return {
        "theme": {"name": None, "custom_dir": str(places.find(root, THEME))},
        "hooks": [str(places.find(root, "site/hooks.py"))],
        "docs_dir": str(root / "site" / "content"), "site_dir": str(root / "build" / "next"),
        "plugins": [], "markdown_extensions": ["attr_list", "tables", "toc"],
    }


def render_site(
    settings: Any, site_dir: Path, release_dir: Path, extra: Mapping[str, Any] | None = None
) -> dict[str, str]:
    """Let MkDocs write all pages into site_dir from the release in release_dir; gives the sha256 of what was written by
    path, "" where only the name is known.

    extra: more settings of mkdocs.yml (checked_on and due_on, see SiteConfig; previous, the site before
    (runtime/standing.py), whose pages are kept where they would be the same; typed, what the tables in release_dir say,
    where it is in memory already; workers, how many processes render, as many as there are processors without it).
    """
    from mkdocs.commands.build import build as mkdocs_build
    from mkdocs.exceptions import MkDocsException

    # MkDocs tells progress and its own news through logging; only what is wrong is for our readers.
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    settings.site_dir = str(site_dir)
    settings.extra.update(extra or {}, release=str(release_dir))
    try:
        settings.plugins.on_startup(command="build", dirty=False)
        mkdocs_build(settings)
    except MkDocsException as error:
        raise DeclarationError(f"mkdocs.yml or site/: {error}") from error
    planned: dict[str, str] = settings.extra[PLANNED]
    return planned
