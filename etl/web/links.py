"""Where every page is: addresses, links, menu and trail, read off the pages that there are and their kinds."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from markupsafe import Markup, escape

from etl.meta.errors import DeclarationError
from etl.meta.model import Page
from etl.meta.settings import SiteConfig
from etl.web.kinds import Kind, page_id
from etl.web.pages import KINDS, alternates, line

Url = Callable[[str, str | None], str]


def refuse_twice(pages: Iterable[Page]) -> None:
    """Refuse two pages of one address, as two rows with one name have: both rows are named with their tables."""
    first: dict[str, Page] = {}
    for page in pages:
        other = first.setdefault(page.path.lower(), page)
        if other is not page:
            raise DeclarationError(
                f"/{page.path}: due pagine hanno questo indirizzo: {row(other)} e {row(page)}. Cambia il nome o il "
                f"codice di una delle due righe / two pages have this address: {row(other)} and {row(page)}. Give one "
                "of the two rows another name or identifier.")


def row(page: Page) -> str:
    """The row that a page is about, for people: its table, its key and its name."""
    kind, _, item = page.id.partition("/")
    table = KINDS[kind].requires[0] if kind in KINDS and KINDS[kind].requires else kind
    name = page.context.get("title")
    return f"{table}{item and f', {item}'}{f' «{name}»' if name else ''}"


class Links:
    """The addresses of all pages of a site. missed: ids of pages that were asked for and are not there."""

    def __init__(self, config: SiteConfig, pages: Iterable[Page]) -> None:
        listed = list(pages)
        self.main = config.main
        self.addresses = alternates(listed)
        self.missed: set[str] = set()
        refuse_twice(listed)

    def has(self, kind: str, item: str | None = None) -> bool:
        """Whether there is a page; a page that asked for one that is not there is rendered again once it is."""
        name = page_id(kind, item)
        if name in self.addresses:
            return True
        self.missed.add(name)
        return False

    def is_in(self, language: str, kind: str, item: str | None) -> bool:
        """Whether a language has a page of its own."""
        return language in self.addresses[page_id(kind, item)]

    def address(self, kind: str, language: str, item: str | None = None) -> str:
        """Address of a page by its kind or, of one that people write, its id; where it is not translated, that of the
        first language. kind "file" is a published data file (item "desks.csv"), the same in all languages."""
        if kind == "file":
            return f"dati/{item}"
        known = self.addresses[page_id(kind, item)]
        return known[language] if language in known else known[self.main]

    def link(self, url: Url, language: str, kind: str, item: str | None, said: str) -> Markup:
        """A link to a page from one in a language; its words alone where there is none. url: how it is led to."""
        words = escape(said)
        if not self.has(kind, item):
            return words
        elsewhere = "" if self.is_in(language, kind, item) else f' hreflang="{self.main}"'
        return Markup(f'<a href="{url(kind, item)}"{elsewhere}>{words}</a>')  # noqa: S704 - escaped above

    def joined(
        self, url: Url, language: str, *entries: tuple[str, str | None, str],
        between: str = " · ",
    ) -> Markup:
        """Links to those of some pages that there are: (kind, item, words) of each, with a sign between them."""
        found = (self.link(url, language, *entry) for entry in entries if self.has(*entry[:2]))
        return Markup(between).join(found)  # noqa: S704 - our own sign

    def named(self, where: str, language: str) -> list[Kind]:
        """The kinds of pages in the menu ("menu") or at the foot ("foot") of the site: those that a language has."""
        known = (kind for kind in KINDS.values() if language in self.addresses.get(kind.name, {}))
        return sorted((kind for kind in known if getattr(kind, where)), key=lambda kind: int(getattr(kind, where)))

    def trail(self, page: Page, say: Callable[[str], str]) -> list[tuple[str, str]]:
        """(name, address) of what stands above a page, from the home page down; of an item the list it is in, too."""
        kind, *item = page.id.split("/")
        above = line(kind) if kind in KINDS else line("home")
        if kind in KINDS and (not item or "turn" in page.context):
            above = above[:-1]
        return [(say(other.label), self.address(other.name, page.language)) for other in above
                if other.name in self.addresses]
