"""The addresses of all pages: one table of slugs per section and language, and the only code that joins them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from etl.meta.model import LANGUAGES, Page
from etl.meta.words import slug

SLUGS: dict[str, dict[str, str]] = {
    "home": {"it": "", "en": ""},
    "services": {"it": "servizi", "en": "services"},
    "needs": {"it": "servizi/bisogni", "en": "services/needs"},
    "audiences": {"it": "servizi/per-chi", "en": "services/for"},
    "services-az": {"it": "servizi/a-z", "en": "services/a-z"},
    "guide": {"it": "servizi/guida", "en": "services/guide"},
    "desks": {"it": "sportelli", "en": "desks"},
    "municipalities": {"it": "sportelli/comuni", "en": "desks/municipalities"},
    "rent": {"it": "canone", "en": "rent"},
    "network": {"it": "rete", "en": "network"},
    "projects": {"it": "progetti", "en": "projects"},
    "transparency": {"it": "trasparenza", "en": "transparency"},
    "quality": {"it": "trasparenza/qualita", "en": "transparency/quality"},
    "sources": {"it": "trasparenza/fonti", "en": "transparency/sources"},
    "axis": {"it": "trasparenza/assi", "en": "transparency/axes"},
    "action": {"it": "trasparenza/azioni", "en": "transparency/actions"},
    "city": {"it": "trasparenza/citta", "en": "transparency/cities"},
    "year": {"it": "trasparenza/anni", "en": "transparency/years"},
    "operations": {"it": "trasparenza/operazioni", "en": "transparency/operations"},
    "embed": {"it": "incorpora", "en": "embed"},
    "changes": {"it": "trasparenza/novita", "en": "transparency/changes"},
    "corrections": {"it": "trasparenza/rettifiche", "en": "transparency/corrections"},
    "method": {"it": "trasparenza/metodo", "en": "transparency/method"},
    "data": {"it": "dati", "en": "data"},
    "table": {"it": "dati", "en": "data"},
    "releases": {"it": "dati/releases", "en": "data/releases"},
    "api": {"it": "dati/api", "en": "data/api"},
    "activities": {"it": "attivita", "en": "activities"},
    "facts": {"it": "attivita/tipo", "en": "activities/kind"},
    "search": {"it": "cerca", "en": "search"},
    "licences": {"it": "licenze", "en": "licences"},
}


SAFE = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*")


def N_(text: str) -> str:  # noqa: N802 - the name that Babel looks for
    """Mark a text for translation; templates translate it when they print it."""
    return text


TITLES: dict[str, str] = {
    "home": N_("Dati e servizi per la casa"),
    "services": N_("Servizi per la casa"),
    "needs": N_("Di che cosa hai bisogno?"),
    "audiences": N_("Servizi per chi sei"),
    "services-az": N_("Servizi dalla A alla Z"),
    "guide": N_("Quale servizio fa per me?"),
    "desks": N_("Sportelli per la casa"),
    "municipalities": N_("A chi chiedere nel tuo Comune"),
    "rent": N_("Canone concordato"),
    "network": N_("La rete metropolitana"),
    "projects": N_("Progetti"),
    "transparency": N_("Dove vanno i soldi"),
    "quality": N_("Qualità dei dati"),
    "sources": N_("Fonti e freschezza"),
    "changes": N_("Che cosa è cambiato"),
    "corrections": N_("Rettifiche"),
    "method": N_("Come sono fatti i dati"),
    "data": N_("Dati aperti"),
    "activities": N_("Attività"),
    "search": N_("Cerca nel sito"),
}
"""Italian title of each section: the message that templates translate."""


NOT_TRANSLATED = N_("questa pagina non è tradotta: vai alla prima pagina")
"""What the choice of languages says of one that a page is not in."""


def address(kind: str, language: str, item: str | None = None) -> str:
    """Address of a page, relative to the root of the site: address("desks", "en", "x") -> "en/desks/x/".

    kind "file" is a published data file (item "desks.csv"), the same in all languages. A language without a
    slug of its own uses the Italian one, so that adding a language needs no change here.
    """
    if kind == "file":
        return f"dati/{item}"
    slugs = SLUGS[kind]
    parts = [
        "" if language == LANGUAGES[0] else language,
        slugs.get(language, slugs[LANGUAGES[0]]),
        *map(safe, (item or "").lower().split("/")),
    ]
    return "".join(f"{part}/" for part in parts if part)


def safe(part: str) -> str:
    """A part of an address, which is the name of a folder too: what is no plain name becomes one."""
    return part if SAFE.fullmatch(part) else slug(part)


def page_id(kind: str, item: str | None = None) -> str:
    """The id that the translations of a page share."""
    return f"{kind}/{item.lower()}" if item else kind


def make_page(
    kind: str, language: str, template: str, item: str | None = None, place: str | None = None,
    more: Callable[[], Mapping[str, Any]] | None = None, **context: Any,
) -> Page:
    """A page at its address. `title` in the context names it everywhere; a section has the one of TITLES.

    place: the words of this language that stand in the address instead of the item, which its translations share.
    more: see Page.
    """
    context.setdefault("title", TITLES.get(kind))
    path = f"{address(kind, language, place or item)}index.html"
    return Page(page_id(kind, item), language, path, template, context, more)
