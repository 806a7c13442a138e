"""Which picture goes with the address of a page, where that is sent on: its own, or that of the kind it is of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from etl.domain.legible import legible
from etl.meta.model import Page
from etl.meta.settings import SiteConfig
from etl.web.kinds import Kind, page_id
from etl.web.language import Language
from etl.web.pages import KINDS, line

PICTURE = "anteprima.png"
"""Name of the picture beside a page."""
WIDTH, HEIGHT = 1200, 630
"""What the networks that show such pictures ask for, in pixels."""
OWN = ("needs", "services", "notices", "situations", "projects")
"""Kinds of which each page has a picture of its own; the pages of all others have that of their kind."""
MOST = 200
"""Pages of a kind and a language from which on one picture serves all: to draw one takes a hundredth of a second."""


@dataclass(frozen=True)
class Picture:
    """path: of the picture in the site. title: the words in it. label: the kind of thing that it is of, "" without."""

    path: str
    title: str
    label: str = ""


class Sharing:
    """The pictures of all pages.

    addresses: of all pages by id and language. languages: those of the site; the pages of one whose letters the font
    lacks have a picture of the mark and the name alone.
    """

    def __init__(
        self, config: SiteConfig, addresses: Mapping[str, Mapping[str, str]], languages: Mapping[str, Language],
    ) -> None:
        self._config, self._addresses, self._languages = config, addresses, languages
        self._crowded = crowded(addresses)
        self._of_kind = lru_cache(maxsize=None)(self._kind)

    def told(self, page: Page) -> dict[str, Any]:
        """What goes with the address of a page: where its picture is for other sites, its size, its words."""
        picture = self.of(page)
        return {"absolute": absolute(self._config.site_url, picture.path), "alt": picture.title,
                "width": WIDTH, "height": HEIGHT}

    def of(self, page: Page) -> Picture:
        """The picture of a page."""
        language, name = page.language, page.id.split("/")[0]
        if not self._languages[language].latin:
            return Picture(self._beside("home", language), self._config.name)
        own = is_own(page) and name not in self._crowded
        if own and (title := legible(self._say(language, page.context["title"]))):
            return Picture(page.path.removesuffix("index.html") + PICTURE, title, self._label(KINDS[name], language))
        return self._of_kind(name, language)

    def _kind(self, name: str, language: str) -> Picture:
        """The picture of a kind or, where it has no page or no title of its own, of what stands above it."""
        above = (kind for kind in reversed(line(name)) if kind.title and language in self._addresses.get(kind.name, {}))
        kind = next(above, KINDS["home"])
        title = self._say(language, kind.title)
        return Picture(self._beside(kind.name, language), legible(title) or self._config.name)

    def _beside(self, name: str, language: str) -> str:
        return self._addresses[page_id(name)][language] + PICTURE

    def _say(self, language: str, text: str) -> str:
        return self._languages[language].gettext(text)

    def _label(self, kind: Kind, language: str) -> str:
        return legible(self._say(language, kind.label))

    def all(self, pages: Iterable[Page]) -> dict[Picture, Page]:
        """Every picture that there is to draw, with a page that has it: its own where there is one."""
        found: dict[Picture, Page] = {}
        for page in pages:
            picture = self.of(page)
            if picture not in found or picture.path == page.path.removesuffix("index.html") + PICTURE:
                found[picture] = page
        return found


def is_own(page: Page) -> bool:
    """Whether a page is one of those that have a picture of their own: an item, neither a list nor a row that left."""
    name, *item = page.id.split("/")
    return name in OWN and bool(item) and page.template == KINDS[name].templates[-1] and "turn" not in page.context


def crowded(addresses: Iterable[str]) -> list[str]:
    """The kinds of OWN that have too many pages, from the ids of all."""
    many = Counter(name.split("/")[0] for name in addresses)
    return [name for name in OWN if many[name] > MOST]


def absolute(site_url: str, path: str) -> str:
    """The address of a path for other sites; "" where the site has no public address."""
    return site_url + path if urlsplit(site_url).netloc else ""
