"""What the owner of the site decides, as the pages see it (mkdocs.yml, `extra`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class SiteConfig:
    """Settings of the whole site.

    name: of the site. place: the city that it serves, for machines that read pages.
    languages: code -> {"name": the language in its own words, "locale": how it writes dates and numbers}; the
    first one lives at the root, the others in a folder of their own.
    owner: name per language, website, accessibility_statement (address; empty until there is one).
    notice: language -> a sentence shown on every page; empty = no notice.
    """

    site_url: str
    languages: Mapping[str, Mapping[str, str]]
    owner: Mapping[str, Any] = field(default_factory=dict)
    name: str = ""
    place: str = ""
    repository: str = ""
    notice: Mapping[str, str] = field(default_factory=dict)
