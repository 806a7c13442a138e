"""Renders pages straight with Jinja: templates compiled once per language, nothing parsed per page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment
from markupsafe import Markup

from etl.domain.citing import OTHERS, cited, cited_on, documents, others
from etl.domain.figures import FIGURES
from etl.meta.model import LANGUAGES, Page, Release
from etl.meta.settings import SiteConfig
from etl.meta.view import digest, json_text, rows
from etl.meta.words import say, slug
from etl.runtime.files import write_into
from etl.runtime.workers import in_parts
from etl.web.answers import Answers, Word
from etl.web.charts.shown import drawn
from etl.web.icons import icon, sign, signs
from etl.web.kept import KeptPages, Made
from etl.web.kinds import N_
from etl.web.language import Language, schema_labels
from etl.web.links import Links
from etl.web.pages import KINDS, section
from etl.web.pages.trust.changes import feed_name
from etl.web.pages.trust.security import CSP
from etl.web.search import searched
from etl.web.sharing import Sharing
from etl.web.templates import MACROS, CompiledTemplates, in_place
from etl.web.theme import sheets_of

# The 404 page is served at any depth, so its links start at the root of the host.
MISSING = "404.html"
UNSEARCHED = {"404", *(kind.name for kind in KINDS.values() if not kind.searched)}
"""What search does not read, by the first part of the id of a page."""
NOT_TRANSLATED = N_("questa pagina non è tradotta: vai alla prima pagina")
"""What the choice of languages says of one that a page is not in."""
PARTS = ("links", "checked", "footer")
"""Parts of a page, of layout/, that are the same on all at one depth: they are rendered once for these."""
MANY = 1_000
"""Pages of a language above which it gets templates with its words in place: compiling them takes a second."""
FEW = 500
"""Pages below which one process is faster than several."""
BLOCK = 32
"""Pages in a row that one process renders."""
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class Writer:
    """Knows all pages of the site, and so how to link and render each of them."""

    def __init__(
        self, env: Environment, config: SiteConfig, release: Release, pages: list[Page], locale: Sequence[Path],
        assets: Mapping[str, str], cache: Path, workers: int = 1, words: Sequence[Word] = (),
        small: Mapping[str, str] | None = None,
    ):
        self.config, self.release, self.pages = config, release, pages
        self.documents = documents(release)
        self._counts = Counter(page.language for page in pages)
        self.workers = workers
        self._here: dict[str, Any] = {}
        self._pieces: dict[tuple[str, ...], str] = {}
        self.links = Links(config, pages)
        self.address, self.addresses = self.links.address, self.links.addresses
        self.assets, self.small = assets, small or {}
        # Titles of columns: Italian, and English where a language with all pages is another.
        self._titles = [
            {(item["name"], field["name"]): field[key] for item in release.package["resources"]
             for field in item["schema"]["fields"]}
            for key in ("title", "title_en")
        ]
        labels = schema_labels(release)
        self.compiled = CompiledTemplates(cache / "templates.json", locale)
        self.languages = {code: Language(code, about["locale"], locale, labels)
                          for code, about in config.languages.items()}
        self.envs = {code: self._environment(env, language) for code, language in self.languages.items()}
        self.sharing = Sharing(config, self.addresses, self.languages)
        self._links = lru_cache(maxsize=None)(self._links_from)
        self._menu = lru_cache(maxsize=None)(self._menu_of)
        self.answers = Answers(config, release, pages, words, self.title,
                               lambda code, text: self.languages[code].gettext(text))
        self.pages = [page if page.id != "search" else self.answers.shown_on(page) for page in pages]

    def _environment(self, env: Environment, language: Language) -> Environment:
        own = self.compiled.environment(env, in_place=self._counts[language.code] > MANY)
        own.policies["json.dumps_function"] = json_text
        own.filters = {**env.filters, **language.filters()}
        own.globals = {**env.globals, **self.words(language.code)}
        for name, template in MACROS.items():
            own.globals[name] = own.get_template(template).module
        return own

    def words(self, code: str) -> dict[str, Any]:
        """What is the same on all pages of one language."""
        language = self.languages[code]
        english = code != LANGUAGES[0] and not self.config.is_partial(code)
        return {
            "lang": code, "dir": language.direction, "latin": language.latin,
            "partial": self.config.is_partial(code), "main": self.config.main,
            "release_version": self.release.package["version"],
            "menu": self.links.named("menu", code),
            "foot": self.links.named("foot", self.config.main),
            "kind_words": lambda kind: language.gettext(KINDS[kind].called if kind in KINDS else kind),
            "has": self.links.has,
            "drawn": partial(drawn, language),
            "link": partial(self.links.link, self.url, code),
            "links": partial(self.links.joined, self.url, code),
            "once": self.once,
            "icon": icon, "sign": sign, "signs": signs,
            "url": self.url,
            "source_document": partial(cited, self.documents),
            "other_sources": lambda row: others(row.get(OTHERS)),
            "asset": lambda path: self._here["asset"](path),
            "small": lambda path: self.small.get(path) or self._here["asset"](path),
            "config": self.config,
            "city": say(self.config.city, code) if self.config.city else self.config.place,
            # Shown only where somebody is funded.
            "funding": say(self.config.funding, code) if self.config.funding and rows(self.release, "projects") else "",
            "csp": CSP, "feed_name": feed_name(code),
            "address": lambda kind, item=None: self.address(kind, code, item),
            # As words already: pages that people write know no filters.
            "checked": {"on": language.day(self.config.checked_on), "due": language.day(self.config.due_on)},
            "slug": slug,
            "computed": {figure.id: figure.said(code) for figure in FIGURES.values()},
            "title_of": lambda dataset, column: self._titles[english].get((dataset, column), column),
            "_": language.gettext,
            "ngettext": language.ngettext,
        }

    def url(self, kind: str, item: str | None = None) -> str:
        """The link to a page from the one that is being rendered: macros then need nothing of it, and are made once."""
        return str(self._here["url"](kind, item))

    def once(self, key: tuple[str, ...], part: Callable[..., str], *given: Any) -> str:
        """A piece of a page that stands on many: rendered once for each key, which holds all that it depends on."""
        if key not in self._pieces:
            self._pieces[key] = part(*given)
        return self._pieces[key]

    def _links_from(self, language: str, root: str) -> dict[str, Any]:
        def url(kind: str, item: str | None = None) -> str:
            return root + self.address(kind, language, item)

        links = {
            "root": root,
            "url": lru_cache(maxsize=None)(url),
            "home": lambda code: root + self.address("home", code),
            "at": lambda kind, code: root + self.address(kind, code),
            "asset": lambda path: f"{root}assets/{self.assets.get(path, path)}",
        }
        self._here = links
        return {**links, "parts": {name: self._part(name, language, links) for name in PARTS}}

    def _menu_of(self, language: str, root: str, section: str, page_id: str) -> Markup:
        return self._part("menu", language, {**self._links(language, root), "section": section, "page_id": page_id})

    def _part(self, name: str, language: str, known: Mapping[str, Any]) -> Markup:
        """A part of the page, escaped as it is rendered."""
        return Markup(self.envs[language].get_template(f"layout/{name}.html").render(known))  # noqa: S704

    def place(self, page: Page) -> dict[str, Any]:
        """What only this page knows: where it is, and where its translations are."""
        root = (
            urlsplit(self.config.site_url).path if page.path.endswith(MISSING) else "../" * page.path.count("/") or "./"
        )
        kind = page.id.split("/")[0]
        above = section(kind)
        translations = self.addresses.get(page.id, {})
        self._here = self._links(page.language, root)
        return {
            **self._here,
            "page_id": page.id,
            "section": above,
            "menu_bar": self._menu(page.language, root, above, above if page.id == above else ""),
            "searched": kind not in UNSEARCHED,
            "trail": [(name, root + path)
                      for name, path in self.links.trail(page, self.languages[page.language].gettext)],
            "picture": self.sharing.told(page),
            "sheets": sheets_of(page.template),
            "canonical": self.config.site_url + page.path.removesuffix("index.html"),
            "alternates": [{"language": code, "absolute": self.config.site_url + path}
                           for code, path in translations.items()],
            "switcher": [self._switch(code, root, translations.get(code)) for code in self.languages],
        }

    def _switch(self, code: str, root: str, path: str | None) -> dict[str, str]:
        """The entry of a language in the switcher: this page or, where it is not translated, the home page."""
        language = self.languages[code]
        return {
            "language": code,
            "direction": language.direction,
            "name": self.config.languages[code]["name"],
            "href": root + (self.address("home", code) if path is None else path),
            "note": language.gettext(NOT_TRANSLATED) if path is None else "",
        }

    def render(self, page: Page) -> str:
        """The finished text of one page."""
        template = self.envs[page.language].get_template(page.template)
        return template.render({**self.place(page), "cited_here": cited_on(page), **page.context})

    def title(self, page: Page) -> str:
        """The name of a page in its language."""
        say = self.languages[page.language].gettext
        return say(page.context["title"])

    def write(self, site_dir: Path, pages: Iterable[Page], kept: KeptPages) -> None:
        """Put pages into the folder of the site: those of the site before that would be the same, the others rendered.

        Several processes share the work where there are many pages; what they write does not depend on how many.
        """
        listed = list(pages)
        some_kept = kept.begin({page.path for page in listed})
        parts = self.workers if len(listed) >= FEW else 1
        if parts > 1 and not some_kept:
            # One page of each kind first: the processes then share its template instead of each compiling it.
            own = {code: code if in_place(env) else "" for code, env in self.envs.items()}
            first = {(own[page.language], page.template): page for page in reversed(listed)}
            self.compiled.prepare([first[kind].whole() for kind in sorted(first)], self.render, parts)

        def part(number: int, parts: int) -> dict[str, Made]:
            # Neighbours together: they lie side by side in memory, and a process copies what it touches.
            return {page.path: self._put(site_dir, page.whole(), kept) for place, page in enumerate(listed)
                    if place // BLOCK % parts == number}

        for made in in_parts(part, parts):
            kept.made.update(made)

    def _put(self, site_dir: Path, page: Page, kept: KeptPages) -> Made:
        """Put one page into the folder of the site; gives what the next build needs to know of it."""
        key = kept.key(page)
        return kept.take(page.path, key, site_dir) or self._rendered(site_dir, page, key)

    def _rendered(self, site_dir: Path, page: Page, key: str) -> Made:
        """Render a page and write it."""
        self.links.missed.clear()
        text = self.render(page)
        # XML has no place for control characters, whatever a value of the past holds.
        data = (text if page.path.endswith(".html") else CONTROL.sub("\ufffd", text)).encode()
        said = searched(text)
        sign = write_into(site_dir, page.path, data)
        return key, sign, digest(said.encode()) if said else "", sorted(self.links.missed)
